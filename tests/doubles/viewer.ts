/** A viewer of /ws/swarm down at the bytes: it counts what crosses the wire, may refuse to read, and speaks out of turn. */
import { connect, type Socket } from "node:net";

export interface RawViewer {
  /** Bytes that came, the handshake's among them. */
  bytes(): number;
  /** True once the server ended the connection. */
  isClosed(): boolean;
  /** Settles when the server has ended the connection. */
  readonly closed: Promise<void>;
  /** The answer to the handshake. */
  readonly head: Promise<string>;
  /** Sends a frame as clients do, masked (with zeros): text is 1, ping 9. */
  say(opcode: number, payload: string): void;
  /** Takes no byte from now on. */
  stall(): void;
  leave(): void;
}

/** Dials. One that is `stalled` takes no byte after the handshake's answer, or before it. */
export function rawViewer(
  port: number,
  { deflate = false, stalled = false, path = "/ws/swarm" } = {},
): RawViewer {
  let bytes = 0;
  let isClosed = false;
  let whenClosed = () => {};
  let whenHead: (head: string) => void = () => {};
  const closed = new Promise<void>((resolve) => (whenClosed = resolve));
  const head = new Promise<string>((resolve) => (whenHead = resolve));
  const socket: Socket = connect(port, "127.0.0.1", () => {
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ...(deflate ? ["Sec-WebSocket-Extensions: permessage-deflate"] : []),
    ];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    if (stalled) socket.pause();
  });
  const end = () => {
    isClosed = true;
    whenClosed();
    socket.destroy();
  };
  socket.on("data", (chunk: Buffer) => {
    if (bytes === 0) whenHead(chunk.toString("latin1").split("\r\n\r\n")[0]!);
    bytes += chunk.length;
  });
  socket.on("end", end);
  socket.on("close", end);
  socket.on("error", end);
  return {
    bytes: () => bytes,
    isClosed: () => isClosed,
    closed,
    head,
    say(opcode, payload) {
      const body = Buffer.from(payload);
      const length =
        body.length < 126
          ? Buffer.from([0x80 | body.length])
          : Buffer.from([0x80 | 126, body.length >> 8, body.length & 255]);
      socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), length, Buffer.alloc(4), body]));
    },
    stall: () => void socket.pause(),
    leave: () => socket.destroy(),
  };
}
