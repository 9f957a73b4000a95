/** At home: what to do next, by the game's verdict and the bot's mind, and by another way when that gets nowhere. */
import type { AdviceReport, TakenIn } from "../proto/advice.ts";
import type { AiStrategy } from "../proto/llm-config.ts";
import { createAnomalies } from "./anomalies.ts";
import type { Heard } from "./asking.ts";
import { type Counsel, createCounsel } from "./counsel.ts";
import type { Deeds } from "./deeds.ts";
import type { Game, Rest, Strategy, Tagged } from "./game.ts";
import type { Ending } from "./happenings.ts";

/** Home prompts in a row without getting anywhere after which another way is tried, and then given up. */
export const barrenMax = 4;
export const barrenHopeless = 12;
/** The strategy that is a model's. */
export const adviceStrategy = "ai";

export interface Choice<I> {
  readonly intent: I;
  /** The reason, for people. */
  readonly why: string;
  readonly claims?: readonly string[];
  /** The intent leads out of the game, for a while. */
  readonly rest?: Rest;
  /** It leads out of the game for good. */
  readonly ending?: Ending;
}

export interface Choosing<I> {
  /** `goal` as it now is, `last` for what it did last. */
  next(goal: string, last: I, nowMs: number): Choice<I>;
  /** A model has answered. */
  hears(answer: Heard): void;
  /** What comes until the next choice is somebody else's doing. */
  apart(): void;
  /** How it fares with its model, if it has one. */
  advice(): AdviceReport | undefined;
}

export interface ChoosingOptions {
  readonly strategy: string;
  readonly ai?: AiStrategy | undefined;
  readonly recorded?: readonly TakenIn[] | undefined;
  /** Turns after which the bot is done; 0 for as many as the game grants. */
  readonly turnsMax: number;
  readonly dice: () => number;
  readonly deeds: Deeds;
}

/** What one life chooses. Throws for a strategy the game lacks. */
export function createChoosing<W, F extends Tagged, P extends Tagged, I extends Tagged>(
  game: Game<W, F, P, I>,
  world: W,
  options: ChoosingOptions,
): Choosing<I> {
  const { strategy: name, dice, deeds } = options;
  const counsel = name === adviceStrategy ? counselOf(game, world, options) : undefined;
  const choose = counsel ? counsel.choose : byStrategy(strategyOf(game, name));
  const anomalies = createAnomalies();
  let standing = "";
  let barren = 0;

  function byStrategy(strategy: Strategy<W, I>) {
    return (goal: string): Choice<I> => strategy(world, dice, goal);
  }

  const leave = (ending: Ending): Choice<I> => ({ intent: game.leave, why: ending.reason, ending });

  /** Whatever stands out is told, and is a reason to ask a model. */
  function lookBack(moved: boolean, last: I): void {
    const {
      turnsExecuted,
      credits,
      bank = 0,
      cargoValue = 0,
      sector,
      sectorsExplored,
    } = game.standing(world);
    const found = anomalies.look({
      turns: turnsExecuted,
      worth: credits + bank + cargoValue,
      sector,
      explored: sectorsExplored,
      moved,
      doing: game.describe(world, last),
    });
    for (const { name: anomaly, text } of found) {
      deeds.note("info", `Stands out: ${anomaly}, ${text}`);
      counsel?.noticed(anomaly);
    }
  }

  return {
    next(goal, last, nowMs) {
      const verdict = game.verdict(world);
      // What happens while it is away is not the doing of whoever chose last.
      if (verdict) counsel?.apart();
      if (verdict?.how === "rest") return { intent: game.leave, why: verdict.reason, rest: verdict };
      if (verdict) return leave(verdict);
      const here = game.progress(world);
      const moved = here !== standing;
      barren = moved ? 0 : barren + 1;
      standing = here;
      lookBack(moved, last);
      if (barren >= barrenHopeless)
        return leave({ how: "failed", reason: `Nothing it tries leads on: ${game.describe(world, last)}` });
      if (barren === 0 || barren % barrenMax !== 0) return choose(goal, nowMs);
      deeds.note("warning", `Strategy ${name} gets nowhere with ${game.describe(world, last)}`);
      counsel?.stuck();
      return game.restless(world, dice, goal);
    },
    hears: (answer) => counsel?.hears(answer),
    apart: () => counsel?.apart(),
    advice: () => counsel?.report(),
  };
}

function strategyOf<W, F extends Tagged, P extends Tagged, I extends Tagged>(
  game: Game<W, F, P, I>,
  name: string,
): Strategy<W, I> {
  const strategy = game.strategies[name];
  if (!strategy) throw new Error(`${game.name} has no strategy "${name}"`);
  return strategy;
}

function counselOf<W, F extends Tagged, P extends Tagged, I extends Tagged>(
  game: Game<W, F, P, I>,
  world: W,
  { ai: policy, ...options }: ChoosingOptions,
): Counsel<I> {
  const { advice, standing } = game;
  if (!advice || !policy) throw new Error(`${game.name} has no strategy "${adviceStrategy}"`);
  const rules = strategyOf(game, policy.fallback_strategy);
  return createCounsel({ ...options, world, advice, standing, rules, policy });
}
