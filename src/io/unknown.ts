/** What a bot saw and typed before it did not know what to do: a file for whoever teaches it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LineEvent } from "../proto/lines.ts";
import { writePrivate } from "./identity.ts";

/** Finished lines kept. */
export const linesKept = 40;
/** Of each line, so much. */
const lineMaxChars = 200;
/** Times keys were sent that are kept. */
export const keysKept = 12;
const keysMaxChars = 80;
/** Files in a bot's folder. When they are there, somebody has to look at them first. */
export const filesMax = 20;

export interface Unknown {
  saw(event: LineEvent): void;
  typed(keys: string, secret: boolean): void;
  /** Writes down where the bot stands and says where, for people; nothing where this place is known already or there are enough. */
  keep(at: string, open: string): string | undefined;
}

/** Keeps what leads to unknown ground, in files "0001.txt" and so on that only their owner can read. */
export function createUnknown(folder: string, now: () => Date): Unknown {
  const lines: string[] = [];
  const keys: string[] = [];
  const kept = new Set<string>();

  function nextFile(): string | undefined {
    for (let number = 1; number <= filesMax; number++) {
      const file = join(folder, `${String(number).padStart(4, "0")}.txt`);
      if (!existsSync(file)) return file;
    }
    return undefined;
  }

  return {
    saw(event) {
      if (event.type !== "line") return;
      if (lines.push(event.text.slice(0, lineMaxChars)) > linesKept) lines.shift();
    },
    typed(text, secret) {
      const shown = secret ? text.replaceAll(/[^\r]/g, "*") : text;
      if (keys.push(shown.slice(0, keysMaxChars)) > keysKept) keys.shift();
    },
    keep(at, open) {
      // The same question with another number in it is the same place.
      const place = `${at}|${open.replaceAll(/\d+/g, "#")}`;
      if (kept.has(place) || kept.size >= filesMax) return undefined;
      kept.add(place);
      const file = nextFile();
      if (file === undefined) return undefined;
      const text = [
        `${now().toISOString()} No answer to ${plain(at)}`,
        `Keys, the last of them last: ${keys.map((one) => JSON.stringify(one)).join(" ")}`,
        `The screen, ${lines.length} lines and the open one:`,
        ...lines.map(plain),
        `${plain(open)}|`,
        "",
      ];
      try {
        writePrivate(file, text.join("\n"));
        return `Unknown ground, kept in ${file}`;
      } catch (error) {
        return `Unknown ground, which cannot be kept: ${(error as Error).message}`;
      }
    },
  };
}

/** A file is looked at in a terminal, too: no control character of the game's gets there. */
const plain = (text: string) => text.replaceAll(/\p{Cc}/gu, "·").trimEnd();
