/**
 * `bench load [FLAGS]`: what a manager of a whole playing swarm costs, and how soon it answers while it is asked all the time and
 * watched by many. Bots reach the host without a proxy, so that nothing but the clients shares the machine. Needs `bun run build` first.
 */
import { pssBytes } from "../src/io/procfs.ts";
import { makeField, type Field } from "../tests/e2e/storm/field.ts";
import { spread, type Spread } from "../tests/e2e/storm/figures.ts";
import { cpuSeconds } from "../tests/e2e/storm/processes.ts";
import { askAtRate } from "./load/asking.ts";
import { watch } from "./load/watching.ts";
import { printRows, type Row } from "./harness/rows.ts";
import { flagsAlone } from "./harness/whole-numbers.ts";

const usage = `bench load [--bots N] [--rate N] [--seconds N] [--viewers N] [--latency MS] [--settle N]
  --bots     playing bots: 111
  --rate     GET /swarm/status in a second: 500
  --seconds  that each measurement takes: 10
  --viewers  of /ws/swarm: 1000
  --latency  milliseconds before each answer of the host; about one report a second comes of 500: 500
  --settle   seconds before anything is measured: newcomers tell each other the whole map, and shop: 60`;

const flags = {
  bots: { usual: 111, least: 1, most: 1000 },
  rate: { usual: 500, least: 1, most: 10_000 },
  seconds: { usual: 10, least: 1, most: 600 },
  viewers: { usual: 1000, least: 1, most: 5000 },
  latency: { usual: 500, least: 0, most: 60_000 },
  settle: { usual: 60, least: 0, most: 3600 },
} as const;
type Size = Readonly<Record<keyof typeof flags, number>>;

const against = (what: string, found: number, limit: number, unit: string): Row => [
  `${what}, below ${limit} ${unit}`,
  `${found.toFixed(1)} ${unit}`,
  found < limit,
];
const answered = ({ p50, p99, max, count }: Spread) =>
  `p50 ${p50.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)} ms of ${count}`;

/** Exit status: 0 when every goal was met, 1 when one was not, 2 for flags that mean nothing. */
export async function load(words: readonly string[]): Promise<number> {
  const size = flagsAlone(flags, words, usage);
  if (!size) return 2;
  const field = await makeField({
    latencyMs: size.latency,
    manager: { max_bots: Math.max(200, size.bots) },
  });
  try {
    await field.startManager();
    await field.spawn(size.bots, { connection: { port: field.hostPort } });
    await field.allPlaying(120_000);
    await Bun.sleep(size.settle * 1000);
    const rows = [
      ...(await alone(field, size)),
      ...(await asked(field, size)),
      ...(await watched(field, size)),
    ];
    return printRows(rows);
  } finally {
    await field.close();
  }
}

/** With nobody asking and nobody watching. */
async function alone(field: Field, size: Size): Promise<Row[]> {
  const cpu = cpuOf(field);
  const turns = await turnsIn(field, size.seconds);
  const share = cpu();
  const words = await wordsIn(field, size.seconds);
  return [
    ["words of each bot", `${(words / size.bots).toFixed(2)} a second`],
    against("manager, CPU", share, 3, "% of a core"),
    against("manager, PSS", (pssBytes(field.manager().pid) ?? 0) / 1e6, 60, "MB"),
    ["turns, all bots", `${turns.toFixed(1)} a second`],
  ];
}

async function asked(field: Field, { rate, seconds }: Size): Promise<Row[]> {
  const cpu = cpuOf(field);
  const { tookMs, bytes } = await askAtRate(`${field.url}/swarm/status`, rate, seconds);
  const took = spread(tookMs);
  return [
    [`GET /swarm/status, ${rate} a second`, `${answered(took)}, ${(bytes / 1000).toFixed(0)} KB each`],
    against("GET /swarm/status, p99", took.p99, 10, "ms"),
    ["manager, CPU meanwhile", `${cpu().toFixed(1)} % of a core`],
  ];
}

async function watched(field: Field, { viewers, seconds }: Size): Promise<Row[]> {
  const one = await watch(field.url, 1);
  await Bun.sleep(seconds * 1000);
  const alone = one.end();
  const quiet = await turnsIn(field, seconds);
  const many = await watch(field.url, viewers);
  const cpu = cpuOf(field);
  const turns = await turnsIn(field, seconds);
  const share = cpu();
  const { tookMs } = await askAtRate(`${field.url}/swarm/status`, 20, seconds);
  const took = spread(tookMs);
  const together = many.end();
  return [
    against("one viewer", alone.bytes / alone.seconds / 1000, 40, "KB/s"),
    [
      `${viewers} viewers`,
      `${together.open} there at the end, ${(together.bytes / together.seconds / 1e6).toFixed(1)} MB/s`,
    ],
    ["manager, CPU meanwhile", `${share.toFixed(1)} % of a core`],
    ["turns, all bots, without and with viewers", `${quiet.toFixed(1)} and ${turns.toFixed(1)} a second`],
    ["GET /swarm/status meanwhile", answered(took)],
  ];
}

/** Percent of a core that the manager takes from now until it is asked. */
function cpuOf(field: Field): () => number {
  const { pid } = field.manager();
  const [cpu, at] = [cpuSeconds(pid), performance.now()];
  return () => (100 * (cpuSeconds(pid) - cpu)) / ((performance.now() - at) / 1000);
}

async function turnsIn(field: Field, seconds: number): Promise<number> {
  const before = (await field.status()).total_turns;
  await Bun.sleep(seconds * 1000);
  return ((await field.status()).total_turns - before) / seconds;
}

const lookEveryMs = 200;

/** Words that the manager has heard from its bots, a second: what it is loaded with. */
async function wordsIn(field: Field, seconds: number): Promise<number> {
  const last = new Map<string, number | undefined>();
  const began = performance.now();
  let words = 0;
  while (performance.now() - began < seconds * 1000) {
    for (const { bot_id, last_update } of (await field.status()).bots) {
      if (last.has(bot_id) && last.get(bot_id) !== last_update) words++;
      last.set(bot_id, last_update);
    }
    await Bun.sleep(lookEveryMs);
  }
  return (words * 1000) / (performance.now() - began);
}
