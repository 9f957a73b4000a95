/** A manager, its workers, people and misfortunes on one clock: some minutes with everything going wrong, then some of peace. */
import { drainMicrotasks } from "bun:jsc";
import { createDice } from "../../../src/io/identity.ts";
import type { LifecycleEvent } from "../../../src/proto/events.ts";
import type { Bot, SwarmState } from "../../../src/swarm/swarm.ts";
import { createDisk } from "./disk.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { createMachine, type Process } from "./machine.ts";
import { startSimManager, type SimManager } from "./manager.ts";
import { createPeople, type Wish } from "./people.ts";
import { settled } from "./settled.ts";
import { createTime } from "./time.ts";
import type { Mood, SimWorker } from "./worker.ts";

export interface Story {
  /** What was not as it must be. */
  readonly wrongs: readonly string[];
  /** How often what happened. */
  readonly counts: Readonly<Record<string, number>>;
  readonly wishes: readonly Wish[];
  readonly notes: Ledger["noted"];
  /** All that was kept, for whoever looks for the reason. */
  readonly events: readonly LifecycleEvent[];
}

const startMs = 1_750_000_000_000;
/** After the misfortunes: longer than the longest wait before a restart. */
const peaceMs = 180_000;
const moods: readonly Mood[] = [
  "stillborn",
  "crashing",
  "silent",
  "raving",
  "failing",
  "lingering",
  "stubborn",
  "idle",
];

/** Everything follows from the seed. `minutes` is how long things go wrong. */
export function live(seed: number, minutes: number): Story {
  const dice = createDice(seed, "world");
  const below = (limit: number) => Math.floor(dice() * limit);
  const maxBots = 3 + below(5);
  const options = { maxBots, orphanGrace: 5 + below(25), botTimeout: 8, spawnParallel: 1 + below(4) };
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
  let manager: SimManager | undefined;

  function begin(): void {
    if (manager?.process.actor.alive) return;
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
      time.later(bad ? 50 + 12_000 * dice() ** 3 : 50, begin);
    };
  }

  const people = createPeople({ time, dice, ledger, disk, maxBots, manager: () => manager }, 1 + below(3));
  const anyWorker = () => [...workers.values()][below(workers.size)];

  const misfortunes: readonly (readonly [weight: number, name: string, strike: () => void])[] = [
    [4, "manager killed", () => manager?.killAfter(1 + below(40))],
    [1, "manager killed at once", () => manager && machine.end(manager.process, null, "SIGKILL")],
    [6, "worker killed", () => end(anyWorker())],
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

  /** Every second: what is kept leads to what is in memory, whenever all of it is kept. */
  function compare(): void {
    const { actor } = manager?.process ?? {};
    if (
      actor?.alive &&
      !manager!.keep.recorder.isDirty() &&
      manager!.keep.recorder.degraded() === undefined
    ) {
      const difference = differing(manager!.keep.state, disk.shadow);
      if (difference !== undefined) ledger.wrong(`memory and log differ: ${difference}`);
    }
    time.later(1000, compare);
  }

  begin();
  time.later(1000, compare);
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
    notes: ledger.noted,
  };
}

/** What reports, and words that are not in the log, change. */
const passing: ReadonlySet<keyof Bot> = new Set([
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
]);

function differing(state: Readonly<SwarmState>, shadow: Readonly<SwarmState>): string | undefined {
  const told = (bot: Readonly<Bot> | undefined) =>
    JSON.stringify(bot, (key, value: unknown) => (passing.has(key as keyof Bot) ? undefined : value));
  for (const id of new Set([...state.bots.keys(), ...shadow.bots.keys()])) {
    const [memory, log] = [told(state.bots.get(id)), told(shadow.bots.get(id))];
    if (memory !== log) return `${id}: ${memory} and ${log}`;
  }
  const sets = ({ waiting, starting, keys, seq, nextNumber }: Readonly<SwarmState>) =>
    JSON.stringify([[...waiting].sort(), [...starting].sort(), [...keys], seq, nextNumber]);
  return sets(state) === sets(shadow) ? undefined : `${sets(state)} and ${sets(shadow)}`;
}
