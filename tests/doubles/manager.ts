/** A real manager on a free port with misbehaving workers, in a folder of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { remoteSwarm } from "../../src/control/client.ts";
import { BotConfig } from "../../src/proto/config.ts";
import { ManagerConfig } from "../../src/proto/manager-config.ts";
import type { Swarm } from "../../src/proto/operations.ts";
import type { BotStatus } from "../../src/proto/status.ts";
import { runManager, type ManagerOptions, type RunningManager } from "../../src/server.ts";

export const doubleCommand = { argv: [process.execPath, join(import.meta.dir, "worker.ts")] };

export interface TestManager {
  readonly manager: RunningManager;
  readonly swarm: Swarm;
  readonly url: string;
  readonly folder: string;
  readonly lines: readonly string[];
  /** Waits until the bot is as wanted; throws with its status after `maxMs`. */
  until(bot: string, wanted: (status: BotStatus) => boolean, maxMs?: number): Promise<BotStatus>;
  /** Stops the manager and, unless `keep`, removes its folder. */
  end(keep?: "keep"): Promise<void>;
}

/** A bot whose worker sins as named; "good" behaves. */
export const sinner = (sin: string) => BotConfig.parse({ trading: { goal: sin } });

export async function testManager(
  change: Partial<ManagerOptions> = {},
  folder = mkdtempSync(join(tmpdir(), "bbsbot-manager-")),
): Promise<TestManager> {
  const lines: string[] = [];
  const { manager: defaults } = ManagerConfig.parse({});
  const manager = await runManager({
    ...defaults,
    port: 0,
    dashboard_port: null,
    state_file: join(folder, "swarm.db"),
    // Its own tests are about restarts; the others want to see how a worker ended.
    restart: { policy: "never", crashes: 5, window: 60 },
    auth: { ...defaults.auth, needed_for: "nothing" },
    version: "0.0.0-test",
    workerCommand: doubleCommand,
    log: (line) => lines.push(line),
    ...change,
  });
  const swarm = remoteSwarm(manager.url, fetch);
  return {
    manager,
    swarm,
    url: manager.url,
    folder,
    lines,
    async until(bot_id, wanted, maxMs = 4000) {
      const deadline = performance.now() + maxMs;
      for (;;) {
        const status = await swarm.botStatus({ bot_id });
        if (wanted(status)) return status;
        if (performance.now() > deadline) throw new Error(`Not as wanted in time: ${JSON.stringify(status)}`);
        await Bun.sleep(10);
      }
    },
    async end(keep) {
      await manager.stop();
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** True while the process exists and is no zombie. */
export async function isAlive(pid: number): Promise<boolean> {
  const file = Bun.file(`/proc/${pid}/stat`);
  if (!(await file.exists())) return false;
  return !/\) Z /.test(await file.text());
}
