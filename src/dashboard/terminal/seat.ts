/** A place before a bot's terminal: what the game shows there, who has the keys, and a way to have them. */
import { signal, type ReadonlySignal } from "@preact/signals";
import { createAttachScreen, type Holder } from "../../control/console/attach-screen.ts";
import type { Span } from "../../proto/screen.ts";
import { keysMax, leaseBeatMs } from "../../proto/terminal.ts";
import { terminalSocketPath, type TerminalAsked, type TerminalTold } from "../../proto/terminal-view.ts";
import type { LiveSocket, SocketEars } from "../socket.ts";
import { pastMax, type Change } from "./sheet.ts";

export interface SeatParts {
  readonly bot: string;
  readonly dial: (ears: SocketEars) => LiveSocket;
  /** Does it before the next picture; the answer calls it off. */
  readonly nextFrame: (work: () => void) => () => void;
  /** Does it again and again, so many milliseconds apart, until the answer is called. */
  readonly every: (ms: number, work: () => void) => () => void;
  readonly draw: (change: Change) => void;
}

export interface Seat {
  readonly holder: ReadonlySignal<Holder>;
  /** Why the keys were not given, or are no longer ours. */
  readonly reason: ReadonlySignal<string | undefined>;
  /** Whether the bot has a line to its game. */
  readonly live: ReadonlySignal<boolean>;
  readonly line: ReadonlySignal<"dialling" | "open" | "lost">;
  /** Something was shown. */
  readonly hasSeen: ReadonlySignal<boolean>;
  /** Drawings so far. */
  readonly drawn: ReadonlySignal<number>;
  /** Sits down; gives the keys back and leaves. Either does nothing the second time. */
  open(): void;
  close(): void;
  take(): void;
  give(): void;
  /** Types into the game; false when the keys are not ours. */
  type(keys: string): boolean;
  /** The screen as plain rows, for whoever cannot see it. */
  text(): string[];
}

/** A seat that nobody has sat down on yet. */
export function createSeat({ bot, dial, nextFrame, every, draw }: SeatParts): Seat {
  let gone: Span[][] = [];
  let fresh = false;
  const seen = createAttachScreen((row) => {
    gone.push(row);
    // Nothing is drawn while the tab is hidden. Cut back now and then, not at each row.
    if (gone.length > 2 * pastMax) gone = gone.slice(-pastMax);
  });
  const holder = signal<Holder>("bot");
  const reason = signal<string>();
  const live = signal(true);
  const line = signal<"dialling" | "open" | "lost">("dialling");
  const hasSeen = signal(false);
  const drawn = signal(0);
  let socket: LiveSocket | undefined;
  let cancelDraw: (() => void) | undefined;
  let stopBeating = () => {};
  /** We gave the keys back ourselves: nobody needs to be told. */
  let givesBack = false;

  function told(message: TerminalTold): void {
    seen.told(message);
    if (message.type === "shown") shown(message.fresh === true);
    live.value = seen.live();
    setHolder(seen.holder());
    if (message.type !== "given") return;
    reason.value = givesBack ? undefined : seen.reason();
    givesBack = false;
  }

  function shown(anew: boolean): void {
    if (anew) [gone, fresh] = [[], true];
    hasSeen.value = true;
    cancelDraw ??= nextFrame(() => {
      const screen = seen.screen();
      cancelDraw = undefined;
      draw({ fresh, gone, rows: screen.rows(), cursor: screen.cursor() });
      [gone, fresh] = [[], false];
      drawn.value++;
    });
  }

  const wants = () => holder.value === "us" || holder.value === "asked";

  /** Who waits for the keys says so, too: a bot may be longer on its way to a prompt than a lease lasts. */
  function setHolder(next: Holder): void {
    const before = wants();
    holder.value = next;
    if (wants() === before) return;
    stopBeating();
    if (wants()) stopBeating = every(leaseBeatMs, () => say({ type: "beat" }));
  }

  const say = (message: TerminalAsked) => socket?.say(message) ?? false;

  function lost(why: string): void {
    if (wants()) told({ type: "given", reason: why });
    else told({ type: "held", by_other: false });
  }

  return {
    holder,
    reason,
    live,
    line,
    hasSeen,
    drawn,
    open() {
      line.value = "dialling";
      socket ??= dial({
        address: () => terminalSocketPath(bot),
        opened: () => void (line.value = "open"),
        // Our own manager's word.
        told: (message) => told(message as TerminalTold),
        closed(code) {
          line.value = "lost";
          lost("The line to the manager broke: the bot has its keys back");
          // An orderly end: the bot is off the list.
          return code !== 1000;
        },
      });
    },
    close() {
      if (wants()) givesBack = say({ type: "give" });
      lost("The page was left");
      cancelDraw?.();
      cancelDraw = undefined;
      socket?.close();
      socket = undefined;
    },
    take() {
      if (!say({ type: "take" })) return;
      seen.asked();
      givesBack = false;
      setHolder(seen.holder());
      reason.value = undefined;
    },
    give() {
      givesBack = say({ type: "give" });
    },
    type(keys) {
      if (holder.value !== "us") return false;
      for (let at = 0; at < keys.length; at += keysMax)
        say({ type: "type", keys: keys.slice(at, at + keysMax) });
      return true;
    },
    text: () => seen.screen().text(),
  };
}
