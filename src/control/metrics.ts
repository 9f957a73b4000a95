/** GET /metrics: the swarm's figures in the words of Prometheus, for those who collect them. One sum, one name: the operations tell the same. */
import type { Hono } from "hono";
import type { SwarmTotals } from "../proto/events.ts";
import type { OperationOutput, Swarm } from "../proto/operations.ts";
import type { Advisor } from "../proto/operations/advising.ts";

type Labels = Readonly<Record<string, string | number>>;
/** `counter` only grows while the manager runs; `gauge` may do anything. */
type Kind = "counter" | "gauge";
type Family = readonly [
  name: string,
  kind: Kind,
  help: string,
  samples: readonly (readonly [Labels, number])[],
];

export function mountMetrics(app: Hono, swarm: Pick<Swarm, "advisor">, totals: () => SwarmTotals): void {
  app.get("/metrics", async () => {
    const text = metricsText(totals(), await swarm.advisor({}));
    return new Response(text, { headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" } });
  });
}

/** The text for these figures. */
export function metricsText(totals: SwarmTotals, { advisors, bots }: OperationOutput<"advisor">): string {
  return [...ofSwarm(totals), ...ofAdvisors(advisors), ...ofPlans(bots)].map(written).join("");
}

const ofSwarm = (totals: SwarmTotals): Family[] => [
  ["bbsbot_bots", "gauge", "Bots by state", by("state", totals.by_state)],
  ["bbsbot_credits", "gauge", "Credits in all bots' hands", [[{}, totals.total_credits]]],
  ["bbsbot_net_worth", "gauge", "Credits, bank and cargo of all bots", [[{}, totals.total_net_worth]]],
  ["bbsbot_turns", "gauge", "Turns that all bots on the list have used", [[{}, totals.total_turns]]],
  ["bbsbot_trades", "gauge", "Trades that all bots on the list have closed", [[{}, totals.total_trades]]],
];

function ofAdvisors(advisors: readonly Advisor[]): Family[] {
  /** Two sections may ask one model, each within a budget of its own: hence the number. */
  const of = (samples: (advisor: Advisor) => readonly (readonly [Labels, number])[]) =>
    advisors.flatMap((advisor, number) =>
      samples(advisor).map(
        ([labels, value]) =>
          [{ advisor: number, provider: advisor.provider, model: advisor.model, ...labels }, value] as const,
      ),
    );
  const one = (value: (advisor: Advisor) => number) => of((advisor) => [[{}, value(advisor)]]);
  return [
    [
      "bbsbot_advisor_state",
      "gauge",
      "1 for the state that the model is in",
      of(({ state }) => states.map((name) => [{ state: name }, name === state ? 1 : 0])),
    ],
    ["bbsbot_advisor_waiting", "gauge", "Questions that wait for a call", one(({ waiting }) => waiting)],
    ["bbsbot_advisor_under_way", "gauge", "Calls under way", one(({ under_way }) => under_way)],
    ["bbsbot_advisor_calls_total", "counter", "Calls made, retries among them", one(({ calls }) => calls)],
    [
      "bbsbot_advisor_failures_total",
      "counter",
      "Calls that failed, and questions that no call answered, by reason",
      of(({ failed }) => by("reason", failed)),
    ],
    [
      "bbsbot_advisor_tokens_total",
      "counter",
      "Tokens sent and received",
      of(({ input_tokens: sent, output_tokens: received }) => by("direction", { sent, received })),
    ],
    ["bbsbot_advisor_cost_total", "counter", "What tokens have cost, by the prices", one(({ cost }) => cost)],
    [
      "bbsbot_advisor_call_seconds",
      "gauge",
      "How long the last hundred calls took, by quantile",
      of(({ latency_ms: { median, p95 } }) => by("quantile", { "0.5": median / 1000, "0.95": p95 / 1000 })),
    ],
    [
      "bbsbot_advisor_budget_used",
      "gauge",
      "What of each budget is used, in its own unit",
      of(({ last_minute, today }) =>
        by("budget", {
          calls_per_minute: last_minute.calls,
          calls_per_day: today.calls,
          tokens_per_day: today.tokens,
          money_per_day: today.cost,
        }),
      ),
    ],
    [
      "bbsbot_advisor_budget_limit",
      "gauge",
      "What each budget is; absent without a limit",
      of(({ budget: { calls_per_minute, calls_per_day, tokens_per_day, money_per_day } }) =>
        by("budget", { calls_per_minute, calls_per_day, tokens_per_day, money_per_day }),
      ),
    ],
  ];
}

const states: readonly Advisor["state"][] = ["ready", "away", "spent"];

/** Bots count since their processes began, and one that is taken off the list takes its counts along: no counters. */
const ofPlans = (bots: OperationOutput<"advisor">["bots"]): Family[] => [
  ["bbsbot_advised_bots", "gauge", "Bots with a model, by who decides now", by("by", bots.deciding)],
  ["bbsbot_plans_asked", "gauge", "Plans that bots asked for", [[{}, bots.asked]]],
  ["bbsbot_plans_accepted", "gauge", "Plans that bots took", [[{}, bots.accepted]]],
  ["bbsbot_plans_rejected", "gauge", "Plans that bots refused, by reason", by("reason", bots.rejected)],
  ["bbsbot_plans_failed", "gauge", "Plans that did not come, by reason", by("reason", bots.failed)],
  ["bbsbot_decided_turns", "gauge", "Turns used, by who decided", by("by", bots.turns)],
  ["bbsbot_decided_credits", "gauge", "Credits of net worth earned, by who decided", by("by", bots.credits)],
];

/** A sample for each key that has a value. */
const by = (label: string, values: Readonly<Record<string, number | null | undefined>>) =>
  Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [[{ [label]: key }, value] as const],
  );

function written([name, kind, help, samples]: Family): string {
  if (samples.length === 0) return "";
  const lines = samples.map(([labels, value]) => `${name}${labelsOf(labels)} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join("")}`;
}

function labelsOf(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${escaped(String(value))}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escaped = (text: string) =>
  text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
