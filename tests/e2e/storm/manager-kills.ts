/** The manager is killed or frozen again and again while bots play and commands flow. What is measured is what bots notice of it. */
import { createDice } from "../../../src/games/tw2002/host/dice.ts";
import type { BotStatus } from "../../../src/proto/status.ts";
import { until } from "../harness.ts";
import { compareBooks, type BookFigures } from "./books.ts";
import { type Field, plays } from "./field.ts";
import { spread, type Spread } from "./figures.ts";
import { commandFlow, type OrderFigures } from "./orders.ts";
import { privateBytes, signal } from "./processes.ts";
import { keyedSpawns } from "./spawns.ts";

export interface GameFigures {
  /** Most connections that one trader had open at one moment. */
  readonly mostAtOnce: number;
  /** Traders that came more than once: their line was dropped, or somebody else took it up. */
  readonly cameAgain: readonly string[];
  /** Bots that had more than one process when all was over. */
  readonly twoProcesses: readonly string[];
}

export interface KillFigures extends GameFigures {
  /** From "the manager listens" to each bot on its line again and known to play, in milliseconds. */
  readonly attached: Spread;
  /** Attachments that the next kill forestalled; they are not among `attached`. */
  readonly forestalled: number;
  readonly orders: OrderFigures;
  readonly books: BookFigures;
  /** Keys of spawns whose bot came twice, or not at all. */
  readonly spawnsWrong: readonly string[];
}

export interface KillSize {
  readonly bots: number;
  readonly kills: number;
  readonly seed: number;
}

/** A kill comes so many milliseconds after the manager listens. */
const killAfterMs = [300, 2500] as const;
const attachLookMs = 20;
/** Longest time that a swarm may take to be at play: a hundred workers start on the cores that there are. */
const startMaxMs = 180_000;
/** Longest time a bot may take to be on its line again before the test gives up. */
const attachMaxMs = 30_000;

/**
 * Kills the manager while the swarm is still being started, then `kills` times while it plays; in between new bots are asked for
 * under keys, again and again until somebody answers.
 */
export async function killManagers(field: Field, { bots, kills, seed }: KillSize): Promise<KillFigures> {
  const dice = createDice(seed);
  await field.startManager();
  const ids = await field.spawn(bots);
  await Bun.sleep(dice.between(100, 500, "how far the start has come"));
  await field.stopManager("SIGKILL");
  await field.startManager();
  await field.allPlaying(startMaxMs);

  const flow = commandFlow(field, ids, dice);
  const spawns = keyedSpawns(field, bots, dice);
  const attached: number[] = [];
  let forestalled = 0;
  for (let kill = 0; kill < kills; kill++) {
    await Bun.sleep(dice.between(...killAfterMs, "when the manager is killed"));
    const known = await field.status().then(
      ({ bots: all }) => all.filter(plays),
      () => [],
    );
    await field.stopManager("SIGKILL");
    await field.startManager();
    const last = kill === kills - 1;
    const waitMs = last ? attachMaxMs : killAfterMs[1];
    const took = await attachments(field, known, waitMs);
    attached.push(...took);
    forestalled += known.length - took.length;
  }
  await flow.settle();
  const spawnsWrong = await spawns.settle();
  const orders = await flow.check();
  const game = gameFigures(field);
  const books = await compareBooks(field);
  return { ...game, attached: spread(attached), forestalled, orders, books, spawnsWrong };
}

/** Milliseconds from now until each of these bots is linked again, under the same process; those that are by then. */
async function attachments(field: Field, known: readonly BotStatus[], maxMs: number): Promise<number[]> {
  const began = performance.now();
  const missing = new Map(known.map(({ bot_id, pid }) => [bot_id, pid]));
  const took: number[] = [];
  while (missing.size > 0 && performance.now() - began < maxMs) {
    const { bots } = await field.status();
    const at = performance.now() - began;
    for (const { bot_id, pid, linked, state } of bots) {
      if (!linked || missing.get(bot_id) !== pid || !(state === "RUNNING" || state === "PAUSED")) continue;
      missing.delete(bot_id);
      took.push(at);
    }
    await Bun.sleep(attachLookMs);
  }
  return took;
}

export function gameFigures(field: Field): GameFigures {
  const workers = field.workers();
  return {
    mostAtOnce: field.proxy.mostAtOnce(),
    cameAgain: [...field.proxy.perTrader()].flatMap(([trader, times]) =>
      times > 1 ? [`${trader}: ${times} times`] : [],
    ),
    twoProcesses: workers.flatMap(({ bot }, at) =>
      workers.findIndex((other) => other.bot === bot) < at ? [bot] : [],
    ),
  };
}

export interface TogetherFigures {
  /** From "the manager listens" to the last bot registered, and to the last one at play, in milliseconds. */
  readonly registeredMs: number;
  readonly playingMs: number;
  readonly mostAtOnce: number;
}

/** Kills the manager and every third worker at the same moment. */
export async function killTogether(field: Field): Promise<TogetherFigures> {
  const before = await field.allPlaying();
  const victims = before.bots.filter((_, index) => index % 3 === 0);
  signal(field.manager().pid, "SIGKILL");
  for (const { pid } of victims) signal(pid!, "SIGKILL");
  await field.stopManager("SIGKILL");
  await field.startManager();
  const began = performance.now();
  const dead = new Set(victims.map(({ pid }) => pid));
  await until("every bot registered", async () =>
    (await field.status()).bots.every(({ linked, pid }) => linked && !dead.has(pid)),
  );
  const registeredMs = performance.now() - began;
  await field.allPlaying();
  return {
    registeredMs,
    playingMs: performance.now() - began,
    mostAtOnce: field.proxy.mostAtOnce(),
  };
}

export interface FreezeFigures extends GameFigures {
  /** Bots whose process was another one afterwards. */
  readonly restarted: readonly string[];
  /** By how much one worker's own memory grew at most, in bytes. */
  readonly growth: number;
  readonly books: BookFigures;
}

/** Stops the manager with SIGSTOP for `forMs`; bots play on, and afterwards tell it what it missed. */
export async function freezeManager(field: Field, forMs: number): Promise<FreezeFigures> {
  const before = await field.allPlaying();
  const memory = new Map(before.bots.map(({ pid }) => [pid, privateBytes(pid!) ?? 0]));
  signal(field.manager().pid, "SIGSTOP");
  await Bun.sleep(forMs);
  const growth = Math.max(...before.bots.map(({ pid }) => (privateBytes(pid!) ?? 0) - memory.get(pid)!));
  signal(field.manager().pid, "SIGCONT");
  const after = await field.allPlaying();
  // Time enough for a manager that judges by what it did not hear to do something rash.
  await Bun.sleep(2000);
  const restarted = after.bots.flatMap(({ bot_id, pid }) => (memory.has(pid) ? [] : [bot_id]));
  return { ...gameFigures(field), restarted, growth, books: await compareBooks(field) };
}
