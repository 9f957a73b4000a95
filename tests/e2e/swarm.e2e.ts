import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getJson, processesWith, run, scratch, start, until, words, type Running } from "./harness.ts";

const { folder, remove } = scratch();
let host: Running;
let manager: Running;
let url: string;
let config: string;

const hostArguments = (port: number) => [
  ...words(`host --json --port ${port} --seed 11 --db`),
  join(folder, "host.db"),
];
const bot = (id: string) => getJson(`${url}/bot/${id}/status`);
const swarm = () => getJson(`${url}/swarm/status`);
const inState = (id: string, state: string) => async () => (await bot(id))["state"] === state;
const post = (path: string, body: unknown) =>
  fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(body),
  });
const writeConfig = (name: string, turns: number) => {
  const file = join(folder, name);
  const port = Number(host.first["port"]);
  writeFileSync(
    file,
    `connection:\n  host: 127.0.0.1\n  port: ${port}\nsession:\n  max_turns_per_session: ${turns}\n`,
  );
  return file;
};

beforeAll(async () => {
  host = await start(hostArguments(0));
  manager = await start([
    ...words("manager --json --port 0 --no-dashboard-port --max-bots 12 --state-file"),
    join(folder, "swarm.db"),
  ]);
  url = String(manager.first["url"]);
  config = writeConfig("long.yaml", 0);
}, 30_000);

afterAll(async () => {
  await manager?.stop();
  await host?.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
});

test("the command line spawns a swarm, shows it, and bots play", async () => {
  const spawned = await run(["spawn-swarm", "--count", "4", "--config", config, "--url", url, "--json"]);
  expect(spawned.stderr).toBe("");
  expect(JSON.parse(spawned.stdout)).toMatchObject({
    bot_ids: ["bot_000", "bot_001", "bot_002", "bot_003"],
    count: 4,
  });
  await until("four bots with a trade each", async () => {
    const { bots } = (await swarm()) as { bots: { state: string; trades_executed: number }[] };
    return bots.length === 4 && bots.every((each) => each.state === "RUNNING" && each.trades_executed > 0);
  });
  const table = await run(["status", "--url", url]);
  expect(table.stdout).toMatch(/^bot_002 +RUNNING /m);
  expect(table.stdout).toContain("4 bots: 4 RUNNING");
  const one = await run(["status", "bot_001", "--url", url, "--json"]);
  expect(JSON.parse(one.stdout)).toMatchObject({ bot_id: "bot_001", state: "RUNNING" });
  expect((await run(["status", "bot_999", "--url", url])).code).toBe(5);
});

test("a paused bot plays nothing until it is resumed, and a goal reaches the bot", async () => {
  const paused = await run(["pause", "bot_000", "--url", url, "--json"]);
  expect(JSON.parse(paused.stdout)).toMatchObject({ matched: 1, results: [{ bot_id: "bot_000", ok: true }] });
  await until("bot_000 paused", inState("bot_000", "PAUSED"));
  const before = await bot("bot_000");
  await Bun.sleep(1000);
  expect((await bot("bot_000"))["turns_executed"]).toBe(before["turns_executed"]);
  await run(["set-goal", "bot_000", "exploration", "--url", url]);
  await until("the goal confirmed", async () => (await bot("bot_000"))["goal"] === "exploration");
  await run(["resume", "bot_000", "--url", url]);
  await until("bot_000 running", inState("bot_000", "RUNNING"));
  const turns = Number(before["turns_executed"]);
  await until("turns go on", async () => Number((await bot("bot_000"))["turns_executed"]) > turns);
});

test("a killed worker is started again and harms no other", async () => {
  const { pid, turns_executed } = (await bot("bot_001")) as { pid: number; turns_executed: number };
  process.kill(pid, "SIGKILL");
  await until("bot_001 at play with another process", async () => {
    const now = await bot("bot_001");
    return now["state"] === "RUNNING" && now["pid"] !== pid && now["restarts"] === 1;
  });
  expect(Number((await bot("bot_001"))["turns_executed"])).toBeGreaterThanOrEqual(turns_executed);
  const { events } = (await getJson(`${url}/bot/bot_001/events?limit=100`)) as { events: { type: string }[] };
  expect(events.find(({ type }) => type === "backedOff")).toMatchObject({
    reason: expect.stringContaining("SIGKILL"),
  });
  const turns = Number((await bot("bot_002"))["turns_executed"]);
  await until("bot_002 plays on", async () => Number((await bot("bot_002"))["turns_executed"]) > turns);
});

test("kill ends a bot for good, with its process", async () => {
  const { pid } = (await bot("bot_003")) as { pid: number };
  expect((await run(["kill", "bot_003", "--url", url])).code).toBe(0);
  await until("bot_003 dead", inState("bot_003", "DEAD"), 10_000);
  await until("its process gone", () => !existsSync(`/proc/${pid}`), 10_000);
});

test("what cannot be done is refused with the reason: a full swarm, a bad body, an unknown key", async () => {
  const full = await post("/swarm/spawn-batch", { count: 100 });
  expect(full.status).toBe(409);
  expect(((await full.json()) as { detail: string }).detail).toContain("12");
  const bad = await post("/swarm/spawn", { config: { trading: { gaol: "x" } } });
  expect(bad.status).toBe(400);
  expect(await bad.text()).toContain("gaol");
  const foreign = await fetch(`${url}/swarm/spawn`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: "http://evil.example" },
    body: "{}",
  });
  expect(foreign.status).toBe(403);
});

test("a worker started by hand registers over HTTP and obeys like the rest", async () => {
  const worker = run(
    [
      "worker",
      "--config",
      config,
      "--manager",
      url,
      "--bot-id",
      "byhand",
      "--state-dir",
      join(folder, "byhand"),
    ],
    {},
  );
  await until("byhand running", async () => (await bot("byhand"))["state"] === "RUNNING");
  await run(["pause", "byhand", "--url", url]);
  await until("byhand paused", inState("byhand", "PAUSED"));
  await run(["resume", "byhand", "--url", url]);
  await until("byhand running again", inState("byhand", "RUNNING"));
  await run(["kill", "byhand", "--url", url]);
  expect((await worker).code).toBe(0);
  await until("byhand dead", inState("byhand", "DEAD"));
});

test("a worker started by hand comes back to a manager that was killed and started again", async () => {
  const database = join(folder, "restarted.db");
  const begin = (port: number) =>
    start([...words(`manager --json --port ${port} --no-dashboard-port --state-file`), database]);
  let mine = await begin(0);
  const address = String(mine.first["url"]);
  const state = async () => (await getJson(`${address}/bot/loyal/status`))["state"];
  const worker = run([
    ...words(`worker --manager ${address} --bot-id loyal --config`),
    config,
    "--state-dir",
    join(folder, "loyal"),
  ]);
  await until("loyal running", async () => (await state()) === "RUNNING");
  await mine.stop("SIGKILL");
  mine = await begin(Number(new URL(address).port));
  await until("loyal running under the new manager", async () => (await state()) === "RUNNING");
  await run(["kill", "loyal", "--url", address]);
  expect((await worker).code).toBe(0);
  await mine.stop();
}, 60_000);

test("a worker without a manager plays to its turn limit, and comes back as the same trader", async () => {
  const short = writeConfig("short.yaml", 40);
  const stateDir = join(folder, "alone");
  const first = await run(["worker", "--config", short, "--state-dir", stateDir]);
  expect(first.code).toBe(0);
  expect(first.stdout).toMatch(/^completed: Turn limit reached.* credits earned in \d+ turns/);
  const file = join(stateDir, "identity.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const identity = JSON.parse(readFileSync(file, "utf8")) as { name: string; password: string };
  expect(first.stderr).not.toContain(identity.password);
  const again = await run(["worker", "--config", short, "--state-dir", stateDir]);
  expect(again.code).toBe(0);
  expect(again.stderr).toContain(identity.name);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(identity);
});

test("a host killed and started again has lost nothing: bots come back as the traders they were", async () => {
  const port = Number(host.first["port"]);
  const learned = 10;
  await until(
    "bot_002 has some experience",
    async () => Number((await bot("bot_002"))["experience"]) > learned,
    30_000,
  );
  await host.stop("SIGKILL");
  // Reports may lag by a second; after that, with no game to play, they stand still.
  await Bun.sleep(1500);
  const before = await bot("bot_002");
  host = await start(hostArguments(port));
  const turns = Number(before["turns_executed"]);
  const experience = Number(before["experience"]);
  expect(experience).toBeGreaterThan(learned);
  await until(
    "bot_002 plays on after the restart",
    async () => {
      const now = await bot("bot_002");
      return now["state"] === "RUNNING" && Number(now["turns_executed"]) > turns + 20;
    },
    30_000,
  );
  const after = await bot("bot_002");
  expect(after["trader"]).toBe(before["trader"]);
  // A host that had forgotten him would have let the bot make a new character, with no experience.
  expect(Number(after["experience"])).toBeGreaterThanOrEqual(experience);
}, 60_000);

test("no password is in an argument list, an answer or a log", async () => {
  const passwords = readdirSync(join(folder, "swarm.d/bots")).map((id) => {
    const file = join(folder, "swarm.d/bots", id, "identity.json");
    return (JSON.parse(readFileSync(file, "utf8")) as { password: string }).password;
  });
  expect(passwords.length).toBeGreaterThan(2);
  const told = [
    JSON.stringify(await swarm()),
    processesWith("bbsbot").join("\n"),
    manager.log(),
    ...readdirSync(join(folder, "swarm.d/bots")).map((id) =>
      readFileSync(join(folder, "swarm.d/bots", id, "worker.log"), "utf8"),
    ),
  ].join("\n");
  for (const password of passwords) expect(told).not.toContain(password);
});
