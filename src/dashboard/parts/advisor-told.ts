/** The models that advise bots, in the words of the swarm's page. */
import { decisionSources } from "../../proto/advice.ts";
import type { AdviceSums } from "../../proto/advice-sums.ts";
import { shortSourceWords } from "../../proto/advice-words.ts";
import type { Advisor } from "../../proto/operations/advising.ts";
import { clean, compact, duration, grouped, rate } from "../words.ts";

export interface AdvisorTold {
  readonly name: string;
  readonly state: string;
  readonly tone: "good" | "warning" | "bad";
  readonly figures: readonly string[];
}

/** One model; `now` in milliseconds since 1970. */
export function advisorTold(advisor: Advisor, now: number): AdvisorTold {
  const { provider, model, last_minute: minute, today, budget, latency_ms: latency, waiting } = advisor;
  return {
    name: `${provider} ${clean(model)}`,
    ...stateOf(advisor, now),
    figures: [
      `${grouped(minute.calls)}${of(budget.calls_per_minute)} calls in a minute`,
      `${grouped(today.calls)}${of(budget.calls_per_day)} calls today`,
      `${compact(today.tokens)}${of(budget.tokens_per_day, compact)} tokens`,
      ...(today.cost > 0 || budget.money_per_day !== null
        ? [`${rate(today.cost)}${of(budget.money_per_day, rate)} money`]
        : []),
      ...(advisor.calls > 0 ? [`${(latency.median / 1000).toFixed(1)} s a call`] : []),
      ...(waiting > 0 ? [`${grouped(waiting)} bots wait`] : []),
    ],
  };
}

const of = (limit: number | null, words = grouped): string => (limit === null ? "" : ` of ${words(limit)}`);

function stateOf(advisor: Advisor, now: number): Pick<AdvisorTold, "state" | "tone"> {
  const { state, away_until: until, last_error: error } = advisor;
  switch (state) {
    case "ready":
      return { state: "ready", tone: "good" };
    case "spent":
      return { state: "budget spent: bots play by their rules", tone: "warning" };
    case "away": {
      const again = until === undefined ? "" : `, asked again in ${duration((until - now) / 1000)}`;
      return { state: `away${again}${error === undefined ? "" : `: ${clean(error)}`}`, tone: "bad" };
    }
  }
}

/** Who plays by what, and what that earns: "41 by plans (103.20 a turn)". */
export const playedTold = ({ deciding, turns, credits_per_turn: rates }: AdviceSums): readonly string[] =>
  decisionSources
    .filter((source) => deciding[source] > 0 || turns[source] > 0)
    .map(
      (source) =>
        `${grouped(deciding[source])} by ${shortSourceWords[source]} (${rate(rates[source])} a turn)`,
    );
