/** A manager, its workers, people and misfortunes on one clock: some minutes with everything going wrong, then some of peace. */
import { drainMicrotasks } from "bun:jsc";
import { createDice } from "../../../src/io/identity.ts";
import type { LifecycleEvent } from "../../../src/proto/events.ts";
import type { Bot, SwarmState } from "../../../src/swarm/swarm.ts";
import { moods } from "./counting.ts";
import { createDisk } from "./disk.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createMachine, type Process } from "./machine.ts";
import { startSimManager, type SimManager } from "./manager.ts";
import { createPeople, type Wish } from "./people.ts";
import { settled } from "./settled.ts";
import { createTime } from "./time.ts";
import type { SimWorker } from "./worker.ts";

export interface Story {
  /** What was not as it must be. */
  readonly wrongs: readonly string[];
  /** How often what happened. */
  readonly counts: Readonly<Record<string, number>>;
  readonly wishes: readonly Wish[];
  /** And whatever else happened. */
  readonly misfortunes: Ledger["noted"];
  /** All that was kept, for whoever looks for the reason. */
  readonly events: readonly LifecycleEvent[];
}

const startMs = 1_750_000_000_000;
/** After the misfortunes: longer than the longest wait before a restart. */
const peaceMs = 180_000;
const compareEveryMs = 2000;
/** A worker that gives up its manager has so long to log off and to end. */
const leaveMs = 6000;

/** Everything follows from the seed. `minutes` is how long things go wrong. */
export function live(seed: number, minutes: number): Story {
  const dice = createDice(seed, "world");
  const below = (limit: number) => Math.floor(dice() * limit);
  const maxBots = 3 + below(5);
  const options = {
    maxBots,
    orphanGrace: 2 + below(20),
    botTimeout: 8,
    spawnParallel: 1 + below(4),
    botsPerWorker: dice() < 0.5 ? 1 : 2 + below(3),
  };
  const turnsMax = dice() < 0.5 ? 0 : 20 + below(60);
  const time = createTime(startMs, (actor, error) => {
    ledger.wrong(`${actor.name} threw: ${error instanceof Error ? error.stack : String(error)}`);
  });
  const ledger = createLedger(time.now);
  const machine = createMachine(time, dice, ledger.wrong);
  const disk = createDisk({ maxBots, startedAt: startMs, wrong: ledger.wrong, kept: ledger.kept });
  const workers = new Map<Process, SimWorker>();
  const game = { up: true, callers: new Set<() => void>() };
  const illness = 0.6 * dice() ** 2;
  let bad = true;
  let noSpace = false;
  let comparedSeq = 0;
  let goneAt = startMs;
  let manager: SimManager | undefined;

  function begin(): void {
    if (manager?.process.actor.alive) return;
    lookForOrphans();
    ledger.excuse();
    ledger.count("managers");
    manager = startSimManager({
      time,
      dice,
      machine,
      ledger,
      game,
      turnsMax,
      noSpace: () => noSpace,
      mood: () => (bad && dice() < illness ? moods[below(moods.length)]! : "well"),
      disk,
      options,
      workers,
      cannotStart: () => bad && dice() < 0.02,
    });
    manager.process.onExit = () => {
      goneAt = time.now();
      time.later(bad ? 50 + 30_000 * dice() ** 4 : 50, begin);
    };
  }

  /** Whoever has had no manager for longer than he was to play on has left the game and ended. */
  function lookForOrphans(): void {
    const awayMs = time.now() - goneAt;
    if (awayMs < options.orphanGrace * 1000 + leaveMs) return;
    for (const { process, obeys, book } of workers.values())
      if (obeys && book.playing && process.actor.stoppedUntil < goneAt)
        ledger.wrong(`${book.bot} (worker ${book.number}) plays on without a manager, for ${awayMs} ms`);
  }

  const people = createPeople({ time, dice, ledger, disk, maxBots, manager: () => manager }, 1 + below(3));
  const anyWorker = () => [...workers.values()][below(workers.size)];

  const misfortunes: readonly (readonly [weight: number, name: string, strike: () => void])[] = [
    [4, "manager killed", () => manager?.killAfter(1 + below(40))],
    [1, "manager killed at once", killManager],
    [6, "worker killed", () => end(anyWorker())],
    [2, "worker and manager killed", () => (end(anyWorker()), time.later(400 * dice(), killManager))],
    [1, "everybody killed", () => [...workers.values()].forEach(end)],
    [6, "line broken", () => anyWorker()?.breakLine()],
    [1, "all lines broken", () => [...workers.values()].forEach((worker) => worker.breakLine())],
    [2, "disk full", () => fill(200 + 8000 * dice())],
    [1, "no space for workers either", () => ((noSpace = true), fill(200 + 8000 * dice()))],
    [2, "manager stopped", () => stop(manager?.process, 20_000 * dice() ** 2)],
    [4, "worker stopped", () => stop(anyWorker()?.process, 25_000 * dice() ** 2)],
    [2, "game down", () => shut(200 + 15_000 * dice())],
    [0.4, "orderly stop", orderly],
    [0.6, "hand-over", () => manager && !manager.isEnding() && manager.handOver()],
  ];

  const end = (worker: SimWorker | undefined) => worker && machine.end(worker.process, null, "SIGKILL");
  function stop(process: Process | undefined, ms: number): void {
    if (process && process.actor.stoppedUntil <= time.now()) process.actor.stoppedUntil = time.now() + ms;
  }
  function fill(ms: number): void {
    disk.full = true;
    time.later(ms, () => {
      disk.full = false;
      noSpace = false;
    });
  }
  function killManager(): void {
    if (manager) machine.end(manager.process, null, "SIGKILL");
  }
  function shut(ms: number): void {
    game.up = false;
    for (const drop of game.callers) drop();
    time.later(ms, () => void (game.up = true));
  }
  function orderly(): void {
    if (!manager?.process.actor.alive || manager.isEnding()) return;
    people.all("dead");
    manager.stopInOrder();
  }

  const weights = misfortunes.reduce((sum, [weight]) => sum + weight, 0);
  function strike(): void {
    if (!bad) return;
    let roll = dice() * weights;
    const [, name, deed] = misfortunes.find(([weight]) => (roll -= weight) < 0) ?? misfortunes[0]!;
    ledger.count(name);
    deed();
    time.later(100 + 6000 * dice(), strike);
  }

  function after(): void {
    drainMicrotasks();
  }

  /** Every so often: what is kept leads to what is in memory, whenever all of it is kept. */
  function compare(): void {
    time.later(compareEveryMs, compare);
    if (!manager?.process.actor.alive) return;
    const { recorder, state } = manager.keep;
    if (recorder.isDirty() || recorder.degraded() !== undefined || state.seq === comparedSeq) return;
    comparedSeq = state.seq;
    const difference = differing(state, disk.shadow);
    if (difference !== undefined) ledger.wrong(`memory and log differ: ${difference}`);
  }

  begin();
  compare();
  time.later(2000, strike);
  const goOn = (ms: number) => {
    const until = time.now() + ms;
    while (time.now() < until && ledger.wrongs.length === 0)
      time.run(Math.min(until, time.now() + 5000), after);
  };
  goOn(minutes * 60_000);
  bad = false;
  people.stop();
  manager?.killAfter(Infinity);
  goOn(peaceMs);
  if (ledger.wrongs.length === 0 && manager) settled({ manager, ledger, people, disk, machine, workers });
  return {
    wrongs: ledger.wrongs,
    counts: ledger.counts,
    events: disk.events,
    wishes: people.wishes,
    misfortunes: ledger.noted,
  };
}

/** What reports and mere words change; and the large configuration, which is as `configName` is. */
const passing: ReadonlySet<string> = new Set<keyof Bot>([
  "goal",
  "strategy",
  "turnsMax",
  "report",
  "reportAt",
  "lastWord",
  "lastActivity",
  "linked",
  "memoryMb",
  "cpuPercent",
  "notes",
  "settings",
]);
/** What of a bot is in the log. */
const lastingOf = (bot: Readonly<Bot> | undefined): string =>
  JSON.stringify(Object.entries(bot ?? {}).filter(([key]) => !passing.has(key)));

function differing(state: Readonly<SwarmState>, shadow: Readonly<SwarmState>): string | undefined {
  for (const id of new Set([...state.bots.keys(), ...shadow.bots.keys()])) {
    const [memory, log] = [lastingOf(state.bots.get(id)), lastingOf(shadow.bots.get(id))];
    if (memory !== log) return `${id}: ${memory} and ${log}`;
  }
  const sets = ({ waiting, starting, keys, seq, nextNumber }: Readonly<SwarmState>) =>
    JSON.stringify([
      [...waiting].sort(),
      [...starting].sort(),
      [...keys].map(([key, { bots }]) => [key, bots]),
      seq,
      nextNumber,
    ]);
  return sets(state) === sets(shadow) ? undefined : `${sets(state)} and ${sets(shadow)}`;
}
