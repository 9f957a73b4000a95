/** A host, a manager, bots that play, and a browser before them: for what is to be seen on the dashboard. */
import { expect } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { BotStatus, SwarmStatus } from "../../src/proto/status.ts";
import { openBrowser } from "./browser.ts";
import { getJson, processesWith, run, scratch, start, until, words, type Running } from "./harness.ts";

/** How large the game is, how quick, and how long each bot is to play. */
export interface FieldSize {
  readonly sectors?: number;
  readonly latencyMs?: number;
  /** Turns of each bot; what a game gives it where nothing is said. */
  readonly turns?: number;
  /** Longest wait until all are at play, in milliseconds. */
  readonly playMaxMs?: number;
  /** What the manager's configuration says besides. */
  readonly manager?: Readonly<Record<string, unknown>>;
}

export interface PageField {
  readonly browser: Browser;
  readonly url: string;
  status(): Promise<SwarmStatus>;
  bot(id: string): Promise<BotStatus>;
  /** A command of the binary, to this manager. */
  command(line: string): Promise<void>;
  /** The manager dies without a word, and another comes in its place. */
  loseManager(): Promise<void>;
  nextManager(): Promise<void>;
  end(): Promise<void>;
}

/** Longest a command of the binary may take on a busy machine, in milliseconds. */
const commandMaxMs = 300_000;

/** All bots are at play when it is there. */
export async function openPageField(
  bots: number,
  { sectors = 300, latencyMs = 30, turns, playMaxMs = 40_000, manager: settings = {} }: FieldSize = {},
): Promise<PageField> {
  const { folder, remove } = scratch();
  const host: Running = await start([
    ...words(`host --json --port 0 --seed 11 --sectors ${sectors} --latency ${latencyMs} --db`),
    join(folder, "host.db"),
  ]);
  const config = join(folder, "bot.yaml");
  const session = turns === undefined ? "" : `session:\n  max_turns_per_session: ${turns}\n`;
  writeFileSync(config, `connection:\n  host: 127.0.0.1\n  port: ${Number(host.first["port"])}\n${session}`);
  const managerConfig = join(folder, "manager.yaml");
  // JSON is YAML.
  writeFileSync(managerConfig, JSON.stringify({ manager: settings }));
  const startManager = (port: number) =>
    start([
      ...words(`manager --json --port ${port} --no-dashboard-port --max-bots ${2 * bots} --config`),
      managerConfig,
      "--state-file",
      join(folder, "swarm.db"),
    ]);
  let browser: Browser | undefined;
  let manager: Running | undefined;
  /** Leaves nothing behind, however far it came. */
  async function end(): Promise<void> {
    await browser?.close();
    await manager?.stop();
    await host.stop();
    const left = processesWith(folder);
    for (const line of left) process.kill(Number.parseInt(line, 10), "SIGKILL");
    remove();
    expect(left).toEqual([]);
  }
  try {
    manager = await startManager(0);
    const url = String(manager.first["url"]);
    const status = async () => (await getJson(`${url}/swarm/status`)) as unknown as SwarmStatus;
    const command = async (argv: readonly string[]) => {
      const { stderr, code } = await run([...argv, "--url", url], { maxMs: commandMaxMs });
      expect([code, stderr]).toEqual([0, ""]);
    };
    browser = await openBrowser();
    await command([...words(`spawn-swarm --count ${bots} --config`), config]);
    await until("all are at play", async () => (await status()).running === bots, playMaxMs);
    return {
      browser,
      url,
      status,
      bot: async (id) => (await getJson(`${url}/bot/${id}/status`)) as unknown as BotStatus,
      command: (line) => command(words(line)),
      async loseManager() {
        await manager?.stop("SIGKILL");
      },
      async nextManager() {
        manager = await startManager(Number(new URL(url).port));
      },
      end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}
