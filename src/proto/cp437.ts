/**
 * Code page 437, the alphabet of DOS and of every BBS door: 256 bytes to Unicode and back.
 *
 * Bytes 00-1F and 7F stay the controls they are on a line; what a screen draws for them is `glyphs`.
 * Source: the Unicode Consortium's CP437.TXT; the tests hold the table against another implementation.
 */

const upperHalf =
  "ÇüéâäàåçêëèïîìÄÅ" +
  "ÉæÆôöòûùÿÖÜ¢£¥₧ƒ" +
  "áíóúñÑªº¿⌐¬½¼¡«»" +
  "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐" +
  "└┴┬├─┼╞╟╚╔╩╦╠═╬╧" +
  "╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀" +
  "αßΓπΣσµτΦΘΩδ∞φε∩" +
  "≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** What the screen of a PC shows for bytes 00-1F. */
const glyphs = "\u0000☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼";

const unicode = Uint16Array.from({ length: 256 }, (_, byte) =>
  byte < 0x80 ? byte : upperHalf.charCodeAt(byte - 0x80),
);
const bytesByUnit = new Map([...unicode.subarray(0x80)].map((unit, index) => [unit, 0x80 + index]));

const questionMark = 0x3f;

// ASCII is the same in UTF-8, and the engine's own decoders beat every loop that makes strings. They want views, and
// making one costs as much as decoding a short line: hence a bench of views over two scratch arrays, made once.
const asciiDecoder = new TextDecoder();
const unitsDecoder = new TextDecoder("utf-16le"); // every machine that Bun and Deno run on keeps the low byte first
const benchMax = 256;
const scratch = new Uint8Array(benchMax);
const units = new Uint16Array(benchMax);
const asciiBench = Array.from({ length: benchMax + 1 }, (_, length) => scratch.subarray(0, length));
const unitsBench = Array.from({ length: benchMax + 1 }, (_, length) => units.subarray(0, length));

/** The text of `bytes` from `start` up to `end`; every byte has a character, so the text is as long as the bytes. */
export function readCp437(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const length = end - start;
  if (length <= 0) return "";
  if (length > benchMax) return readLong(bytes.subarray(start, end));
  let seen = 0;
  for (let i = 0; i < length; i++) seen |= scratch[i] = bytes[start + i]!;
  if (seen < 0x80) return asciiDecoder.decode(asciiBench[length]);
  for (let i = 0; i < length; i++) units[i] = unicode[scratch[i]!]!;
  return unitsDecoder.decode(unitsBench[length]);
}

function readLong(bytes: Uint8Array): string {
  let seen = 0;
  for (let i = 0; i < bytes.length; i++) seen |= bytes[i]!;
  return seen < 0x80 ? asciiDecoder.decode(bytes) : unitsDecoder.decode(bytesToUnits(bytes));
}

function bytesToUnits(bytes: Uint8Array): Uint16Array {
  const wide = new Uint16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) wide[i] = unicode[bytes[i]!]!;
  return wide;
}

/** The bytes of `text`, one for each character; "?" for a character that the page does not have. */
export function writeCp437(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[length++] = unit < 0x80 ? unit : (bytesByUnit.get(unit) ?? questionMark);
    if (isPair(unit, text.charCodeAt(i + 1))) i++; // one character beyond U+FFFF, one "?"
  }
  return length === bytes.length ? bytes : bytes.subarray(0, length);
}

/** What a PC's screen draws for a byte: the controls have pictures of their own there (0F is a sun, 1F a triangle). */
export const glyphOf = (byte: number): string =>
  byte === 0 ? " " : byte < 0x20 ? glyphs[byte]! : byte === 0x7f ? "⌂" : String.fromCharCode(unicode[byte]!);

const isPair = (high: number, low: number): boolean =>
  (high & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;
