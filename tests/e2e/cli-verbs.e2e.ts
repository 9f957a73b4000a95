/** The verbs that spawn, list and steer, by the built binary in a pipe, against a real manager whose workers are doubles. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sinner, testManager, type TestManager } from "../doubles/manager.ts";
import { bot, status } from "../doubles/scribe.ts";
import { binary, run, scratch, type RunOptions } from "./harness.ts";

const { folder, remove } = scratch();
let double: TestManager;
let env: Record<string, string>;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  double = await testManager({ max_bots: 400 });
  env = { BBSBOT_URL: double.url, XDG_CONFIG_HOME: join(folder, "config"), HOME: folder };
  mkdirSync(join(folder, "bots"));
  for (const name of ["a", "b"])
    writeFileSync(join(folder, `bots/${name}.yaml`), `labels:\n  file: ${name}\ntrading:\n  goal: good\n`);
  for (const bot_id of ["red_0", "red_1", "blue_0"])
    await double.swarm.spawnBot({ bot_id, config: sinner("good"), labels: { team: bot_id.split("_")[0]! } });
  for (const bot_id of ["red_0", "red_1", "blue_0"])
    await double.until(bot_id, ({ state }) => state === "RUNNING", 10_000);
}, 30_000);

afterAll(async () => {
  for (const end of ends) await end();
  await double?.end();
  remove();
});

const bbsbot = (line: string, more: RunOptions = {}) =>
  run(line.split(" "), { cwd: folder, ...more, env: { ...env, ...more.env } });
/** The one JSON value on stdout; nothing else may be there. */
const json = async (line: string) => {
  const { code, stdout, stderr } = await bbsbot(`${line} --json`);
  expect([line, stdout.endsWith("\n"), stdout.trimEnd().includes("\n")]).toEqual([line, true, false]);
  return { code, stderr, value: JSON.parse(stdout) as Record<string, unknown> };
};
/** A line of a shell, whose pipes are real. */
async function shell(line: string): Promise<{ stdout: string; stderr: string; code: number }> {
  const child = Bun.spawn(["bash", "-c", line], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "", ...env, B: binary },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, code };
}

test("bots are listed, chosen and described", async () => {
  const all = await bbsbot("ls --sort bot_id");
  expect([all.code, all.stderr]).toEqual([0, ""]);
  expect(all.stdout.split("\n").map((line) => line.split(" ")[0])).toEqual([
    "BOT",
    "blue_0",
    "red_0",
    "red_1",
    "",
  ]);
  expect((await bbsbot("ps red_* -o id")).stdout).toBe("red_0\nred_1\n");
  expect((await bbsbot("ls --label team=blue --state running -o id")).stdout).toBe("blue_0\n");
  expect((await json("ls --limit 1 --sort -bot_id")).value).toMatchObject({
    matched: 3,
    bots: [{ bot_id: "red_1" }],
  });
  expect((await json("status")).value).toMatchObject({ total_bots: 3 });
  expect((await json("status red_0")).value).toMatchObject({ bot_id: "red_0", labels: { team: "red" } });
  expect((await json("describe red_0")).value).toMatchObject({
    bot: { bot_id: "red_0" },
    config: {},
    events: expect.any(Array) as unknown,
  });
  const described = await bbsbot("describe red_0");
  expect([described.code, described.stdout]).toEqual([
    0,
    expect.stringContaining("Labels     team=red\n") as never,
  ]);
  for (const line of ["describe nope", "status nope"]) expect((await bbsbot(line)).code).toBe(5);
  expect((await bbsbot("status --exit-code")).code).toBe(0);
});

test("orders go to all that are meant, and the worst outcome is the exit status", async () => {
  const paused = await bbsbot("pause red_* nope");
  expect([paused.code, paused.stdout, paused.stderr]).toEqual([
    5,
    "red_0 paused\nred_1 paused\n",
    'There is no bot "nope"\n',
  ]);
  expect((await bbsbot("wait --label team=red --for PAUSED --timeout 5s")).code).toBe(0);
  const resumed = await json("resume --state PAUSED");
  expect([resumed.code, resumed.value]).toMatchObject([0, { action: "resume", matched: 2, failed: 0 }]);
  expect((await bbsbot("set-goal all exploration")).stdout).toContain('blue_0 has the goal "exploration"');
  expect((await json("wait all --for running --timeout 5s")).value).toMatchObject({
    outcome: "reached",
    total: 3,
  });
  const late = await bbsbot("wait all --for ended --timeout 200ms");
  expect([late.code, late.stdout]).toEqual([3, "0 of 3 ended\n"]);
});

test("what cannot be undone needs --yes where nobody can be asked", async () => {
  for (const line of ["kill red_*", "kill all", "restart --state RUNNING", "kill-all", "scale 1"]) {
    const refused = await bbsbot(line);
    expect([line, refused.code, refused.stdout]).toEqual([line, 2, ""]);
    expect(refused.stderr).toContain("add --yes");
  }
  expect((await bbsbot("kill red_* --dry-run")).stdout).toBe("red_0\nred_1\n");
  expect((await bbsbot("wait all --for running --timeout 1s")).code).toBe(0);
});

test("bots are spawned from a folder with a ramp, waited for, scaled, restarted, killed by a pipe and cleared", async () => {
  const spawned = await json(
    "spawn-swarm --count 4 --config bots --label run=x --ramp 50 --wait=running --timeout 20s",
  );
  expect(spawned).toMatchObject({
    code: 0,
    value: { count: 4, group_size: 50, wait: { outcome: "reached", reached: 4 } },
  });
  expect(spawned.stderr).toContain("4 bots: 4 spawned, 4 registered, 4 logged in, 0 failed\n");
  expect((await bbsbot("ls --label run=x --label file=a -o id")).stdout.split("\n")).toHaveLength(3);
  expect((await json("spawn bots/a.yaml --bot-id solo")).value).toMatchObject({ bot_id: "solo" });
  expect((await bbsbot("wait solo --for running --timeout 10s")).code).toBe(0);
  expect((await bbsbot("restart solo --json")).code).toBe(0);
  expect((await json("scale 8")).value).toMatchObject({ count: 8, killed: [] });
  expect((await bbsbot("respawn solo bots/b.yaml")).code).toBe(0);
  const piped = await shell("$B ls --label run=x --json | $B kill - --yes");
  expect([piped.code, piped.stdout.split("\n").length]).toEqual([0, 5]);
  expect((await bbsbot("wait --label run=x --for ended --timeout 10s")).code).toBe(0);
  expect((await json("clear")).value).toMatchObject({ cleared: 4 });
  const none = await bbsbot("spawn-swarm --count 2 --config nothing*.yaml");
  expect([none.code, none.stderr]).toEqual([2, "nothing*.yaml: expected YAML files, found none that fit\n"]);
});

test("the atlas answers, even where nothing is known yet", async () => {
  for (const line of ["sector 1", "routes", "path 1 2"]) {
    const { code, stderr } = await bbsbot(line);
    // A swarm whose workers are doubles has seen no game.
    expect([line, code, stderr.trim().split("\n").length]).toEqual([line, 5, 1]);
  }
});

test("settings say which manager, and what is wrong with them is told with its place", async () => {
  const file = join(folder, "config/bbsbot/cli.yaml");
  mkdirSync(join(folder, "config/bbsbot"), { recursive: true });
  const path = await bbsbot("config path");
  expect([path.stdout, path.stderr]).toEqual([`${file}\n`, "There is no such file, which is fine\n"]);
  writeFileSync(file, `url: ${double.url}\n`);
  expect((await bbsbot("status", { env: { BBSBOT_URL: "" } })).code).toBe(0);
  writeFileSync(file, "url: http://127.0.0.1:9\n");
  expect((await bbsbot("status")).code).toBe(0);
  expect((await bbsbot("status", { env: { BBSBOT_URL: "" } })).code).toBe(4);
  writeFileSync(file, "url: http://127.0.0.1:9\ncolour: never\n");
  const wrong = await bbsbot("status");
  expect([wrong.code, wrong.stdout]).toEqual([2, ""]);
  expect(wrong.stderr).toBe(
    `${file}:2:1: unknown key "colour": expected one of url, token_file, color; did you mean "color"?\n`,
  );
  expect((await bbsbot(`config check ${file}`)).stdout).toBe(wrong.stderr);
  // Whoever speaks to no manager is not kept by them.
  expect((await bbsbot("config schema cli")).code).toBe(0);
  writeFileSync(file, "color: always\n");
  const coloured = await bbsbot("status", { env: { NO_COLOR: "" } });
  expect(coloured.stdout).toContain("\u001b[32mRUNNING\u001b[0m");
  expect((await bbsbot("status")).stdout).not.toContain("\u001b");
});

test("the Tab key knows the bots, and waits for no manager", async () => {
  const lines = async (line: string, more?: RunOptions) => (await bbsbot(line, more)).stdout.split("\n");
  expect(await lines("complete -- pause ")).toContain("red_0\tRUNNING");
  const silent = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  try {
    const began = performance.now();
    const nobody = await bbsbot("complete -- pause ", {
      env: { BBSBOT_URL: `http://127.0.0.1:${silent.port}` },
    });
    expect([nobody.code, nobody.stdout, nobody.stderr]).toEqual([0, ":4\n", ""]);
    expect(performance.now() - began).toBeLessThan(2000);
  } finally {
    silent.stop(true);
  }
});

/** A manager that has nothing but this to say. */
function saying(value: unknown) {
  const text = JSON.stringify(value);
  const server = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response(text) });
  ends.push(() => server.stop(true));
  return { url: server.url.origin, text };
}
const manyBots = (count: number) => Array.from({ length: count }, (_, i) => ({ ...bot, bot_id: `bot_${i}` }));

test("five megabytes come whole through a slow pipe, and a pipe that is closed is no error", async () => {
  const { url, text } = saying({ ...status, bots: manyBots(8000) });
  expect(text.length).toBeGreaterThan(5_000_000);
  const slow = await shell(`$B status --json --url ${url} | (sleep 0.5; cat)`);
  expect(slow.stdout.length).toBe(text.length + 1);
  expect(JSON.parse(slow.stdout)).toMatchObject({ total_bots: 1 });
  for (const flags of ["", "--json"]) {
    const closed = await shell(
      `$B status ${flags} --url ${url} | head -c 1 >/dev/null; echo \${PIPESTATUS[0]}`,
    );
    expect(closed).toEqual({ stdout: "0\n", stderr: "", code: 0 });
  }
});

test("the status of 111 bots and the version come at once", async () => {
  const { url } = saying({ ...status, bots: manyBots(111) });
  /**
   * Processor time, the best of some: what else this machine has to do is not what is measured. On a quiet one it is more than what a
   * person waits, for a part of it is spent side by side.
   */
  const bestMs = async (line: string) => {
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      const child = Bun.spawn([binary, ...line.split(" ")], { env, stdout: "ignore", stderr: "ignore" });
      expect(await child.exited).toBe(0);
      times.push(Number(child.resourceUsage()!.cpuTime.total) / 1000);
    }
    return Math.min(...times);
  };
  expect(await bestMs(`status --json --url ${url}`)).toBeLessThan(150);
  expect(await bestMs("--version")).toBeLessThan(75);
  expect(await bestMs("--help")).toBeLessThan(75);
});
