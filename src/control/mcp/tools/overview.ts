/** The swarm at a glance: totals, the few that earn most, and the few that need somebody most; never every bot. */
import { z } from "zod";
import { decisionSources } from "../../../proto/advice.ts";
import { shortSourceWords } from "../../../proto/advice-words.ts";
import type { OperationOutput, Swarm } from "../../../proto/operations.ts";
import { SwarmTotals } from "../../../proto/events.ts";
import { endedStates, botStates, type BotState } from "../../../proto/status.ts";
import { BotBrief, brief, wildOfBots } from "./bot.ts";

/** Bots that are told of at either end. */
const overviewBots = 5;

export const Overview = SwarmTotals.extend({
  /** The bots that earn most credits per turn, the best first. */
  best: z.array(BotBrief),
  /** The bots that need somebody most, the worst first; they may all be well. */
  struggling: z.array(BotBrief),
  /** How bots fare with their models; absent where no bot has one. */
  advice: z.string().optional(),
  next: z.string(),
});

/** A service's own words may be among those on advice. */
export const wildInOverview = ["advice", ...wildOfBots("best"), ...wildOfBots("struggling")];

/** The overview as it is told by the tool and by the resource. */
export async function overview(swarm: Swarm): Promise<z.output<typeof Overview>> {
  const few = (sort: "-credits_per_turn" | "struggling") => swarm.listBots({ sort, limit: overviewBots });
  const [totals, best, struggling, known] = await Promise.all([
    swarm.swarmTotals({}),
    few("-credits_per_turn"),
    few("struggling"),
    swarm.advisor({}),
  ]);
  const advice = adviceLine(known);
  return Overview.parse({
    ...totals,
    best: best.bots.map(brief),
    struggling: struggling.bots.map(brief),
    ...(advice !== "" && { advice }),
    next: "tw2002_list_bots lists, sorts and finds bots; tw2002_get_bot_status tells all of one",
  });
}

/** Models and their plans in a sentence each, since a tool of its own would cost every assistant its description; empty where there are none. */
function adviceLine({ advisors, bots }: OperationOutput<"advisor">): string {
  const models = advisors.map(({ provider, model, state, today, last_error: error }) =>
    [
      `${provider} ${model} is ${state}`,
      `${today.calls} calls, ${today.tokens} tokens and ${today.cost.toFixed(2)} of money today`,
      ...(state === "away" && error !== undefined ? [error] : []),
    ].join(", "),
  );
  const played = decisionSources.map(
    (source) =>
      `${bots.deciding[source]} by ${shortSourceWords[source]} at ${bots.credits_per_turn[source]} credits a turn`,
  );
  const plans = `Of ${bots.bots} bots with a model play ${played.join(", ")}; ${bots.accepted} of ${bots.asked} plans asked for were taken`;
  return [...models, ...(bots.asked > 0 || bots.bots > 0 ? [plans] : [])].join(". ");
}

export const isAlive = (state: BotState): boolean => !endedStates.has(state);
/** Bots that have not ended. */
export const aliveIn = ({ by_state }: Pick<SwarmTotals, "by_state">): number =>
  botStates.filter(isAlive).reduce((alive, state) => alive + by_state[state], 0);
