/** Tools that give bots orders. */
import { z } from "zod";
import { operations, type OperationInput, type Swarm } from "../../../proto/operations.ts";
import { botStates } from "../../../proto/status.ts";
import { agreed, done, plain, type ToolRow } from "../tool.ts";
import { choiceOf } from "./friendly.ts";
import { aBot, whichBots, whichShape } from "./looking.ts";
import { aliveIn, isAlive } from "./overview.ts";

/** Ids that are named in a question, and in an answer. */
const namedMax = 5;
export const idsMax = 100;
const outcomesMax = 50;

export const confirmArg = z.boolean().optional();
export const confirmLine = "true once the user has agreed, where the client cannot ask them by itself";

/** "kill 12 bots: a, b, c, d, e and more". */
export function deedOn(deed: string, count: number, ids: readonly string[] = []): string {
  const named = ids.slice(0, namedMax).join(", ");
  return `${deed} ${count} bots${named && `: ${named}`}${named && count > namedMax ? " and more" : ""}`;
}

const receipt =
  'order is "delivered" once the bot has confirmed it, "queued" while it will be told as soon as it can take it';
const pauseBot = plain("pauseBot", {
  description: `Holds one bot at its next safe prompt until it is resumed; "pause bot_042" is this one call. It stays logged in. ${receipt}. Several at once: tw2002_order_bots.`,
  args: { bot_id: aBot },
});
const resumeBot = plain("resumeBot", {
  description: "Lets one paused bot play on. Answers as tw2002_pause_bot does.",
  args: { bot_id: aBot },
});
const setGoal = plain("setGoal", {
  description:
    "Gives one bot a goal while it plays. Other words are taken for what they ask, and a model that advises it reads them. Answers as tw2002_pause_bot does.",
  args: { bot_id: aBot, goal: '"profit", "exploration", "combat", "banking", "auto", or words of your own' },
});
const restartBot = plain("restartBot", {
  description:
    "Starts one bot's process anew: it logs off and on again and keeps its trader; one that has ended begins again. Use it for a bot that is stuck or failed, after looking at why.",
  args: { bot_id: aBot },
});
const killBot = plain("killBot", {
  description:
    "Ends one bot for good: it logs off and its process ends; its trader stays in the game. To hold it for a while use tw2002_pause_bot.",
  args: { bot_id: aBot },
});

const killAllInput = operations.killAll.input.extend({ confirm: confirmArg });
const killAll: ToolRow<typeof killAllInput> = {
  description:
    "Ends every bot of the swarm. The user is asked first. Only when the user wants the whole swarm gone.",
  args: { confirm: confirmLine },
  input: killAllInput,
  output: operations.killAll.output,
  wild: [],
  lists: { killed: idsMax },
  async run({ confirm }, call) {
    const alive = aliveIn(await call.swarm.swarmTotals({}));
    const question = alive > 1 ? deedOn("kill all", alive) : undefined;
    return agreed(question, confirm, call, async () => done(await call.swarm.killAll({})));
  },
};

const orderInput = operations.orderBots.input.safeExtend({ ...whichShape, confirm: confirmArg });
const orderBots: ToolRow<typeof orderInput> = {
  description:
    'Pauses, resumes, restarts, kills or gives a goal to all bots of a choice at once: by id, pattern, state or label; bots: ["all"] means every bot. Tells what came of each: failures first, and how many there were. Killing or restarting more than one asks the user first. To see whom it would reach, call tw2002_list_bots with the same choice.',
  args: {
    action: "What they are told to do",
    goal: 'With the action "goal" only, as for tw2002_set_bot_goal',
    ...whichBots,
    confirm: confirmLine,
  },
  input: orderInput,
  friendly: choiceOf,
  output: operations.orderBots.output,
  wild: [],
  lists: { results: outcomesMax },
  more: "failures come first; tw2002_list_bots shows how the bots stand now",
  async run({ confirm, ...order }, call) {
    const question = await questionOf(order, call.swarm);
    return agreed(question, confirm, call, async () => {
      const outcome = await call.swarm.orderBots(order);
      return done({ ...outcome, results: outcome.results.toSorted((a, b) => Number(a.ok) - Number(b.ok)) });
    });
  },
};

/** What to ask before an order; undefined where it may be given at once. */
async function questionOf(order: OperationInput<"orderBots">, swarm: Swarm): Promise<string | undefined> {
  const { action, goal: _, ...selection } = order;
  if (action !== "kill" && action !== "restart") return undefined;
  // Those that have ended cannot be killed; a restart brings them back.
  const states = (selection.states ?? botStates).filter((state) => action === "restart" || isAlive(state));
  const { matched, bots } = await swarm.listBots({ ...selection, states, sort: "bot_id", limit: namedMax });
  const ids = bots.map(({ bot_id }) => bot_id);
  return matched > 1 ? deedOn(action, matched, ids) : undefined;
}

export const steering = { pauseBot, resumeBot, setGoal, restartBot, killBot, killAll, orderBots };
