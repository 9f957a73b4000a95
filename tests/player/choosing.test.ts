/** What stands above a bot's mind when it chooses: the game's verdict, and getting nowhere. */
import { expect, test } from "bun:test";
import { barrenMax, createChoosing } from "../../src/player/choosing.ts";
import { createDeeds } from "../../src/player/deeds.ts";
import type { Verdict } from "../../src/player/game.ts";
import { type AdvisedGame, advisedGuess, ai } from "./advised-guess.ts";

/** A bot that follows a plan, in a world that the test moves. */
function begin(changes: Partial<AdvisedGame> = {}) {
  const game = { ...advisedGuess, ...changes };
  const world = game.newWorld({
    name: "Willy",
    password: "hush",
    gameLetter: "A",
    shipName: "s",
    planetName: "p",
    turnsMax: 0,
    reserveCredits: 0,
    maxHops: 1,
  });
  const deeds = createDeeds();
  const choosing = createChoosing(game, world, { strategy: "ai", ai, turnsMax: 0, dice: () => 0, deeds });
  let ms = 0;
  const next = () => choosing.next("win", { type: "greet" }, (ms += 10));
  const tries = () => {
    const choice = next();
    world.tries++;
    return choice;
  };
  tries();
  choosing.hears({ id: 1, plan: '{"number":7,"times":99,"turns":99}' });
  tries();
  return { choosing, world, next, tries };
}

test("a plan that gets nowhere goes, with the other way that is tried", () => {
  const { choosing, next } = begin();
  expect(choosing.advice()?.source).toBe("advice");
  for (let i = 0; i < barrenMax; i++) expect(next().why).toBe("plan: once more");
  expect(next().why).toBe("any");
  expect(choosing.advice()?.source).toBe("rules");
});

test("what happens while the bot rests is on nobody's account", () => {
  let verdict: Verdict | undefined;
  const { choosing, world, tries } = begin({ verdict: () => verdict });
  tries();
  verdict = { how: "rest", reason: "no turns", forMs: 1000 };
  expect(tries()).toMatchObject({ rest: verdict });
  world.wins -= 50;
  verdict = undefined;
  tries();
  tries();
  expect(choosing.advice()).toMatchObject({ credits: { advice: 0, rules: 0 } });
});
