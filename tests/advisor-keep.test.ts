/** The advisor of one model, on a clock of its own and with a model that answers as told. */
import { afterAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AdvisorParts, keepAdvisor, openAdvisor, spentName, type Told } from "../src/advisor-keep.ts";
import { openAdviceRecord, readAdvice } from "../src/io/advice-record.ts";
import { spentFile } from "../src/io/advice-spent.ts";
import type { Call, CallResult } from "../src/proto/advice.ts";
import { Llm } from "../src/proto/llm-config.ts";
import { dayMs } from "../src/swarm/budget.ts";
import { failureOf } from "./doubles/failure.ts";
import { createTime } from "./sim/manager/time.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-advisor-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const noon = 20_000 * dayMs + dayMs / 2;
const asked = (bot: string, id = 1) => ({ bot, id, at: id, picture: `{"me":"${bot}"}` });

/** Plans for all that a prompt asks about. */
const sensible = ({ prompt }: Call): CallResult => {
  const { bots } = JSON.parse(prompt) as { bots: { bot: string }[] };
  const plans = bots.map(({ bot }) => ({ bot, plan: "trade" }));
  return { how: "replied", ms: 2000, text: JSON.stringify({ plans }), inputTokens: 100, outputTokens: 20 };
};

/** An advisor whose model answers after two seconds. */
function office(change: Partial<AdvisorParts> & { answer?: (call: Call) => CallResult } = {}) {
  const { answer = sensible, ...parts } = change;
  const time = createTime(noon, (_, error) => {
    throw error;
  });
  const told: (Told & { at: number })[] = [];
  const complaints: unknown[] = [];
  const calls: Call[] = [];
  let opened = 0;
  let isEnded = false;
  const on = keepAdvisor({
    llm: Llm.parse({}),
    instructions: "You advise bots",
    async model() {
      opened++;
      return {
        call(call) {
          calls.push(call);
          return new Promise((done) => time.later(2000, () => done(answer(call))));
        },
        end: () => (isEnded = true),
      };
    },
    now: time.now,
    later: time.later,
    told: (effect) => told.push({ ...effect, at: time.now() - noon }),
    complain: (error) => complaints.push(error),
    ...parts,
  });
  /** Lets the time pass, and what waits for nothing but its turn have that. */
  const pass = async (ms: number) => {
    const until = time.now() + ms;
    for (let at = time.now(); at < until;) {
      at = Math.min(until, at + 100);
      time.run(at, () => {});
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  };
  return { on, pass, told, calls, complaints, opened: () => opened, isEnded: () => isEnded };
}

test("questions are gathered, asked in one call, and each bot hears its own plan", async () => {
  const { on, pass, told, calls, opened } = office();
  on.ask(asked("a", 4));
  on.ask(asked("b", 9));
  expect(opened()).toBe(0);
  await pass(5000);
  expect(opened()).toBe(1);
  expect(calls).toEqual([
    {
      instructions: "You advise bots",
      prompt: '{"bots":[{"bot":"a","picture":{"me":"a"}},{"bot":"b","picture":{"me":"b"}}]}',
    },
  ]);
  expect(told).toMatchObject([
    { type: "advice", bot: "a", id: 4, plan: '{"plan":"trade"}' },
    { type: "advice", bot: "b", id: 9 },
  ]);
  expect(told[0]!.at).toBeGreaterThanOrEqual(2500);
  expect(on.status()).toMatchObject({ calls: 1, inputTokens: 100, outputTokens: 20, underWay: 0 });
});

test("retries come by themselves, at their time", async () => {
  let failures = 2;
  const answer = (call: Call): CallResult =>
    failures-- > 0 ? { how: "failed", ms: 1, reason: "server_error", words: "500" } : sensible(call);
  const { on, pass, told, calls } = office({ answer });
  on.ask(asked("a"));
  await pass(20_000);
  expect(calls).toHaveLength(3);
  expect(told).toMatchObject([{ type: "advice", bot: "a" }]);
});

test("what the swarm knows goes along, unless it is too long or cannot be told", async () => {
  const prompts = async (shared: AdvisorParts["shared"]) => {
    const { on, pass, calls, complaints } = office(shared ? { shared } : {});
    on.ask(asked("a"));
    await pass(4000);
    return { swarm: JSON.parse(calls[0]!.prompt).swarm, complaints };
  };
  const known = await prompts(async (bots) => JSON.stringify({ about: bots.map(({ bot }) => bot) }));
  expect(known.swarm).toEqual({ about: ["a"] });
  expect((await prompts(async () => JSON.stringify("x".repeat(3000)))).swarm).toBeUndefined();
  const broken = await prompts(() => Promise.reject(new Error("no atlas")));
  expect(broken.swarm).toBeUndefined();
  expect(broken.complaints).toEqual([new Error("no atlas")]);
});

test("a model that cannot even be opened costs its bots a plan and no more, and is opened anew", async () => {
  let isBroken = true;
  const { on, pass, told, complaints } = office({
    llm: Llm.parse({ ollama: { max_retries: 0, timeout_seconds: 10 } }),
    model: async () => {
      if (isBroken) throw new Error("no such package");
      return { call: async (call) => sensible(call), end() {} };
    },
  });
  on.ask(asked("a", 1));
  await pass(30_000);
  expect(complaints).toEqual([new Error("no such package")]);
  expect(told).toMatchObject([{ type: "unadvised", bot: "a", id: 1, reason: "timeout" }]);
  isBroken = false;
  on.ask(asked("a", 2));
  await pass(30_000);
  expect(told[1]).toMatchObject({ type: "advice", id: 2 });
});

test("the record holds what was asked and what each bot took in, also when that was no plan", async () => {
  const file = join(folder, "advice.jsonl");
  const record = openAdviceRecord(file, { stopped: expect.unreachable });
  const { on, pass } = office({ record });
  on.ask(asked("a", 1));
  on.ask(asked("b", 1));
  await pass(4000);
  on.weighed("a", 1, 12, "accepted");
  // It had given up waiting before its plan came.
  on.weighed("b", 1, 30, "timeout");
  on.ask(asked("a", 2));
  await pass(4000);
  on.weighed("a", 2, 40, "dangerous");
  // A plan that somebody else told it.
  on.weighed("a", 3, 50, "accepted");
  on.end();
  expect(readAdvice(file, "a")).toEqual([
    { id: 1, at: 12, plan: '{"plan":"trade"}' },
    { id: 2, at: 40, plan: '{"plan":"trade"}' },
  ]);
  expect(readAdvice(file, "b")).toEqual([{ id: 1, at: 30, reason: "timeout" }]);
  const types = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(types.map((line) => JSON.parse(line).type)).toEqual([
    "instructions",
    "called",
    "took",
    "took",
    "called",
    "took",
  ]);
});

test("a bot that is gone is told nothing, and after the end nobody is", async () => {
  const { on, pass, told, isEnded } = office();
  on.ask(asked("a"));
  on.ask(asked("b"));
  await pass(1000);
  on.gone("a");
  await pass(2000);
  expect(told.map((effect) => effect.type === "advice" && effect.bot)).toEqual(["b"]);
  on.ask(asked("c"));
  await pass(1000);
  on.end();
  await pass(60_000);
  expect(told).toHaveLength(1);
  expect(isEnded()).toBe(true);
});

test("the day's budget is known to the next process", async () => {
  const llm = Llm.parse({ budget: { calls_per_day: 2 } });
  const spent = spentFile(join(folder, "spent.json"), "it", expect.unreachable);
  const first = office({ llm, spent });
  first.on.ask(asked("a"));
  await first.pass(600);
  // Not only at its end, which may never come.
  await first.pass(1000);
  expect(spent.read()).toMatchObject({ calls: 1 });
  await first.pass(2000);
  first.on.end();
  expect(spent.read()).toMatchObject({ calls: 1, tokens: 120 });
  const kept = readFileSync(join(folder, "spent.json"), "utf8");
  const gone = office({ spent: spentFile(join(folder, "spent.json"), "another", expect.unreachable) });
  gone.on.ask(asked("a"));
  await gone.pass(1000);
  gone.on.end();
  writeFileSync(join(folder, "spent.json"), kept);
  // What is answered after the end writes over nothing that another process has written since.
  await gone.pass(10_000);
  expect(readFileSync(join(folder, "spent.json"), "utf8")).toBe(kept);
  const next = office({ llm, spent });
  next.on.ask(asked("a", 1));
  await next.pass(4000);
  next.on.ask(asked("a", 2));
  await next.pass(4000);
  expect(next.told).toMatchObject([
    { type: "advice", id: 1 },
    { type: "unadvised", id: 2, reason: "budget" },
    { type: "note", severity: "warning" },
  ]);
});

test("only an operator's own section leads to files, and only its budget is kept", async () => {
  const file = join(folder, "own.jsonl");
  const llm = Llm.parse({ record_file: file, ollama: { base_url: "http://127.0.0.1:1", max_retries: 0 } });
  const warnings: string[] = [];
  const parts = {
    llm,
    env: {},
    folder,
    now: () => noon,
    warn: (text: string) => warnings.push(text),
  };
  const strangers = (await openAdvisor({ ...parts, isOwn: false }))(() => {});
  strangers.end();
  expect(existsSync(file)).toBe(false);
  writeFileSync(join(folder, spentName), "damaged");
  const own = (await openAdvisor({ ...parts, isOwn: true }))(() => {});
  expect(existsSync(file)).toBe(true);
  expect(warnings).toHaveLength(1);
  own.end();
  const bad = Llm.parse({ record_file: folder });
  const refused = await failureOf(openAdvisor({ ...parts, llm: bad, isOwn: true }));
  expect(refused).toContain("Cannot record to");
});
