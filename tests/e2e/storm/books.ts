/** Whether what bots tell of themselves and what the manager keeps of it agree, to the last trade. */
import { Database } from "bun:sqlite";
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { until } from "../harness.ts";
import type { Field } from "./field.ts";
import { eventsOf } from "./orders.ts";

export interface BookFigures {
  readonly trades: number;
  /** Numbered messages that the manager has said it keeps. */
  readonly heard: number;
  /** Bots whose own count of trades, or whose numbers, differ from what is kept. */
  readonly differences: readonly string[];
}

/** Reports come once a second; what is counted by then stands still. */
const settledMs = 1500;
/** Longest time until every bot stands at its prompt, or plays on. */
const settleMaxMs = 60_000;

/**
 * Holds every bot at its prompt, compares, and lets them go on. Each trade a bot has counted must be kept once, and each
 * number that was acknowledged must stand for one message that is kept. For bots whose process was never killed.
 */
export async function compareBooks(field: Field): Promise<BookFigures> {
  const ids = (await field.status()).bots.map(({ bot_id }) => bot_id);
  await tellAll(field, ids, "pause", "PAUSED");
  await Bun.sleep(settledMs);
  const { bots } = await field.status();
  const heard = heardBy(field);
  const differences: string[] = [];
  let trades = 0;
  for (const { bot_id: id, trades_executed } of bots) {
    const events = await eventsOf(field, id);
    const traded = events.filter(({ type }) => type === "traded").length;
    const noted = events.filter(({ type }) => type === "noted").length;
    trades += traded;
    if (traded !== trades_executed) differences.push(`${id}: ${trades_executed} trades, ${traded} kept`);
    const numbered = heard.get(id) ?? 0;
    if (numbered !== traded + noted)
      differences.push(`${id}: heard up to ${numbered}, kept ${traded} trades and ${noted} notes`);
  }
  await tellAll(field, ids, "resume", "RUNNING");
  return { trades, heard: [...heard.values()].reduce((sum, n) => sum + n, 0), differences };
}

async function tellAll(field: Field, ids: readonly string[], wish: "pause" | "resume", state: string) {
  const tell = async (id: string) => {
    const { status, body } = await field.ask("POST", `/bot/${id}/${wish}`, {});
    if (status >= 300) throw new Error(`${id} cannot be told to ${wish}: ${JSON.stringify(body)}`);
  };
  await Promise.all(ids.map(tell));
  await until(
    `every bot ${state}`,
    async () => (await field.status()).bots.every((bot) => bot.state === state && bot.linked),
    settleMaxMs,
  );
}

/** How far each bot's messages have been acknowledged, over all its sessions: read from a copy, for the manager's own is locked. */
function heardBy(field: Field): Map<string, number> {
  const copy = mkdtempSync(join(field.folder, "copy-"));
  try {
    const name = readdirSync(field.state).find((file) => file.endsWith(".db") && file !== "host.db")!;
    for (const end of ["", "-wal"])
      if (existsSync(join(field.state, name + end)))
        copyFileSync(join(field.state, name + end), join(copy, name + end));
    const db = new Database(join(copy, name));
    try {
      const rows = db.query("SELECT bot, sum(up_to) AS n FROM heard GROUP BY bot").all() as {
        bot: string;
        n: number;
      }[];
      return new Map(rows.map(({ bot, n }) => [bot, n]));
    } finally {
      db.close();
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
}
