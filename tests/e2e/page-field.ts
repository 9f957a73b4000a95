/** A host, a manager, bots that play, and a browser before them: for what is to be seen on the dashboard. */
import { expect } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import type { BotStatus, SwarmStatus } from "../../src/proto/status.ts";
import { openBrowser } from "./browser.ts";
import { getJson, processesWith, run, scratch, start, until, words, type Running } from "./harness.ts";

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

/** All bots are at play when it is there. */
export async function openPageField(bots: number): Promise<PageField> {
  const { folder, remove } = scratch();
  const host: Running = await start([
    ...words("host --json --port 0 --seed 11 --sectors 300 --latency 30 --db"),
    join(folder, "host.db"),
  ]);
  const config = join(folder, "bot.yaml");
  writeFileSync(config, `connection:\n  host: 127.0.0.1\n  port: ${Number(host.first["port"])}\n`);
  const startManager = (port: number) =>
    start([
      ...words(`manager --json --port ${port} --no-dashboard-port --max-bots 12 --state-file`),
      join(folder, "swarm.db"),
    ]);
  let manager = await startManager(0);
  const url = String(manager.first["url"]);
  const status = async () => (await getJson(`${url}/swarm/status`)) as unknown as SwarmStatus;
  const command = async (argv: readonly string[]) => {
    const { stderr, code } = await run([...argv, "--url", url]);
    expect([code, stderr]).toEqual([0, ""]);
  };
  const [browser] = await Promise.all([
    openBrowser(),
    command([...words(`spawn-swarm --count ${bots} --config`), config]),
  ]);
  await until("all are at play", async () => (await status()).running === bots, 40_000);
  return {
    browser,
    url,
    status,
    bot: async (id) => (await getJson(`${url}/bot/${id}/status`)) as unknown as BotStatus,
    command: (line) => command(words(line)),
    async loseManager() {
      await manager.stop("SIGKILL");
    },
    async nextManager() {
      manager = await startManager(Number(new URL(url).port));
    },
    async end() {
      await browser.close();
      await manager.stop();
      await host.stop();
      expect(processesWith(folder)).toEqual([]);
      remove();
    },
  };
}
