/**
 * A worker as its manager starts it: `worker --config FILE --bot-id ID`, with a channel. The file is JSON that the manager has
 * checked, so neither the command line nor YAML is loaded: with hundreds of workers that is hundreds of megabytes saved.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { dirname } from "node:path";
import { runWorker, type WorkerOptions } from "./bot.ts";
import type { Console } from "./control/console/terminal.ts";
import { dated, type Log, logTo } from "./log.ts";
import { BotConfig } from "./proto/config.ts";
import { Refusal, refusalCodes } from "./proto/refusal.ts";

interface Spawned {
  readonly file: string;
  readonly botId: string;
}

/** What the manager's argument list holds; undefined for any other. */
export function spawnedArguments(argv: readonly string[]): Spawned | undefined {
  const [verb, config, file, id, botId] = argv;
  const fits = argv.length === 5 && verb === "worker" && config === "--config" && id === "--bot-id";
  return fits && file !== undefined && botId !== undefined ? { file, botId } : undefined;
}

/**
 * A bot that plays gives way to those that are still starting, to the host and to the manager: without this, 111 bots on two
 * cores took twice as long until the last of them played.
 */
export const playingNiceness = 10;

/**
 * Lowers this process's priority. A worker has a session of its own, and Linux may share out the processor by session first: then
 * niceness counts for nothing outside of it, and the session has one of its own.
 */
function giveWay(): void {
  tidyUp();
  setPriority(playingNiceness);
  try {
    writeFileSync("/proc/self/autogroup", String(playingNiceness));
  } catch {
    // A system without such groups: then the first line was enough.
  }
}

/**
 * Collects what starting has left behind. A heap grows with all that lies in it and never shrinks again: without this a worker that has loaded, and then
 * one that has logged in, keeps 1.2 MB more between them. Each takes some 10 ms.
 */
function tidyUp(): void {
  (globalThis as { Bun?: { gc(force: boolean): void } }).Bun?.gc(true);
}

/** Plays in a process of its own; answers with the exit status. */
export function runSpawned({ file, botId }: Spawned, console: Console): Promise<number> {
  tidyUp();
  const log = logTo(console, false, dated);
  return playBot({ file, botId, log, settled: giveWay });
}

/** One bot of a manager's, wherever it lives; answers with the exit status. What it throws is in its log. */
export async function playBot({
  file,
  botId,
  log,
  ...own
}: Spawned & { readonly log: Log } & Pick<WorkerOptions, "berth" | "settled">): Promise<number> {
  try {
    return await runWorker({
      config: configIn(file),
      configName: file,
      place: () => file,
      botId,
      managerUrl: undefined,
      // The manager gives each bot a folder of its own, with the configuration in it.
      folder: dirname(file),
      log,
      ...own,
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log("error", { text: error.message });
    return refusalCodes[error.code].exit;
  }
}

/** The configuration that the manager has put there. Refuses a file that is another by now; what it says is shown to nobody. */
function configIn(file: string): BotConfig {
  try {
    return BotConfig.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    const why = (error as { code?: string }).code ?? "it is not what the manager wrote";
    throw new Refusal("bad_input", `"${file}" cannot be used as the bot's configuration: ${why}`);
  }
}
