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
