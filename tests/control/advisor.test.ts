import { expect, test } from "bun:test";
import type { AdvisorStatus } from "../../src/swarm/advising.ts";
import { BotConfig } from "../../src/proto/config.ts";
import { Llm } from "../../src/proto/llm-config.ts";
import { failureOf } from "../doubles/failure.ts";
import { playing, report } from "../swarm/stories.ts";
import { office } from "./office.ts";

const { budget } = Llm.parse({ budget: { calls_per_day: 500, money_per_day: 2.5 } });
const model: AdvisorStatus = {
  provider: "ollama",
  model: "gemma3",
  state: "away",
  awayUntil: 9000,
  waiting: 2,
  underWay: 1,
  calls: 44,
  failed: { timeout: 3 },
  lastError: "No answer within 30 s",
  inputTokens: 1000,
  outputTokens: 200,
  cost: 0.25,
  latencyMs: { median: 800, p95: 2100 },
  lastMinute: { calls: 7 },
  today: { calls: 40, tokens: 1100, cost: 0.2 },
  budget,
};

test("each model is told with its budget, and the bots' plans in sums", async () => {
  const { on, ask } = office({ advisors: [model] });
  playing(on, "a");
  playing(on, "b");
  const advice = {
    source: "advice" as const,
    plan: "work 12 and 77",
    why: "best known",
    asked: 5,
    accepted: 4,
    rejected: { spend: 1 },
    failed: {},
    turns: { advice: 50, rules: 5, fallback: 0 },
    credits: { advice: 5000, rules: 100, fallback: 0 },
  };
  on.happened({ type: "reported", bot: "a", report: report({ strategy: "ai", advice }), at: on.at });
  const known = await ask("advisor");
  expect(known.advisors).toEqual([
    {
      provider: "ollama",
      model: "gemma3",
      state: "away",
      away_until: 9000,
      waiting: 2,
      under_way: 1,
      calls: 44,
      failed: { timeout: 3 },
      last_error: "No answer within 30 s",
      input_tokens: 1000,
      output_tokens: 200,
      cost: 0.25,
      latency_ms: { median: 800, p95: 2100 },
      last_minute: { calls: 7 },
      today: { calls: 40, tokens: 1100, cost: 0.2 },
      budget,
    },
  ]);
  expect(known.bots).toMatchObject({ bots: 1, deciding: { advice: 1 }, accepted: 4, rejected: { spend: 1 } });
  expect(known.bots.credits_per_turn).toEqual({ advice: 100, rules: 20, fallback: 0 });
  expect((await ask("botStatus", { bot_id: "a" })).advice).toEqual(advice);
});

test("without a model there is nothing to tell", async () => {
  expect(await office().ask("advisor")).toMatchObject({ advisors: [], bots: { bots: 0, asked: 0 } });
});

test("a bot whose llm section names a file is not spawned, however it comes; its model without one is", async () => {
  for (const [llm, key] of [
    [{ provider: "openai", openai: { api_key_file: "/etc/shadow" } }, "llm.openai.api_key_file"],
    [{ gemini: { api_key_file: "k" } }, "llm.gemini.api_key_file"],
    [{ record_file: "/home/me/.bashrc" }, "llm.record_file"],
    [{ provider: "replay", replay_file: "r.jsonl" }, "llm.replay_file"],
  ] as const) {
    const config = BotConfig.parse({ trading: { strategy: "ai" }, llm });
    const named = office({ readNamed: () => config });
    for (const refused of [
      office().ask("spawnBot", { config }),
      office().ask("spawnSwarm", { configs: [config], count: 3 }),
      named.ask("spawnBot", { config_path: "fleet/scout" }),
    ])
      expect(await failureOf(refused)).toContain(`"${key}" names a file`);
    expect(named.on.state.bots.size).toBe(0);
  }
  const { on, ask } = office();
  await ask("spawnBot", {
    config: BotConfig.parse({ trading: { strategy: "ai_strategy" }, llm: {} }),
    bot_id: "a",
  });
  expect(on.state.bots.get("a")).toMatchObject({ strategy: "ai" });
});
