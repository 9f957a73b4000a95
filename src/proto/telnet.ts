/**
 * Telnet as values: bytes in, data and replies out. No socket in sight; the same codec serves both ends.
 *
 * RFC 854 (commands), 855 (options), 1143 (the Q method, by which two ends never negotiate for ever), 856 BINARY,
 * 857 ECHO, 858 SGA, 1073 NAWS, 1091 TTYPE. Every other option is refused: TWGS opens with DO 246, which no standard
 * knows, and hangs up on a client that does not refuse it within five seconds (recordings 01 and 02).
 */

import { writeCp437 } from "./cp437.ts";
import { createNegotiation, DONT, IAC, type Side, WILL } from "./negotiation.ts";

export const SB = 250;
export const SE = 240;

export const BINARY = 0;
export const ECHO = 1;
export const SGA = 3;
export const TTYPE = 24;
export const NAWS = 31;

/** Bytes kept of a subnegotiation; a longer one is dropped and what follows is data again. */
export const subnegotiationMaxBytes = 4_096;
/** RFC 1091 lets a terminal's name have so many characters. */
const terminalNameMax = 40;

export type TelnetEvent =
  /** An option came into force or went out of it. */
  | { readonly type: "option"; readonly side: Side; readonly option: number; readonly on: boolean }
  /** NAWS: the size of the other end's window in characters; 0 means unknown. */
  | { readonly type: "window"; readonly columns: number; readonly rows: number }
  /** TTYPE: what the other end calls its terminal. */
  | { readonly type: "terminal"; readonly name: string }
  /** Any command at all (by its byte after IAC), answered or not; `option` for the four verbs of negotiation. */
  | { readonly type: "command"; readonly command: number; readonly option: number | undefined };

export interface TelnetHandler {
  /** Data without telnet in it: a view of the bytes fed, not a copy. */
  data(bytes: Uint8Array): void;
  /** Bytes to send back as they are. */
  reply(bytes: Uint8Array): void;
  event?(event: TelnetEvent): void;
}

export interface TelnetOptions {
  readonly end: "client" | "server";
  /** Options agreed to when the other end asks. By default the sensible ones for this end. */
  readonly agree?: { readonly us: readonly number[]; readonly them: readonly number[] };
  /** What a client says of itself when asked. By default 80 columns, 25 rows, "ANSI". */
  readonly window?: { readonly columns: number; readonly rows: number };
  readonly terminal?: string;
}

export interface Telnet {
  feed(bytes: Uint8Array): void;
  /** Asks for an option to come into force or to go out of it; says nothing when it already is so. */
  ask(side: Side, option: number, on: boolean): void;
  /** Takes note of negotiation bytes that this end's owner sent on its own, so that answers to them are not answered. */
  wrote(bytes: Uint8Array): void;
  isOn(side: Side, option: number): boolean;
}

const agreeByDefault = {
  client: { us: [BINARY, SGA, TTYPE, NAWS], them: [BINARY, ECHO, SGA] },
  server: { us: [BINARY, ECHO, SGA], them: [BINARY, SGA, TTYPE, NAWS] },
} as const;

export function createTelnet(options: TelnetOptions, handler: TelnetHandler): Telnet {
  const { end, agree = agreeByDefault[end] } = options;
  const negotiation = createNegotiation({
    agrees: (side, option) => agree[side].includes(option),
    reply: handler.reply,
    turned(side, option, on) {
      handler.event?.({ type: "option", side, option, on });
      if (on) cameOn(side, option);
    },
  });
  const isVerb = (byte: number): boolean => byte >= WILL && byte <= DONT;
  const subnegotiation = new Uint8Array(subnegotiationMaxBytes);
  let subnegotiationLength = 0;
  let state: "data" | "command" | "verb" | "inside" | "insideCommand" = "data";
  let verb = 0;

  function feed(bytes: Uint8Array): void {
    let i = 0;
    while (i < bytes.length) {
      if (state !== "data") {
        readCommand(bytes, i++);
        continue;
      }
      const iac = bytes.indexOf(IAC, i);
      const stop = iac < 0 ? bytes.length : iac;
      if (stop > i) handler.data(i === 0 && stop === bytes.length ? bytes : bytes.subarray(i, stop));
      if (iac >= 0) state = "command";
      i = stop + 1;
    }
  }

  function readCommand(bytes: Uint8Array, at: number): void {
    const byte = bytes[at]!;
    switch (state) {
      case "command":
        return command(bytes, at);
      case "verb":
        state = "data";
        handler.event?.({ type: "command", command: verb, option: byte });
        return negotiation.heard(verb, byte);
      case "inside":
        if (byte === IAC) state = "insideCommand";
        else keep(byte);
        return;
      case "insideCommand":
        if (byte === IAC) {
          state = "inside";
          keep(byte);
        } else if (byte === SE) {
          state = "data";
          subnegotiated(subnegotiation.subarray(0, subnegotiationLength));
        } else {
          command(bytes, at); // its SE never came: drop it, and obey the command
        }
    }
  }

  function command(bytes: Uint8Array, at: number): void {
    const byte = bytes[at]!;
    state = "data";
    if (byte === IAC) return handler.data(bytes.subarray(at, at + 1));
    if (isVerb(byte)) {
      verb = byte;
      state = "verb";
      return;
    }
    handler.event?.({ type: "command", command: byte, option: undefined });
    if (byte === SB) {
      subnegotiationLength = 0;
      state = "inside";
    }
  }

  function keep(byte: number): void {
    if (subnegotiationLength === subnegotiationMaxBytes) state = "data";
    else subnegotiation[subnegotiationLength++] = byte;
  }

  function subnegotiated(bytes: Uint8Array): void {
    const [option, first] = bytes;
    const is = 0;
    const send = 1;
    if (option === TTYPE && first === send && negotiation.isOn("us", TTYPE)) {
      const name = writeCp437(options.terminal ?? "ANSI");
      negotiation.answer(() => subnegotiationOf(TTYPE, [is, ...name]));
    } else if (option === TTYPE && first === is && negotiation.isOn("them", TTYPE)) {
      const printable = bytes.subarray(2, 2 + terminalNameMax).filter((byte) => byte > 0x20 && byte < 0x7f);
      handler.event?.({ type: "terminal", name: String.fromCharCode(...printable) });
    } else if (option === NAWS && bytes.length === 5 && negotiation.isOn("them", NAWS)) {
      const [, wide = 0, columns = 0, tall = 0, rows = 0] = bytes;
      handler.event?.({ type: "window", columns: wide * 256 + columns, rows: tall * 256 + rows });
    }
  }

  /** Two options have something to say as soon as they are on. */
  function cameOn(side: Side, option: number): void {
    if (side === "us" && option === NAWS) {
      const { columns, rows } = options.window ?? { columns: 80, rows: 25 };
      handler.reply(subnegotiationOf(NAWS, [columns >> 8, columns & 255, rows >> 8, rows & 255]));
    } else if (side === "them" && option === TTYPE) {
      handler.reply(subnegotiationOf(TTYPE, [1]));
    }
  }

  return {
    feed,
    ask: negotiation.ask,
    isOn: negotiation.isOn,
    wrote(bytes) {
      for (let i = 0; i + 2 < bytes.length; i++) {
        if (bytes[i] !== IAC) continue;
        if (isVerb(bytes[i + 1]!)) negotiation.wrote(bytes[i + 1]!, bytes[i + 2]!);
        i += isVerb(bytes[i + 1]!) ? 2 : 1;
      }
    },
  };
}

/** Data made fit for the wire: each FF doubled. Without any, `bytes` itself. */
export function doubleIac(bytes: Uint8Array): Uint8Array {
  let doubles = 0;
  for (let at = bytes.indexOf(IAC); at >= 0; at = bytes.indexOf(IAC, at + 1)) doubles++;
  if (doubles === 0) return bytes;
  const doubled = new Uint8Array(bytes.length + doubles);
  let to = 0;
  for (const byte of bytes) {
    doubled[to++] = byte;
    if (byte === IAC) doubled[to++] = IAC;
  }
  return doubled;
}

/** IAC SB option … IAC SE; `payload` without the option. */
const subnegotiationOf = (option: number, payload: readonly number[]): Uint8Array =>
  Uint8Array.of(IAC, SB, option, ...doubleIac(Uint8Array.from(payload)), IAC, SE);
