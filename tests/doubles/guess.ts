/** A second game, as small as can be: guess a number from 1 to 100. It proves that the player knows no game by name. */
import type { Game, Self } from "../../src/player/game.ts";

type Fact = { type: "hint"; way: "higher" | "lower" } | { type: "won" } | { type: "guessed"; number: number };
type Prompt = { type: "name" } | { type: "guess" } | { type: "secret" } | { type: "more" } | { type: "bye" };
type Intent =
  | { type: "greet" }
  | { type: "rush" }
  | { type: "try"; number: number }
  | { type: "ask" }
  | { type: "leave" };
export interface GuessWorld {
  readonly self: Self;
  low: number;
  high: number;
  last: number;
  tries: number;
  wins: number;
}

const prompts: Record<string, Prompt> = {
  "Your guess? ": { type: "guess" },
  "Name? ": { type: "name" },
  "Secret? ": { type: "secret" },
  "-- more --": { type: "more" },
  "Really go? ": { type: "bye" },
};

const standing = (world: Readonly<GuessWorld>) => ({
  trader: world.self.name,
  sector: 0,
  credits: world.wins,
  creditsStart: 0,
  turnsExecuted: world.tries,
  turnsLeft: undefined,
  holds: 0,
  experience: 0,
  trades: 0,
  tradeAttempts: 0,
  haggleDeals: 0,
  haggleOffers: 0,
  haggleLost: 0,
  sectorsExplored: 0,
  portsKnown: 0,
});

function read(line: string): readonly Fact[] {
  const said = /^Your guess\? (\d{1,3})$/.exec(line);
  if (said) return [{ type: "guessed", number: Number(said[1]) }];
  if (line === "Higher!" || line === "Lower!")
    return [{ type: "hint", way: line === "Higher!" ? "higher" : "lower" }];
  return line === "Yes!" ? [{ type: "won" }] : [];
}

export const guess: Game<GuessWorld, Fact, Prompt, Intent> = {
  name: "guess",
  home: "guess",
  newWorld: (self) => ({ self, low: 1, high: 100, last: 0, tries: 0, wins: 0 }),
  newReader: () => ({ read, hearsay: () => false }),
  prompt: (open) => prompts[open],
  tells: () => [],
  learn(world, fact) {
    switch (fact.type) {
      case "guessed":
        world.last = fact.number;
        world.tries++;
        return undefined;
      case "hint":
        if (fact.way === "higher") world.low = world.last + 1;
        else world.high = world.last - 1;
        return undefined;
      case "won":
        world.wins++;
        return { sector: 0, product: "number", units: 1, credits: 1 };
    }
  },
  hungUp: () => {},
  progress: ({ tries, wins }) => `${tries}|${wins}`,
  standing,
  describe: (_, intent) => intent.type,
  verdict: ({ wins }) => (wins > 0 ? { how: "completed", reason: "Guessed" } : undefined),
  enter: { type: "greet" },
  leave: { type: "leave" },
  reflexes: {
    name: ({ world }) => ({ keys: `${world.self.name}\r` }),
    secret: ({ world }) => ({ keys: `${world.self.password}\r`, secret: true }),
    more: () => ({ keys: " " }),
  },
  repeatable: ["guess"],
  doubtful: [],
  skills: {
    greet: { start: () => undefined, answers: {} },
    try: { start: ({ intent }) => ({ keys: `${intent.number}\r` }), answers: {} },
    // Two pages and a guess in one breath.
    rush: {
      start: () => ({
        keys: "?",
        ahead: [
          { at: "more", keys: " " },
          { at: "guess", keys: "42\r" },
        ],
      }),
      answers: {},
    },
    ask: { start: () => ({ keys: "?" }), answers: {} },
    leave: { start: () => ({ keys: "Q" }), answers: { bye: () => ({ keys: "Y" }) } },
  },
  strategies: {
    halve: ({ low, high }) => ({
      intent: { type: "try", number: Math.floor((low + high) / 2) },
      why: `between ${low} and ${high}`,
    }),
    hasty: () => ({ intent: { type: "rush" }, why: "time is money" }),
    stubborn: () => ({ intent: { type: "ask" }, why: "it may tell" }),
  },
  restless: (_, dice) => ({ intent: { type: "try", number: 1 + Math.floor(dice() * 100) }, why: "any" }),
  waysHome: (open) => (/secret/i.test(open) ? [] : [" ", "\r"]),
};
