/** `bbsbot attach`: a bot's terminal in one's own, and its keys if one likes; in a pipe the lines as they come. */
import { keysMax, leaseBeatMs } from "../../proto/terminal.ts";
import type { TerminalAsked } from "../../proto/terminal-view.ts";
import { Refusal } from "../../proto/refusal.ts";
import { jsonLine, printable } from "../../proto/printable.ts";
import { createAttachScreen, newRows, rowsOf, type AttachScreen } from "./attach-screen.ts";
import { cp437Keys } from "./keys.ts";
import type { Doors, Viewing } from "./doors.ts";
import { exits } from "./exits.ts";
import { stream } from "./outlet.ts";
import { createPainter, enter, leave } from "./safe-screen.ts";
import type { Reached } from "./verb.ts";

/** Shortest time between two drawings, in milliseconds; what is written by a pipe is gathered for longer. */
export const paintEveryMs = 30;
export const tellEveryMs = 250;
const controlC = "\u0003";
const controlT = "\u0014";

export interface AttachAsked {
  readonly bot: string;
  /** Whether the keys are taken at once. */
  readonly take: boolean;
  /** The key that detaches, as it is read, and as people call it. */
  readonly detach: { readonly key: string; readonly name: string };
  readonly json: boolean;
}

export function attach(doors: Doors, reached: Reached, asked: AttachAsked): Promise<number> {
  const isPerson = doors.console.isTty && doors.tty.hasKeyboard && !asked.json;
  if (!isPerson && asked.take)
    throw new Refusal("bad_input", 'Keys can be taken at a terminal only; elsewhere there is "bbsbot send"');
  return isPerson ? attachPerson(doors, reached, asked) : attachPipe(doors, reached, asked);
}

/** The way to the manager; what ends it is told to `ended`, what came to `changed`. */
function dial(
  doors: Doors,
  { at }: Reached,
  { bot }: AttachAsked,
  seen: AttachScreen,
  changed: () => void,
  ended: (reason: string) => void,
): Promise<Viewing<TerminalAsked>> {
  return doors.terminal(at, bot, {
    told(message) {
      seen.told(message);
      changed();
    },
    closed: (reason) => ended(reason),
  });
}

function attachPipe(doors: Doors, reached: Reached, asked: AttachAsked): Promise<number> {
  const { tty } = doors;
  return stream(doors, async (outlet) => {
    const seen = createAttachScreen();
    const { promise: ended, reject } = Promise.withResolvers<never>();
    let before: string[] = [];
    let cancel: (() => void) | undefined;
    const tell = () => {
      cancel = undefined;
      const rows = rowsOf(seen.screen());
      const cursor = seen.screen().cursor();
      if (asked.json)
        outlet.put(jsonLine({ at: tty.now(), bot_id: asked.bot, live: seen.live(), rows, cursor }));
      else for (const row of newRows(before, rows)) outlet.put(row);
      before = rows;
    };
    const changed = () => void (cancel ??= tty.later(tellEveryMs, tell));
    const line = await dial(doors, reached, asked, seen, changed, (reason) =>
      reject(new Refusal("manager_unreachable", reason)),
    );
    try {
      await Promise.race([outlet.over, ended]);
    } finally {
      cancel?.();
      line.close();
    }
  });
}

async function attachPerson(doors: Doors, reached: Reached, asked: AttachAsked): Promise<number> {
  const { console, tty } = doors;
  const seen = createAttachScreen();
  const painter = createPainter(reached.paint.isOn);
  const { promise: ended, resolve, reject } = Promise.withResolvers<number>();
  let cancelPaint: (() => void) | undefined;
  let isDrawing = false;
  const paint = () => {
    cancelPaint = undefined;
    const screen = seen.screen();
    const shown = { rows: screen.rows(), cursor: screen.cursor() };
    console.out(painter.paint(shown, statusOf(seen, asked), tty.size()));
  };
  const changed = () => {
    if (isDrawing) cancelPaint ??= tty.later(paintEveryMs, paint);
  };
  const line = await dial(doors, reached, asked, seen, changed, (reason) =>
    reject(new Refusal("manager_unreachable", reason)),
  );
  const take = () => {
    seen.asked();
    line.say({ type: "take" });
  };
  const typed = (keys: string) => {
    const done = readKeys(keys, asked.detach.key, seen.holder(), line, take);
    changed();
    if (done !== undefined) resolve(done);
  };
  let cancelBeat = () => {};
  const beat = () => {
    // From the asking on: a bot may need longer than a lease lasts to come to a prompt.
    if (seen.holder() === "us" || seen.holder() === "asked") line.say({ type: "beat" });
    cancelBeat = tty.later(leaseBeatMs, beat);
  };

  const callOffs = [tty.onInterrupt(resolve)];
  console.out(enter);
  isDrawing = true;
  try {
    callOffs.push(
      tty.onKeys(typed),
      tty.onResize(() => {
        painter.forget();
        console.out(enter);
        changed();
      }),
    );
    if (asked.take) take();
    cancelBeat = tty.later(leaseBeatMs, beat);
    paint();
    return await ended;
  } finally {
    isDrawing = false;
    cancelPaint?.();
    cancelBeat();
    for (const callOff of callOffs) callOff();
    if (seen.holder() !== "bot" && seen.holder() !== "other") line.say({ type: "give" });
    line.close();
    console.out(leave);
  }
}

/** Does what keys mean; an exit status when they end it. */
function readKeys(
  keys: string,
  detach: string,
  holder: AttachHolder,
  line: Viewing<TerminalAsked>,
  take: () => void,
): number | undefined {
  const cut = keys.indexOf(detach);
  const typed = cut < 0 ? keys : keys.slice(0, cut);
  if (holder === "us") {
    const gives = typed.indexOf(controlT);
    const forGame = cp437Keys(gives < 0 ? typed : typed.slice(0, gives));
    for (let at = 0; at < forGame.length; at += keysMax)
      line.say({ type: "type", keys: forGame.slice(at, at + keysMax) });
    if (gives >= 0) line.say({ type: "give" });
  } else if (typed.includes(controlC)) return exits.interrupted;
  else if (holder === "bot" && typed.includes(controlT)) take();
  return cut < 0 ? undefined : 0;
}
type AttachHolder = ReturnType<AttachScreen["holder"]>;

const holders: Readonly<Record<AttachHolder, string>> = {
  bot: "the bot plays, Ctrl-T takes the keys",
  asked: "waiting until the bot stands at a prompt",
  us: "the keys are yours, Ctrl-T gives them back",
  other: "somebody else has the keys",
};

function statusOf(seen: AttachScreen, { bot, detach }: AttachAsked): string {
  const reason = seen.reason();
  return [
    bot,
    ...(seen.live() ? [] : ["no line to the game"]),
    holders[seen.holder()],
    `${detach.name} leaves`,
    ...(reason === undefined ? [] : [printable(reason)]),
  ].join(" · ");
}
