/** What networks, hosts and people do to a bot in the middle of things: its books stay right and it plays on. */
import { expect, test } from "bun:test";
import { readPrompt } from "../../src/games/tw2002/prompts.ts";
import { createArena, type Bot } from "./arena.ts";
import { audit, troubles } from "./audit.ts";

const promptOf = (bot: Bot) => readPrompt(bot.open, bot.screen.at(-1) ?? "")?.type;

/** Where a bot's keys go and how far, digits apart: "offer 0 of 2". */
const placeOf = (bot: Bot, keys: string, taken: number) => `${promptOf(bot)} ${taken} of ${keys.length}`;

test("the line is lost before, among and after the keys of every answer, by turn: books agree, each deal is told once", () => {
  const met = new Map<string, number>();
  const struck = new Set<string>();
  let sends = 0;
  const arena = createArena({
    bots: 6,
    seed: 11,
    turns: 150,
    onSend(bot, keys) {
      const at = promptOf(bot);
      // Each place by itself, every so many times, so that play gets on.
      if (at === undefined || bot.life.report().turns_executed < 5) return true;
      const taken = ++sends % (keys.length + 1);
      const place = placeOf(bot, keys, taken);
      const times = (met.get(place) ?? 0) + 1;
      met.set(place, times);
      if (times % 23 !== 5) return true;
      struck.add(at);
      arena.later(6, () => arena.cut(bot));
      return [{ keys: keys.slice(0, taken), afterMs: 0 }];
    },
  });
  arena.run(48 * 3_600_000);
  expect([...struck]).toEqual(expect.arrayContaining(["command", "engage", "quantity", "offer", "pause"]));
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
});

/** What a bad line can do to an answer of several keys; each gives what reaches the host of it. */
const mishaps: Record<string, (keys: string, cut: number) => { keys: string; afterMs: number }[]> = {
  "its second half is lost": (keys, cut) => [{ keys: keys.slice(0, cut), afterMs: 0 }],
  "its first half is lost": (keys, cut) => [{ keys: keys.slice(cut), afterMs: 0 }],
  "one key of it is lost": (keys, cut) => [{ keys: keys.slice(0, cut) + keys.slice(cut + 1), afterMs: 0 }],
  "its second half is late": (keys, cut) => [
    { keys: keys.slice(0, cut), afterMs: 0 },
    { keys: keys.slice(cut), afterMs: 2_000 },
  ],
  "its second half comes after the bot has given up": (keys, cut) => [
    { keys: keys.slice(0, cut), afterMs: 0 },
    { keys: keys.slice(cut), afterMs: 40_000 },
  ],
};

for (const [what, mishap] of Object.entries(mishaps)) {
  test(`an answer of several keys, of which ${what}: the books agree and play goes on`, () => {
    let sends = 0;
    let harmed = 0;
    const arena = createArena({
      bots: 4,
      seed: 19,
      turns: 120,
      onSend(bot, keys) {
        if (keys.length < 2 || bot.life.report().turns_executed < 5 || ++sends % 13 !== 0) return true;
        return mishap(keys, 1 + (++harmed % (keys.length - 1)));
      },
    });
    arena.run(48 * 3_600_000);
    expect(harmed).toBeGreaterThan(20);
    expect(arena.bots.map((bot) => bot.ended?.how)).toEqual([
      "completed",
      "completed",
      "completed",
      "completed",
    ]);
    expect(audit(arena)).toEqual([]);
  });
}

test("a prompt that is printed twice is answered once", () => {
  let doubled = 0;
  const arena = createArena({
    bots: 4,
    seed: 20,
    turns: 100,
    onSend(bot, keys) {
      const prompt = bot.open;
      if (keys.length < 2 || bot.life.report().turns_executed < 5 || ++doubled % 5 !== 0) return true;
      arena.later(1, () => arena.inject(bot, `\r\n${prompt}`));
      return true;
    },
  });
  arena.run(24 * 3_600_000);
  expect(doubled).toBeGreaterThan(100);
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
  expect(arena.bots.map((bot) => bot.effects.get("hangUp") ?? 0)).toEqual([0, 0, 0, 0]);
});

test("a pace is kept in every second of a life, whatever is typed ahead, and the books agree", () => {
  const perSecond = 8;
  const left: number[] = [];
  const arena = createArena({
    bots: 1,
    seed: 21,
    turns: 60,
    pace: { gapMs: 1000 / perSecond, thinkMs: [0, 300] },
    onSend: (_, keys) => void left.push(...Array.from(keys, () => arena.now())),
  });
  arena.run(24 * 3_600_000);
  expect(left.length).toBeGreaterThan(200);
  expect(left.filter((at, i) => i >= perSecond && at - left[i - perSecond]! < 999)).toEqual([]);
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
});

test("a hop takes one answer, a course two, and a call at a port one for the port beside the talk about prices", () => {
  const spent = new Map<string, { deeds: number; sends: number }>();
  let deed: { type: string; sends: number; bids: number; asked: number } | undefined;
  const arena = createArena({
    bots: 1,
    seed: 22,
    turns: 300,
    latencyMs: 25,
    onEffect(_, effect) {
      if (effect.type === "chose") {
        if (deed) {
          const sum = spent.get(deed.type) ?? { deeds: 0, sends: 0 };
          spent.set(deed.type, { deeds: sum.deeds + 1, sends: sum.sends + deed.sends - deed.bids });
        }
        deed = { type: effect.intent.type, sends: 0, bids: 0, asked: 0 };
      }
      if (deed && effect.type === "send") deed.sends++;
      if (deed && effect.type === "learned" && effect.fact.type === "bid") deed.bids++;
    },
  });
  arena.run(24 * 3_600_000);
  const mean = (type: string) => spent.get(type)!.sends / spent.get(type)!.deeds;
  expect(spent.get("move")!.deeds).toBeGreaterThan(20);
  expect(mean("move")).toBe(1);
  expect(mean("travel")).toBeLessThanOrEqual(2);
  // PT with the first quantity, and at most one more for the other.
  expect(spent.get("trade")!.deeds).toBeGreaterThan(20);
  expect(mean("trade")).toBeLessThanOrEqual(2);
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
  expect(audit(arena)).toEqual([]);
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
    const arena = createArena({ bots: 3, seed: 15, turns: 60, byteByByte });
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
  arena.run(2_000);
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
