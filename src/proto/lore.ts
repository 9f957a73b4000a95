/**
 * Lore: what bots of one game have seen, in a form that everybody can merge and only the game understands. It crosses the link,
 * lies in SQLite and enters a bot's world as one text: the universe's age on the first line, then a line for each piece.
 *
 *     0
 *     w852 mi5z3k2a 87,744,1000
 *     H852 mi5z3k2a x1f;x0;x3;b120-130;b-;b-
 *
 * A piece is a key, when it was seen (ms since 1970, base 36) and a value. Merging two pieces of one key is a join: commutative,
 * associative, idempotent, so the order in which bots tell does not matter. How it joins is told by the key's first letter: of a
 * small one the latest wins (of two at one moment the greater value); a capital grows, field by field.
 *
 * A universe that was made anew under the same address is a new age: whoever notices adds one, and older lore counts no more.
 */
import { z } from "zod";

/** Longest lore in one message, in characters: with JSON's escapes well under the link's limit. */
export const loreTextMaxChars = 48_000;
/** Longest value that does not grow, in characters. */
const valueMaxChars = 120;
/** Most fields of a value that grows, and most items of a list in one. */
const fieldsMax = 4;
export const loreListMax = 12;
/** Longest line of one piece, in characters: what grows, grows no further than so many full lists. */
export const loreLineMaxChars = 24 + fieldsMax * (loreListMax * 9 + 1);

/** As messages carry it. What is in the lines is looked at by `readLore`. */
export const LoreText = z.string().max(loreTextMaxChars);

/** What a bot has set out for and others had better leave alone: the names are the game's, such as a port's sector. */
export const ClaimName = z.string().regex(/^[a-z0-9.]{1,12}$/);

/** Most names that a bot holds at one moment. */
export const claimsMax = 8;
/** Most names in one message to a bot. */
export const claimsToldMax = 2000;

export interface Lore {
  readonly key: string;
  /** When it was seen, in ms since 1970. */
  readonly at: number;
  readonly value: string;
}

/** Where a game is played: what bots of one place know is shared. */
export const placeOf = (host: string, port: number, letter: string): string =>
  `${host.toLowerCase()}:${port}/${letter.toUpperCase()}`;

const line = /^([A-Za-z][A-Za-z0-9.]{0,11}) ([0-9a-z]{1,9}) ([!-~]{0,440})$/;
const ageLine = /^\d{1,6}$/;
/** x: a set of small numbers as bits, in hex, after a number and a point when it was begun anew so many times · b: bounds, low and high, either may be open · l: a list of words. */
const field =
  /^(?:x(?:[1-9]\d{0,3}\.)?[0-9a-f]{1,16}|b\d{0,7}-\d{0,7}|l(?:[0-9a-z]{1,8}(?:,[0-9a-z]{1,8}){0,11})?)$/;

/** Whether pieces of this key grow instead of giving way to later ones. */
const grows = (key: string): boolean => key.charCodeAt(0) <= 90;

/** The same text, as a string that keeps no longer one alive out of which it was cut. */
export const ownCopy = (text: string): string => [text.slice(0, 1), text.slice(1)].join("");

/**
 * One piece as a line. Joined, and not written as one template: that would be a string of references, and what was cut out of a text of
 * 60 KB would keep that text in memory for as long as the line lives.
 */
export const lineOf = ({ key, at, value }: Lore): string => [key, at.toString(36), value].join(" ");

/** One line as a piece; undefined for anything that is none. */
export function readLine(text: string): Lore | undefined {
  if (text.length > loreLineMaxChars) return undefined;
  const [, key, moment, value] = line.exec(text) ?? [];
  if (key === undefined || value === undefined) return undefined;
  const at = Number.parseInt(moment!, 36);
  if (!Number.isSafeInteger(at)) return undefined;
  if (!grows(key)) return value.length > valueMaxChars ? undefined : { key, at, value };
  const fields = value.split(";");
  return fields.length <= fieldsMax && fields.every((one) => field.test(one))
    ? { key, at, value: fields.map((one) => grownField(one, one)).join(";") }
    : undefined;
}

/**
 * Hands the pieces of a text to `take`, in order. Answers with the age and the number of lines that were none, or undefined for a
 * text that is no lore at all.
 */
export function readLore(
  text: string,
  take: (piece: Lore) => void,
): { readonly age: number; readonly dropped: number } | undefined {
  const age = ageOf(text);
  if (age === undefined) return undefined;
  let dropped = 0;
  for (const one of linesOf(text)) {
    const piece = readLine(one);
    if (piece) take(piece);
    else dropped++;
  }
  return { age, dropped };
}

/**
 * The same for a bot that is told, a whole universe at once if need be: every value is looked at by the game, which knows what it can
 * be, so here the lines are only taken apart.
 */
export function eachPiece(text: string, take: (key: string, at: number, value: string) => void): void {
  for (const one of linesOf(text)) {
    const keyEnd = one.indexOf(" ");
    const atEnd = one.indexOf(" ", keyEnd + 1);
    if (keyEnd < 1 || atEnd < 0 || one.length > loreLineMaxChars) continue;
    const at = Number.parseInt(one.slice(keyEnd + 1, atEnd), 36);
    if (Number.isSafeInteger(at)) take(one.slice(0, keyEnd), at, one.slice(atEnd + 1));
  }
}

/** The lines of a text's pieces. */
function linesOf(text: string): string[] {
  const lines = text.split("\n");
  lines.shift();
  return lines;
}

/** The age at the head of a text; undefined for a text that is no lore. */
export function ageOf(text: string): number | undefined {
  const end = text.indexOf("\n");
  const head = end < 0 ? text : text.slice(0, end);
  return ageLine.test(head) ? Number(head) : undefined;
}

/** Pieces as a text. */
export const loreText = (age: number, lines: readonly string[]): string =>
  lines.length === 0 ? String(age) : `${age}\n${lines.join("\n")}`;

/** The join of two pieces of one key. Gives `held` itself where `told` adds nothing. */
export function merged(held: Lore, told: Lore): Lore {
  if (!grows(held.key)) {
    if (held.at !== told.at) return held.at > told.at ? held : told;
    return held.value >= told.value ? held : told;
  }
  const value = held.value === told.value ? held.value : grown(held.value, told.value);
  const at = Math.max(held.at, told.at);
  return at === held.at && value === held.value ? held : { key: held.key, at, value };
}

function grown(a: string, b: string): string {
  const [mine, theirs] = [a.split(";"), b.split(";")];
  const longer = mine.length > theirs.length ? mine : theirs;
  return longer.map((_, at) => grownField(mine[at] ?? theirs[at]!, theirs[at] ?? mine[at]!)).join(";");
}

/** Of two fields of different kinds the one with the greater letter stays: any rule will do that does not ask for the order. */
function grownField(a: string, b: string): string {
  if (a[0] !== b[0]) return a[0]! > b[0]! ? grownField(a, a) : grownField(b, b);
  switch (a[0]) {
    case "x":
      return unitedSets(a, b);
    case "b":
      return narrowed(a, b);
    default:
      return joinedLists(a, b);
  }
}

/** A set that was begun anew more often counts alone. */
function unitedSets(a: string, b: string): string {
  const [times, bits] = setOf(a);
  const [timesB, bitsB] = setOf(b);
  if (timesB > times) return unitedSets(b, b);
  const united = timesB === times ? bits | bitsB : bits;
  return `x${times > 0 ? `${times}.` : ""}${united.toString(16)}`;
}

function setOf(field: string): readonly [times: number, bits: bigint] {
  const point = field.indexOf(".");
  return [point < 0 ? 0 : Number(field.slice(1, point)), BigInt(`0x${field.slice(Math.max(point, 0) + 1)}`)];
}

/** Bounds that contradict each other stay so: low above high. */
function narrowed(a: string, b: string): string {
  const [lowA, highA] = a.slice(1).split("-");
  const [lowB, highB] = b.slice(1).split("-");
  const pick = (choose: (x: number, y: number) => number, x = "", y = "") =>
    x === "" && y === "" ? "" : String(choose(Number(x || y), Number(y || x)));
  return `b${pick(Math.max, lowA, lowB)}-${pick(Math.min, highA, highB)}`;
}

/** The least `loreListMax` of both: a bound that does not ask for the order either. */
function joinedLists(a: string, b: string): string {
  const words = new Set([...a.slice(1).split(","), ...b.slice(1).split(",")]);
  words.delete("");
  const sorted = [...words].sort((x, y) => x.length - y.length || (x < y ? -1 : 1));
  return `l${sorted.slice(0, loreListMax).join(",")}`;
}
