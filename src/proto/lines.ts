/**
 * What a terminal is told to print → lines that are finished and the one still open, as Unicode.
 *
 * A line is what stands on it when LF comes: CR and BS move back and what follows overwrites, as on a screen, so
 * that a line repainted in place is read once, as it was left. Motion to another row ends the line: pictures come
 * out as odd short lines, which no reader minds. The width of the screen is not known here: long lines do not wrap.
 *
 * Seen in the recordings: lines of the game end CR ESC[0m LF, those of the menus LF CR, plain ones CR LF. A message
 * that arrives while a prompt waits begins with CR ESC[K, which takes the prompt away: `erased`.
 */
import type { AnsiHandler } from "./ansi.ts";
import { readCp437 } from "./cp437.ts";

export type LineEvent =
  /** LF came, or motion to another row. Trailing spaces are kept. */
  | { readonly type: "line"; readonly text: string }
  /** The unfinished line up to the cursor, told at the end of the bytes at hand when it has changed. */
  | { readonly type: "open"; readonly text: string }
  /** The unfinished line was wiped from the screen, and with it the prompt that stood there. */
  | { readonly type: "erased" };

/** Bytes kept of one line; what comes beyond is counted and dropped until the line ends. */
export const openLineMaxBytes = 65_536;
/** An unfinished line longer than this is no prompt and is told only once it is finished: else each byte costs a copy. */
export const openTextMaxBytes = 1_024;
/** One motion to the right goes no further than across a screen. */
const motionMaxColumns = 80;

const space = 0x20;
/** Right of every column. */
const noInk = openLineMaxBytes + 1;
const none: readonly LineEvent[] = [];

export interface Lines {
  /** To be driven by `createAnsi`. */
  readonly handler: AnsiHandler;
  /** What has happened since the last call, with the open line last: call it at the end of each piece of input. */
  take(): readonly LineEvent[];
  /** Bytes dropped so far because their line was too long. */
  droppedBytes(): number;
}

export function createLines(): Lines {
  let events: LineEvent[] | undefined;
  let line = new Uint8Array(512);
  let length = 0;
  let column = 0;
  /** The leftmost column ever printed on with anything but a space. */
  let ink = noInk;
  let told = "";
  let dropped = 0;

  const add = (event: LineEvent): void => {
    (events ??= []).push(event);
    if (event.type !== "open") told = "";
  };

  function reset(): void {
    length = 0;
    column = 0;
    ink = noInk;
  }

  function finish(): void {
    add({ type: "line", text: readCp437(line, 0, length) });
    reset();
  }

  /** Motion to another row: nothing that is printed from here on belongs to this line. */
  function leave(): void {
    if (ink === noInk) reset();
    else finish();
  }

  function reserve(bytes: number): void {
    if (bytes <= line.length) return;
    const longer = new Uint8Array(Math.min(openLineMaxBytes, Math.max(bytes, 2 * line.length)));
    longer.set(line);
    line = longer;
  }

  function print(bytes: Uint8Array, start: number, end: number): void {
    let stop = column + end - start;
    if (stop > openLineMaxBytes) {
      dropped += stop - openLineMaxBytes;
      stop = openLineMaxBytes;
    }
    if (stop > line.length) reserve(stop);
    if (column < ink) ink = inkOf(bytes, start, start + stop - column);
    const into = line;
    for (let to = column, from = start; to < stop;) into[to++] = bytes[from++]!;
    column = stop;
    if (column > length) length = column;
  }

  /** Where the first mark among these bytes would stand, if it stands left of all others. */
  function inkOf(bytes: Uint8Array, start: number, end: number): number {
    for (let i = start; i < end; i++) if (bytes[i] !== space) return Math.min(ink, column + i - start);
    return ink;
  }

  function moveTo(target: number): void {
    column = Math.max(0, Math.min(target, openLineMaxBytes));
    if (column <= length) return;
    reserve(column);
    line.fill(space, length, column);
    length = column;
  }

  const right = (columns: number): void => moveTo(column + Math.min(columns, motionMaxColumns));

  /** ESC[K: 0 from the cursor on, 1 up to and with the cursor, 2 all of it. */
  function erase(how: number): void {
    const hadInk = ink !== noInk;
    if (how === 1 && column + 1 < length) {
      line.fill(space, 0, column + 1);
      ink = Math.max(ink, column + 1);
    } else {
      if (how !== 0) line.fill(space, 0, column);
      length = column;
      if (how !== 0 || ink >= column) ink = noInk;
    }
    if (hadInk && ink === noInk) add({ type: "erased" });
  }

  function execute(control: number): void {
    switch (control) {
      case 0x0a: // LF
        return finish();
      case 0x0d: // CR
        column = 0;
        return;
      case 0x08: // BS
        if (column > 0) column--;
        return;
      case 0x09: // TAB
        return right(8 - (column % 8));
      case 0x0c: // FF clears the screen
        return leave();
    }
  }

  function csi(final: number, params: Int32Array, _count: number, marker: number): void {
    if (marker !== 0) return;
    const number = params[0]!;
    switch (final) {
      case 0x43: // C
      case 0x61: // a
        return right(Math.max(1, number));
      case 0x44: // D
        return moveTo(column - Math.max(1, number));
      case 0x47: // G
      case 0x60: // `
        return moveTo(Math.min(motionMaxColumns, Math.max(1, number)) - 1);
      case 0x4b: // K
        return erase(number);
      case 0x4a: // J: 0 from the cursor on, else the whole screen or what is above
        return number === 0 ? erase(0) : leave();
      case 0x41: // A B up and down, E F to the start of a row
      case 0x42:
      case 0x45:
      case 0x46:
      case 0x48: // H f d to a place
      case 0x66:
      case 0x64:
      case 0x4c: // L M put rows in and out
      case 0x4d:
      case 0x53: // S T scroll
      case 0x54:
      case 0x75: // u back to where the cursor was saved
        return leave();
    }
  }

  function escaped(final: number): void {
    // D IND, E NEL, M RI, 8 DECRC, c RIS: each leaves the row.
    if (final === 0x44 || final === 0x45 || final === 0x4d || final === 0x38 || final === 0x63) leave();
  }

  function take(): readonly LineEvent[] {
    if (column > 0 && column <= openTextMaxBytes) {
      const text = readCp437(line, 0, column);
      if (text !== told) {
        add({ type: "open", text });
        told = text;
      }
    }
    const taken = events ?? none;
    events = undefined;
    return taken;
  }

  // No `style`: colours are no concern of a line.
  return { handler: { print, execute, csi, esc: escaped }, take, droppedBytes: () => dropped };
}
