/** `bbsbot advisor`: the models that advise bots, and what comes of it. */
import type { Command } from "commander";
import type { Doors } from "./doors.ts";
import { managerVerb, reach, type Common } from "./verb.ts";

export function addAdvisor(program: Command, doors: Doors): void {
  managerVerb(program, "advisor", "the models that advise bots: calls, cost, budgets, what plans earn", [
    "bbsbot advisor",
    "bbsbot advisor --json",
  ]).action(async (flags: Common) => {
    const { swarm, print, paint } = await reach(doors, flags);
    const known = await swarm.advisor({});
    const { advisorText } = await import("./advisor-text.ts");
    print(known, () => advisorText(known, paint));
  });
}
