/** What bots can be waited for to become, and how far they are. */
import { endedStates, botStates, type BotState, type BotStatus } from "../../proto/status.ts";

/** Words beside the states themselves. */
export const wishWords = ["running", "healthy", "ended"] as const;
export type Wish = (typeof wishWords)[number] | BotState;
export const wishes: readonly Wish[] = [...wishWords, ...botStates];

type Looked = Pick<BotStatus, "state" | "linked" | "sector" | "next_start_at">;

/** It has ended, and will not be started again by itself. */
export const isOver = ({ state, next_start_at }: Pick<Looked, "state" | "next_start_at">): boolean =>
  endedStates.has(state) && next_start_at === undefined;

/** Whether a bot is as wished. */
export function isAsWished(wish: Wish, bot: Looked): boolean {
  switch (wish) {
    case "running":
      return isLoggedIn(bot.state);
    case "healthy":
      return bot.state === "RUNNING" && bot.linked && bot.sector > 0;
    case "ended":
      return isOver(bot);
    default:
      return bot.state === wish;
  }
}

/** In the game, or done with it. */
const isLoggedIn = (state: BotState) => ["RUNNING", "PAUSED", "STUCK", "COMPLETED"].includes(state);

/** How many have come how far; each count but the last three has the next within it. */
export interface Tally {
  readonly total: number;
  readonly spawned: number;
  readonly registered: number;
  readonly loggedIn: number;
  readonly retrying: number;
  readonly failed: number;
  /** As wished, and beyond hope of it. */
  readonly reached: number;
  readonly hopeless: number;
}

/** A bot that is off the list has ended. */
export function tally(wish: Wish, bots: readonly (Looked | undefined)[]): Tally {
  const count = (fits: (bot: Looked) => boolean) => bots.filter((bot) => bot && fits(bot)).length;
  const gone = bots.filter((bot) => !bot).length;
  return {
    total: bots.length,
    spawned: gone + count(({ state }) => state !== "QUEUED"),
    registered: gone + count(({ state }) => state === "REGISTERING" || isLoggedIn(state)),
    loggedIn: gone + count(({ state }) => isLoggedIn(state)),
    retrying: count(({ state }) => state === "BACKOFF"),
    // Where the end is what is wished, one that was killed is no failure.
    failed: count(
      ({ state }) => state === "FAILED" || state === "ERROR" || (state === "DEAD" && wish !== "ended"),
    ),
    reached: (wish === "ended" ? gone : 0) + count((bot) => isAsWished(wish, bot)),
    hopeless: (wish === "ended" ? 0 : gone) + count((bot) => !isAsWished(wish, bot) && isOver(bot)),
  };
}
