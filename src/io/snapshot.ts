/** The swarm as one JSON file, for people's scripts: whoever reads it finds a whole one, the last or the one before. */
import { rmSync, writeFileSync } from "node:fs";
import type { SwarmStatus } from "../proto/status.ts";
import { settle } from "./backup.ts";

/** Writes `{"timestamp": ..., totals, "bots": {id: status}}`, for its owner alone. Errors: the file system's. */
export function writeSnapshot(file: string, status: SwarmStatus, at: number): void {
  const { bots, ...totals } = status;
  const picture = {
    timestamp: new Date(at).toISOString(),
    ...totals,
    bots: Object.fromEntries(bots.map((bot) => [bot.bot_id, bot])),
  };
  const draft = `${file}.draft`;
  try {
    rmSync(draft, { force: true });
    writeFileSync(draft, `${JSON.stringify(picture, null, 2)}\n`, { mode: 0o600 });
    settle(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
