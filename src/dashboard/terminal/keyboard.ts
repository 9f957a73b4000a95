/** What somebody means who presses a key before a bot's terminal. */
import { cp437Keys } from "../../control/console/keys.ts";

/** Two presses of Esc within this time give the keys back, in milliseconds. */
export const escapeMs = 600;
/** A paste of more characters than this is asked about first; one of more than the most is not taken. */
export const pasteFreely = 200;
export const pasteMax = 10_000;

export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export type Meant = { readonly type: "keys"; readonly keys: string } | { readonly type: "give" };

/** As a caller's terminal sends them. Tab stays the page's: it is the way out for those who have no mouse. */
const named: Readonly<Record<string, string>> = {
  Enter: "\r",
  Backspace: "\b",
  Delete: "\u007f",
  Escape: "\u001b",
  ArrowUp: "\u001b[A",
  ArrowDown: "\u001b[B",
  ArrowRight: "\u001b[C",
  ArrowLeft: "\u001b[D",
};

/** `now` in milliseconds that never go back. Undefined for what the browser may do with the key: letters come as text. */
export function createKeyboard(now: () => number): (press: Press) => Meant | undefined {
  let escapedAt = -Infinity;
  return ({ key, ctrlKey, altKey, metaKey }) => {
    if (ctrlKey && !altKey && !metaKey && key === "]") return { type: "give" };
    if (ctrlKey || altKey || metaKey) return undefined;
    const since = now() - escapedAt;
    escapedAt = key === "Escape" ? now() : -Infinity;
    if (key === "Escape" && since <= escapeMs) return { type: "give" };
    const keys = Object.hasOwn(named, key) ? named[key]! : undefined;
    return keys === undefined ? undefined : { type: "keys", keys };
  };
}

/** Text that was typed or pasted, as the game's keys. */
export const keysOfText = (text: string): string => cp437Keys(text.replaceAll(/\r\n?|\n/g, "\r"));
