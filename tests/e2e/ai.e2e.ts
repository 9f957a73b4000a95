/** Bots that a model advises: the built binary, a stand-in for the model's service, and the service's end in the middle. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BotStatus } from "../../src/proto/status.ts";
import { createMind } from "../doubles/minds.ts";
import { mindOf, modelServer, type ModelServer } from "../doubles/model-server.ts";
import { getJson, processesWith, run, scratch, start, until, words, type Running } from "./harness.ts";

const { folder, remove } = scratch();
/** Turns of a plan, at most: so many may be played by it when the model is gone. */
const reviewMax = 60;
const key = "canary-model-key-8d41";
const env = { BBSBOT_LLM_API_KEY: key };
let service: ModelServer;
let host: Running;
let manager: Running;
let url: string;

const sensible = () =>
  modelServer({ mind: mindOf(() => createMind("sensible", 1)), delayMs: 200, port: service?.port ?? 0 });
const startHost = (name: string) =>
  start([...words("host --json --port 0 --seed 11 --latency 5 --db"), join(folder, name)]);
const writeYaml = (name: string, value: unknown) => {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value)); // JSON is YAML
  return file;
};
const connectionTo = ({ first }: Running) => ({ host: "127.0.0.1", port: first["port"] });

beforeAll(async () => {
  service = sensible();
  host = await startHost("host.db");
  const config = writeYaml("manager.yaml", {
    manager: {
      state_file: join(folder, "state/swarm.db"),
      llm: {
        provider: "openai_compatible",
        openai_compatible: { base_url: `${service.url}/v1`, timeout_seconds: 2, max_retries: 0 },
        budget: { calls_per_minute: null },
        batch: { gather_seconds: 0.1 },
        record_file: join(folder, "state/advice.jsonl"),
      },
    },
  });
  manager = await start([...words("manager --json --port 0 --no-dashboard-port --config"), config], { env });
  url = String(manager.first["url"]);
  const bot = writeYaml("bot.yaml", {
    connection: connectionTo(host),
    trading: { strategy: "ai", ai_strategy: { max_review_turns: reviewMax } },
  });
  const spawned = await run(["spawn-swarm", "--count", "5", "--config", bot, "--url", url, "--json"]);
  expect(JSON.parse(spawned.stdout)).toMatchObject({ count: 5 });
}, 30_000);

afterAll(async () => {
  await manager?.stop();
  await host?.stop();
  await service?.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
}, 30_000);

type Advised = BotStatus & { readonly advice: NonNullable<BotStatus["advice"]> };
async function bots(): Promise<Advised[]> {
  const { bots } = (await getJson(`${url}/swarm/status`)) as unknown as { bots: BotStatus[] };
  return bots.flatMap((bot) => (bot.advice ? [{ ...bot, advice: bot.advice }] : []));
}
/** Waits until each of the five is as wanted, and gives them. */
const all = (what: string, wanted: (bot: Advised) => boolean, maxMs?: number) =>
  until(
    what,
    async () => (await bots().then((them) => them.length === 5 && them.every(wanted) && them)) || undefined,
    maxMs,
  );
const turnsOf = ({ advice: { turns } }: Advised) => turns.advice + turns.rules + turns.fallback;

test("five bots play by a model's plans, and one call asks for many", async () => {
  const playing = await all(
    "plans that were taken and played",
    ({ advice }) => advice.accepted >= 3 && advice.turns.advice > 60,
    60_000,
  );
  for (const { advice } of playing) expect(advice.rejected).toEqual({});
  const answers = playing.reduce((sum, { advice }) => sum + advice.accepted, 0);
  expect(service.calls()).toBeLessThan(answers);
  expect(service.requests.at(-1)).toMatchObject({
    path: "/v1/chat/completions",
    headers: { authorization: `Bearer ${key}` },
  });
  const { advisors } = await getJson(`${url}/advisor`);
  expect(advisors).toMatchObject([{ provider: "openai_compatible", state: "ready" }]);
}, 90_000);

test("the service is gone in the middle: nobody stops, and who has no plan plays by the rules; it comes back, and so do plans", async () => {
  const before = new Map(
    (await all("a plan in hand", ({ advice }) => advice.source === "advice")).map((bot) => [bot.bot_id, bot]),
  );
  await service.stop();
  const without = await all(
    "nobody with a plan, and 100 turns on",
    (bot) => {
      // The rest of the plan in hand, one more that was on its way, and what was played since it was last told.
      expect(bot.advice.turns.advice - before.get(bot.bot_id)!.advice.turns.advice).toBeLessThan(
        3 * reviewMax,
      );
      expect(bot.state).toBe("RUNNING");
      return bot.advice.source !== "advice" && turnsOf(bot) > turnsOf(before.get(bot.bot_id)!) + 100;
    },
    60_000,
  );
  for (const { advice } of without) {
    expect(Object.keys(advice.failed).filter((reason) => !["unreachable", "away"].includes(reason))).toEqual(
      [],
    );
    expect(advice.plan).toBeUndefined();
    expect(advice.why).toBeString();
  }
  const gone = await getJson(`${url}/advisor`);
  expect(gone).toMatchObject({ advisors: [{ failed: { unreachable: expect.any(Number) } }] });

  service = sensible();
  const accepted = new Map(without.map(({ bot_id, advice }) => [bot_id, advice.accepted]));
  await all(
    "plans again",
    ({ bot_id, advice }) => advice.source === "advice" && advice.accepted > accepted.get(bot_id)!,
    90_000,
  );
}, 180_000);

test("the key is in no file, no argument list, no worker's environment, no log and no answer", async () => {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
  expect(files.some((file) => file.endsWith("advice.jsonl"))).toBeTrue();
  const of = (pid: string, what: string) => {
    const file = `/proc/${pid}/${what}`;
    return existsSync(file) ? readFileSync(file, "latin1") : "";
  };
  const workers = processesWith(join(folder, "state")).map((line) => line.split(" ", 1)[0]!);
  expect(workers.length).toBeGreaterThanOrEqual(5);
  const paths = [
    "/swarm/status",
    "/advisor",
    "/metrics",
    "/health",
    "/bot/bot_000/config",
    "/bot/bot_000/events?limit=1000",
  ];
  const places: [string, string][] = [
    ...files.map((file): [string, string] => [file, readFileSync(file, "latin1")]),
    ...workers.map((pid): [string, string] => [`environment of ${pid}`, of(pid, "environ")]),
    ["arguments", processesWith("bbsbot").join("\n")],
    ["log", manager.log()],
    ...(await Promise.all(
      paths.map(async (path): Promise<[string, string]> => [path, await (await fetch(url + path)).text()]),
    )),
  ];
  expect(places.filter(([, text]) => text.includes(key)).map(([place]) => place)).toEqual([]);
});

test("a bot alone plays by a model's plans, and by the record of them without the model", async () => {
  // A mind whose plans show in what is done: it trades, where the rules that are chosen only look around.
  const trading = modelServer({
    mind: mindOf(() => () => '{"plan":"trade","explore":"less","why":"to earn"}'),
  });
  const record = join(folder, "alone.jsonl");
  const played = async (name: string, llm: object) => {
    const own = await startHost(`${name}.db`);
    const config = writeYaml(`${name}.yaml`, {
      connection: connectionTo(own),
      trading: { strategy: "ai", ai_strategy: { fallback_strategy: "explore" } },
      session: { max_turns_per_session: 200 },
      llm,
    });
    const ended = await run(["worker", "--config", config, "--state-dir", join(folder, name)], { env });
    await own.stop();
    expect(ended.stderr).not.toContain(key);
    const trades = /, (\d+) trades?, /.exec(ended.stdout)?.[1];
    return { code: ended.code, trades: Number(trades) };
  };
  const asking = {
    provider: "openai_compatible",
    openai_compatible: { base_url: `${trading.url}/v1` },
    record_file: record,
  };
  const asked = await played("asked", asking);
  const calls = trading.calls();
  expect(calls).toBeGreaterThan(0);
  await trading.stop();
  const replayed = await played("replayed", { provider: "replay", replay_file: record });
  const alone = await played("unadvised", { ...asking, record_file: null });
  expect([asked.code, replayed.code, alone.code]).toEqual([0, 0, 0]);
  expect(asked.trades).toBeGreaterThan(3 * alone.trades);
  expect(replayed.trades).toBeGreaterThan(3 * alone.trades);
}, 120_000);
