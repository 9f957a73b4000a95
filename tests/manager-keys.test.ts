/** Every key of manager.yaml does what it says: a proof for each, and none is left out. */
import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Llm } from "../src/proto/llm-config.ts";
import { ManagerConfig } from "../src/proto/manager-config.ts";
import type { BotStatus } from "../src/proto/status.ts";
import type { ManagerOptions } from "../src/server.ts";
import { failureOf } from "./doubles/failure.ts";
import { sinner, testManager, type TestManager } from "./doubles/manager.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-keys-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const still = { workerCommand: { argv: [process.execPath, join(import.meta.dir, "doubles/keyed.ts")] } };
const { auth, restart } = ManagerConfig.parse({}).manager;
const token = "a-token-of-enough-letters";
const tokenFile = join(folder, "token");
writeFileSync(tokenFile, `${token}\n`, { mode: 0o600 });

/** Runs a manager whose file says so for as long as `proof` takes. */
async function having(
  change: Partial<ManagerOptions>,
  proof: (on: TestManager) => Promise<void> | void,
): Promise<void> {
  const on = await testManager(change);
  try {
    await proof(on);
  } finally {
    await on.end();
  }
}

const spawn = async (on: TestManager, goal = "still") =>
  (await on.swarm.spawnBot({ config: sinner(goal), config_name: goal })).bot_id;
const isRunning = ({ state }: BotStatus) => state === "RUNNING";

async function until<T>(look: () => T | undefined | false, maxMs = 4000): Promise<T> {
  const deadline = performance.now() + maxMs;
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() > deadline) throw new Error(`Not within ${maxMs} ms: ${look.toString()}`);
    await Bun.sleep(10);
  }
}

interface Heard {
  readonly at: number;
  readonly type: string;
  readonly max_cpu?: number;
  readonly orphan_grace?: number;
}
/** What the still worker of a bot was told, once it was told something of this type. */
const heard = (on: TestManager, bot: string, type: string): Promise<Heard> => {
  const file = join(on.folder, "swarm.d/bots", bot, "heard.jsonl");
  const lines = () => (existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : []);
  return until(() =>
    lines()
      .map((line) => JSON.parse(line) as Heard)
      .find((one) => one.type === type),
  );
};

/** A port that was free a moment ago. */
const freePort = () =>
  new Promise<number>((take) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => take(port));
    });
  });

const statusOf = async (url: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  (await fetch(url, { ...init, headers })).status;
const killAll = { method: "POST" };
const shown = { authorization: `Bearer ${token}` };
const needing = (needed_for: typeof auth.needed_for) => ({
  auth: { ...auth, token_file: tokenFile, needed_for },
});

const proofs: Readonly<Record<string, () => Promise<void>>> = {
  host: () => having({ host: "127.0.0.2" }, ({ url }) => expect(url).toStartWith("http://127.0.0.2:")),
  async port() {
    const port = await freePort();
    await having({ port }, ({ url }) => expect(new URL(url).port).toBe(String(port)));
  },
  async dashboard_port() {
    const dashboard_port = await freePort();
    await having({ dashboard_port }, async ({ manager }) =>
      expect(await statusOf(`http://127.0.0.1:${dashboard_port}/`, {}, {})).toBe(
        await statusOf(`${manager.dashboardUrl}/`),
      ),
    );
  },
  async page_read_only() {
    for (const page_read_only of [false, true])
      await having({ page_read_only }, async ({ url }) => {
        const told: unknown = await (await fetch(`${url}/page/settings.json`)).json();
        expect(told).toEqual({ read_only: page_read_only });
        const pause = await statusOf(`${url}/swarm/kill-all`, { origin: url }, killAll);
        expect(pause).toBe(page_read_only ? 401 : 200);
      });
  },
  max_bots: () =>
    having({ ...still, max_bots: 2 }, async (on) => {
      await spawn(on);
      await spawn(on);
      expect(await failureOf(spawn(on))).toContain("2 of 2");
    }),
  state_file: () =>
    having({ state_file: join(folder, "named.db") }, () =>
      expect(existsSync(join(folder, "named.db"))).toBe(true),
    ),
  auto_save_interval: () =>
    having({ ...still, state_file: join(folder, "named.json"), auto_save_interval: 0.1 }, async (on) => {
      const bot = await spawn(on);
      const file = join(folder, "named.json");
      await until(() => existsSync(file) && readFileSync(file, "utf8").includes(bot));
      const first = statSync(file).ino;
      await until(() => statSync(file).ino !== first);
    }),
  health_check_interval: () =>
    having({ ...still, health_check_interval: 0.1 }, async (on) => {
      const bot = await spawn(on);
      await on.until(bot, isRunning);
      const log = join(on.folder, "swarm.d/bots", bot, "worker.log");
      writeFileSync(log, "x".repeat(4 * 1024 * 1024));
      await until(() => statSync(log).size < 1024 * 1024);
    }),
  status_broadcast_interval: () =>
    having({ status_broadcast_interval: 0.1 }, async ({ url }) => {
      const socket = new WebSocket(`${url.replace("http", "ws")}/ws/swarm`);
      let told = 0;
      socket.addEventListener("message", () => told++);
      await until(() => told >= 4, 2000);
      socket.close();
    }),
  bot_timeout: () =>
    having({ bot_timeout: 1 }, async (on) => {
      const bot = await spawn(on, "falling_silent");
      await on.until(bot, ({ state }) => state === "STUCK");
    }),
  progress_timeout: () =>
    having({ ...still, progress_timeout: 1 }, async (on) => {
      const bot = await spawn(on);
      await on.until(bot, isRunning);
      await until(() => on.lines.some((line) => line.includes(bot) && line.includes("no progress")), 5000);
    }),
  max_memory_per_bot: () =>
    having({ ...still, max_memory_per_bot: 1, health_check_interval: 0.1 }, async (on) => {
      const bot = await spawn(on);
      const { error } = await on.until(bot, ({ state }) => state === "ERROR", 8000);
      expect(error).toMatch(/memory/i);
    }),
  max_cpu_per_bot: () =>
    having({ ...still, max_cpu_per_bot: 35 }, async (on) =>
      expect((await heard(on, await spawn(on), "welcome")).max_cpu).toBe(35),
    ),
  bots_per_worker: () =>
    having({ ...still, bots_per_worker: 2, spawn_parallel: 9 }, async (on) => {
      const bots = [await spawn(on), await spawn(on), await spawn(on)];
      const pids: (number | undefined)[] = [];
      for (const bot of bots) pids.push((await on.until(bot, ({ pid }) => pid !== undefined)).pid);
      expect(pids[1]).toBe(pids[0]!);
      expect(pids[2]).not.toBe(pids[0]!);
    }),
  spawn_parallel: () =>
    having({ spawn_parallel: 1 }, async (on) => {
      const first = await spawn(on, "silent");
      const second = await spawn(on, "silent");
      await on.until(first, ({ state }) => state === "SPAWNING");
      expect((await on.swarm.botStatus({ bot_id: second })).state).toBe("QUEUED");
    }),
  logins_per_second: () =>
    having({ ...still, logins_per_second: 2 }, async (on) => {
      const bots = [
        await spawn(on, "127.0.0.1:9"),
        await spawn(on, "127.0.0.1:9"),
        await spawn(on, "127.0.0.1:9"),
      ];
      const dials = (await Promise.all(bots.map((bot) => heard(on, bot, "dial")))).map(({ at }) => at);
      // The first at once, then one each half second.
      expect(Math.max(...dials) - Math.min(...dials)).toBeGreaterThan(800);
    }),
  "restart.policy": () =>
    having({ restart: { ...restart, policy: "on_crash" } }, async (on) => {
      await on.until(await spawn(on, "crashing"), ({ state }) => state === "BACKOFF");
      await on.until(await spawn(on, "failing"), ({ state }) => state === "ERROR");
    }).then(() =>
      having({ restart: { ...restart, policy: "always" } }, async (on) => {
        await on.until(await spawn(on, "failing"), ({ state }) => state === "BACKOFF");
      }),
    ),
  "restart.crashes": () =>
    having({ restart: { policy: "on_crash", crashes: 1, window: 60 } }, async (on) => {
      const { error } = await on.until(await spawn(on, "crashing"), ({ state }) => state === "FAILED");
      expect(error).toContain("crashed 1 times within 60 s");
    }),
  "restart.window": () =>
    // Two crashes are farther apart than that, so they never count together.
    having({ restart: { policy: "on_crash", crashes: 2, window: 0.05 } }, async (on) => {
      const bot = await spawn(on, "crashing");
      await until(() => on.lines.filter((line) => line.includes(`${bot} crashed`)).length >= 2);
      expect(on.lines.join("\n")).not.toContain("crashed 2 times");
    }),
  orphan_grace: () =>
    having({ ...still, orphan_grace: 7 }, async (on) =>
      expect((await heard(on, await spawn(on), "welcome")).orphan_grace).toBe(7000),
    ),
  async config_dir() {
    const config_dir = join(folder, "bots");
    mkdirSync(config_dir, { recursive: true });
    writeFileSync(join(config_dir, "scout.yaml"), "trading: {goal: named}\n");
    await having({ ...still, config_dir }, async (on) => {
      const { bot_id } = await on.swarm.spawnBot({ config_path: "scout" });
      expect((await on.until(bot_id, isRunning)).goal).toBe("named");
      expect(await failureOf(on.swarm.spawnBot({ config_path: "../scout" }))).toContain(
        'There is no configuration "../scout"',
      );
    });
    await having(still, async (on) =>
      expect(await failureOf(on.swarm.spawnBot({ config_path: "scout" }))).toContain("no config_dir"),
    );
  },
  async llm() {
    const llm = Llm.parse({ ollama: { model: "of-the-manager" }, budget: { calls_per_day: 7 } });
    const modelOf = async (on: TestManager) => (await on.swarm.advisor({})).advisors[0];
    await having({ llm }, async (on) => {
      const deadline = performance.now() + 4000;
      while (!(await modelOf(on)) && performance.now() < deadline) await Bun.sleep(10);
      expect(await modelOf(on)).toMatchObject({ model: "of-the-manager", budget: { calls_per_day: 7 } });
    });
    await having({}, async (on) => expect(await modelOf(on)).toBeUndefined());
  },
  "auth.token_file": () =>
    having(needing("writes"), async ({ url }) => {
      expect(await statusOf(`${url}/swarm/kill-all`, shown, killAll)).toBe(200);
      expect(
        await statusOf(
          `${url}/swarm/kill-all`,
          { authorization: "Bearer another-of-enough-letters" },
          killAll,
        ),
      ).toBe(401);
    }),
  async "auth.needed_for"() {
    const ask = async (needed_for: typeof auth.needed_for) => {
      const answers: number[] = [];
      await having(needing(needed_for), async ({ url }) => {
        answers.push(
          await statusOf(`${url}/swarm/status`),
          await statusOf(`${url}/swarm/kill-all`, {}, killAll),
        );
      });
      return answers;
    };
    expect(await ask("nothing")).toEqual([200, 200]);
    expect(await ask("writes")).toEqual([200, 401]);
    expect(await ask("everything")).toEqual([401, 401]);
  },
  "auth.names": () =>
    having({ auth: { ...needing("nothing").auth, names: ["bots.example.org"] } }, async ({ url }) => {
      const { port } = new URL(url);
      expect(await statusOf(`${url}/health`, { host: `bots.example.org:${port}` })).toBe(200);
      expect(await statusOf(`${url}/health`, { host: `evil.example.org:${port}` })).toBe(421);
    }),
};

const keysOf = (value: object, above = ""): string[] =>
  Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? keysOf(inner, `${above}${key}.`)
      : [above + key],
  );

test("no key is without a proof, and no proof without a key", () => {
  expect(Object.keys(proofs)).toEqual(keysOf(ManagerConfig.parse({}).manager));
});

for (const [key, proof] of Object.entries(proofs)) test(`manager.${key} does what it says`, proof, 20_000);
