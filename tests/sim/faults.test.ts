/** What networks, hosts and people do to a bot in the middle of things: its books stay right and it plays on. */
import { expect, test } from "bun:test";
import { readPrompt } from "../../src/games/tw2002/prompts.ts";
import { createArena, type Bot } from "./arena.ts";
import { audit, troubles } from "./audit.ts";

const promptOf = (bot: Bot) => readPrompt(bot.open, bot.screen.at(-1) ?? "")?.type;

test("the host hangs up in the middle of every prompt of the game, by turn: each trade is booked once", () => {
  const struck = new Map<string, number>();
  const arena = createArena({
    bots: 6,
    seed: 11,
    turns: 120,
    onSend(bot) {
      const at = promptOf(bot);
      // The key in hand is lost with the line; every third time at the same kind of prompt, so that play gets on.
      if (at === undefined || bot.life.report().turns_executed < 5) return true;
      const times = (struck.get(at) ?? 0) + 1;
      struck.set(at, times);
      if (times % 23 !== 5) return true;
      arena.later(0, () => arena.cut(bot));
      return false;
    },
  });
  arena.run(24 * 3_600_000);
  expect([...struck.keys()]).toEqual(
    expect.arrayContaining(["command", "toSector", "portMenu", "quantity", "offer"]),
  );
  expect(arena.bots.every((bot) => bot.ended?.how === "completed")).toBe(true);
  expect(audit(arena).filter((line) => !line.includes("credits from trades"))).toEqual([]);
});

test("the line is cut right after the key of a deal: the books are put right at the next login", () => {
  let cuts = 0;
  const arena = createArena({
    bots: 4,
    seed: 12,
    turns: 100,
    onSend(bot) {
      if (promptOf(bot) === "offer" && ++cuts % 9 === 0) arena.later(6, () => arena.cut(bot));
      return true;
    },
  });
  arena.run(24 * 3_600_000);
  expect(cuts).toBeGreaterThan(20);
  expect(arena.bots.every((bot) => bot.ended?.how === "completed")).toBe(true);
  expect(audit(arena).filter((line) => !/credits from trades|experience/.test(line))).toEqual([]);
});

test("keys that are lost on the way cost a new connection at most, and nothing happens twice", () => {
  let sent = 0;
  let lost = 0;
  const arena = createArena({
    bots: 5,
    seed: 13,
    turns: 100,
    answerTimeoutMs: 5_000,
    onSend: () => {
      if (++sent % 37 !== 0) return true;
      lost++;
      return false;
    },
  });
  arena.run(24 * 3_600_000);
  expect(lost).toBeGreaterThan(20);
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
});

test("a host that stalls for longer than the bot waits gets no second copy of anything: no odd deal, no unasked course", () => {
  let sent = 0;
  const held = new Map<string, number>();
  const prices: number[] = [];
  const arena = createArena({
    bots: 6,
    seed: 15,
    turns: 150,
    onSend(_, __, open) {
      if (++sent % 41 !== 0) return true;
      const at = open.replaceAll(/[\d,]+/g, "n").slice(0, 24);
      held.set(at, (held.get(at) ?? 0) + 1);
      return 35_000;
    },
    onEffect(_, effect) {
      if (effect.type === "traded") prices.push(Math.abs(effect.credits) / effect.units);
    },
  });
  arena.run(48 * 3_600_000);
  expect(
    [...held.keys()].filter((at) => /^(Command|How many|Your offer|Password)/.test(at)).length,
  ).toBeGreaterThan(2);
  expect(arena.bots.map((bot) => bot.ended?.how)).toEqual(Array.from({ length: 6 }, () => "completed"));
  expect(arena.bots.filter((bot) => bot.life.report().turns_executed > 150)).toEqual([]);
  expect(Math.min(...prices)).toBeGreaterThan(3);
  expect(Math.max(...prices)).toBeLessThan(220);
});

test("people talk in the middle of each prompt: nothing is answered twice, nothing believed", () => {
  const talk =
    "\r\x1b[K\x1b[33mF \x1b[1;36mWingma \x1b[33mYou have 9 credits and 9 empty cargo holds.\r\x1b[0m\n\r\n";
  let words = 0;
  const arena = createArena({
    bots: 5,
    seed: 14,
    turns: 100,
    onSend(bot) {
      // As the host does it: the prompt is wiped, the words are printed, the prompt comes again; our key is on its way.
      if (promptOf(bot) !== "command" || ++words % 3 === 0) return true;
      const prompt = bot.open;
      arena.later(1, () => arena.inject(bot, `${talk}${prompt}`));
      return true;
    },
  });
  arena.run(24 * 3_600_000);
  expect(words).toBeGreaterThan(100);
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
});

test("byte by byte the bots play the very same game", () => {
  const logOf = (byteByByte: boolean) => {
    const arena = createArena({ bots: 5, seed: 15, turns: 80, byteByByte });
    arena.run(24 * 3_600_000);
    expect(troubles(arena.bots)).toEqual([]);
    return arena.keyLog();
  };
  expect(logOf(true)).toBe(logOf(false));
});

test("a paused bot sends nothing, is thrown out for sitting still, and comes back to play on", () => {
  const sent: number[] = [];
  const arena = createArena({ bots: 1, seed: 16, turns: 100, onSend: () => void sent.push(arena.now()) });
  const [bot] = arena.bots as [Bot];
  arena.run(500);
  arena.order(bot, { type: "pause", id: 1 });
  arena.run(1_000);
  expect(bot.life.paused()).toBe(true);
  const quiet = sent.length;
  arena.run(3_600_000);
  expect(sent.length).toBe(quiet);
  arena.order(bot, { type: "resume", id: 2 });
  arena.run(24 * 3_600_000);
  expect(troubles([bot])).toEqual([]);
  expect(audit(arena)).toEqual([]);
  expect(bot.effects.get("confirmed")).toBe(2);
});

test("a stopped bot leaves the game in order", () => {
  const arena = createArena({ bots: 3, seed: 17, turns: 200 });
  arena.run(600);
  for (const bot of arena.bots) arena.order(bot, { type: "stop", id: 5 });
  arena.run(60_000);
  expect(arena.bots.map(({ ended }) => ended?.how)).toEqual(["stopped", "stopped", "stopped"]);
  expect(arena.host.callers).toBe(0);
  expect(audit(arena)).toEqual([]);
});

test("a host that says nothing more is dialled again", () => {
  let silenced = false;
  const arena = createArena({
    bots: 1,
    seed: 18,
    turns: 60,
    answerTimeoutMs: 5_000,
    // From the fortieth key on, this connection's keys go nowhere.
    onSend: (bot) => {
      if ((bot.effects.get("send") ?? 0) === 40) silenced = true;
      if ((bot.effects.get("hangUp") ?? 0) > 0) silenced = false;
      return !silenced;
    },
  });
  arena.run(24 * 3_600_000);
  const [bot] = arena.bots as [Bot];
  expect(bot.effects.get("hangUp")).toBe(1);
  expect(bot.ended?.how).toBe("completed");
  expect(audit(arena)).toEqual([]);
});
