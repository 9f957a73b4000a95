/** A manager whose bots are doubles, and a host with callers: what every command is tried on. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sinner, testManager, type TestManager } from "../doubles/manager.ts";
import { callIn, type Caller } from "./caller.ts";
import { run, scratch, start, words } from "./harness.ts";
import type { World } from "./matrix-row.ts";

export interface Stage {
  readonly world: World;
  readonly double: TestManager;
  readonly hostPort: number;
  /** What the commands run with: nothing of the user's own. */
  readonly env: Readonly<Record<string, string>>;
  /** The bot of the world changes its state. */
  stir(): Promise<unknown>;
  end(): Promise<void>;
}

/** `bot` is the sin of the bot that most commands are tried on. */
export async function setStage(bot: string): Promise<Stage> {
  const { folder, remove } = scratch();
  const env = { XDG_STATE_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder };
  const hosting = start(
    [...words("host --json --port 0 --sectors 100 --seed 11 --db"), join(folder, "host.db")],
    {
      env,
    },
  );
  const [host, double] = await Promise.all([hosting, testManager({ max_bots: 400 })]);
  const hostPort = Number(host.first["port"]);
  const connection = `connection: { host: 127.0.0.1, port: ${hostPort} }\n`;
  writeFileSync(join(folder, "player.yaml"), connection);
  writeFileSync(join(folder, "lost.yaml"), "connection: { host: 127.0.0.1, port: 9 }\n");
  writeFileSync(join(folder, "double.yaml"), "trading: { goal: good }\n");
  mkdirSync(join(folder, "empty"));
  await double.swarm.spawnBot({ bot_id: "steady", config: sinner(bot) });
  await double.swarm.spawnBot({ bot_id: "knowing", config: sinner("knowing") });
  for (const id of ["steady", "knowing"])
    await double.until(id, ({ state, turns_executed }) => state === "RUNNING" && turns_executed > 0, 15_000);
  await recordSession(folder, connection);
  let count = 0;
  let isPaused = false;
  const callers: Caller[] = [];
  const world: World = {
    folder,
    bot: "steady",
    next: () => count++,
    async fresh() {
      const bot_id = `fresh_${count++}`;
      await double.swarm.spawnBot({ bot_id, config: sinner("good") });
      await double.until(bot_id, ({ state }) => state === "RUNNING", 15_000);
      return bot_id;
    },
    async caller() {
      const name = `Caller ${count++}`;
      callers.push(await callIn(hostPort, name));
      return name;
    },
  };
  return {
    world,
    double,
    hostPort,
    env: { ...env, BBSBOT_URL: double.url },
    async stir() {
      isPaused = !isPaused;
      await double.swarm.orderBots({ action: isPaused ? "pause" : "resume", bots: ["knowing"] });
    },
    async end() {
      for (const caller of callers) caller.hangUp();
      await double.end();
      await host.stop();
      remove();
    },
  };
}

/** A short play, as the worker's --record writes it. */
async function recordSession(folder: string, connection: string): Promise<void> {
  const config = join(folder, "recorded.yaml");
  writeFileSync(config, `${connection}session: { max_turns_per_session: 3 }\n`);
  const state = join(folder, "recorded");
  const worker = [
    "worker",
    "--config",
    config,
    "--state-dir",
    state,
    "--record",
    join(folder, "session.jsonl"),
  ];
  const { code, stderr } = await run(worker);
  if (code !== 0) throw new Error(stderr);
}
