/** Bytes from the line to finished lines: the work that each bot does for each byte a game sends. */
import { createLine } from "../src/player/line.ts";
import { createAnsi } from "../src/proto/ansi.ts";
import { readCp437, writeCp437 } from "../src/proto/cp437.ts";
import { createScreen } from "../src/proto/screen.ts";
import { capturesMissing, serverBytes, sessionNames } from "../tests/captures.ts";
import { byteByByte, seeded } from "../tests/cuts.ts";
import type { Benchmark } from "./harness/benchmark.ts";

const megabyte = 1e6;
const trafficBytes = 20 * megabyte;

/** All that the server sent in all recordings, over and over; without recordings, traffic made to be like it. */
const session = capturesMissing ? madeUp() : joined(sessionNames().map(serverBytes));
const traffic = repeated(session, trafficBytes);
const of = capturesMissing ? "made-up traffic" : "recorded traffic";

export const benchmarks: readonly Benchmark[] = [
  ...[16_384, 1_460, 128].map((size): Benchmark => ({
    name: `codec: telnet to lines, ${of} by ${size}`,
    unit: "MB/s",
    kind: "rate",
    cost: "quick",
    ...(size >= 1_460 ? { goal: { atLeast: 100 } } : {}),
    run: () => speed(createLine().feed, pieces(traffic, size), traffic.length),
  })),
  {
    name: `codec: telnet to lines, letters without end`,
    unit: "MB/s",
    kind: "rate",
    cost: "quick",
    run: () =>
      speed(createLine().feed, pieces(new Uint8Array(trafficBytes).fill(0x58), 16_384), trafficBytes),
  },
  {
    name: "codec: a 200 KB line byte by byte",
    unit: "ms",
    kind: "duration",
    cost: "quick",
    goal: { below: 20 },
    run() {
      const bytes = byteByByte(new Uint8Array(200_000).fill(0x58));
      const line = createLine();
      return tookMs(() => bytes.forEach((byte) => line.feed(byte)));
    },
  },
  {
    name: `codec: screen, ${of} by 16384`,
    unit: "MB/s",
    kind: "rate",
    cost: "quick",
    run: () => speed(createAnsi(createScreen().handler).feed, pieces(traffic, 16_384), traffic.length),
  },
  {
    name: "codec: CP437 to text, rows of 80",
    unit: "MB/s",
    kind: "rate",
    cost: "quick",
    run: () => speed((row) => readCp437(row), pieces(traffic, 80), traffic.length),
  },
];

function speed(feed: (bytes: Uint8Array) => unknown, bytes: readonly Uint8Array[], length: number): number {
  const ms = tookMs(() => {
    for (const piece of bytes) feed(piece);
  });
  return length / megabyte / (ms / 1_000);
}

function tookMs(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function pieces(bytes: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function repeated(bytes: Uint8Array, length: number): Uint8Array {
  return joined(Array.from({ length: Math.ceil(length / bytes.length) }, () => bytes));
}

/** Lines of words in changing colours, each fifth with a prompt: half of it escape sequences, like the real thing. */
function madeUp(): Uint8Array {
  const chance = seeded(2002);
  const word = (): string => {
    const letters = Array.from(
      { length: 2 + Math.floor(chance() * 9) },
      () => 97 + Math.floor(chance() * 26),
    );
    return `\x1b[${chance() < 0.5 ? "" : "1;"}3${Math.floor(chance() * 8)}m${String.fromCharCode(...letters)} `;
  };
  const line = (_: unknown, at: number): string =>
    at % 5 === 0
      ? "\x1b[35mWell [\x1b[1;33mTL\x1b[0;33m=\x1b[1m00:00:00\x1b[0;35m] (\x1b[1;33m?=Help\x1b[0;35m)? : D\r\x1b[0m\n"
      : `${Array.from({ length: Math.floor(chance() * 7) }, word).join("")}${chance() < 0.15 ? "═══" : ""}\r\x1b[0m\n`;
  return writeCp437(Array.from({ length: 10_000 }, line).join(""));
}
