/** The models that advise bots as people are told of them, and what became of their plans in all bots together. */
import { sumAdvice } from "../proto/advice-sums.ts";
import type { OperationOutput } from "../proto/operations.ts";
import type { AdvisorStatus } from "../swarm/advising.ts";
import type { SwarmState } from "../swarm/swarm.ts";

export function advisorOf(
  state: Readonly<SwarmState>,
  advisors: readonly AdvisorStatus[],
): OperationOutput<"advisor"> {
  const bots = Array.from(state.bots.values(), ({ state: at, report }) => ({
    state: at,
    advice: report?.advice,
  }));
  return { advisors: advisors.map(told), bots: sumAdvice(bots) };
}

const told = (status: AdvisorStatus): OperationOutput<"advisor">["advisors"][number] => ({
  provider: status.provider,
  model: status.model,
  state: status.state,
  ...(status.awayUntil !== undefined && { away_until: status.awayUntil }),
  waiting: status.waiting,
  under_way: status.underWay,
  calls: status.calls,
  failed: { ...status.failed },
  ...(status.lastError !== undefined && { last_error: status.lastError }),
  input_tokens: status.inputTokens,
  output_tokens: status.outputTokens,
  cost: status.cost,
  latency_ms: { ...status.latencyMs },
  last_minute: { ...status.lastMinute },
  today: { ...status.today },
  budget: { ...status.budget },
});
