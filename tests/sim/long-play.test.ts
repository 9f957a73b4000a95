import { expect, test } from "bun:test";
import { createArena } from "./arena.ts";

const perTurn = (report: { credits: number; credits_start: number; turns_executed: number }) =>
  (report.credits - report.credits_start) / Math.max(1, report.turns_executed);

test("a thousand turns on, every bot still earns: a port that has had its fill is not called at again and again", () => {
  const arena = createArena({ bots: 8, turns: 1000, seed: 5, turnsPerDay: 65_000 });
  arena.run();
  const earned = arena.bots.map((bot) => perTurn(bot.life.report()));
  expect(arena.bots.filter((bot) => bot.ended?.how !== "completed")).toEqual([]);
  expect(Math.min(...earned)).toBeGreaterThan(50);
}, 30_000);

test("a bot that can hardly pay for one unit goes on until it can, instead of ordering nothing for ever", () => {
  const arena = createArena({ bots: 20, turns: 200, seed: 2002, turnsPerDay: 65_000 });
  arena.run();
  const losers = arena.bots.filter((bot) => perTurn(bot.life.report()) <= 0);
  expect(losers.map((bot) => bot.name)).toEqual([]);
}, 30_000);

test("the goal exploration sees more sectors than profit does, and is obeyed when it comes in the middle", () => {
  const seen = (goal: string | undefined) => {
    const arena = createArena({ bots: 1, turns: 300, seed: 8, turnsPerDay: 65_000 });
    const [bot] = arena.bots;
    if (goal) arena.later(2000, () => arena.order(bot!, { type: "goal", id: 1, goal }));
    arena.run();
    expect(bot!.life.report().goal).toBe(goal ?? "profit");
    return bot!.life.report().sectors_explored;
  };
  expect(seen("exploration")).toBeGreaterThan(2 * seen(undefined));
});
