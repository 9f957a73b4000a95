/**
 * The last of what a bot's game wrote, in the bot's own folder: its worker leaves it there on its way out, and whoever asks for the screen of
 * a bot without a worker finds it. Nothing is written while it plays, so one that is killed leaves nothing.
 */
import { fstatSync, openSync, closeSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { terminalRingMax } from "../proto/terminal.ts";
import { readOpened } from "./small-file.ts";

const fileName = "last-screen";
/** A character of CP437 takes three bytes of UTF-8 at most. */
const fileMaxBytes = 3 * terminalRingMax;

export interface LastScreen {
  /** As the game wrote it, escape sequences and all: `terminalRingMax` characters at most. */
  readonly text: string;
  /** When it was left, in milliseconds since 1970. */
  readonly at: number;
}

/** Leaves what `past` tells in the folder when this process ends, however it comes to its end by itself; and takes away what a former one left. */
export function leaveLastScreen(folder: string, past: () => string): void {
  dropLastScreen(folder);
  process.on("exit", () => keepLastScreen(folder, past()));
}

/** What a former life in that folder left counts no more. */
export const dropLastScreen = (folder: string): void => rmSync(join(folder, fileName), { force: true });

/** Leaves that in the folder; of an empty screen nothing is left. */
export function keepLastScreen(folder: string, text: string): void {
  if (text === "") return;
  try {
    writeFileSync(join(folder, fileName), text, { mode: 0o600 });
  } catch {
    // The disk takes nothing: then it is not known, and the bot ends as it would have.
  }
}

/** What was left in a bot's folder; undefined for nothing, and for what no worker of ours leaves. */
export function readLastScreen(folder: string): LastScreen | undefined {
  let file: number;
  try {
    file = openSync(join(folder, fileName), "r");
  } catch {
    return undefined;
  }
  try {
    const text = readOpened(file, fileMaxBytes);
    if (text === undefined || text === "" || text.length > terminalRingMax) return undefined;
    return { text, at: Math.round(fstatSync(file).mtimeMs) };
  } catch {
    // A folder in its place, or a disk that does not answer.
    return undefined;
  } finally {
    closeSync(file);
  }
}
