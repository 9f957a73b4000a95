/**
 * `bun run bench [NAME...] [FLAGS]`: runs every benchmark, or those whose name contains NAME; harness/words.ts has the flags.
 * `bun run bench play [FLAGS]`: whole seasons of play beside the most that was to be had; play.ts has the flags.
 * `bun run bench storm [FLAGS]`: everything that may befall a manager and its workers, at full size; storm.ts has the flags.
 * `bun run bench load [FLAGS]`: what a manager of a playing swarm costs and how soon it answers; load.ts has the flags.
 * `bun run bench advice [FLAGS]`: a swarm that a model advises beside one without; advice.ts has the flags.
 * `bun run bench page [FLAGS]`: the dashboard before five thousand bots; page.ts has the flags.
 * `bun run bench campaign SUMMARY PICTURE`: a long demo's summary as a picture; campaign.ts has the words.
 * `bun run bench turn [FLAGS]`: where a turn's time goes, by a profiler; turn.ts has the flags.
 * `bun run bench map [FLAGS]`: the map of a universe that is wholly known; map.ts has the flags.
 *
 * To add a benchmark: a file here that exports `benchmarks`, and a line in `all`.
 */
import { advice } from "./advice.ts";
import { campaign } from "./campaign.ts";
import { benchmarks as codec } from "./codec.ts";
import { benchmarks as cores } from "./cores.ts";
import { benchmarks as crowd } from "./crowd.ts";
import { benchmarks as growth } from "./growth.ts";
import { benchmarks as haggle } from "./haggle.ts";
import type { Benchmark } from "./harness/benchmark.ts";
import { chosen, runAll } from "./harness/running.ts";
import { readWords, usage } from "./harness/words.ts";
import { benchmarks as host } from "./host.ts";
import { benchmarks as ingest } from "./ingest.ts";
import { benchmarks as lore } from "./lore.ts";
import { load } from "./load.ts";
import { map } from "./map.ts";
import { page } from "./page.ts";
import { play } from "./play.ts";
import { storm } from "./storm.ts";
import { turn } from "./turn.ts";
import { benchmarks as reader } from "./reader.ts";
import { benchmarks as wire } from "./wire.ts";
import { benchmarks as startUp } from "./start-up.ts";
import { benchmarks as swarm } from "./swarm.ts";
import { benchmarks as ws } from "./ws.ts";

const all: readonly Benchmark[] = [
  ...codec,
  ...reader,
  ...cores,
  ...haggle,
  ...host,
  ...lore,
  ...growth,
  ...startUp,
  ...ingest,
  ...wire,
  ...ws,
  ...crowd,
  ...swarm,
];

type Program = (words: readonly string[]) => number | Promise<number>;
const programs: Readonly<Record<string, Program>> = { play, storm, load, advice, campaign, turn, page, map };

async function main([first = "", ...rest]: readonly string[]): Promise<number> {
  const program = Object.hasOwn(programs, first) ? programs[first] : undefined;
  if (program) return program(rest);
  const options = readWords(first === "" ? [] : [first, ...rest]);
  if ("wrong" in options) {
    console.error(`${options.wrong}\n\n${usage}`);
    return 2;
  }
  const benchmarks = chosen(all, options.names);
  if (benchmarks.length === 0) {
    console.error(`No benchmark is called "${options.names.join('" or "')}"; --list names them`);
    return 2;
  }
  if (!options.list) return runAll(benchmarks, options);
  for (const { name, unit, kind, cost } of benchmarks) console.log(`${cost}  ${name}, ${unit} (${kind})`);
  return 0;
}

process.exit(await main(process.argv.slice(2)));
