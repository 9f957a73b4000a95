/** Somebody takes a bot's keys in the middle of its life, does as people do, and gives them back wherever he happens to stand. */
import { expect, test } from "bun:test";
import { readPrompt } from "../../src/games/tw2002/prompts.ts";
import { leaseMs } from "../../src/proto/terminal.ts";
import { seeded } from "../cuts.ts";
import { type Arena, type Bot, createArena } from "./arena.ts";
import { audit, creditsPerTurn } from "./audit.ts";

const lease = "0123456789abcdef";
const turns = 700;

/** What people do, key by key; "#" is a sector next to theirs, or any other. */
const pastimes: readonly (readonly string[])[] = [
  ["P", "T", "\r", "\r", "\r", "\r", "\r", "\r", "\r", "\r"],
  ["P", "T", "3\r", "\r", "2\r"],
  ["PT1\r", "9999999\r"],
  ["PT\r1\r1\r1\r1\r"],
  ["P", "T", "1", "0"],
  ["P", "Q", "P"],
  ["M", "#\r", "N"],
  ["M", "#\r", "E"],
  ["M", "#\r", "Y", "N", "N", "N"],
  ["M", "1", "7"],
  ["#\r"],
  ["#"],
  ["C", "F", "1\r", "#\r"],
  ["C", "R", "#"],
  ["C", "Y"],
  ["C", "^", "F", "1\r"],
  ["C", ";", "?"],
  ["V", "/", "I", "D", "?"],
  ["F", "1\r", "D"],
  ["F", "0\r"],
  ["L", "J", "Y", "R"],
  ["S", "T", "H", "X"],
  ["'", "Hello all\r"],
  ["'", "Half a wo"],
  ["Q", "N"],
  ["Q", "Y"],
  ["Q", "Y", "X\r", "Q"],
  ["Q", "Y", "T\r", "N"],
  ["Q", "Y", "H\r", "X\r", "B"],
  ["Q", "Y", "T\r", "\r", "wrong\r", "wrong\r"],
  ["G", "O", "A", "U", "W", "E", "Z", "N"],
  ["\b\b\b", "\x1b[A", "\0", "\x1b"],
  ["      "],
];

interface Visit {
  taken: number;
  /** Keys of the bot's own that left while it had none. */
  readonly stolen: string[];
  /** Credits that changed hands at the ports while the deeds were not the bot's. */
  credits: number;
  /** Prompts at which the keys were given back. */
  readonly places: Set<string>;
}

/** A life of one bot whose keys are taken every so often. */
function visited(seed: number, visit: (arena: Arena, bot: Bot, times: number) => void) {
  const seen: Visit = { taken: 0, stolen: [], credits: 0, places: new Set() };
  let away = false;
  /** What the ports had taken when the keys were lent; until the bot is home again. */
  let takings: number | undefined;
  const typed: string[] = [];
  const arena = createArena({
    bots: 1,
    seed,
    turns,
    turnsPerDay: 65_000,
    latencyMs: 40,
    answerTimeoutMs: 10_000,
    onEffect(bot, effect) {
      switch (effect.type) {
        case "taken":
          seen.taken++;
          away = true;
          takings ??= arena.takings();
          return;
        case "given":
          if (away) seen.places.add(readPrompt(bot.open, bot.screen.at(-1) ?? "")?.type ?? "nowhere");
          away = false;
          return;
        case "send":
          if (away && typed.shift() !== effect.keys) seen.stolen.push(effect.keys);
          return;
        case "chose":
          if (takings !== undefined) seen.credits += arena.takings() - takings;
          takings = undefined;
          return;
        case "traded":
          if (away) seen.stolen.push(`a deal of ${effect.credits}`);
      }
    },
  });
  const [bot] = arena.bots as [Bot];
  const hand = arena.hand;
  Object.assign(arena, {
    hand(one: Bot, word: Parameters<typeof hand>[1]) {
      if (word.type === "type") typed.push(word.keys);
      hand(one, word);
    },
  });
  for (let times = 0; !bot.ended && times < 400; times++) {
    visit(arena, bot, times);
    typed.length = 0;
  }
  arena.run(48 * 3_600_000);
  return { arena, bot, seen };
}

/** The books as ever, but for the deals that were not the bot's. */
const booksOf = (arena: Arena, { credits }: Visit): string[] =>
  audit({ ...arena, takings: () => arena.takings() - credits });

/** Whether somebody has its keys. */
const isAway = (bot: Bot) => bot.life.report().activity === "in other hands";

/** Waits until the keys have been handed over. */
function take(arena: Arena, bot: Bot): boolean {
  arena.hand(bot, { type: "take", lease });
  for (let i = 0; i < 300 && !isAway(bot) && !bot.ended; i++) arena.run(100);
  return isAway(bot);
}

/** A visit as people make it: they look at what comes or type on, and some give up in the middle of it all. */
function person(dice: () => number) {
  const any = <T>(of: readonly T[]) => of[Math.floor(dice() * of.length)]!;
  return (arena: Arena, bot: Bot, times: number) => {
    arena.run(100 + dice() * 4_000);
    if (!take(arena, bot)) return;
    for (const keys of any(pastimes)) {
      const sector = 1 + Math.floor(dice() * 1000);
      arena.hand(bot, { type: "type", lease, keys: keys.replace("#", String(sector)) });
      arena.run(dice() < 0.7 ? 50 + dice() * 900 : 0);
      if (dice() < 0.1) break;
    }
    if (times % 7 === 6) arena.run(leaseMs + 1);
    else arena.hand(bot, { type: "give", lease });
  };
}

test("whatever people type, and wherever they give the keys back, the bot goes on and its books agree", () => {
  const places = new Set<string>();
  let theirs = 0;
  for (const seed of [1, 2, 4, 5, 7, 8]) {
    const { arena, bot, seen } = visited(seed, person(seeded(seed)));
    const { trades_executed: trades, haggle_deals: deals } = bot.life.report();
    expect(seen.stolen).toEqual([]);
    expect(bot.ended?.how).toBe("completed");
    expect(booksOf(arena, seen)).toEqual([]);
    expect([trades, deals]).toEqual([bot.effects.get("traded") ?? 0, bot.effects.get("traded") ?? 0]);
    expect(seen.taken).toBeGreaterThan(30);
    expect(creditsPerTurn(bot)).toBeGreaterThan(50);
    theirs += Math.abs(seen.credits);
    for (const place of seen.places) places.add(place);
  }
  expect(theirs).toBeGreaterThan(1000);
  const some = ["offer", "quantity", "portMenu", "engage", "toSector", "computer", "mainMenu", "nowhere"];
  expect([...places]).toEqual(expect.arrayContaining(some));
}, 20_000);
