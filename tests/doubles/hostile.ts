/** What a game server may try on an operator's terminal, and what a command may at most write to one. */

/** All 256 bytes, as text. */
export const everyByte = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join("");
/** Those of them that are controls, or are not seen. */
// oxlint-disable-next-line no-control-regex
export const controls = everyByte.replaceAll(/[ -~\u00a0-\u00ac\u00ae-\u00ff]/g, "");

/** Sequences by their families: colours and cursor, clipboard, links, titles, devices' strings, C1, marks that turn text around. */
export const sequences = [
  "\u001b[2J\u001b[1;1Hgone",
  "\u001b[38;5;196m\u001b[3;8mred",
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

/** The same in pieces that fit where only so much is taken: controls of both sets, and sequences that are whole. */
export function piecesOf(most: number): string[] {
  const slices = controls.match(new RegExp(`[^]{1,${most}}`, "g")) ?? [];
  const packed: string[] = [];
  for (const sequence of sequences) {
    const last = packed.at(-1);
    if (last !== undefined && last.length + sequence.length <= most) packed[packed.length - 1] += sequence;
    else packed.push(sequence.slice(0, most));
  }
  return [...slices, ...packed];
}

/** Our own colours, no others: what palettes, tables and screens of the game use. */
// oxlint-disable-next-line no-control-regex
const colours = /\u001b\[(?:(?:0|[1257]|3[0-7]|4[0-7])(?:;(?=\d)|(?=m)))*m/g;
/** What `attach`, `top` and progress draw with, too: cursor to a place or up, erase, cursor and wrapping on and off, the other screen. */
// oxlint-disable-next-line no-control-regex
const drawing =
  /\u001b\[(?:\d+;\d+H|H|2J|2K|K|\?25[hl]|\?7[hl]|\?2004[hl]|\?1049[hl]|\d+A(?:\r\u001b\[J)?)|\r\u001b\[K/g;

/** What in a text could steer a terminal, or hide there, and is not ours; empty where all is well. */
export function steering(text: string, draws = false): string[] {
  const rest = (draws ? text.replaceAll(drawing, "") : text).replaceAll(colours, "");
  // oxlint-disable-next-line no-control-regex
  const marks =
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
  return (rest.match(marks) ?? []).map((sign) => sign.charCodeAt(0).toString(16));
}
