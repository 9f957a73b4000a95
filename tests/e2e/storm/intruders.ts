/** Strangers at the manager's Unix socket: what they say harms their own line and nobody else's. */
import { readdirSync, statSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { until } from "../harness.ts";
import { privateBytes } from "./processes.ts";
import type { Field } from "./field.ts";

export interface IntruderFigures {
  /** Intrusions that were not cut off, by name. */
  readonly welcomed: readonly string[];
  /** By how much the manager's own memory grew, in bytes. */
  readonly growth: number;
  /** Longest time that the manager took for an answer meanwhile, in milliseconds. */
  readonly slowestMs: number;
  /** Bots that are not what they were: another process, no line, or one that leads nowhere. */
  readonly disturbed: readonly string[];
}

/** Longest time that a line may stand before it counts as welcomed, in milliseconds. */
const standsMs = 3000;
const floodMb = 64;
/** Longest time that an order may take to a bot that plays. */
const hearsMaxMs = 10_000;

/** The manager's socket, which lies somewhere beside its database. */
export function socketsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isSocket());
}

const hello = (bot_id: string, more: object = {}) =>
  `${JSON.stringify({ type: "hello", version: 2, bot_id, pid: process.pid, session: "0123456789abcdef", ...more })}\n`;

export async function intrude(field: Field): Promise<IntruderFigures> {
  const [door] = socketsIn(field.state);
  if (door === undefined) throw new Error(`There is no socket in ${field.state}`);
  const before = await field.allPlaying();
  const { bot_id: victim, pid } = before.bots[0]!;
  const memory = privateBytes(field.manager().pid) ?? 0;
  const intrusions: readonly (readonly [name: string, says: string | Buffer])[] = [
    ["noise", Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 89) % 256))],
    ["an endless line", Buffer.alloc(floodMb * 1024 * 1024, "a")],
    ["JSON that is no message", `${JSON.stringify({ type: "please" })}\n`],
    ["a message before hello", `${JSON.stringify({ type: "playing" })}\n`],
    ["a bot that nobody knows", hello("nobody")],
    ["another process that says it is a bot of ours", hello(victim)],
    ["the right process, and another session", hello(victim, { pid })],
    ["another version", hello(victim, { pid, version: 999 })],
    ["deep nesting", `${"[".repeat(30_000)}\n`],
  ];
  let slowestMs = 0;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      const asked = performance.now();
      await field.ask("GET", "/health");
      slowestMs = Math.max(slowestMs, performance.now() - asked);
      await Bun.sleep(10);
    }
  })();
  const welcomed: string[] = [];
  for (const [name, says] of intrusions) if (!(await isCut(door, says))) welcomed.push(name);
  watching = false;
  await watch;
  const growth = (privateBytes(field.manager().pid) ?? 0) - memory;
  const deaf = (await hears(field, victim)) ? [] : [`${victim} hears nothing any more`];
  const after = await field.status();
  const disturbed = after.bots.flatMap(({ bot_id, pid: now, linked }, at) =>
    linked && now === before.bots[at]?.pid ? [] : [bot_id],
  );
  return { welcomed, growth, slowestMs, disturbed: [...deaf, ...disturbed] };
}

/** Whether an order still reaches the bot. */
async function hears(field: Field, bot: string): Promise<boolean> {
  await field.ask("POST", `/bot/${bot}/set-goal`, { goal: "profit as ever" });
  const delivered = async () => (await field.bot(bot)).order?.state === "delivered";
  return until("the order delivered", delivered, hearsMaxMs).catch(() => false);
}

/** True when the other end closes the line within `standsMs`, and has said no welcome before. */
function isCut(door: string, says: string | Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const line = createConnection(door);
    let heard = "";
    let connected = false;
    const settle = (cut: boolean) => {
      clearTimeout(timer);
      line.destroy();
      resolve(cut && !heard.includes('"welcome"'));
    };
    const timer = setTimeout(() => settle(false), standsMs);
    line.on("data", (bytes) => (heard = (heard + bytes.toString()).slice(0, 1000)));
    line.on("error", (error) => (connected ? settle(true) : reject(error)));
    line.on("close", () => settle(true));
    line.on("connect", () => {
      connected = true;
      line.write(says);
    });
  });
}
