/** A disk of a few MB that can be filled up: where the manager's state lies while it is tried what becomes of it. */
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { until } from "../harness.ts";
import type { Field } from "./field.ts";
import { eventsOf } from "./orders.ts";

const sizeMb = 16;

export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  free(): void;
  remove(): void;
}

/** Mounts one under `folder`; the reason when that is not to be had here. */
export function smallDisk(folder: string): SmallDisk | string {
  const place = join(folder, "disk");
  mkdirSync(place, { recursive: true });
  const mounted = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", `size=${sizeMb}m,mode=0700`, "tmpfs", place]);
  if (mounted.exitCode !== 0)
    return `a small disk needs the right to mount: ${mounted.stderr.toString().trim()}`;
  const filler = join(place, "filler");
  return {
    folder: place,
    fill() {
      const file = openSync(filler, "w");
      try {
        // From great blocks to small ones, so that hardly a byte is left.
        for (const size of [1024 * 1024, 4096, 1]) fillWith(file, Buffer.alloc(size));
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(filler, { force: true }),
    remove: () => void Bun.spawnSync(["umount", "-l", place]),
  };
}

function fillWith(file: number, block: Buffer): void {
  for (;;) {
    try {
      writeSync(file, block);
    } catch (error) {
      if ((error as { code?: string }).code === "ENOSPC") return;
      throw error;
    }
  }
}

export interface DiskFigures {
  /** Requests that were answered 507, and anything else that was answered but success. */
  readonly refused: number;
  readonly otherAnswers: readonly number[];
  /** What /health said while the disk was full, and after. */
  readonly full: string;
  readonly freed: string;
  /** From the disk's being freed to the first request that was taken, in milliseconds. */
  readonly recoveredMs: number;
  /** Goals that were acknowledged and are not in the manager's events. */
  readonly lost: readonly string[];
  /** Bots whose game stood still while the disk was full, and bots in another process afterwards. */
  readonly stoodStill: readonly string[];
  readonly restarted: readonly string[];
  readonly acknowledged: number;
}

const fullForMs = 4000;
const requestsMax = 400;

/** Fills the disk under a playing swarm, asks for changes all the time, and frees it again. */
export async function fillDisk(field: Field, disk: SmallDisk): Promise<DiskFigures> {
  const before = await field.allPlaying();
  const told = before.bots[0]!.bot_id;
  const acknowledged: string[] = [];
  const answers: number[] = [];
  const tell = async () => {
    const goal = `profit ${answers.length}`;
    const { status } = await field.ask("POST", `/bot/${told}/set-goal`, { goal });
    answers.push(status);
    if (status < 300) acknowledged.push(goal);
    return status;
  };
  const health = async () => String((await field.ask("GET", "/health")).body["status"]);
  for (let count = 0; count < 5; count++) await tell();

  disk.fill();
  // The log's file has room left in it, which is used up first.
  await until(
    "a request refused for want of room",
    async () => answers.length < requestsMax && (await tell()) === 507,
  );
  const still = new Map(field.proxy.open().map((call) => [call, call.sent]));
  const full = await until("a word of it", async () => (await health()) === "degraded" && "degraded");
  const since = performance.now();
  while (performance.now() - since < fullForMs) {
    await tell();
    await Bun.sleep(100);
  }
  const stoodStill = [...still].flatMap(([call, sent]) => (call.sent > sent ? [] : [String(call.trader)]));

  disk.free();
  const began = performance.now();
  await until("a request taken again", async () => (await tell()) < 300);
  const recoveredMs = performance.now() - began;
  const freed = await until("health again", async () => (await health()) === "ok" && "ok");
  const after = await field.allPlaying();
  const pids = new Set(before.bots.map(({ pid }) => pid));
  const kept = new Set(
    (await eventsOf(field, told)).map(({ order }) => (order as { goal?: string } | undefined)?.goal),
  );
  return {
    refused: answers.filter((status) => status === 507).length,
    otherAnswers: answers.filter((status) => status >= 300 && status !== 507),
    full,
    freed,
    recoveredMs,
    lost: acknowledged.filter((goal) => !kept.has(goal)),
    stoodStill,
    restarted: after.bots.flatMap(({ bot_id, pid }) => (pids.has(pid) ? [] : [bot_id])),
    acknowledged: acknowledged.length,
  };
}
