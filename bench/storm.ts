/**
 * `bench storm [FLAGS]`: everything that may befall a manager and its workers, at full size. The end-to-end tests play the same
 * scenarios at a size for every day; docs/reliability.md says which promise is which. Needs `bun run build` first.
 */
import { endManager, type Ending } from "../tests/e2e/storm/ends.ts";
import { fillDisk, smallDisk } from "../tests/e2e/storm/disk.ts";
import { makeField, type Field, type FieldOptions } from "../tests/e2e/storm/field.ts";
import { told } from "../tests/e2e/storm/figures.ts";
import { intrude } from "../tests/e2e/storm/intruders.ts";
import { freezeManager, killManagers, killTogether } from "../tests/e2e/storm/manager-kills.ts";
import { hostDown } from "../tests/e2e/storm/outages.ts";
import { crashLoop, freezeWorker, killWorkers } from "../tests/e2e/storm/worker-kills.ts";
import { scratch } from "../tests/e2e/harness.ts";
import { wholeNumbers } from "./harness/whole-numbers.ts";

const usage = `bench storm [NAME...] [--bots N] [--kills N] [--worker-kills N] [--latency MS] [--seed N]
  NAME            kills, workers, together, frozen, host, loop, stuck, disk, ends, strangers; all of them unless said otherwise
  --bots          playing bots: 111
  --kills         of the manager: 20
  --worker-kills  30
  --latency       milliseconds before each answer of the host; less, and a hundred bots keep two cores busy by themselves: 500
  --seed          of the moments at which things happen: 1`;

const flags = {
  bots: { usual: 111, least: 1, most: 1000 },
  kills: { usual: 20, least: 1, most: 1000 },
  "worker-kills": { usual: 30, least: 1, most: 1000 },
  latency: { usual: 500, least: 0, most: 60_000 },
  seed: { usual: 1, least: 0, most: 2 ** 31 },
} as const;
type Size = Readonly<Record<keyof typeof flags, number>>;

/** What was promised, what came of it. */
interface Row {
  readonly promise: string;
  readonly found: string;
  readonly met: boolean;
}
const below = (promise: string, found: number, limit: number, unit: string): Row => ({
  promise: `${promise} below ${limit} ${unit}`,
  found: `${found.toFixed(unit === "MB" ? 1 : 0)} ${unit}`,
  met: found < limit,
});
const none = (promise: string, found: readonly unknown[] | number): Row => {
  const some = typeof found === "number" ? found : found.length;
  return {
    promise: `${promise}: 0`,
    found: typeof found === "number" ? `${found}` : `${some} ${found.slice(0, 5).join("; ")}`,
    met: some === 0,
  };
};
const once = (mostAtOnce: number): Row => ({
  promise: "sessions of one trader at one moment: 1",
  found: `${mostAtOnce}`,
  met: mostAtOnce === 1,
});
const note = (promise: string, found: string): Row => ({ promise, found, met: true });

/** A field with bots at play, ended whatever happens. */
async function withField(
  size: Size,
  options: FieldOptions,
  work: (field: Field) => Promise<Row[]>,
  bots = size.bots,
) {
  const field = await makeField({ latencyMs: size.latency, ...options });
  try {
    await field.startManager();
    if (bots > 0) await field.spawn(bots);
    await field.allPlaying(120_000);
    return await work(field);
  } finally {
    await field.close();
  }
}

const scenarios: Readonly<Record<string, (size: Size) => Promise<Row[]>>> = {
  async kills(size) {
    const field = await makeField({ latencyMs: size.latency });
    try {
      const { bots, kills, seed } = size;
      const figures = await killManagers(field, { bots, kills, seed });
      const { orders, books, attached } = figures;
      return [
        note(
          `${kills} kills of the manager, ${bots} bots`,
          `re-attached ${told(attached)}, ${figures.forestalled} forestalled`,
        ),
        below("re-attached, p95", attached.p95, 1000, "ms"),
        none("game connections dropped", figures.cameAgain),
        once(figures.mostAtOnce),
        none("bots with two processes", figures.twoProcesses),
        none(
          `acknowledged commands lost, of ${orders.acknowledged} (${orders.unknown} unanswered)`,
          orders.lost,
        ),
        none("commands carried out twice", orders.twice),
        none("keyed spawns that came twice or not", figures.spawnsWrong),
        none(`differences in ${books.trades} trades, ${books.heard} messages`, books.differences),
      ];
    } finally {
      await field.close();
    }
  },
  workers: (size) =>
    withField(size, {}, async (field) => {
      const { registered, mostAtOnce } = await killWorkers(field, size["worker-kills"], size.seed);
      return [
        note(`${size["worker-kills"]} kills of workers`, told(registered)),
        below("registered again, p50", registered.p50, 300, "ms"),
        below("registered again, max", registered.max, 1000, "ms"),
        once(mostAtOnce),
      ];
    }),
  together: (size) =>
    withField(size, {}, async (field) => {
      const figures = await killTogether(field);
      return [
        below("manager and a third of the workers: all registered", figures.registeredMs, 3000, "ms"),
        note("all at play", `${figures.playingMs.toFixed(0)} ms`),
        once(figures.mostAtOnce),
      ];
    }),
  frozen: (size) =>
    withField(size, {}, async (field) => {
      const figures = await freezeManager(field, 60_000);
      return [
        none("manager frozen for 60 s: bots restarted", figures.restarted),
        none("game connections dropped", figures.cameAgain),
        none(`differences in ${figures.books.trades} trades`, figures.books.differences),
        below("growth of a worker", figures.growth / 1e6, 20, "MB"),
      ];
    }),
  host: (size) =>
    withField(size, {}, async (field) => {
      const rows: Row[] = [];
      for (const seconds of [3, 30]) {
        const figures = await hostDown(field, seconds * 1000);
        rows.push(
          none(`host down for ${seconds} s (${figures.during}): workers ended`, figures.exits),
          below("all playing after its return", figures.backMs, 15_000, "ms"),
          below("logins in the busiest second", figures.peakRate, 22, "logins"),
          once(figures.mostAtOnce),
        );
      }
      return rows;
    }),
  loop: (size) =>
    withField(
      size,
      {},
      async (field) => {
        const { bots } = await field.status();
        const figures = await crashLoop(field, bots[0]!.bot_id);
        return [
          below("starts of a worker that cannot start", figures.forks, 9, "starts"),
          note("FAILED after", `${(figures.gaveUpMs / 1000).toFixed(1)} s: ${figures.error.slice(0, 200)}`),
        ];
      },
      3,
    ),
  stuck: (size) =>
    withField(size, { manager: { bot_timeout: 3 } }, async (field) => {
      const { bots } = await field.status();
      const figures = await freezeWorker(field, bots[0]!.bot_id);
      return [
        {
          promise: "frozen worker: STUCK after 3 s, 1 s more or less",
          found: `${figures.stuckMs.toFixed(0)} ms`,
          met: Math.abs(figures.stuckMs - 3000) <= 1000,
        },
        note("at play again after", `${figures.recoveredMs.toFixed(0)} ms`),
        none("bytes sent by the old process", figures.sentLate),
        once(figures.mostAtOnce),
      ];
    }),
  async disk(size) {
    const { folder, remove } = scratch();
    const disk = smallDisk(folder);
    if (typeof disk === "string") {
      remove();
      return [note("disk full: not tried", disk)];
    }
    try {
      return await withField(
        size,
        { stateFolder: disk.folder },
        async (field) => {
          const figures = await fillDisk(field, disk).finally(() => disk.free());
          return [
            note(
              "disk full",
              `${figures.refused} refused, ${figures.acknowledged} acknowledged; health ${figures.full}, then ${figures.freed}`,
            ),
            none("acknowledged, and lost", figures.lost),
            none("bots that stood still", figures.stoodStill),
            none("bots restarted", figures.restarted),
            note("taken again after there was room", `${figures.recoveredMs.toFixed(0)} ms`),
          ];
        },
        6,
      );
    } finally {
      disk.remove();
      remove();
    }
  },
  async ends(size) {
    const rows: Row[] = [];
    for (const ending of [
      "SIGTERM",
      "SIGINT",
      "killed, started again, SIGTERM",
      "killed for good",
    ] satisfies Ending[]) {
      rows.push(
        ...(await withField(size, { manager: { orphan_grace: 2 } }, async (field) => {
          const { processes, lines, tookMs } = await endManager(field, ending, 20_000);
          return [
            none(`${ending}: processes and lines left after ${tookMs.toFixed(0)} ms`, processes + lines),
          ];
        })),
      );
    }
    return rows;
  },
  strangers: (size) =>
    withField(size, {}, async (field) => {
      const figures = await intrude(field);
      return [
        none("strangers at the socket that were welcomed", figures.welcomed),
        none("bots disturbed", figures.disturbed),
        below("growth of the manager", figures.growth / 1e6, 70, "MB"),
        below("slowest answer meanwhile", figures.slowestMs, 100, "ms"),
      ];
    }),
};

/** Exit status: 0 when every promise was kept, 1 when one was not, 2 for flags that mean nothing. */
export async function storm(words: readonly string[]): Promise<number> {
  const read = wholeNumbers(flags, words);
  const names = "wrong" in read ? [] : read.names;
  const unknown = names.find((name) => !Object.hasOwn(scenarios, name));
  if ("wrong" in read || unknown !== undefined) {
    console.error(`${"wrong" in read ? read.wrong : `There is no scenario "${unknown}"`}\n${usage}`);
    return 2;
  }
  let missed = 0;
  for (const [name, play] of Object.entries(scenarios)) {
    if (names.length > 0 && !names.includes(name)) continue;
    try {
      for (const { promise, found, met } of await play(read.values)) {
        console.log(`${met ? "  " : "! "}${name.padEnd(10)}${promise}: ${found}${met ? "" : "  MISSED"}`);
        if (!met) missed++;
      }
    } catch (error) {
      console.log(`! ${name.padEnd(10)}${error instanceof Error ? error.message : String(error)}  MISSED`);
      missed++;
    }
  }
  console.log(missed === 0 ? "Every promise was kept" : `${missed} promises were not kept`);
  return missed === 0 ? 0 : 1;
}
