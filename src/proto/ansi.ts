/**
 * The escape sequences of a terminal, after the VT500 state table, read from bytes.
 *
 * Two things differ from a VT500, both because this is a BBS line: bytes 80-9F are letters of CP437 and never
 * controls, and no sequence may swallow the line for ever: each has a length at which it is given up.
 */

export interface AnsiHandler {
  /** Printable bytes from `start` up to `end`; the array is the caller's and will be used again. */
  print(bytes: Uint8Array, start: number, end: number): void;
  /** A control byte, 00-1F, except ESC. */
  execute(control: number): void;
  /**
   * ESC [ … final, except m. `params` holds `count` numbers, 0 where none was written; it is used again after the call.
   * `marker` is the byte of "?", "<", "=" or ">" written before the numbers, else 0.
   */
  csi(final: number, params: Int32Array, count: number, marker: number): void;
  /** ESC [ … m: colours. Half of what a game sends is these; who leaves this out is spared reading them. */
  style?(params: Int32Array, count: number): void;
  /** ESC final: two bytes and no more. */
  esc(final: number): void;
}

/** Numbers kept of one sequence; the rest are dropped. */
export const paramsMax = 16;
/** The greatest number a sequence can hold; greater ones become this. */
export const paramMax = 9_999;
/** Bytes of an ESC or CSI sequence before it is given up. */
export const sequenceMaxBytes = 128;
/** Bytes of an OSC, DCS, SOS, PM or APC string before it is given up. */
export const stringMaxBytes = 4_096;

const ground = 0;
const escape = 1;
const sequence = 2;
const string = 3;

const can = 0x18;
const sub = 0x1a;
const esc = 0x1b;
const bracket = 0x5b;
const letterM = 0x6d;

/** A parser that calls `handler` for what it reads. Sequences may be cut anywhere between two calls of `feed`. */
export function createAnsi(handler: AnsiHandler): { feed(bytes: Uint8Array): void } {
  const params = new Int32Array(paramsMax);
  let state = ground;
  let count = 0;
  let value = 0;
  let marker = 0;
  /** The sequence is read to its end and then dropped: it has intermediate bytes, or colons. */
  let dropped = false;
  let length = 0;

  function feed(bytes: Uint8Array): void {
    const end = bytes.length;
    let i = 0;
    while (i < end) {
      switch (state) {
        case ground:
          i = readText(bytes, i, end);
          break;
        case escape:
          i = readEscape(bytes[i]!, i);
          break;
        case sequence:
          i = readSequence(bytes[i]!, i);
          break;
        default:
          i = readString(bytes[i]!, i);
      }
    }
  }

  /** Text, whole sequences and controls, up to the end or to a sequence that is cut or not simple. */
  function readText(bytes: Uint8Array, from: number, end: number): number {
    let i = from;
    while (i < end) {
      const start = i;
      while (i < end && bytes[i]! >= 0x20) i++;
      if (i > start) handler.print(bytes, start, i);
      if (i === end) break;
      const byte = bytes[i]!;
      if (byte !== esc) {
        handler.execute(byte);
        i++;
        continue;
      }
      const next = bytes[i + 1] === bracket ? readAtOnce(bytes, i + 2, end) : 0;
      if (next === 0) {
        control(esc);
        return i + 1;
      }
      i = next;
    }
    return i;
  }

  /**
   * A whole sequence of nothing but numbers: so are nearly all that a game sends, which makes this worth its lines.
   * Gives where to go on, or 0 when it is not that simple, with nothing done.
   */
  function readAtOnce(bytes: Uint8Array, from: number, end: number): number {
    const stop = Math.min(end, from + sequenceMaxBytes - 1);
    if (handler.style === undefined) {
      let at = from;
      while (at < stop && bytes[at]! >= 0x30 && bytes[at]! <= 0x3b) at++;
      if (at < stop && bytes[at] === letterM) return at + 1;
    }
    let number = 0;
    let numbers = 0;
    for (let i = from; i < stop; i++) {
      const byte = bytes[i]!;
      if (byte >= 0x30 && byte <= 0x39) {
        number = number * 10 + byte - 0x30;
        if (number > paramMax) number = paramMax;
      } else if (byte === 0x3b || (byte >= 0x40 && byte < 0x7f)) {
        if (numbers < paramsMax) params[numbers++] = number;
        number = 0;
        if (byte === 0x3b) continue;
        if (byte === letterM) handler.style?.(params, numbers);
        else handler.csi(byte, params, numbers, 0);
        return i + 1;
      } else {
        return 0;
      }
    }
    return 0;
  }

  /** A control byte: the same wherever it stands, for even in the middle of a sequence it is carried out at once. */
  function control(byte: number): void {
    if (byte === esc) {
      state = escape;
      length = 0;
      dropped = false;
    } else {
      if (byte === can || byte === sub) state = ground;
      handler.execute(byte);
    }
  }

  function readEscape(byte: number, at: number): number {
    if (byte < 0x20) control(byte);
    else if (byte >= 0x80 || ++length > sequenceMaxBytes) return toGround(at);
    else if (byte < 0x30) dropped = true;
    else if (dropped) state = ground;
    else if (byte === bracket) beginSequence();
    // P DCS, X SOS, ] OSC, ^ PM, _ APC: all are strings, and none means anything on a BBS.
    else if (byte === 0x50 || byte === 0x58 || (byte >= 0x5d && byte <= 0x5f)) beginString();
    else {
      state = ground;
      if (byte !== 0x7f) handler.esc(byte);
    }
    return at + 1;
  }

  function beginSequence(): void {
    state = sequence;
    count = 0;
    value = 0;
    marker = 0;
  }

  function beginString(): void {
    state = string;
    length = 0;
  }

  /** One byte of a sequence that is cut, or not simple; gives where to go on. */
  function readSequence(byte: number, at: number): number {
    if (byte < 0x20) {
      control(byte);
      return at + 1;
    }
    if (byte >= 0x80 || ++length > sequenceMaxBytes) return toGround(at);
    if (byte >= 0x30 && byte <= 0x39) {
      value = Math.min(paramMax, value * 10 + byte - 0x30);
    } else if (byte === 0x3b) {
      keep();
    } else if (byte >= 0x40) {
      keep();
      state = ground;
      if (dropped || byte === 0x7f) return at + 1;
      if (byte === letterM && marker === 0) handler.style?.(params, count);
      else handler.csi(byte, params, count, marker);
    } else if (byte >= 0x3c && count === 0 && value === 0) {
      marker = byte;
    } else {
      dropped = true;
    }
    return at + 1;
  }

  function keep(): void {
    if (count < paramsMax) params[count++] = value;
    value = 0;
  }

  function readString(byte: number, at: number): number {
    // A string holds no line end. Should its end be missing, the next line is read again.
    const bell = 0x07;
    if (byte === esc || byte === can || byte === sub || byte === 0x0a || byte === 0x0d) return toGround(at);
    if (byte === bell) state = ground;
    else if (++length > stringMaxBytes) return toGround(at);
    return at + 1;
  }

  /** Gives the sequence up; the byte at `at` is read again as text. */
  function toGround(at: number): number {
    state = ground;
    return at;
  }

  return { feed };
}
