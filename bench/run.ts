/**
 * `bun run bench [NAME] [--json]`: runs every benchmark, or those whose name contains NAME.
 * `bun run bench play [FLAGS]`: whole seasons of play beside the most that was to be had; play.ts has the flags.
 * `bun run bench storm [FLAGS]`: everything that may befall a manager and its workers, at full size; storm.ts has the flags.
 * `bun run bench load [FLAGS]`: what a manager of a playing swarm costs and how soon it answers; load.ts has the flags.
 * `bun run bench advice [FLAGS]`: a swarm that a model advises beside one without; advice.ts has the flags.
 * `bun run bench page [FLAGS]`: the dashboard before five thousand bots; page.ts has the flags.
 * `bun run bench map [FLAGS]`: the map of a universe that is wholly known; map.ts has the flags.
 *
 * To add some: a file here that exports `benchmarks`, and a line in `all`.
 */
import { advice } from "./advice.ts";
import { benchmarks as codec } from "./codec.ts";
import { benchmarks as cores } from "./cores.ts";
import { benchmarks as haggle } from "./haggle.ts";
import { benchmarks as host } from "./host.ts";
import { benchmarks as lore } from "./lore.ts";
import { load } from "./load.ts";
import { map } from "./map.ts";
import { page } from "./page.ts";
import { play } from "./play.ts";
import { storm } from "./storm.ts";
import { benchmarks as swarm } from "./swarm.ts";
import { benchmarks as ws } from "./ws.ts";

/** One figure worth watching. `run` does the work once and gives the figure; it is called often. */
export interface Benchmark {
  readonly name: string;
  readonly unit: string;
  /** What the figure is held against, and on which side of it is good. */
  readonly goal?: { readonly atLeast: number } | { readonly below: number };
  run(): number | Promise<number>;
  /** Times it is counted, where once costs minutes; it gets no warm-up then. */
  readonly runs?: number;
}

const all: readonly Benchmark[] = [...codec, ...cores, ...haggle, ...host, ...lore, ...swarm, ...ws];

/** Unless a benchmark says otherwise: counted, after `warmUps` that are not: the first runs show the compiler at work. */
const usualRuns = 9;
const warmUps = 2;

interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: number;
  readonly goal: string | undefined;
  readonly met: boolean | undefined;
}

async function measure({ name, unit, goal, run, runs = usualRuns }: Benchmark): Promise<Figure> {
  const figures: number[] = [];
  for (let round = runs === usualRuns ? -warmUps : 0; round < runs; round++) {
    const figure = await run();
    if (round >= 0) figures.push(figure);
  }
  figures.sort((a, b) => a - b);
  const median = figures[runs >> 1]!;
  const [words, met] = goal === undefined ? [undefined, undefined] : held(median, goal);
  return { name, unit, median, min: figures[0]!, max: figures[runs - 1]!, runs, goal: words, met };
}

const held = (figure: number, goal: NonNullable<Benchmark["goal"]>): [words: string, met: boolean] =>
  "atLeast" in goal
    ? [`at least ${goal.atLeast}`, figure >= goal.atLeast]
    : [`below ${goal.below}`, figure < goal.below];

/** Three digits that count. */
const short = (figure: number): string =>
  figure >= 100 ? figure.toFixed(0) : figure >= 10 ? figure.toFixed(1) : figure.toFixed(2);

function row({ name, unit, median, min, max, goal, met }: Figure): string {
  const figure = `${short(median)} ${unit}`.padStart(14);
  const range = `${short(min)}..${short(max)}`.padStart(18);
  return `${name.padEnd(46)}${figure}${range}  ${goal === undefined ? "" : `${goal}: ${met ? "met" : "MISSED"}`}`;
}

const words = process.argv.slice(2);
if (words[0] === "play") process.exit(play(words.slice(1)));
if (words[0] === "storm") process.exit(await storm(words.slice(1)));
if (words[0] === "load") process.exit(await load(words.slice(1)));
if (words[0] === "advice") process.exit(await advice(words.slice(1)));
if (words[0] === "page") process.exit(await page(words.slice(1)));
if (words[0] === "map") process.exit(await map(words.slice(1)));
const json = words.includes("--json");
const wanted = words.find((word) => !word.startsWith("--")) ?? "";
const chosen = all.filter(({ name }) => name.includes(wanted));
if (chosen.length === 0) {
  console.error(
    `No benchmark is called "${wanted}"; there are:\n${all.map(({ name }) => `  ${name}`).join("\n")}`,
  );
  process.exit(2);
}

const figures: Figure[] = [];
for (const benchmark of chosen) {
  const figure = await measure(benchmark);
  figures.push(figure);
  if (!json) console.log(row(figure));
}
if (json) console.log(JSON.stringify(figures, null, 2));
