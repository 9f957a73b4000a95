/** Workers are killed, frozen, or made unable to start; what is measured is how soon their bots are back, and at what price. */
import { createDice } from "../../../src/games/tw2002/host/dice.ts";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { until } from "../harness.ts";
import { type Field, plays } from "./field.ts";
import { spread, type Spread } from "./figures.ts";
import { eventsOf } from "./orders.ts";
import { isAlive, signal } from "./processes.ts";

const lookMs = 5;

export interface WorkerKillFigures {
  /** From the kill to another process on the bot's line, in milliseconds. */
  readonly registered: Spread;
  readonly mostAtOnce: number;
}

/** Kills workers one after the other, another bot's each time, and waits for its successor. */
export async function killWorkers(field: Field, kills: number, seed: number): Promise<WorkerKillFigures> {
  const dice = createDice(seed);
  const { bots } = await field.allPlaying();
  const took: number[] = [];
  for (let kill = 0; kill < kills; kill++) {
    const { bot_id: id, pid } = bots[kill % bots.length]!;
    await Bun.sleep(dice.between(50, 300, "when a worker is killed"));
    const began = performance.now();
    signal(pid!, "SIGKILL");
    for (;;) {
      const now = await field.bot(id);
      if (now.linked && now.pid !== undefined && now.pid !== pid) break;
      if (performance.now() - began > 20_000) throw new Error(`${id} did not come back: ${now.state}`);
      await Bun.sleep(lookMs);
    }
    took.push(performance.now() - began);
  }
  await field.allPlaying();
  return { registered: spread(took), mostAtOnce: field.proxy.mostAtOnce() };
}

export interface StuckFigures {
  /** From the SIGSTOP to STUCK, and to another process at play, in milliseconds. */
  readonly stuckMs: number;
  readonly recoveredMs: number;
  /** The frozen process was there when all was over. */
  readonly survived: boolean;
  /** Bytes that it sent after its bot was back. */
  readonly sentLate: number;
  readonly mostAtOnce: number;
}

/** Freezes one worker until its bot plays again in another process, then wakes it. */
export async function freezeWorker(field: Field, id: string): Promise<StuckFigures> {
  const { pid, trader } = await field.bot(id);
  const call = field.proxy.open().find((each) => each.trader === trader);
  if (pid === undefined || !call) throw new Error(`${id} does not play`);
  const began = performance.now();
  signal(pid, "SIGSTOP");
  try {
    await until(`${id} stuck`, async () =>
      (await eventsOf(field, id)).some(({ type }) => type === "timedOut"),
    );
    const stuckMs = performance.now() - began;
    await until(`${id} back`, async () => {
      const now = await field.bot(id);
      return plays(now) && now.pid !== pid;
    });
    const recoveredMs = performance.now() - began;
    const sent = call.sent;
    signal(pid, "SIGCONT");
    await Bun.sleep(500);
    const { proxy } = field;
    return {
      stuckMs,
      recoveredMs,
      survived: isAlive(pid),
      sentLate: call.sent - sent,
      mostAtOnce: proxy.mostAtOnce(),
    };
  } finally {
    signal(pid, "SIGCONT");
  }
}

export interface LoopFigures {
  /** Processes that were started for the bot since its worker could no longer start. */
  readonly forks: number;
  /** From the first death to FAILED, in milliseconds. */
  readonly gaveUpMs: number;
  readonly error: string;
  /** The last line of its log. */
  readonly lastLine: string;
}

/** Spoils what a bot's worker reads when it starts, kills the worker, and watches how often it is started in vain. */
export async function crashLoop(field: Field, id: string): Promise<LoopFigures> {
  const { pid } = await field.bot(id);
  const folder = join(botsFolder(field), id);
  rmSync(join(folder, "bot.yaml"));
  writeFileSync(join(folder, "bot.yaml"), "connection: [this is, no bot\n");
  const began = performance.now();
  const already = await starts(field, id);
  signal(pid!, "SIGKILL");
  await until(`${id} given up`, async () => (await field.bot(id)).state === "FAILED", 60_000);
  const gaveUpMs = performance.now() - began;
  const { error } = await field.bot(id);
  const lines = readFileSync(join(folder, "worker.log"), "utf8").trim().split("\n");
  return {
    forks: (await starts(field, id)) - already,
    gaveUpMs,
    error: error ?? "",
    lastLine: lines.at(-1)!,
  };
}

const starts = async (field: Field, id: string) =>
  (await eventsOf(field, id)).filter(({ type }) => type === "started").length;

/** `<stem>.d/bots`, beside the database. */
export function botsFolder(field: Field): string {
  const own = readdirSync(field.state).find((name) => name.endsWith(".d"));
  return join(field.state, own ?? "swarm.d", "bots");
}
