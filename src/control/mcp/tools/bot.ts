/** A bot as a model is told of it: whole, or in a list. */
import { z } from "zod";
import { BotStatus } from "../../../proto/status.ts";

const { bot_id, state, ...rest } = BotStatus.shape;
/** All of one, with what names it first. */
export const WholeBot = z.object({ bot_id, state, ...rest });

/** What one looks at to choose among many, in a third of the words. */
export const BotBrief = BotStatus.pick({
  bot_id: true,
  state: true,
  linked: true,
  labels: true,
  trader: true,
  sector: true,
  credits: true,
  net_worth: true,
  credits_per_turn: true,
  turns_executed: true,
  turns_left: true,
  trades_executed: true,
  strategy: true,
  goal: true,
  activity: true,
  last_activity: true,
  restarts: true,
  troubles: true,
  error: true,
});

/** Longest error in a row, in characters: what a bot died of can be long, and its own status tells all of it. */
const rowErrorMaxChars = 200;

/** One bot's row of a list. */
export const brief = (bot: BotStatus): z.output<typeof BotBrief> => ({
  ...BotBrief.parse(bot),
  ...(bot.error !== undefined && { error: bot.error.slice(0, rowErrorMaxChars) }),
});

/** Fields of a bot that hold what the game, its players or a worker of others' wrote. */
const wildInRow = ["trader", "strategy", "goal", "activity", "error"];
/** Of one bot more is told: also what a model said, which has read what other players wrote. */
export const wildOfBot = [...wildInRow, "ship", "advice.plan", "advice.why"];
/** The same in a list of that name, whose rows tell less. */
export const wildOfBots = (list: string): string[] => wildInRow.map((field) => `${list}[].${field}`);
