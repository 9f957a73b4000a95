import { expect, test } from "bun:test";
import { claimsToldMax } from "../../src/proto/lore.ts";
import { changesMax, createClaims } from "../../src/swarm/claims.ts";

/** Numbers from 0 up to 1, the same for the same seed. */
function diceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

test("whoever is told seldom knows in the end what those know who are told at once", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const dice = diceOf(seed);
    const claims = createClaims();
    const bots = ["prompt", "late", "later", "lazy"];
    const known = new Map(bots.map((bot) => [bot, new Set<string>()]));
    const held = new Map<string, string[]>();
    const listen = (bot: string) => {
      const names = known.get(bot)!;
      for (let news = claims.newsFor(bot); news; news = claims.newsFor(bot)) {
        expect(Math.max(news.taken.length, news.free.length)).toBeLessThanOrEqual(claimsToldMax);
        for (const name of news.taken) names.add(name);
        for (const name of news.free) names.delete(name);
      }
    };
    for (const bot of bots) claims.enter(bot, 0);
    for (let step = 0; step < 3 * changesMax; step++) {
      const bot = bots[Math.floor(dice() * bots.length)]!;
      const names = Array.from({ length: 3 }, () => `port:${Math.floor(dice() * 300)}`);
      claims.claim(bot, names, step);
      held.set(bot, names);
      listen("prompt");
      if (step % 100 === 0) listen("late");
      // Longer than all changes that are kept in mind.
      if (step % (2 * changesMax) === 0) listen("later");
    }
    for (const bot of bots) listen(bot);
    const everything = new Set(bots.flatMap((bot) => [...known.get(bot)!]));
    expect(everything.size).toBeGreaterThan(0);
    for (const name of everything) {
      // A name is one bot's, who has claimed it, and all the others know.
      const ignorant = bots.filter((bot) => !known.get(bot)!.has(name));
      expect(ignorant).toHaveLength(1);
      expect(held.get(ignorant[0]!)).toContain(name);
    }
  }
});

test("a great many names are told in pieces", () => {
  const claims = createClaims();
  claims.enter("a", 0);
  claims.enter("b", 0);
  const names = Array.from({ length: 2 * claimsToldMax + 5 }, (_, index) => `port:${index}`);
  claims.claim("a", names, 1);
  const told: string[] = [];
  for (let news = claims.newsFor("b"); news; news = claims.newsFor("b")) told.push(...news.taken);
  expect(told).toEqual(names);
  expect(claims.newsFor("a")).toBeUndefined();
});
