/** From finished lines to facts, and from open lines to prompts: what a bot makes of what a game writes. */
import { readPrompt } from "../src/games/tw2002/prompts.ts";
import { createReader } from "../src/games/tw2002/reader/read.ts";
import { createLine } from "../src/player/line.ts";
import { createTable, enlist } from "../tests/games/tw2002/host/players.ts";
import type { Benchmark } from "./harness/benchmark.ts";

/** What a trader looks at, over and over: displays of every size. */
const looks = ["D", "I", "/", "^IQ", "CTQ", "D", "CR1\rQ", "V"] as const;
const rounds = 1600;

interface Heard {
  readonly lines: readonly string[];
  /** Open lines, and the finished one above each. */
  readonly open: readonly (readonly [text: string, above: string])[];
}

/** What our own host writes to one trader: the same lines each time. */
function hear(): Heard {
  const table = createTable({ seed: 2, settings: { sectors: 1000, turnsPerDay: 1_000_000 } });
  const caller = enlist(table, "Reader");
  const line = createLine();
  const [lines, open]: [string[], [string, string][]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const keys of looks) {
      for (const event of line.feed(Buffer.from(table.press(caller, keys), "latin1")).events) {
        if (event.type === "line") lines.push(event.text);
        else if (event.type === "open") open.push([event.text, lines.at(-1) ?? ""]);
      }
    }
  }
  return { lines, open };
}
let heard: Heard | undefined;

/** How many of these are dealt with in a second. */
function perSecond<T>(all: readonly T[], work: (one: T) => unknown): number {
  const began = performance.now();
  for (const one of all) work(one);
  return (1000 * all.length) / (performance.now() - began);
}

export const benchmarks: readonly Benchmark[] = [
  {
    name: "reader: lines of our host into facts",
    unit: "lines/s",
    kind: "rate",
    cost: "quick",
    run() {
      const { lines } = (heard ??= hear());
      const reader = createReader();
      return perSecond(lines, (line) => reader.read(line));
    },
  },
  {
    name: "reader: open lines into prompts",
    unit: "lines/s",
    kind: "rate",
    cost: "quick",
    run: () => perSecond((heard ??= hear()).open, ([text, above]) => readPrompt(text, above)),
  },
];
