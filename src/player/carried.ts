/** A life that is not the bot's first: what is left to it of what the bot was given. */
import type { Carried } from "../proto/orders.ts";
import type { Self } from "./game.ts";
import type { Ending } from "./happenings.ts";

/** The same bot with the turns that are left to it; `turnsMax` counts over all its lives. */
export function selfSince(self: Self, carried: Carried | undefined): Self {
  if (!carried) return self;
  const { turns_executed: turnsBefore } = carried;
  const turnsMax = self.turnsMax > 0 ? Math.max(0, self.turnsMax - turnsBefore) : 0;
  return { ...self, turnsMax, turnsBefore };
}

/** The end of a life that has nothing left before it begins. */
export function usedUp({ turnsMax }: Self, carried: Carried | undefined): Ending | undefined {
  const used = carried?.turns_executed ?? 0;
  return turnsMax > 0 && used >= turnsMax
    ? { how: "completed", reason: `Turn limit reached: ${used} of ${turnsMax} used` }
    : undefined;
}
