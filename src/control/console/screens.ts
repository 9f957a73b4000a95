/** `bbsbot screen` and `bbsbot send`: what stands on a bot's screen, as it is and after some keys. */
import type { ScreenShot } from "../../proto/terminal-view.ts";
import { jsonLine } from "../../proto/printable.ts";
import type { Doors } from "./doors.ts";
import { plainRows } from "./safe-screen.ts";
import { stamp } from "./since.ts";

type BotScreen = ScreenShot & { readonly bot_id: string };

/** Prints a screen: its rows on stdout, and on stderr what the rows do not say. */
export function printScreen({ console }: Doors, shot: BotScreen, json: boolean): void {
  if (json) return console.out(`${jsonLine(shot)}\n`);
  console.out(
    plainRows(shot.rows)
      .map((row) => `${row}\n`)
      .join(""),
  );
  if (!shot.live) console.err(`${shot.bot_id} has no line to its game: this was seen at ${stamp(shot.at)}\n`);
}
