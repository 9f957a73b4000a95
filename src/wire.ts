/** The wire to the host, one connection at a time: keys go in, what stands on the line comes out, and both are written down where that was asked for. */
import { dial, type Socket } from "./io/socket.ts";
import type { Recorder } from "./io/recording.ts";
import type { Unknown } from "./io/unknown.ts";
import { createLine, type Line } from "./player/line.ts";
import type { LineEvent } from "./proto/lines.ts";
import type { Thrift } from "./thrift.ts";

export interface WireParts {
  readonly host: string;
  readonly port: number;
  readonly recorder: Recorder | undefined;
  readonly unknown: Unknown;
  readonly thrift: Thrift;
  /** What the connection does happens in there. */
  enter(work: () => void): void;
  connected(): void;
  /** The game wrote this; telnet's commands are not in it. */
  wrote(bytes: Uint8Array): void;
  heard(event: LineEvent): void;
  /** The connection is gone, or (`reached`: false) could not be made. */
  closed(reason: string, reached: boolean): void;
}

export interface Wire {
  /** A new connection; one that there is, or that is being made, is given up without a word. */
  call(): void;
  send(keys: string, secret: boolean): void;
  /** Closes at once and tells so: what the host has not taken yet never reaches it. */
  hangUp(): void;
  /** Closes in good order, and tells nothing. */
  end(): void;
  /** Closes at once, and tells nothing. */
  cut(): void;
}

export function createWire(parts: WireParts): Wire {
  const { host, port, recorder, unknown, thrift, enter } = parts;
  let socket: Socket | undefined;
  let line: Line | undefined;
  /** Calls made; what an earlier one still tells is not heard. */
  let calls = 0;
  let abandon = () => {};

  function call(): void {
    cut();
    const mine = ++calls;
    const current = createLine(parts.wrote);
    const isMine = () => mine === calls;
    const attempt = dial(host, port, {
      connected: (dialled) =>
        enter(() => {
          if (!isMine()) return dialled.reset();
          socket = dialled;
          line = current;
          parts.connected();
        }),
      data: (bytes) =>
        enter(() => {
          if (isMine()) take(current, bytes, isMine);
        }),
      closed: (reason) =>
        enter(() => {
          if (!isMine()) return;
          const reached = socket !== undefined;
          lose();
          recorder?.closed();
          parts.closed(reason, reached);
        }),
    });
    abandon = attempt.abandon;
  }

  function take(from: Line, bytes: Uint8Array, isOurs: () => boolean): void {
    recorder?.received(bytes);
    const { events, replies } = from.feed(bytes);
    if (replies) {
      socket?.write(replies);
      recorder?.sent(replies, false);
    }
    for (const event of events) {
      unknown.saw(event);
      parts.heard(event);
      if (!isOurs()) return;
    }
  }

  /** Nothing more is heard of this call. */
  function lose(): Socket | undefined {
    const last = socket;
    calls++;
    socket = line = undefined;
    abandon = () => {};
    thrift.forget();
    return last;
  }

  function cut(): void {
    const giveUp = abandon;
    const last = lose();
    if (last) {
      recorder?.closed();
      last.reset();
    } else giveUp();
  }

  return {
    call,
    send(keys, secret) {
      thrift.pass(() => {
        if (!line || !socket) return;
        const bytes = line.encode(keys);
        socket.write(bytes);
        unknown.typed(keys, secret);
        recorder?.sent(bytes, secret);
      });
    },
    hangUp() {
      if (!socket) return;
      cut();
      const gone = calls;
      // After the effects at hand: what they do belongs to the old connection.
      queueMicrotask(() => {
        if (gone === calls) enter(() => parts.closed("hung up", true));
      });
    },
    end() {
      const giveUp = abandon;
      const last = lose();
      if (last) last.end();
      else giveUp();
    },
    cut,
  };
}
