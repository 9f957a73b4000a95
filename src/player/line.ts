/** The bot's end of a telnet line: bytes to what stands on it, keys to bytes. Knows no game and no socket. */
import { createAnsi } from "../proto/ansi.ts";
import { writeCp437 } from "../proto/cp437.ts";
import { createLines, type LineEvent } from "../proto/lines.ts";
import { createTelnet, doubleIac } from "../proto/telnet.ts";

export interface Line {
  /** What the bytes put on the line, and what telnet wants sent back at once. */
  feed(bytes: Uint8Array): {
    readonly events: readonly LineEvent[];
    readonly replies: Uint8Array | undefined;
  };
  /** Keys as the bytes to send: CP437 ("?" for what it lacks), FF doubled. Enter is "\r" alone, as TWGS wants it. */
  encode(keys: string): Uint8Array;
  /** Bytes dropped so far because a line was too long. */
  droppedBytes(): number;
}

/** A line from its first byte: one for each connection. `wrote` gets what the other end wrote, without telnet in it: views, not copies. */
export function createLine(wrote?: (bytes: Uint8Array) => void): Line {
  const lines = createLines();
  const ansi = createAnsi(lines.handler);
  let replies: Uint8Array[] = [];
  const data = wrote
    ? (bytes: Uint8Array) => {
        wrote(bytes);
        ansi.feed(bytes);
      }
    : ansi.feed;
  const telnet = createTelnet({ end: "client" }, { data, reply: (bytes) => replies.push(bytes) });
  return {
    feed(bytes) {
      telnet.feed(bytes);
      const sent = replies;
      if (sent.length > 0) replies = [];
      return { events: lines.take(), replies: sent.length > 0 ? joined(sent) : undefined };
    },
    encode: (keys) => doubleIac(writeCp437(keys)),
    droppedBytes: lines.droppedBytes,
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
