/**
 * What bots and models say to each other. A bot shows its picture of the game as JSON and gets a plan, as JSON; what both mean is the game's
 * own matter (games/NAME/advice). Here is what everybody on the way between them needs: sizes, reasons, counts, and the form of a call.
 */
import { z } from "zod";
import { BotId } from "./ids.ts";

/** Longest picture of one bot, and longest plan, as JSON, in characters. */
export const pictureMaxChars = 6_000;
export const planMaxChars = 1_000;
/** Longest plan in words, and longest reason, in characters. */
export const planWordsMaxChars = 80;
export const planWhyMaxChars = 160;
/** Longest text of what a swarm knows, told with its bots' pictures, in characters. */
export const sharedMaxChars = 3_000;
/** Bots whose pictures go into one call. */
export const botsPerCallMax = 32;

/**
 * Why no plan came. `off`: no model is set up; `away`: it failed so often that it is left alone for a while; `budget`: the budget is spent;
 * `crowded`: too many wait; `silent`: the model answered others and not this bot.
 */
export const adviceFailures = [
  "timeout",
  "rate_limited",
  "server_error",
  "unreachable",
  "refused_key",
  "bad_answer",
  "silent",
  "off",
  "away",
  "budget",
  "crowded",
] as const;
export const AdviceFailure = z.enum(adviceFailures);
export type AdviceFailure = z.infer<typeof AdviceFailure>;

/**
 * Why a plan was not taken: it is no plan; it cannot be done; it leads into a dangerous sector; it spends more than it may; it attacks
 * without leave; it takes more turns than it may; by our own reckoning it earns too little; somebody else works there.
 */
export const adviceRejections = [
  "malformed",
  "impossible",
  "dangerous",
  "spend",
  "combat",
  "turns",
  "worse",
  "taken",
] as const;
export const AdviceRejection = z.enum(adviceRejections);
export type AdviceRejection = z.infer<typeof AdviceRejection>;

/** What became of a question at its bot: its plan was accepted or rejected, or none came, as the bot itself saw it. */
export const AdviceOutcome = z.enum(["accepted", ...adviceRejections, ...adviceFailures]);
export type AdviceOutcome = z.infer<typeof AdviceOutcome>;

/**
 * Who decides: a plan of the model's; the rules, while no plan is in hand and one is asked for; or the rules for a while, after the model
 * has failed too often.
 */
export const decisionSources = ["advice", "rules", "fallback"] as const;
export type DecisionSource = (typeof decisionSources)[number];

const amount = () => z.object({ advice: z.int(), rules: z.int(), fallback: z.int() });

/** How a bot fares with its model, since its process began. Made when it is first used: no worker uses it, and each would carry it. */
export const AdviceReport = z.lazy(() =>
  z.object({
    source: z.enum(decisionSources),
    /** The plan in hand, in words. */
    plan: z.string().max(planWordsMaxChars).optional(),
    /** The model's reason for the plan; without one, why there is none. */
    why: z.string().max(planWhyMaxChars).optional(),
    asked: z.int(),
    accepted: z.int(),
    rejected: z.partialRecord(AdviceRejection, z.int()),
    failed: z.partialRecord(AdviceFailure, z.int()),
    /** Turns used, and credits of net worth earned, by who decided. */
    turns: amount(),
    credits: amount(),
  }),
);
export type AdviceReport = z.infer<typeof AdviceReport>;

/** One bot's question. `id` grows by one for each question of a bot's process; `at`: choices the bot had made. */
export interface Asked {
  readonly bot: string;
  readonly id: number;
  readonly at: number;
  readonly picture: string;
}

/** An answer as a bot took it in, when it had made `at` choices: a life with the same answers at the same places makes the same choices. */
export type TakenIn =
  | { readonly id: number; readonly at: number; readonly plan: string }
  | { readonly id: number; readonly at: number; readonly reason: AdviceFailure };

/** What a model is called with. */
export interface Call {
  readonly instructions: string;
  readonly prompt: string;
}

/** What a model costs and says. Tokens as the provider counts them; 0 where it does not tell. */
export interface Reply {
  readonly text: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** How a call went: `retryMs` is when the provider wants to be asked again, where it says so. */
export type CallResult =
  | ({ readonly how: "replied"; readonly ms: number } & Reply)
  | {
      readonly how: "failed";
      readonly ms: number;
      readonly reason: AdviceFailure;
      /** For people; holds no key. */
      readonly words: string;
      readonly retryMs?: number;
      /** What it used all the same, where the provider told. */
      readonly inputTokens?: number;
      readonly outputTokens?: number;
    };

/** The user's part of a call for these bots; `shared` is what the swarm knows, as JSON. The answer is read by `plansIn`. */
export function promptFor(asked: readonly Asked[], shared: string | undefined): string {
  const bots = asked.map(({ bot, picture }) => `{"bot":${JSON.stringify(bot)},"picture":${picture}}`);
  return `{${shared === undefined ? "" : `"swarm":${shared},`}"bots":[${bots.join(",")}]}`;
}

const Answer = z.lazy(() =>
  z.object({ plans: z.array(z.looseObject({ bot: BotId })).max(4 * botsPerCallMax) }),
);

/**
 * The plans in a model's answer, by bot: JSON such as `{"plans":[{"bot":"bot_1", ...}]}`, with or without words or a fence around it.
 * undefined: there is no such thing in it. What a plan means its bot finds out; one that is too long is left out.
 */
export function plansIn(text: string): ReadonlyMap<string, string> | undefined {
  const begin = text.indexOf("{");
  const end = text.lastIndexOf("}");
  if (begin < 0 || end < begin) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(begin, end + 1));
  } catch {
    return undefined; // Models babble: that is told as `bad_answer`.
  }
  const answer = Answer.safeParse(value);
  if (!answer.success) return undefined;
  const plans = new Map<string, string>();
  for (const { bot, ...plan } of answer.data.plans) {
    const told = JSON.stringify(plan);
    if (told.length <= planMaxChars) plans.set(bot, told);
  }
  return plans;
}
