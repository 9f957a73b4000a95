/** Days on end among aliens, Ferrengi, kicks and restarts: every bot goes on as the same character, and its books are right. */
import { expect, test } from "bun:test";
import { note } from "../../src/games/tw2002/host/galaxy.ts";
import { type Arena, type Bot, createArena } from "./arena.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What a bot believes beside what the host knows, at a moment when it is out of the game; none when they agree. */
function differences({ host }: Arena, bot: Bot): string[] {
  const theirs = host.books().find(({ name }) => name === bot.name);
  const ours = bot.life.report();
  if (!theirs) return [`${bot.name} is not in the host's books`];
  const rows: [string, number, number][] = [
    ["credits", ours.credits, theirs.credits],
    ["turns", ours.turns_executed, theirs.turnsUsed],
    ["experience", ours.experience, theirs.experience],
  ];
  return rows.flatMap(([what, mine, host]) =>
    mine === host ? [] : [`${bot.name}: ${what} ${mine}, the host says ${host}`],
  );
}

test("bots play on for three days among Ferrengi: each uses every day's turns, none ends, all books are right", () => {
  const turnsPerDay = 120;
  const wrong: string[] = [];
  const rests = new Map<Bot, number>();
  let lost = 0;
  let shutOut = 0;
  const arena = createArena({
    bots: 20,
    seed: 71,
    sectors: 500,
    turns: 0,
    turnsPerDay,
    self: { waitForTurns: true },
    settings: { aliens: true, ferrengi: true },
    onEffect(bot, effect) {
      if (effect.type === "learned" && effect.fact.type === "shipLost") lost++;
      if (effect.type !== "note" || !effect.text.startsWith("Rests")) return;
      // Whoever is kept out after a death has read nothing since.
      if (/keeps ".*" out/.test(bot.life.report().activity)) {
        shutOut++;
        return;
      }
      rests.set(bot, (rests.get(bot) ?? 0) + 1);
      wrong.push(...differences(arena, bot));
    },
  });
  arena.run(3 * dayMs - hourMs);
  expect(arena.bots.flatMap(({ ended, name }) => (ended ? [`${name}: ${ended.reason}`] : []))).toEqual([]);
  expect(arena.bots.flatMap(({ stuck }) => stuck)).toEqual([]);
  expect(wrong).toEqual([]);
  const used = arena.bots.map(({ life }) => life.report().turns_executed);
  console.info(
    `three days of ${turnsPerDay}: ${Math.min(...used)} to ${Math.max(...used)} turns, ${lost} ships lost at play, ${shutOut} times shut out for a death`,
  );
  expect(Math.min(...used)).toBeGreaterThan(turnsPerDay);
  expect([...rests.values()].filter((times) => times < 3)).toEqual([]);
}, 60_000);
