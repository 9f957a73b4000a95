/** The swarm at a glance: totals, the few that earn most, and the few that need somebody most; never every bot. */
import { z } from "zod";
import type { Swarm } from "../../../proto/operations.ts";
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
  next: z.string(),
});

export const wildInOverview = [...wildOfBots("best"), ...wildOfBots("struggling")];

/** The overview as it is told by the tool and by the resource. */
export async function overview(swarm: Swarm): Promise<z.output<typeof Overview>> {
  const few = (sort: "-credits_per_turn" | "struggling") => swarm.listBots({ sort, limit: overviewBots });
  const [totals, best, struggling] = await Promise.all([
    swarm.swarmTotals({}),
    few("-credits_per_turn"),
    few("struggling"),
  ]);
  return Overview.parse({
    ...totals,
    best: best.bots.map(brief),
    struggling: struggling.bots.map(brief),
    next: "tw2002_list_bots lists, sorts and finds bots; tw2002_get_bot_status tells all of one",
  });
}

export const isAlive = (state: BotState): boolean => !endedStates.has(state);
/** Bots that have not ended. */
export const aliveIn = ({ by_state }: Pick<SwarmTotals, "by_state">): number =>
  botStates.filter(isAlive).reduce((alive, state) => alive + by_state[state], 0);
