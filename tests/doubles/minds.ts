/**
 * Minds that stand in for a model: one that judges by what it is shown, one that babbles, one that does whatever it reads. Each is a function of
 * one bot's picture, as JSON, and of a seed: what they answer is the text of a plan, or what they take for one.
 */
import { seeded } from "../cuts.ts";

/** Answers one bot's question; `picture` is JSON as games/tw2002/advice/picture.ts makes it. */
export type Mind = (picture: string) => string;

export const mindNames = ["sensible", "slow", "babbling", "obedient"] as const;
export type MindName = (typeof mindNames)[number];

/** How long each takes for an answer, in milliseconds. */
export const mindMs: Readonly<Record<MindName, number>> = {
  sensible: 500,
  slow: 5_000,
  babbling: 500,
  obedient: 500,
};

export function createMind(name: MindName, seed: number): Mind {
  switch (name) {
    case "sensible":
    case "slow":
      return sensible;
    case "babbling":
      return babbling(seed);
    case "obedient":
      return obedient();
  }
}

/** What the minds look at. */
interface Shown {
  readonly goal_kind: string;
  readonly turns: { readonly left: number | null };
  readonly sector: number;
  readonly may_spend: number;
  readonly ship: { readonly fighters: number };
  readonly pairs: readonly { readonly ports: readonly [number, number] }[];
  readonly map: { readonly sectors: number | null };
  readonly dangers: readonly { readonly sector: number; readonly kind: string; readonly count: number }[];
  readonly heard: readonly { readonly from: string; readonly text: string }[];
}

const plan = (words: object): string => JSON.stringify(words);

// ---- the sensible one

/** Turns left below which nothing new is looked for, and credits below which there is nothing yet to look for it with. */
const endTurns = 60;
const startCredits = 5_000;
/** Of our fighters, those that are worth one of theirs in a hunt. */
const huntShare = 4;

/** Looks for more than the rules would while there are turns to use it, and leaves the rest to them. */
function sensible(picture: string): string {
  const { goal_kind, turns, ship, may_spend, dangers } = JSON.parse(picture) as Shown;
  const left = turns.left ?? Number.POSITIVE_INFINITY;
  if (goal_kind === "exploration") return plan({ plan: "explore", review_turns: 100, why: "the goal" });
  const prey = dangers.find(({ kind, count }) => kind === "fighters" && count * huntShare < ship.fighters);
  if (goal_kind === "combat" && prey)
    return plan({ plan: "fight", sector: prey.sector, review_turns: 60, why: "they are few" });
  if (may_spend < startCredits && left > endTurns)
    return plan({ plan: "trade", review_turns: 25, why: "first the credits that it takes" });
  return left > endTurns
    ? plan({ plan: "trade", explore: "more", review_turns: 150, why: "what is found now is used for long" })
    : plan({ plan: "trade", why: "the end is near" });
}

// ---- the babbling one

const words = [
  "plan",
  "trade",
  "work",
  "credits",
  "sector",
  "}",
  "{",
  "[",
  '"',
  "NaN",
  "-1",
  "null",
  "\u202e",
  "\ud800",
  "__proto__",
];

function babbling(seed: number): Mind {
  const dice = seeded(seed);
  const below = (most: number) => Math.floor(dice() * most);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;

  const babble = () => Array.from({ length: below(60) }, () => pick(words)).join(pick(["", " ", ":"]));
  /** A plan with one thing wrong. */
  const halfRight = (): string =>
    pick([
      () => '{"plan":"trade","explore":"more"',
      () => plan({ plan: "work", ports: [below(1000)] }),
      () => plan({ plan: "move", sector: pick([-1, 0, Number.NaN, 1e308, "five", null, [7]]) }),
      () => plan({ plan: "upgrade", what: pick(["planet", "", "__proto__"]), spend: "all" }),
      () => plan({ plan: pick(["rob", "toString", "constructor", "leave"]) }),
      () => `{"__proto__":{"plan":"trade"},"plan":${"[".repeat(400)}`,
    ])();
  /** A plan that says what it means, by chance. */
  const anyPlan = (shown: Shown): string => {
    const sector = () => 1 + below(shown.map.sectors ?? 1000);
    const review_turns = 10 + below(200);
    const port = () => pick(shown.pairs.flatMap(({ ports }) => [...ports]).concat(sector()));
    return plan({
      review_turns,
      why: "why not",
      ...pick<() => object>([
        () => ({ plan: "trade" }),
        () => ({ plan: "trade", explore: pick(["less", "more"]) }),
        () => ({ plan: "trade", near: port(), within: 1 + below(20) }),
        () => ({ plan: "work", ports: [port(), port()] }),
        () => ({ plan: "explore" }),
        () => ({ plan: "explore", toward: sector() }),
        () => ({ plan: "move", sector: sector() }),
        () => ({
          plan: "upgrade",
          what: pick(["ship", "holds", "probes", "scanner", "defence"]),
          spend: below(2 * shown.may_spend + 1),
        }),
        () => ({ plan: "bank" }),
        () => ({ plan: "fight", sector: sector() }),
      ])(),
    });
  };
  return (picture) => {
    const kind = dice();
    if (kind < 0.2) return babble();
    return kind < 0.4 ? halfRight() : anyPlan(JSON.parse(picture) as Shown);
  };
}

// ---- the obedient one

/** What a sentence of somebody's orders, as a plan: the mind that no model should be. */
const orders: readonly (readonly [RegExp, (found: RegExpExecArray) => object])[] = [
  [/\b(?:attack|destroy|kill|fight)\D*(\d+)/i, ([, n]) => ({ plan: "fight", sector: Number(n) })],
  [/\bexplore\D*(\d+)/i, ([, n]) => ({ plan: "explore", toward: Number(n) })],
  [
    /\b(?:ports?|work|trade)\D*(\d+) and (\d+)/i,
    ([, a, b]) => ({ plan: "work", ports: [Number(a), Number(b)] }),
  ],
  [/\b(?:go|move|fly|warp|come|meet)\D*(\d+)/i, ([, n]) => ({ plan: "move", sector: Number(n) })],
  [
    /\bbuy\D*\b(ship|holds|probes|scanner)/i,
    ([, what]) => ({ plan: "upgrade", what: what!.toLowerCase(), spend: 1e9 }),
  ],
  [
    /\b(?:transfer|send|give|pay|spend)\b.*\bcredits/i,
    () => ({ plan: "upgrade", what: "defence", spend: 1e9 }),
  ],
  [/\b(?:deposit|bank)\b/i, () => ({ plan: "bank" })],
];

/** Does what the first words ask for that it has not obeyed yet, or the last of all: a plan that stands in them, or what they order; else the rules. */
function obedient(): Mind {
  const obeyed = new Set<string>();
  return (picture) => {
    const { heard } = JSON.parse(picture) as Shown;
    const text = (heard.find((said) => !obeyed.has(said.text)) ?? heard.at(-1))?.text ?? "";
    obeyed.add(text);
    return obeying(text);
  };
}

function obeying(text: string): string {
  const whole = /\{.*\}/.exec(text)?.[0];
  if (whole !== undefined) return whole;
  for (const [asks, answer] of orders) {
    const found = asks.exec(text);
    if (found) return plan({ ...answer(found), review_turns: 15, why: text });
  }
  return plan({ plan: "trade", why: text });
}
