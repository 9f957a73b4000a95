/** A manager that asks a model for its bots: real processes, and a stand-in for the model's service. */
import { afterEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAdvice } from "../src/io/advice-record.ts";
import { Llm } from "../src/proto/llm-config.ts";
import { failureOf } from "./doubles/failure.ts";
import { sinner, testManager, type TestManager } from "./doubles/manager.ts";
import { modelServer, type Mind, type ModelServer } from "./doubles/model-server.ts";

const key = "sk-verysecretkey-0123456789";
let folder: string;
let on: TestManager | undefined;
let server: ModelServer | undefined;
afterEach(async () => {
  await on?.end("keep");
  await server?.stop();
  on = server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Each bot's plan names the picture it was made by. */
const mind: Mind = (prompt) => {
  const { bots } = JSON.parse(prompt) as { bots: { bot: string; picture: unknown }[] };
  const plans = bots.map(({ bot, picture }) => ({ bot, plan: "trade", why: JSON.stringify(picture) }));
  return JSON.stringify({ plans });
};
const quick = { gather_seconds: 0, bots_per_call: 4 };
const service = { max_retries: 0, timeout_seconds: 2 };

/** A manager of bots that ask one plan after another. */
async function begin(count: number, llm: object, also: { keyFile?: boolean; sin?: string } = {}) {
  folder = mkdtempSync(join(tmpdir(), "bbsbot-advice-"));
  server = modelServer({ mind });
  const keyFile = join(folder, "key");
  writeFileSync(keyFile, `${key}\n`, { mode: 0o600 });
  const state = join(folder, "state");
  mkdirSync(state);
  on = await testManager(
    {
      llm: Llm.parse({
        provider: "openai_compatible",
        openai_compatible: {
          ...service,
          base_url: `${server.url}/v1`,
          ...(also.keyFile && { api_key_file: keyFile }),
        },
        batch: quick,
        budget: { calls_per_minute: null },
        ...llm,
      }),
    },
    state,
  );
  const configs = [sinner(also.sin ?? "asking")];
  const { bot_ids } = await on.swarm.spawnSwarm({ configs, count, config_name: "t" });
  return { on, server, bots: bot_ids };
}

const hears = (words: RegExp) => (status: { activity: string }) => words.test(status.activity);
const notes = async (swarm: TestManager["swarm"]) =>
  (await swarm.swarmEvents({ bots: ["advisor"], severity: "info", limit: 20 })).events.map(
    ({ severity, text }) => [severity, text],
  );
async function until(what: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 8000;
  while (!(await what())) {
    if (performance.now() > deadline) throw new Error("Not as wanted in time");
    await Bun.sleep(20);
  }
}

test("bots get their plans, people see what they cost, and the record can be played again", async () => {
  const record = join(tmpdir(), `bbsbot-advice-${process.pid}.jsonl`);
  const { on, server, bots } = await begin(3, { record_file: record }, { keyFile: true });
  for (const bot of bots) await on.until(bot, hears(/^advice ([3-9]|\d\d+) /), 8000);
  expect(server.requests[0]!.headers["authorization"]).toBe(`Bearer ${key}`);
  const { advisors } = await on.swarm.advisor({});
  expect(advisors).toMatchObject([{ provider: "openai_compatible", state: "ready", failed: {} }]);
  // Those under way may not have come there yet.
  expect(advisors[0]!.calls).toBeWithin(3, server.calls() + 3);
  expect(advisors[0]!.input_tokens).toBeGreaterThan(100);
  const metrics = await (await fetch(`${on.url}/metrics`)).text();
  expect(metrics).toMatch(/^bbsbot_advisor_calls_total\{[^}]*model="default"\} \d+$/m);
  await on.end("keep");
  const taken = readAdvice(record, bots[0]!);
  expect(taken.slice(0, 2)).toEqual([
    { id: 1, at: 15, plan: '{"plan":"trade","why":"{\\"turns\\":1}"}' },
    { id: 2, at: 25, plan: '{"plan":"trade","why":"{\\"turns\\":2}"}' },
  ]);
  const written = readFileSync(record, "utf8");
  rmSync(record);
  // The key is nowhere but in its own file.
  const files = readdirSync(join(folder, "state"), { recursive: true }).map((name) =>
    join(folder, "state", String(name)),
  );
  const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, "latin1"));
  expect([written, metrics, on.lines.join("\n"), ...texts].filter((text) => text.includes(key))).toEqual([]);
  expect(files.map((file) => file.endsWith("advice-spent.json"))).toContain(true);
}, 20_000);

test("when the service dies its bots are told so, people read it in the feed, and so they do when it is back", async () => {
  const { on, server, bots } = await begin(2, {});
  await on.until(bots[0]!, hears(/^advice /), 8000);
  server.fail({ type: "status", status: 500, body: "\u001b[2Jout of order" });
  await on.until(bots[0]!, hears(/^unadvised \d+ away/), 8000);
  await until(async () => (await notes(on.swarm)).length === 1);
  const [[severity, text] = []] = await notes(on.swarm);
  expect(severity).toBe("warning");
  expect(text).toMatch(/^The model "default" \(openai_compatible\) is left alone for 5 s, .*500/);
  expect(text).not.toContain("\u001b");
  expect((await on.swarm.advisor({})).advisors).toMatchObject([{ state: "away" }]);
  expect(on.lines.filter((line) => line.startsWith("advisor warning"))).toHaveLength(1);
  server.heal();
  await on.until(bots[0]!, hears(/^advice /), 12_000);
  expect((await notes(on.swarm))[0]).toMatchObject(["info", expect.stringContaining("answers again")]);
  // It is no bot, and nobody can be called so.
  expect((await on.swarm.swarmStatus({})).total_bots).toBe(2);
  const named = { config: sinner("good"), bot_id: "advisor", config_name: "t" };
  expect(await failureOf(on.swarm.spawnBot(named))).toContain('A bot cannot be called "advisor"');
}, 30_000);

test("nobody is asked about a bot that cannot be told any more", async () => {
  const { on, server, bots } = await begin(
    1,
    { batch: { ...quick, gather_seconds: 1 } },
    { sin: "asking_in_vain" },
  );
  const { pid } = await on.until(bots[0]!, ({ linked, state }) => !linked && state === "RUNNING", 8000);
  await until(async () => (await on.swarm.advisor({})).advisors[0]?.waiting === 0);
  await Bun.sleep(1500);
  expect(server.calls()).toBe(0);
  // It would not hear that it is to end.
  process.kill(pid!, "SIGKILL");
}, 20_000);

test("a budget holds over a restart of the manager", async () => {
  const llm = { budget: { calls_per_minute: null, calls_per_day: 3 } };
  const { on: first, server, bots } = await begin(1, llm);
  await first.until(bots[0]!, hears(/^unadvised \d+ budget/), 8000);
  expect(server.calls()).toBe(3);
  await first.end("keep");
  const options = {
    provider: "openai_compatible",
    openai_compatible: { base_url: `${server.url}/v1` },
    ...llm,
  };
  on = await testManager({ llm: Llm.parse({ batch: quick, ...options }) }, join(folder, "state"));
  const { bot_id } = await on.swarm.spawnBot({ config: sinner("asking"), config_name: "t" });
  await on.until(bot_id, hears(/^unadvised \d+ budget/), 8000);
  expect(server.calls()).toBe(3);
}, 20_000);
