/** Days on end among aliens, Ferrengi, kicks and restarts: every bot goes on as the same character, and its books are right. */
import { redialMaxMs } from "../../src/player/dialling.ts";
import { expect, test } from "bun:test";
import { type Arena, type Bot, createArena, startMs } from "./arena.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What a bot believes beside what the host knows, at a moment when it has just left the game; none when they agree. */
function differences({ host }: Arena, bot: Bot): string[] {
  const theirs = host.books().find(({ name }) => name === bot.name);
  const ours = bot.life.report();
  if (!theirs) return [`${bot.name} is not in the host's books`];
  const rows: [string, number, number][] = [
    ["credits", ours.credits, theirs.credits],
    ["turns", ours.turns_executed, theirs.turnsUsed],
    ["experience", ours.experience, theirs.experience],
    ["sector", ours.sector, theirs.sector],
  ];
  return rows.flatMap(([what, mine, host]) =>
    mine === host ? [] : [`${bot.name}: ${what} ${mine}, the host says ${host}`],
  );
}

const isShutOut = (bot: Bot) => /keeps ".*" out/.test(bot.life.report().activity);
const endings = (bots: readonly Bot[]) =>
  bots.flatMap(({ ended, name }) => (ended ? [`${name}: ${ended.reason}`] : []));

test("bots play on for three days among Ferrengi: each uses every day's turns, none ends, all books are right", () => {
  const turnsPerDay = 120;
  const wrong: string[] = [];
  const rests = new Map<Bot, number>();
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
      if (effect.type !== "note" || !effect.text.startsWith("Rests")) return;
      // Whoever is kept out after a death has read nothing since.
      if (isShutOut(bot)) {
        shutOut++;
        return;
      }
      rests.set(bot, (rests.get(bot) ?? 0) + 1);
      wrong.push(...differences(arena, bot));
    },
  });
  arena.run(3 * dayMs - hourMs);
  expect(endings(arena.bots)).toEqual([]);
  expect(arena.bots.flatMap(({ stuck }) => stuck)).toEqual([]);
  expect(wrong).toEqual([]);
  const used = arena.bots.map(({ life }) => life.report().turns_executed);
  const { traders } = arena.host.galaxyOf("A")!;
  const pods = [...traders.values()].filter(({ ship }) => ship.kind === "escapePod").length;
  console.info(
    `three days of ${turnsPerDay}: ${Math.min(...used)} to ${Math.max(...used)} turns, ${pods} in a pod, ${shutOut} times shut out for a death`,
  );
  expect(Math.min(...used)).toBeGreaterThan(1.5 * turnsPerDay);
  expect(used.filter((turns) => turns > 2.8 * turnsPerDay).length).toBeGreaterThan(15);
  // In the open a night costs half of them their ships.
  expect(pods + shutOut).toBeLessThan(9);
}, 60_000);

test("a host that is down for half a day is dialled until it is back, and each bot returns to its character", () => {
  const downFrom = startMs + 20_000;
  const downUntil = downFrom + 12 * hourMs;
  const arena = createArena({
    bots: 6,
    seed: 72,
    turns: 150,
    latencyMs: 100,
    isDown: (at) => at >= downFrom && at < downUntil,
  });
  arena.run(downFrom - startMs);
  for (const bot of arena.bots) arena.cut(bot);
  arena.run(12 * hourMs - 1);
  expect(arena.bots.map(({ life }) => life.report().waits)).toEqual(Array.from({ length: 6 }, () => true));
  expect(Math.max(...arena.bots.map(({ notes }) => notes.length))).toBeLessThan(10);
  arena.run(redialMaxMs + 5_000);
  expect(arena.bots.map(({ life }) => life.report().waits)).toEqual(Array.from({ length: 6 }, () => false));
  arena.run(dayMs);
  expect(arena.bots.map(({ ended }) => ended?.how)).toEqual(Array.from({ length: 6 }, () => "completed"));
  expect(arena.host.books().length).toBe(6);
  expect(arena.bots.flatMap((bot) => differences(arena, bot))).toEqual([]);
});

test("a host that was never reached is no failure of the bot: when it comes up at last, the bot plays", () => {
  const upFrom = startMs + 12 * hourMs;
  const arena = createArena({ bots: 1, seed: 73, turns: 50, isDown: (at) => at < upFrom });
  arena.run(12 * hourMs - 1);
  expect(arena.bots[0]?.life.report()).toMatchObject({ waits: true, turns_executed: 0 });
  arena.run(dayMs);
  expect(arena.bots[0]?.ended?.how).toBe("completed");
});

test("whoever is kicked again and again, or logged off for sitting still, comes back and finishes", () => {
  let sent = 0;
  let lost = 0;
  const arena = createArena({
    bots: 6,
    seed: 74,
    turns: 150,
    latencyMs: 50,
    // Longer than the host's own patience: it is the host that ends the session.
    answerTimeoutMs: 600_000,
    onSend() {
      if (++sent % 97 !== 0) return true;
      lost++;
      return false;
    },
    onEffect(_, effect) {
      if (effect.type === "learned" && effect.fact.type === "idleOut") idleOuts++;
    },
  });
  let idleOuts = 0;
  for (let round = 0; round < 30; round++) {
    arena.run(4_000);
    const bot = arena.bots[round % arena.bots.length];
    if (bot) arena.cut(bot);
  }
  arena.run(3 * dayMs);
  expect(arena.bots.map(({ ended }) => ended?.how)).toEqual(Array.from({ length: 6 }, () => "completed"));
  expect(arena.bots.flatMap((bot) => differences(arena, bot))).toEqual([]);
  expect(lost).toBeGreaterThan(5);
  expect(idleOuts).toBeGreaterThan(2);
});

test("a bot that rests can be paused, stays away until it is told to go on, and stops at once when told", () => {
  const arena = createArena({
    bots: 2,
    seed: 75,
    turns: 0,
    turnsPerDay: 40,
    self: { waitForTurns: true },
  });
  const [first, second] = arena.bots as [Bot, Bot];
  arena.run(hourMs);
  expect(first.life.report().activity).toStartWith("waiting: No turns left for today");
  arena.order(first, { type: "pause", id: 1 });
  arena.order(second, { type: "stop", id: 2 });
  expect(second.ended?.how).toBe("stopped");
  arena.run(2 * dayMs);
  expect(first.life.paused()).toBe(true);
  expect(first.life.report().turns_executed).toBeLessThanOrEqual(40);
  arena.order(first, { type: "resume", id: 3 });
  arena.run(hourMs);
  expect(first.life.report().turns_executed).toBeGreaterThan(60);
});

test("without being told to wait for turns, a bot is done when they are gone", () => {
  const arena = createArena({ bots: 1, seed: 76, turns: 0, turnsPerDay: 40 });
  arena.run(hourMs);
  expect(arena.bots[0]?.ended?.how).toBe("completed");
  expect(arena.bots[0]?.ended?.reason).toStartWith("The game grants no more turns");
});
