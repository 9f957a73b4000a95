/** What a game server may try on an operator's terminal, and what a command may at most write to one. */

/** All 256 bytes, as text. */
export const everyByte = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");

/** Sequences by their families: colours and cursor, clipboard, links, titles, devices' strings, C1, marks that turn text around. */
export const sequences = [
  "\u001b[2J\u001b[1;1Hgone",
  "\u001b]52;c;cm0gLXJm\u0007",
  "\u001b]8;;http://evil.test\u001b\\here\u001b]8;;\u001b\\",
  "\u001b]0;title\u0007",
  "\u001bPq#0\u001b\\",
  "\u001b_Gf=100\u001b\\",
  "\u001b^private\u001b\\",
  "\u009b31m\u009d0;x\u009c\u0090x\u009c",
  "\u202eexe.fdp\u202c\u2066x\u2069\u200f\u200b",
  "\u0007\b\b\b\rover\u000e\u000f",
  "\u001bc\u001b[?1049h\u001b[6n\u001b[5i",
];
export const hostile = everyByte + sequences.join("");

/** Our own colours, no others. */
// oxlint-disable-next-line no-control-regex
const colours = /\u001b\[[0-9;]*m/g;
/** What `attach` draws with, too: cursor to a place, erase, cursor on and off, the other screen. */
// oxlint-disable-next-line no-control-regex
const drawing = /\u001b\[(?:\d+;\d+H|H|2J|2K|\?25[hl]|\?1049[hl])/g;

/** What in a text could steer a terminal, and is not ours; empty where all is well. */
export function steering(text: string, draws = false): string[] {
  const rest = (draws ? text.replaceAll(drawing, "") : text).replaceAll(colours, "");
  return (
    // oxlint-disable-next-line no-control-regex
    (
      rest.match(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
      ) ?? []
    ).map((sign) => sign.charCodeAt(0).toString(16))
  );
}
