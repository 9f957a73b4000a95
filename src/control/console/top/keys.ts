/** What a terminal sends when keys are pressed, as the keys' names: "up", "enter", or the character itself. */

const sequences: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  H: "home",
  F: "end",
  Z: "backtab",
  "1~": "home",
  "7~": "home",
  "4~": "end",
  "8~": "end",
  "5~": "pgup",
  "6~": "pgdn",
  "3~": "delete",
};
const controls: Readonly<Record<string, string>> = {
  "\x03": "ctrl-c",
  "\x0c": "ctrl-l",
  "\x15": "ctrl-u",
  "\t": "tab",
  "\r": "enter",
  "\n": "enter",
  "\x7f": "backspace",
  "\b": "backspace",
  "\x1b": "esc",
};
/** One key: a paste, a CSI or SS3 sequence, a control, or a character. What is pasted between its two marks is one piece. */
const key =
  // oxlint-disable-next-line no-control-regex
  /\x1b\[200~([\s\S]*?)(?:\x1b\[201~|$)|\x1b[[O]([\x20-\x3f]*[\x40-\x7e])|([\x00-\x1f\x7f])|([^])/gu;
/** Most keys of one chunk that are listened to: nobody types more at once. */
const keysMax = 1000;

/** A key, or what was pasted: to be taken as text or not at all, lest a clipboard gives orders. */
export type Key =
  { readonly type: "key"; readonly name: string } | { readonly type: "paste"; readonly text: string };

/** Reads what came at once. Sequences nobody knows are left out. */
export function readKeys(chunk: string): Key[] {
  const keys: Key[] = [];
  for (const [, paste, sequence, control, character] of chunk.matchAll(key)) {
    if (keys.length >= keysMax) break;
    if (paste !== undefined) keys.push({ type: "paste", text: paste });
    else {
      const name = character ?? (sequence === undefined ? controls[control!] : sequences[sequence]);
      if (name !== undefined) keys.push({ type: "key", name });
    }
  }
  return keys;
}

/** What may follow the beginning of a sequence, or of a paste, is waited for so long, in milliseconds. */
export const sequenceMaxMs = 50;
export const pasteMaxMs = 1000;
/** Characters of a paste that are kept; the rest of it is passed over, up to its end. */
export const pasteMaxChars = 64 * 1024;

// oxlint-disable-next-line no-control-regex
const unfinishedKey = /\x1b(?:[[O][\x20-\x3f]*)?$/;
const pasteBegin = "\x1b[200~";
const pasteEnd = "\x1b[201~";

/** Reads what a terminal sends in pieces: a sequence, or a paste, that is cut in two by a slow line is one all the same. */
export function createKeyReader(
  later: (ms: number, work: () => void) => () => void,
  heard: (keys: readonly Key[]) => void,
) {
  let held = "";
  let callOff = () => {};
  const tell = (text: string) => {
    if (text !== "") heard(readKeys(text));
  };
  return {
    feed(chunk: string): void {
      callOff();
      const text = held + chunk;
      const from = unfinishedFrom(text);
      tell(text.slice(0, from));
      held = shortened(text.slice(from));
      if (held === "") return;
      callOff = later(held.startsWith(pasteBegin) ? pasteMaxMs : sequenceMaxMs, () => {
        const rest = held;
        held = "";
        tell(rest);
      });
    },
    close: () => callOff(),
  };
}

/** Where what is not complete begins: behind the last character when all is. */
function unfinishedFrom(text: string): number {
  const begin = text.lastIndexOf(pasteBegin);
  if (begin >= 0 && !text.includes(pasteEnd, begin)) return firstOpenPaste(text);
  return unfinishedKey.exec(text)?.index ?? text.length;
}

/** A paste may hold the mark of a beginning itself. */
function firstOpenPaste(text: string): number {
  const closed = text.lastIndexOf(pasteEnd);
  return text.indexOf(pasteBegin, closed < 0 ? 0 : closed);
}

/** Enough of its end is kept to see the paste's own. */
const shortened = (text: string) =>
  text.length > pasteMaxChars + pasteEnd.length
    ? text.slice(0, pasteMaxChars) + text.slice(-pasteEnd.length)
    : text;
