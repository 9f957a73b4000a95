/**
 * What a caller sees: 80 × 25 cells, driven by `createAnsi`. Keeps CP437 bytes and colours; text is made on asking.
 *
 * As the terminals that BBS callers use: control bytes without a meaning are drawn as the PC draws them, and ESC[2J
 * takes the cursor home, as ANSI.SYS did. A letter in the last column wraps only when another follows, as on a VT100.
 */
import type { AnsiHandler } from "./ansi.ts";
import { glyphOf } from "./cp437.ts";

/** How a cell looks. Colours are the eight of ANSI, 0 black to 7 white; `bold` makes a DOS screen's bright ones. */
export interface Style {
  readonly ink: number;
  readonly paper: number;
  readonly bold: boolean;
  readonly blink: boolean;
  readonly reverse: boolean;
}
/** Neighbouring cells of one style. */
export interface Span extends Style {
  readonly text: string;
}

export interface Screen {
  readonly handler: AnsiHandler;
  /** One text for each row, from the top, without trailing spaces. */
  text(): string[];
  /** The same with colours; a row's spans together are as long as the screen is wide. */
  rows(): Span[][];
  /** Counted from 0 at the top left. */
  cursor(): { readonly row: number; readonly column: number };
}

// A style in one number: ink in bits 0-2, paper in 3-5, then a bit each.
const boldBit = 0x40;
const blinkBit = 0x80;
const reverseBit = 0x100;
const plain = 7;
const space = 0x20;

/** An empty screen. `gone` is told each row that leaves at the top, or with the whole screen, from the top down: what a scroll-back keeps. */
export function createScreen(columns = 80, rows = 25, gone?: (row: Span[]) => void): Screen {
  const letters = new Uint8Array(columns * rows).fill(space);
  const styles = new Uint16Array(columns * rows).fill(plain);
  let row = 0;
  let column = 0;
  let style = plain;
  /** The last column is written and the cursor still stands on it. */
  let wraps = false;
  let top = 0;
  let bottom = rows - 1;
  let saved = { row, column, style };

  function print(bytes: Uint8Array, start: number, end: number): void {
    for (let i = start; i < end; i++) put(bytes[i]!);
  }

  function put(letter: number): void {
    if (wraps) {
      column = 0;
      lineFeed();
    }
    const at = row * columns + column;
    letters[at] = letter;
    styles[at] = style;
    wraps = column === columns - 1;
    if (!wraps) column++;
  }

  function moveTo(toRow: number, toColumn: number): void {
    row = clamp(toRow, 0, rows - 1);
    column = clamp(toColumn, 0, columns - 1);
    wraps = false;
  }

  function lineFeed(): void {
    wraps = false;
    if (row === bottom) scroll(top, 1);
    else if (row < rows - 1) row++;
  }

  function reverseLineFeed(): void {
    wraps = false;
    if (row === top) scroll(top, -1);
    else if (row > 0) row--;
  }

  /** Moves the rows from `first` to the bottom of the region up by `count`, or down if negative. */
  function scroll(first: number, count: number): void {
    const height = bottom - first + 1;
    const moved = clamp(Math.abs(count), 0, height);
    if (count > 0 && first === 0) tellGone(moved);
    const [from, to, clear] =
      count > 0 ? [first + moved, first, bottom + 1 - moved] : [first, first + moved, first];
    shift(from * columns, to * columns, (height - moved) * columns);
    blank(clear * columns, (clear + moved) * columns);
  }

  function tellGone(count: number): void {
    for (let at = 0; gone && at < count; at++) gone(spansFrom(at * columns));
  }

  /** Puts cells into the cursor's row or takes them out, at the cursor. */
  function shiftRow(count: number): void {
    const at = row * columns + column;
    const width = columns - column;
    const moved = clamp(Math.abs(count), 0, width);
    if (count > 0) {
      shift(at, at + moved, width - moved);
      blank(at, at + moved);
    } else {
      shift(at + moved, at, width - moved);
      blank(at + width - moved, at + width);
    }
  }

  function shift(from: number, to: number, length: number): void {
    letters.copyWithin(to, from, from + length);
    styles.copyWithin(to, from, from + length);
  }

  /** Erased cells keep the paper's colour in hand. */
  function blank(from: number, to: number): void {
    letters.fill(space, from, to);
    styles.fill((style & 0x38) | plain, from, to);
  }

  function clearScreen(how: number): void {
    const at = row * columns + column;
    if (how === 0) return blank(at, letters.length);
    if (how === 1) return blank(0, at + 1);
    tellGone(Math.ceil((letters.findLastIndex((letter) => letter !== space) + 1) / columns));
    blank(0, letters.length);
    moveTo(0, 0);
  }

  function clearRow(how: number): void {
    const start = row * columns;
    blank(how === 0 ? start + column : start, how === 1 ? start + column + 1 : start + columns);
  }

  function putRows(count: number): void {
    if (row >= top && row <= bottom) scroll(row, -count);
  }

  function setRegion(first: number, last: number): void {
    const to = clamp((last || rows) - 1, 0, rows - 1);
    const from = clamp((first || 1) - 1, 0, rows - 1);
    if (from >= to) return;
    top = from;
    bottom = to;
    moveTo(0, 0);
  }

  function restore(): void {
    moveTo(saved.row, saved.column);
    style = saved.style;
  }

  function execute(control: number): void {
    switch (control) {
      case 0x00:
      case 0x07:
        return;
      case 0x08:
        return moveTo(row, column - 1);
      case 0x09:
        return moveTo(row, column + 8 - (column % 8));
      case 0x0a:
        return lineFeed();
      case 0x0c:
        return clearScreen(2);
      case 0x0d:
        return moveTo(row, 0);
      default:
        put(control);
    }
  }

  function csi(final: number, params: Int32Array, count: number, marker: number): void {
    if (marker !== 0) return;
    const first = params[0]!;
    motion(String.fromCharCode(final), first, first || 1, count > 1 ? params[1]! : 0);
  }

  function restyle(params: Int32Array, count: number): void {
    for (let i = 0; i < count; i++) style = restyled(style, params[i]!);
  }

  /** `first` and `second` as written, 0 for none; `n` is `first` where none means 1. */
  function motion(final: string, first: number, n: number, second: number): void {
    switch (final) {
      case "A":
        return moveTo(row - n, column);
      case "B":
        return moveTo(row + n, column);
      case "C":
        return moveTo(row, column + n);
      case "D":
        return moveTo(row, column - n);
      case "E":
        return moveTo(row + n, 0);
      case "F":
        return moveTo(row - n, 0);
      case "G":
      case "`":
        return moveTo(row, n - 1);
      case "d":
        return moveTo(n - 1, column);
      case "H":
      case "f":
        return moveTo(n - 1, (second || 1) - 1);
      case "J":
        return clearScreen(first);
      case "K":
        return clearRow(first);
      case "L":
        return putRows(n);
      case "M":
        return putRows(-n);
      case "S":
        return scroll(top, n);
      case "T":
        return scroll(top, -n);
      case "@":
        return shiftRow(n);
      case "P":
        return shiftRow(-n);
      case "X":
        return blank(row * columns + column, row * columns + Math.min(columns, column + n));
      case "r":
        return setRegion(first, second);
      case "s":
        saved = { row, column, style };
        return;
      case "u":
        return restore();
    }
  }

  function esc(final: number): void {
    switch (String.fromCharCode(final)) {
      case "7":
        saved = { row, column, style };
        return;
      case "8":
        return restore();
      case "D":
        return lineFeed();
      case "M":
        return reverseLineFeed();
      case "E":
        column = 0;
        return lineFeed();
      case "c":
        style = plain;
        setRegion(1, rows);
        return clearScreen(2);
    }
  }

  const rowsOf = <T>(make: (start: number) => T): T[] =>
    Array.from({ length: rows }, (_, at) => make(at * columns));
  const textOf = (from: number, to: number): string =>
    Array.from(letters.subarray(from, to), glyphOf).join("");

  function spansFrom(start: number): Span[] {
    const spans: Span[] = [];
    for (let from = start, to = start; from < start + columns; from = to) {
      while (to < start + columns && styles[to] === styles[from]) to++;
      spans.push({ text: textOf(from, to), ...styleOf(styles[from]!) });
    }
    return spans;
  }

  return {
    handler: { print, execute, csi, style: restyle, esc },
    text: () => rowsOf((start) => textOf(start, start + columns).replace(/ +$/, "")),
    rows: () => rowsOf(spansFrom),
    cursor: () => ({ row, column }),
  };
}

/** One number of ESC[…m. */
function restyled(style: number, code: number): number {
  if (code >= 30 && code <= 37) return (style & ~0x07) | (code - 30);
  if (code >= 40 && code <= 47) return (style & ~0x38) | ((code - 40) << 3);
  if (code >= 90 && code <= 97) return (style & ~0x07) | (code - 90) | boldBit;
  switch (code) {
    case 0:
      return plain;
    case 1:
      return style | boldBit;
    case 5:
    case 6:
      return style | blinkBit;
    case 7:
      return style | reverseBit;
    case 22:
      return style & ~boldBit;
    case 25:
      return style & ~blinkBit;
    case 27:
      return style & ~reverseBit;
    case 39:
      return (style & ~0x07) | plain;
    case 49:
      return style & ~0x38;
    default:
      return style;
  }
}

const styleOf = (style: number): Style => ({
  ink: style & 7,
  paper: (style >> 3) & 7,
  bold: (style & boldBit) !== 0,
  blink: (style & blinkBit) !== 0,
  reverse: (style & reverseBit) !== 0,
});

const clamp = (number: number, low: number, high: number): number => Math.max(low, Math.min(high, number));
