import { expect, test } from "bun:test";
import { metricsText } from "../../src/control/metrics.ts";
import { sumAdvice } from "../../src/proto/advice-sums.ts";
import { Llm } from "../../src/proto/llm-config.ts";
import type { Advisor } from "../../src/proto/operations/advising.ts";
import { swarmTotals } from "../../src/swarm/totals.ts";
import { newSwarm, playing, report, stage } from "../swarm/stories.ts";

const advisor: Advisor = {
  provider: "ollama",
  model: 'a "model"\\\nof two lines',
  state: "away",
  away_until: 9000,
  waiting: 2,
  under_way: 1,
  calls: 44,
  failed: { timeout: 3, rate_limited: 1 },
  input_tokens: 1000,
  output_tokens: 200,
  cost: 0.25,
  latency_ms: { median: 800, p95: 2100 },
  last_minute: { calls: 7 },
  today: { calls: 40, tokens: 1100, cost: 0.2 },
  budget: Llm.parse({ budget: { calls_per_day: 500 } }).budget,
};
const advice = {
  source: "advice" as const,
  plan: "trade",
  why: "best",
  asked: 5,
  accepted: 3,
  rejected: { spend: 1 },
  failed: { timeout: 1 },
  turns: { advice: 50, rules: 5, fallback: 0 },
  credits: { advice: 5000, rules: -100, fallback: 0 },
};

/** Samples as one who collects them reads them; nothing but what the format allows. */
function read(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  let family = "";
  for (const line of text.trimEnd().split("\n")) {
    const about = /^# (HELP|TYPE) (\w+) (.+)$/.exec(line);
    if (about?.[1] === "HELP") family = about[2]!;
    if (about) {
      expect(about[2]).toBe(family);
      if (about[1] === "TYPE") expect(about[3]).toMatch(/^(counter|gauge)$/);
      continue;
    }
    const sample = /^(\w+)(\{(?:\w+="(?:[^"\\\n]|\\["\\n])*",?)*\})? (-?[\d.e+-]+)$/.exec(line);
    expect(sample?.[1]).toBe(family);
    const name = sample![1]! + (sample![2] ?? "");
    expect(samples.has(name)).toBe(false);
    samples.set(name, Number(sample![3]));
  }
  return samples;
}

const on = stage(newSwarm());
playing(on, "a");
on.happened({ type: "reported", bot: "a", report: report({ credits: 450, turns_executed: 55 }), at: 1 });
const totals = swarmTotals(on.state, { version: "0", degraded: undefined }, 1);

test("the figures of swarm, models and plans stand there, each once and with its kind", () => {
  const bots = sumAdvice([{ state: "RUNNING", advice }]);
  const samples = read(metricsText(totals, { advisors: [advisor, { ...advisor, failed: {} }], bots }));
  const it = (number: number, labels: string) =>
    `{advisor="${number}",provider="ollama",model="a \\"model\\"\\\\\\nof two lines"${labels}}`;
  for (const [name, value] of [
    ['bbsbot_bots{state="RUNNING"}', 1],
    ["bbsbot_credits", 450],
    ["bbsbot_turns", 55],
    [`bbsbot_advisor_calls_total${it(1, "")}`, 44],
    [`bbsbot_advisor_state${it(0, ',state="away"')}`, 1],
    [`bbsbot_advisor_state${it(0, ',state="ready"')}`, 0],
    [`bbsbot_advisor_failures_total${it(0, ',reason="rate_limited"')}`, 1],
    [`bbsbot_advisor_tokens_total${it(0, ',direction="received"')}`, 200],
    [`bbsbot_advisor_cost_total${it(0, "")}`, 0.25],
    [`bbsbot_advisor_call_seconds${it(0, ',quantile="0.95"')}`, 2.1],
    [`bbsbot_advisor_budget_used${it(0, ',budget="tokens_per_day"')}`, 1100],
    [`bbsbot_advisor_budget_limit${it(0, ',budget="calls_per_day"')}`, 500],
    ['bbsbot_advised_bots{by="advice"}', 1],
    ["bbsbot_plans_asked", 5],
    ["bbsbot_plans_accepted", 3],
    ['bbsbot_plans_rejected{reason="spend"}', 1],
    ['bbsbot_plans_failed{reason="timeout"}', 1],
    ['bbsbot_decided_turns{by="advice"}', 50],
    ['bbsbot_decided_credits{by="rules"}', -100],
  ] as const)
    expect([name, samples.get(name)]).toEqual([name, value]);
  // No limit is no figure.
  expect([...samples.keys()].filter((name) => /budget_limit.*"(tokens|money)_per_day"/.test(name))).toEqual(
    [],
  );
});

test("a swarm without a model has no figures of one", () => {
  const text = metricsText(totals, { advisors: [], bots: sumAdvice([]) });
  expect(read(text).get("bbsbot_plans_asked")).toBe(0);
  expect(text).not.toContain("bbsbot_advisor_");
});
