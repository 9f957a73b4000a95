/** Keys as they are typed on a command line: text with escapes for what no shell lets through. */
import { readCp437, writeCp437 } from "../../proto/cp437.ts";
import { Keys, keysMax } from "../../proto/terminal.ts";
import { Refusal } from "../../proto/refusal.ts";

const escapes: Readonly<Record<string, string>> = {
  r: "\r",
  // Enter is what is meant by a new line, and the game's Enter is a carriage return.
  n: "\r",
  t: "\t",
  b: "\b",
  e: "\u001b",
  "\\": "\\",
};

/** What is typed for a text with \r, \n, \t, \b, \e, \\ and \xHH in it. Throws Refusal "bad_input". */
export function keysFrom(text: string, enter: boolean): string {
  const keys = text.replaceAll(/\\(?:x([0-9A-Fa-f]{2})|(.?))/gs, (whole, hex?: string, letter?: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    const key = letter === undefined ? undefined : escapes[letter];
    if (key === undefined)
      throw new Refusal("bad_input", `"${whole}" is no key: known are \\r \\n \\t \\b \\e \\\\ and \\xHH`);
    return key;
  });
  const all = enter ? `${keys}\r` : keys;
  if (Keys.safeParse(all).success) return all;
  throw new Refusal("bad_input", all === "" ? "No keys to send" : `More than ${keysMax} keys at once`);
}

/** Keys as a keyboard sends them, as the game wants them: nothing that is not in its alphabet, and Backspace as a BBS knows it. */
export const cp437Keys = (typed: string): string =>
  Array.from(typed.replaceAll("\u007f", "\b"))
    .filter((key) => key.length === 1 && readCp437(writeCp437(key)) === key)
    .join("");
