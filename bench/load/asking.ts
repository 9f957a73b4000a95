/** Questions at a steady rate, whether they are answered in time or not: a slow answer makes the next ones late, and that is counted. */
import { createConnection, type Socket } from "node:net";

const connections = 16;
/** Questions that wait for a connection; more than this and nobody answers at all. */
const waitingMax = 10_000;
const tickMs = 1;

export interface Asked {
  /** From when each was due to the last byte of its answer, in milliseconds. */
  readonly tookMs: readonly number[];
  /** Bytes of the last answer's body. */
  readonly bytes: number;
}

/** Sends GET `url` `perSecond` times a second for so many seconds. Rejects when an answer is none, or no success. */
export async function askAtRate(url: string, perSecond: number, seconds: number): Promise<Asked> {
  const { hostname, port, pathname, host } = new URL(url);
  const question = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const tookMs: number[] = [];
  const waiting: number[] = [];
  const total = Math.round(perSecond * seconds);
  let bytes = 0;
  const lines = await Promise.all(
    Array.from({ length: connections }, () => connect(hostname, Number(port), question)),
  );
  const free = [...lines];
  const failed = Promise.withResolvers<never>();
  const next = () => {
    while (free.length > 0 && waiting.length > 0) {
      const line = free.pop()!;
      const due = waiting.shift()!;
      line.ask().then(
        (size) => {
          bytes = size;
          tookMs.push(performance.now() - due);
          free.push(line);
          next();
        },
        (error: unknown) => failed.reject(error),
      );
    }
  };
  const work = async () => {
    const began = performance.now();
    for (let sent = 0; sent < total;) {
      for (const due = dueBy(began, perSecond); sent < Math.min(total, due); sent++)
        waiting.push(began + (sent * 1000) / perSecond);
      if (waiting.length > waitingMax) throw new Error(`${waiting.length} questions wait for an answer`);
      next();
      await Bun.sleep(tickMs);
    }
    while (tookMs.length < total) await Bun.sleep(tickMs);
  };
  try {
    await Promise.race([work(), failed.promise]);
  } finally {
    lines.forEach((line) => line.close());
  }
  return { tookMs, bytes };
}

const dueBy = (began: number, perSecond: number) =>
  Math.floor(((performance.now() - began) * perSecond) / 1000) + 1;

interface Line {
  /** Bytes of the answer's body. */
  ask(): Promise<number>;
  close(): void;
}

function connect(hostname: string, port: number, question: string): Promise<Line> {
  const socket: Socket = createConnection({ host: hostname, port });
  let answer: { resolve(bytes: number): void; reject(error: Error): void } | undefined;
  let head = "";
  let left: number | undefined;
  let size = 0;
  const fail = (why: string) => answer?.reject(new Error(why));
  socket.setNoDelay(true);
  socket.on("data", (bytes: Buffer) => {
    let body = bytes.length;
    if (left === undefined) {
      head += bytes.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = /^content-length: (\d+)\r$/im.exec(head.slice(0, end + 2))?.[1];
      if (!head.startsWith("HTTP/1.1 200 ") || length === undefined)
        return fail(`Expected 200 with a length, found: ${head.slice(0, 200)}`);
      body = head.length - end - 4;
      left = size = Number(length);
      head = "";
    }
    left -= body;
    if (left > 0) return;
    left = undefined;
    answer?.resolve(size);
  });
  socket.on("error", (error) => fail(error.message));
  socket.on("close", () => fail("the line is gone"));
  const line: Line = {
    ask: () =>
      new Promise((resolve, reject) => {
        answer = { resolve, reject };
        socket.write(question);
      }),
    close: () => socket.destroy(),
  };
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(line));
    socket.once("error", reject);
  });
}
