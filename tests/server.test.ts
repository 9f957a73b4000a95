import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { stuckGraceMs } from "../src/swarm/health.ts";
import { failureOf } from "./doubles/failure.ts";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAlive, sinner, testManager, type TestManager } from "./doubles/manager.ts";

let on: TestManager;
beforeAll(async () => {
  on = await testManager();
});
afterAll(() => on.end());

const spawn = async (sin: string, bot_id?: string) =>
  (await on.swarm.spawnBot({ config: sinner(sin), config_name: sin, bot_id })).bot_id;

describe("workers that sin end in ERROR with the reason, and harm no other", () => {
  for (const [sin, words] of [
    ["crashing", "exit code 1"],
    ["wordless", "without a word, exit code 0"],
    ["exiting:42", "exit code 42"],
    ["nonsense", "what is no message: report"],
    ["oversize", "the most is 65536"],
    ["impostor", 'says it is "somebody_else"'],
    ["hasty", "spoke before its hello"],
    ["failing", "the game refuses the password"],
  ] as const)
    test.concurrent(`${sin}: ${words}`, async () => {
      const good = await spawn("good");
      const id = await spawn(sin);
      const status = await on.until(id, ({ state }) => state === "ERROR");
      expect(status.error).toContain(words);
      expect(status.error_at).toBeNumber();
      const other = await on.until(good, ({ turns_executed }) => turns_executed > 1);
      expect(other.state).toBe("RUNNING");
      await on.swarm.killBot({ bot_id: good });
    });

  test.concurrent("a process that lingers after its bot is done is taken away", async () => {
    const lingering = await spawn("lingering");
    const { pid } = await on.until(lingering, ({ state }) => state === "COMPLETED");
    expect(await isAlive(pid!)).toBe(true);
    await on.until(lingering, (status) => status.pid === undefined);
    expect(await isAlive(pid!)).toBe(false);
  });
});

test("kill -9 of a worker is an error within two seconds", async () => {
  const id = await spawn("good");
  const { pid } = await on.until(id, ({ state }) => state === "RUNNING");
  const before = performance.now();
  process.kill(pid!, "SIGKILL");
  const status = await on.until(id, ({ state }) => state === "ERROR", 2000);
  expect(performance.now() - before).toBeLessThan(2000);
  expect(status.error).toContain("SIGKILL");
});

test("a bot that says it is done is COMPLETED, with its last report", async () => {
  const done = await spawn("completing");
  const status = await on.until(done, ({ state }) => state === "COMPLETED");
  expect(status).toMatchObject({ credits: 300, trades_executed: 1 });
  await on.until(done, ({ pid }) => pid === undefined);
  expect((await on.swarm.botStatus({ bot_id: done })).state).toBe("COMPLETED");
});

test("pause, resume and goals are confirmed by the bot", async () => {
  const id = await spawn("good");
  await on.until(id, ({ state }) => state === "RUNNING");
  expect(await on.swarm.pauseBot({ bot_id: id })).toEqual({
    bot_id: id,
    order: "delivered",
    state: "PAUSED",
  });
  expect(await on.swarm.pauseBot({ bot_id: id })).toEqual({
    bot_id: id,
    order: "delivered",
    state: "PAUSED",
  });
  expect(await on.swarm.resumeBot({ bot_id: id })).toEqual({
    bot_id: id,
    order: "delivered",
    state: "RUNNING",
  });
  expect(await on.swarm.setGoal({ bot_id: id, goal: "exploration" })).toEqual({
    bot_id: id,
    order: "delivered",
    state: "RUNNING",
    goal: "exploration",
  });
  expect(await on.swarm.botStatus({ bot_id: id })).toMatchObject({
    goal: "exploration",
    order: { id: 3, type: "goal", state: "delivered" },
  });
});

test("an order that the bot does not confirm in time is queued", async () => {
  const id = await spawn("slow");
  await on.until(id, ({ state }) => state === "RUNNING");
  expect(await on.swarm.pauseBot({ bot_id: id })).toEqual({ bot_id: id, order: "queued", state: "RUNNING" });
  expect((await on.swarm.botStatus({ bot_id: id })).order).toEqual({ id: 1, type: "pause", state: "queued" });
});

test("a killed bot logs off and is DEAD; killing it again is fine", async () => {
  const id = await spawn("good");
  const { pid } = await on.until(id, ({ state }) => state === "RUNNING");
  expect(await on.swarm.killBot({ bot_id: id })).toEqual({ killed: id });
  expect(await on.swarm.killBot({ bot_id: id })).toEqual({ killed: id });
  const status = await on.until(id, (now) => now.state === "DEAD" && now.pid === undefined);
  expect(status.error).toBeUndefined();
  expect(await isAlive(pid!)).toBe(false);
});

test("the bot's configuration lies in its own folder, for its owner's eyes, and its log is kept", async () => {
  const config = sinner("crashing");
  config.character.password = "opensesame";
  const { bot_id } = await on.swarm.spawnBot({ config, config_name: "secret", bot_id: "keeper" });
  await on.until(bot_id, ({ state }) => state === "ERROR");
  const folder = join(on.folder, "swarm.d", "bots", "keeper");
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, "bot.yaml")).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(folder, "bot.yaml"), "utf8")).toContain("opensesame");
  expect(readFileSync(join(folder, "worker.log"), "utf8")).toContain("the double crashes as asked");
  const everywhere = JSON.stringify(await on.swarm.swarmStatus({})) + on.lines.join("\n");
  expect(everywhere).not.toContain("opensesame");
  for (const file of ["swarm.db", "swarm.db-wal"]) {
    expect(readFileSync(join(on.folder, file), "latin1")).not.toContain("opensesame");
  }
});

test("a second manager on the same state is refused", async () => {
  expect(await failureOf(testManager({}, on.folder))).toContain("Another manager uses");
});

test("an address beyond this machine is refused, and so is a taken port", async () => {
  expect(await failureOf(testManager({ host: "0.0.0.0" }))).toContain("token");
  expect(await failureOf(testManager({ port: Number(new URL(on.url).port) }))).toContain("the port is taken");
});

test("a taken dashboard port is a note, not a failure; a free one shows the page", async () => {
  const taken = await testManager({ dashboard_port: Number(new URL(on.url).port) });
  expect(taken.manager.dashboardUrl).toBeUndefined();
  expect(taken.lines.join()).toContain("is taken: the dashboard is on the manager's own port");
  await taken.end();
  const free = await testManager({ dashboard_port: 0 });
  const page = await fetch(free.manager.dashboardUrl!);
  expect(await page.text()).toContain("<title>bbsbot</title>");
  await free.end();
});

describe("with a manager of its own", () => {
  test.concurrent(
    "silence beyond bot_timeout is STUCK, then an error, and ends the process, also one that is stopped",
    async () => {
      const own = await testManager({ bot_timeout: 1 });
      await own.swarm.spawnSwarm({
        configs: ["silent", "falling_silent", "good", "good", "garbling", "hanging_up"].map(sinner),
        config_name: "test",
      });
      const { pid: frozen } = await own.until("bot_003", ({ state }) => state === "RUNNING");
      process.kill(frozen!, "SIGSTOP");
      const sinners = ["bot_000", "bot_001", "bot_003", "bot_004", "bot_005"];
      for (const id of sinners) await own.until(id, ({ state }) => state === "STUCK");
      for (const id of sinners) {
        const status = await own.until(
          id,
          ({ state, pid }) => state === "ERROR" && pid === undefined,
          2 * stuckGraceMs,
        );
        expect(status.error).toMatch(/^no word from the worker for [678] s$/);
      }
      expect(await isAlive(frozen!)).toBe(false);
      expect((await own.swarm.botStatus({ bot_id: "bot_002" })).state).toBe("RUNNING");
      await own.end();
    },
    30_000,
  );

  test.concurrent("a stop leaves no process, and the next manager remembers", async () => {
    const own = await testManager({ max_bots: 5 });
    await own.swarm.spawnSwarm({ configs: ["good", "good", "completing"].map(sinner), config_name: "test" });
    const { pid } = await own.until("bot_001", ({ turns_executed }) => turns_executed > 2);
    await own.until("bot_000", ({ turns_executed }) => turns_executed > 2);
    await own.until("bot_002", ({ state }) => state === "COMPLETED");
    const before = performance.now();
    await own.end("keep");
    expect(performance.now() - before).toBeLessThan(3000);
    expect(await isAlive(pid!)).toBe(false);
    expect(await failureOf(fetch(own.url))).toBeString();

    const next = await testManager({ max_bots: 5 }, own.folder);
    const status = await next.swarm.swarmStatus({});
    expect(status.by_state).toMatchObject({ DEAD: 2, COMPLETED: 1, ERROR: 0 });
    expect(status.bots[1]!.turns_executed).toBeGreaterThan(2);
    const { bot_id } = await next.swarm.spawnBot({ config: sinner("good"), config_name: "test" });
    expect(bot_id).toBe("bot_003");
    await next.end();
  });

  test.concurrent("workers that end with a killed manager are found gone by the next one", async () => {
    const { folder, end } = await testManager();
    await end("keep");
    const program = join(folder, "manager.ts");
    const root = join(import.meta.dir, "..");
    writeFileSync(
      program,
      `import { testManager, sinner } from "${root}/tests/doubles/manager.ts";
       const on = await testManager({}, "${folder}");
       await on.swarm.spawnSwarm({ configs: [sinner("good")], count: 3, config_name: "test" });
       for (const id of ["bot_000", "bot_001", "bot_002"]) {
         const { pid } = await on.until(id, ({ turns_executed }) => turns_executed > 1);
         console.log(pid);
       }
       console.log("ready");`,
    );
    const child = Bun.spawn([process.execPath, program], { stdout: "pipe", stderr: "inherit" });
    let said = "";
    for await (const chunk of child.stdout) {
      said += new TextDecoder().decode(chunk);
      if (said.includes("ready")) break;
    }
    child.kill("SIGKILL");
    await child.exited;
    const pids = said.split("\n").map(Number).filter(Boolean);
    expect(pids).toHaveLength(3);
    const deadline = performance.now() + 2000;
    while ((await Promise.all(pids.map(isAlive))).includes(true) && performance.now() < deadline)
      await Bun.sleep(20);
    expect(await Promise.all(pids.map(isAlive))).toEqual([false, false, false]);
    const next = await testManager({}, folder);
    const { bots } = await next.swarm.swarmStatus({});
    expect(bots.map(({ state, error }) => [state, error])).toEqual(
      Array(3).fill(["ERROR", "the worker ended while no manager was there"]),
    );
    await next.end();
  });
});
