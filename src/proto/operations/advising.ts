/** What can be seen of the models that advise the bots. */
import { z } from "zod";
import { AdviceFailure } from "../advice.ts";
import { AdviceSums } from "../advice-sums.ts";
import { Budget, providerNames } from "../llm-config.ts";
import { define } from "../operation.ts";

/** One model that is asked. Money is counted in whatever the configured prices are in. */
export const Advisor = z.object({
  provider: z.enum(providerNames),
  model: z.string(),
  /** `ready`; `away`: it failed so often that it is left alone until `away_until`; `spent`: a budget is. */
  state: z.enum(["ready", "away", "spent"]),
  /** Milliseconds since 1970. */
  away_until: z.int().optional(),
  /** Questions that wait to be asked, and calls under way. */
  waiting: z.int(),
  under_way: z.int(),
  /** Calls since the manager began, those that failed among them; and why they failed. */
  calls: z.int(),
  failed: z.partialRecord(AdviceFailure, z.int()),
  /** What was wrong with the last call that failed, in words. */
  last_error: z.string().optional(),
  input_tokens: z.int(),
  output_tokens: z.int(),
  cost: z.number(),
  /** Milliseconds that a call takes, of the last hundred. */
  latency_ms: z.object({ median: z.number(), p95: z.number() }),
  /** What is used of the budget: within the last minute, and since midnight UTC. */
  last_minute: z.object({ calls: z.int() }),
  today: z.object({ calls: z.int(), tokens: z.int(), cost: z.number() }),
  budget: Budget,
});
export type Advisor = z.infer<typeof Advisor>;

export const advising = {
  advisor: define({
    summary: "The models that advise bots: calls, tokens, cost, budgets, and what became of their plans",
    http: ["GET", "/advisor"],
    success: 200,
    cli: "advisor",
    writes: false,
    input: z.strictObject({}),
    output: z.object({
      /** None where no bot has asked yet. */
      advisors: z.array(Advisor),
      bots: AdviceSums,
    }),
  }),
} as const;
