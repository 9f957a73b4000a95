/** What one plan may spend on ship and gear, by the operator's policy and the plan's own word. */
import type { AiStrategy } from "../../../proto/llm-config.ts";
import type { Choice } from "../intents.ts";
import { toSpend, type World } from "../world.ts";

export interface Purse {
  /** Credits that may still be spent; Infinity where nothing but the bot's reserve limits them. */
  left(world: Readonly<World>): number;
  /** What is chosen when no more than that is seen; a visit to a shop is told not to touch the rest. */
  within(world: Readonly<World>, choose: (seen: Readonly<World>) => Choice | undefined): Choice | undefined;
}

/** A full purse at the beginning of a plan: `spend` credits of it at most, where the plan says so. */
export function createPurse(
  begun: Readonly<World>,
  { spend_max, spend_share }: Pick<AiStrategy, "spend_max" | "spend_share">,
  spend = Number.POSITIVE_INFINITY,
): Purse {
  let spent = 0;
  let seen = begun.invested;

  function left(world: Readonly<World>): number {
    // What an old ship brings in exchange gives no leave to spend more.
    spent += Math.max(0, world.invested - seen);
    seen = world.invested;
    const share = spend_share === 1 ? Number.POSITIVE_INFINITY : spend_share * (toSpend(world) + spent);
    return Math.max(0, Math.min(spend, spend_max ?? Number.POSITIVE_INFINITY, share) - spent);
  }

  return {
    left,
    within(world, choose) {
      const most = left(world);
      if (most === Number.POSITIVE_INFINITY) return choose(world);
      const hidden = Math.max(0, Math.ceil(toSpend(world) - most));
      // Money in the bank is seen by nobody who has a limit: a withdrawal would get around it.
      const choice = choose({ ...world, credits: world.credits - hidden, bank: 0 });
      if (choice?.intent.type !== "dock" && choice?.intent.type !== "outfit") return choice;
      return { ...choice, intent: { ...choice.intent, keep: choice.intent.keep + hidden } };
    },
  };
}
