/** What a model can choose. Its words pass a schema and mean one of these plans, or nothing. */
import { z } from "zod";
import { planMaxChars, planWhyMaxChars, planWordsMaxChars } from "../../../proto/advice.ts";
import { sectorsMax } from "../chart.ts";
import { shortened } from "../heard.ts";

export const upgrades = ["ship", "holds", "probes", "scanner", "defence"] as const;
export type Upgrade = (typeof upgrades)[number];
/** How much of unknown space is looked for: less than the rules would, as they would, or more. */
export const appetites = ["less", "usual", "more"] as const;
export type Appetite = (typeof appetites)[number];

/** Hops around a sector that a plan can stay within; and as many unless it says. */
export const withinMax = 20;
export const withinUsual = 6;
/** Credits and turns beyond which a number is no amount any more. */
const creditsMax = 1e12;
const turnsMax = 1e6;

export type Wish =
  /** By the rules, with or without a leaning. */
  | {
      readonly plan: "trade";
      readonly explore: Appetite;
      readonly near?: number | undefined;
      readonly within: number;
    }
  /** There and back between two ports, for as long as it pays. */
  | { readonly plan: "work"; readonly ports: readonly [number, number] }
  | { readonly plan: "explore"; readonly toward?: number | undefined }
  /** Go there, then trade around it. */
  | { readonly plan: "move"; readonly sector: number; readonly within: number }
  | { readonly plan: "upgrade"; readonly what: Upgrade; readonly spend?: number | undefined }
  | { readonly plan: "bank" }
  | { readonly plan: "fight"; readonly sector: number };

/** A plan as the model said it. */
export interface Said {
  readonly wish: Wish;
  /** The model's reason, cleaned and cut. */
  readonly why: string;
  /** Turns after which it wants to be asked again; undefined where it does not say. */
  readonly reviewTurns: number | undefined;
}

/** Models write numbers as words of digits, too, and null for what they leave out. */
const number = <S extends z.ZodType>(schema: S) =>
  z.preprocess(
    (value) => (typeof value === "string" && /^\s*\d{1,12}\s*$/.test(value) ? Number(value) : value),
    schema,
  );
const left = (value: unknown) => (value === null ? undefined : value);
const word = (value: unknown) => (typeof value === "string" ? value.trim().toLowerCase() : value);

/** Made when the first plan comes: bots without a model never pay for it. */
function makeSchema() {
  const sector = number(z.int().min(1).max(sectorsMax));
  const maybe = <S extends z.ZodType>(schema: S) => z.preprocess(left, schema.optional());
  const within = z.preprocess((value) => left(value) ?? withinUsual, number(z.int().min(1).max(withinMax)));
  const explore = z.preprocess((value) => word(left(value)) ?? "usual", z.enum(appetites));
  const named = (name: string) => z.preprocess(word, z.literal(name));
  const said = z.object({
    plan: z.preprocess(word, z.string()),
    why: z.unknown().optional(),
    review_turns: maybe(number(z.number().min(0).max(turnsMax))),
  });
  const wishes = {
    trade: z.object({ plan: named("trade"), explore, near: maybe(sector), within }),
    work: z.object({ plan: named("work"), ports: z.tuple([sector, sector]) }),
    explore: z.object({ plan: named("explore"), toward: maybe(sector) }),
    move: z.object({ plan: named("move"), sector, within }),
    upgrade: z.object({
      plan: named("upgrade"),
      what: z.preprocess(word, z.enum(upgrades)),
      spend: maybe(number(z.number().min(0).max(creditsMax))),
    }),
    bank: z.object({ plan: named("bank") }),
    fight: z.object({ plan: named("fight"), sector }),
  };
  return { said, wishes };
}
let made: ReturnType<typeof makeSchema> | undefined;

/** What a text of the model's says; undefined for all that is no plan. Never throws. */
export function planIn(text: string): Said | undefined {
  if (text.length > planMaxChars) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // Whatever is no JSON is no plan: told as malformed.
  }
  made ??= makeSchema();
  const said = made.said.safeParse(value);
  if (!said.success || !Object.hasOwn(made.wishes, said.data.plan)) return undefined;
  const wish = made.wishes[said.data.plan as Wish["plan"]].safeParse(value);
  if (!wish.success) return undefined;
  const { why, review_turns: reviewTurns } = said.data;
  return {
    wish: wish.data as Wish,
    why: typeof why === "string" ? shortened(why, planWhyMaxChars) : "",
    reviewTurns: reviewTurns === undefined ? undefined : Math.round(reviewTurns),
  };
}

/** A plan that leaves all to the rules. */
export const leavesAll = (wish: Wish): boolean => isBend(wish) && wish.explore === "usual";

/**
 * A plan that leaves all to the rules but for their appetite, which can be bent no further than follow.ts says: whichever way, a season
 * earns about what it would without (docs/player.md has the figures).
 */
export const isBend = (wish: Wish): wish is Extract<Wish, { plan: "trade" }> =>
  wish.plan === "trade" && wish.near === undefined;

/** A plan for people, in a few words. */
export const wordsOf = (wish: Wish): string => wordsFor(wish).slice(0, planWordsMaxChars);

function wordsFor(wish: Wish): string {
  switch (wish.plan) {
    case "trade":
      return [
        "trade",
        ...(wish.explore === "usual" ? [] : [`exploring ${wish.explore}`]),
        ...(wish.near === undefined ? [] : [`within ${wish.within} hops of ${wish.near}`]),
      ].join(", ");
    case "work":
      return `work the ports in ${wish.ports.join(" and ")}`;
    case "explore":
      return wish.toward === undefined ? "explore" : `explore towards ${wish.toward}`;
    case "move":
      return `go to ${wish.sector} and trade within ${wish.within} hops`;
    case "upgrade":
      return `upgrade: ${wish.what}${wish.spend === undefined ? "" : `, for at most ${Math.round(wish.spend)} credits`}`;
    case "bank":
      return "bank";
    case "fight":
      return `fight in ${wish.sector}`;
  }
}
