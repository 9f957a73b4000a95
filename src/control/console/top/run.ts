/** `top` at a terminal: keys, the manager's telling and time go in, frames and orders come out. What they mean is in step.ts and view.ts. */
import type { Doors, Viewing } from "../doors.ts";
import { exits } from "../exits.ts";
import type { Reached } from "../verb.ts";
import { createKeyReader } from "./keys.ts";
import { giveOrder, lookAt } from "./manager.ts";
import { createPainter, enterScreen, leaveScreen } from "./paint.ts";
import { topState, type Top, type TopEvent, type TopStart, type Wish } from "./state.ts";
import { step } from "./step.ts";
import { view } from "./view.ts";

/** Shortest time between two frames, in milliseconds: after keys, sizes and answers. What the manager tells waits for `interval`. */
export const frameMs = 100;
/** Figures that grow by themselves grow this often. */
const tickMs = 1_000;

export interface TopOptions extends Pick<TopStart, "wanted" | "sorting" | "filter"> {
  readonly title: string;
  readonly colour: boolean;
  /** Milliseconds between two frames in which only figures changed. */
  readonly interval: number;
}

type Happened<E = TopEvent> = E extends TopEvent ? Omit<E, "at"> : never;

/** Shows the swarm until the person has seen enough; the exit status. Throws Refusal when there is no manager to begin with. */
export async function showTop(doors: Doors, { at, swarm }: Reached, options: TopOptions): Promise<number> {
  const { console, tty } = doors;
  const painter = createPainter(options.colour);
  const { promise: quit, resolve: leave, reject: fail } = Promise.withResolvers<number>();
  const stops: (() => void)[] = [];
  let state: Top = topState({ ...options, size: tty.size(), at: tty.monotonic() });
  let viewing: Viewing | undefined;
  let isOpen = false;
  let isLooking = false;
  let drawnAt = Number.NEGATIVE_INFINITY;
  /** When the next frame is due, and how to call it off. */
  let next: { readonly at: number; readonly stop: () => void } | undefined;
  let isWriting = false;
  /** How soon a frame was wanted while the last one was still being written. */
  let owed = Number.POSITIVE_INFINITY;
  let stopTicking = () => {};

  /** Whatever goes wrong in here ends `top`, so that the terminal is given back. */
  const guarded = (work: () => void) => {
    try {
      work();
    } catch (error) {
      fail(error);
    }
  };
  const happen = (event: Happened, drawnIn: number) =>
    guarded(() => {
      const { state: after, wish } = step(state, { ...event, at: tty.monotonic() } as TopEvent);
      state = after;
      if (wish) fulfil(wish);
      drawWithin(drawnIn);
    });

  function fulfil(wish: Wish): void {
    switch (wish.type) {
      case "quit":
        return leave(wish.status);
      case "redraw":
        return painter.forget();
      case "order":
        return void giveOrder(swarm, wish).then((answer) => happen(answer, 0), fail);
      case "look":
        return look();
      default:
        wish satisfies never;
    }
  }

  /** The open bot's events and screen, one question at a time. */
  function look(): void {
    const { panel } = state;
    if (panel.type !== "sheet" || isLooking) return;
    isLooking = true;
    void lookAt(swarm, panel.bot).then((seen) => {
      isLooking = false;
      happen(seen, 0);
      // Another bot was opened meanwhile.
      if (state.panel.type === "sheet" && state.panel.bot !== panel.bot) look();
    }, fail);
  }

  function drawWithin(ms: number): void {
    if (isWriting) owed = Math.min(owed, ms);
    if (!isOpen || isWriting) return;
    const now = tty.monotonic();
    const due = Math.max(now, drawnAt + Math.max(ms, frameMs));
    if (next && next.at <= due) return;
    next?.stop();
    next = { at: due, stop: tty.later(due - now, () => guarded(draw)) };
  }

  function draw(): void {
    next = undefined;
    drawnAt = tty.monotonic();
    const text = painter.paint(view(state), state.size);
    if (text === "") return;
    console.out(text);
    // A terminal that is slow, or held, gets no more than it takes; then the newest.
    isWriting = true;
    void tty.drained().then((isRead) => {
      isWriting = false;
      if (!isRead) return leave(exits.ok);
      const wanted = owed;
      owed = Number.POSITIVE_INFINITY;
      if (wanted < Number.POSITIVE_INFINITY) drawWithin(wanted);
    }, fail);
  }

  function tick(): void {
    stopTicking = tty.later(tickMs, tick);
    look();
    happen({ type: "ticked" }, options.interval);
  }

  try {
    viewing = await doors.live(at, {
      told: (message) => happen({ type: "told", message }, options.interval),
      opened: () => happen({ type: "opened" }, 0),
      closed: (reason, final) => happen({ type: "closed", reason, final }, 0),
    });
    stops.push(tty.onInterrupt(leave));
    console.out(enterScreen);
    isOpen = true;
    const reader = createKeyReader(tty.later, (keys) => {
      for (const key of keys)
        happen(
          key.type === "key" ? { type: "pressed", key: key.name } : { type: "pasted", text: key.text },
          0,
        );
    });
    stops.push(
      tty.onKeys(reader.feed),
      reader.close,
      tty.onResize(() => happen({ type: "resized", size: tty.size() }, 0)),
    );
    tick();
    drawWithin(0);
    return await quit;
  } finally {
    for (const stop of stops) stop();
    stopTicking();
    next?.stop();
    viewing?.close();
    if (isOpen) console.out(leaveScreen);
  }
}
