/** A bot that is led through its game step by step does as one that is left alone, one thing at a time. */
import { expect, test } from "bun:test";
import type { LifeEffect } from "../../src/player/happenings.ts";
import { type Arena, type Bot, createArena } from "./arena.ts";
import { audit } from "./audit.ts";

const stepsMax = 30;

/** A bot that was paused when it had played for a while, and what it has done since the last look. */
function paused(seed: number) {
  const effects: LifeEffect[] = [];
  const arena = createArena({
    bots: 1,
    seed,
    turns: 300,
    turnsPerDay: 65_000,
    latencyMs: 40,
    answerTimeoutMs: 10_000,
    onEffect: (_, effect) => void effects.push(effect),
  });
  const [bot] = arena.bots as [Bot];
  arena.run(5_000);
  arena.order(bot, { type: "pause", id: 1 });
  arena.run(10_000);
  expect(bot.life.paused()).toBe(true);
  effects.length = 0;
  return { arena, bot, since: () => effects.splice(0) };
}

/** Runs until the order is confirmed. */
function step(arena: Arena, bot: Bot, id: number, since: () => LifeEffect[]): LifeEffect[] {
  arena.order(bot, { type: "step", id });
  const done: LifeEffect[] = [];
  for (let i = 0; i < 600; i++) {
    done.push(...since());
    if (bot.ended || done.some((effect) => effect.type === "confirmed" && effect.orderId === id)) return done;
    arena.run(100);
  }
  throw new Error(`Step ${id} was not confirmed: ${bot.screen.slice(-5).join("\n")}`);
}

test("each step chooses one thing, does it, and stands still; then it goes on by itself, and the books agree", () => {
  for (const seed of [1, 2]) {
    const { arena, bot, since } = paused(seed);
    let trades = 0;
    for (let id = 2; id < stepsMax; id++) {
      const done = step(arena, bot, id, since);
      expect(done.filter(({ type }) => type === "chose")).toHaveLength(1);
      trades += done.filter(({ type }) => type === "traded").length;
      expect(bot.life.paused()).toBe(true);
      arena.run(3_000);
      expect(since().filter(({ type }) => type === "send")).toEqual([]);
    }
    expect(trades).toBeGreaterThan(3);
    arena.order(bot, { type: "resume", id: stepsMax });
    arena.run(24 * 3_600_000);
    expect(bot.ended?.how).toBe("completed");
    expect(audit(arena)).toEqual([]);
  }
}, 30_000);

test("a step after the line was cut leads home, and no further", () => {
  const { arena, bot, since } = paused(4);
  arena.cut(bot);
  arena.run(60_000);
  expect(since().some(({ type }) => type === "dial")).toBe(false);
  const done = step(arena, bot, 2, since);
  expect(done.map(({ type }) => type)).toContain("playing");
  expect(done.some(({ type }) => type === "chose")).toBe(false);
  expect(step(arena, bot, 3, since).filter(({ type }) => type === "chose")).toHaveLength(1);
});
