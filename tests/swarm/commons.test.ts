import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { linkMessageMaxBytes } from "../../src/proto/orders.ts";
import { type Lore, loreText, loreTextMaxChars, merged, readLine, readLore } from "../../src/proto/lore.ts";
import {
  confirmMaxMs,
  createCommons,
  piecesMax,
  placesMax,
  skewMaxMs,
  tellGapMs,
  type Commons,
} from "../../src/swarm/commons.ts";
import { claimLeaseMs } from "../../src/swarm/claims.ts";

const place = "localhost:2002/A";

/** A commons and what its bots have heard. `settle` lets the clock run until nobody has anything to say. */
function gathering(...bots: string[]) {
  const commons = createCommons();
  let clock = 1_000_000;
  const heard = new Map<
    string,
    { lore: Map<string, Lore>; texts: string[]; taken: Set<string>; age: number }
  >();
  const enter = (bot: string, where = place) => {
    heard.set(bot, { lore: new Map(), texts: [], taken: new Set(), age: -1 });
    return commons.join(bot, where, clock);
  };
  bots.forEach((bot) => enter(bot));
  const take = (bot: string, piece: Lore) => {
    const { lore } = heard.get(bot)!;
    const held = lore.get(piece.key);
    lore.set(piece.key, held ? merged(held, piece) : piece);
  };
  const round = () => {
    const words = commons.words(clock);
    for (const { bot, word } of words) {
      const ears = heard.get(bot)!;
      if (word.type === "claims") {
        word.taken.forEach((name) => ears.taken.add(name));
        word.free.forEach((name) => ears.taken.delete(name));
        continue;
      }
      ears.texts.push(word.lore);
      const age = Number.parseInt(word.lore, 10);
      if (ears.age >= 0 && age !== ears.age) ears.lore.clear();
      ears.age = age;
      readLore(word.lore, (piece) => take(bot, piece));
      commons.confirmed(bot, word.up_to);
    }
    return words.length;
  };
  return {
    commons,
    take,
    heard: (bot: string) => heard.get(bot)!,
    enter,
    round,
    now: () => clock,
    wait: (ms: number) => void (clock += ms),
    settle() {
      for (let quiet = 0; quiet < 2; clock += tellGapMs) quiet = round() === 0 ? quiet + 1 : 0;
    },
    tell: (bot: string, lines: string[], age = 0) => commons.told(bot, loreText(age, lines), clock),
  };
}

const known = (commons: Commons, bots: number) => {
  commons.join("reader", place, 0);
  const lore = new Map<string, Lore>();
  for (let at = 10_000_000; ; at += confirmMaxMs + bots) {
    const said = commons.words(at).filter(({ bot, word }) => bot === "reader" && word.type === "lore");
    if (said.length === 0) return lore;
    for (const { word } of said)
      if (word.type === "lore") {
        readLore(word.lore, (piece) => lore.set(piece.key, piece));
        commons.confirmed("reader", word.up_to);
      }
  }
};

describe("what is told", () => {
  test("reaches every other bot of the place once, and never comes back to who told it", () => {
    const { tell, settle, heard } = gathering("a", "b", "c");
    settle();
    tell("a", ["w1 a 2,3", "p1 b 5"]);
    settle();
    tell("b", ["w2 c 1"]);
    settle();
    expect([...heard("a").lore.keys()]).toEqual(["w2"]);
    expect([...heard("b").lore.keys()]).toEqual(["w1", "p1"]);
    expect([...heard("c").lore.keys()].sort()).toEqual(["p1", "w1", "w2"]);
    expect(heard("c").texts).toEqual(["0", "0\nw1 a 2,3\np1 b 5", "0\nw2 c 1"]);
  });

  test("stays in its place", () => {
    const { enter, tell, settle, heard } = gathering("a", "b");
    enter("elsewhere", "localhost:2002/B");
    tell("a", ["w1 a 2,3"]);
    settle();
    expect(heard("b").lore.size).toBe(1);
    expect(heard("elsewhere").lore.size).toBe(0);
  });

  test("in whatever order and however often, the same is known", () => {
    const piece = fc.record({
      key: fc.constantFrom("w1", "w2", "H1", "H2"),
      at: fc.nat(3),
      value: fc.constantFrom("x1", "x2", "b1-5", "b2-9", "l4,5", "l6"),
      bot: fc.constantFrom("a", "b", "c"),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (told, dice) => {
        const shuffled = told
          .concat(told.slice(0, 5))
          .map((one) => ({ one, by: dice.next().value as number }))
          .sort((x, y) => x.by - y.by)
          .map(({ one }) => one);
        const [first, second] = [told, shuffled].map((order) => {
          const { commons, settle, tell, take, heard } = gathering("a", "b", "c");
          for (const { key, at, value, bot } of order) {
            tell(bot, [`${key} ${at} ${value}`]);
            take(bot, readLine(`${key} ${at} ${value}`)!);
            if (at === 0) settle();
          }
          settle();
          const all = known(commons, 3);
          // What a bot has heard, merged with what it said itself, is what all know.
          for (const bot of ["a", "b", "c"])
            expect(Object.fromEntries(heard(bot).lore)).toEqual(Object.fromEntries(all));
          return all;
        });
        expect(Object.fromEntries(first!)).toEqual(Object.fromEntries(second!));
      }),
      { numRuns: 60 },
    );
  });

  test("and proves to be older than what is known is put right with the bot that told it", () => {
    const { tell, settle, heard } = gathering("a", "b");
    tell("a", ["g1 b newer", "H1 5 x1"]);
    tell("b", ["g1 a older", "H1 5 x2"]);
    settle();
    expect(heard("b").lore.get("g1")?.value).toBe("newer");
    expect(heard("b").lore.get("H1")?.value).toBe("x3");
    expect(heard("a").lore.get("H1")?.value).toBe("x3");
  });

  test("is kept out when it is no lore, comes from the future or from a bot that never came in", () => {
    const { commons, tell, now } = gathering("a");
    expect(commons.told("a", "anything", now())).toEqual({ changed: 0, dropped: 1 });
    expect(tell("a", ["w1 a 2", "no piece", "W1 a 2"])).toEqual({ changed: 1, dropped: 2 });
    const future = (now() + skewMaxMs + 1).toString(36);
    expect(tell("a", [`w2 ${future} 2`])).toEqual({ changed: 0, dropped: 1 });
    expect(tell("stranger", ["w3 a 2"])).toEqual({ changed: 0, dropped: 0 });
    expect(commons.size(place)).toBe(1);
  });
});

describe("a newcomer", () => {
  const many = Array.from({ length: 6000 }, (_, sector) => `w${sector + 1} abc 17,4711,${sector + 2}`);

  test("hears the whole in batches that fit a message, one at a time, the next as soon as it has confirmed", () => {
    const { commons, tell, heard, enter, round, settle } = gathering("a");
    settle();
    tell("a", many);
    enter("new");
    let rounds = 0;
    while (round() > 0) rounds++;
    const { texts, lore } = heard("new");
    expect(lore.size).toBe(many.length);
    expect(texts.length).toBe(rounds);
    expect(texts.length).toBeLessThan(8);
    for (const text of texts) {
      expect(text.length).toBeLessThanOrEqual(loreTextMaxChars);
      expect(JSON.stringify({ type: "lore", lore: text, up_to: 1e9 }).length).toBeLessThan(
        linkMessageMaxBytes,
      );
    }
    expect(commons.size(place)).toBe(many.length);
  });

  test("that does not confirm is told nothing more, and the same again later", () => {
    const { commons, tell, now, wait } = gathering("a");
    tell("a", many);
    commons.join("deaf", place, now());
    const lore = () =>
      commons
        .words(now())
        .flatMap(({ bot, word }) => (bot === "deaf" && word.type === "lore" ? [word.lore] : []));
    const [first] = lore();
    expect(first).toBeDefined();
    wait(tellGapMs);
    expect(lore()).toEqual([]);
    wait(confirmMaxMs);
    expect(lore()).toEqual([first!]);
  });

  test("of the same name as one that left is told what that one said, too", () => {
    const { commons, tell, enter, settle, heard } = gathering("a", "b");
    tell("a", ["w1 a 2"]);
    settle();
    commons.leave("a");
    enter("a");
    settle();
    expect(heard("a").lore.size).toBe(1);
  });
});

test("at most one batch of news a second goes to a bot, and it says the latest only", () => {
  const { tell, round, settle, heard, wait } = gathering("a", "b");
  settle();
  const before = heard("b").texts.length;
  for (let at = 0; at < 40; at++) {
    tell("a", [`g1 ${(100 + at).toString(36)} ${at}`]);
    round();
    wait(tellGapMs / 10);
  }
  expect(heard("b").texts.length - before).toBe(4);
  settle();
  expect(heard("b").lore.get("g1")?.value).toBe("39");
});

test("a universe made anew is a new age: the old lore goes, late news of it changes nothing", () => {
  const { commons, tell, settle, heard } = gathering("a", "b", "c");
  tell("a", ["w1 a 2", "w2 a 3"]);
  settle();
  expect(commons.unsaved()).toHaveLength(1);
  commons.saved();
  tell("b", ["w1 b 9"], 1);
  expect(tell("c", ["w2 c 3"])).toEqual({ changed: 0, dropped: 2 });
  settle();
  expect(commons.size(place)).toBe(1);
  for (const bot of ["a", "c"]) {
    expect(heard(bot).age).toBe(1);
    expect(heard(bot).lore.get("w1")?.value).toBe("9");
  }
  const unsaved = [{ place, age: 1, pieces: [{ key: "w1", at: 11, value: "9" }] }];
  expect(commons.unsaved()).toEqual(unsaved);
  expect(commons.unsaved()).toEqual(unsaved);
  commons.saved();
  expect(commons.unsaved()).toEqual([]);
});

test("what a former run knew is told to all and not saved again", () => {
  const { commons, settle, heard } = gathering("a");
  commons.restore(place, 3, [{ key: "w1", at: 5, value: "2" }]);
  settle();
  expect(heard("a").age).toBe(3);
  expect(heard("a").lore.size).toBe(1);
  expect(commons.unsaved()).toEqual([]);
});

describe("names", () => {
  test("go to the first who claims them; the others are told, also when they are free again", () => {
    const { commons, settle, heard, now } = gathering("a", "b", "c");
    commons.claim("a", ["1", "2"], now());
    commons.claim("b", ["2", "3"], now());
    settle();
    expect([...heard("a").taken]).toEqual(["3"]);
    expect([...heard("b").taken].sort()).toEqual(["1", "2"]);
    expect([...heard("c").taken].sort()).toEqual(["1", "2", "3"]);
    commons.claim("a", ["1"], now());
    commons.claim("b", ["2"], now());
    settle();
    expect([...heard("a").taken]).toEqual(["2"]);
    expect([...heard("b").taken]).toEqual(["1"]);
    expect([...heard("c").taken].sort()).toEqual(["1", "2"]);
  });

  test("are free when their bot leaves, goes elsewhere, or has not spoken for long", () => {
    const { commons, settle, heard, enter, now, wait } = gathering("a", "b", "c", "d");
    commons.claim("a", ["1"], now());
    commons.claim("b", ["2"], now());
    commons.claim("c", ["3"], now());
    settle();
    expect(heard("d").taken.size).toBe(3);
    commons.leave("a");
    enter("b", "localhost:2002/B");
    settle();
    expect([...heard("d").taken]).toEqual(["3"]);
    wait(claimLeaseMs);
    settle();
    expect(heard("d").taken.size).toBe(0);
  });

  test("are held by one bot at a time, whatever is claimed and by whom", () => {
    const move = fc.record({
      bot: fc.constantFrom("a", "b", "c"),
      names: fc.uniqueArray(fc.constantFrom<string[]>("1", "2", "3", "4"), { maxLength: 3 }),
      leaves: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 25 }), (moves) => {
        const { commons, settle, heard, enter, now } = gathering("a", "b", "c", "onlooker");
        let held = new Map<string, string>();
        for (const { bot, names, leaves } of moves) {
          if (leaves) {
            commons.leave(bot);
            enter(bot);
          } else commons.claim(bot, names, now());
          held = new Map(
            [...held].filter(([name, holder]) => holder !== bot || (!leaves && names.includes(name))),
          );
          if (!leaves) for (const name of names) if (!held.has(name)) held.set(name, bot);
        }
        settle();
        expect([...heard("onlooker").taken].sort()).toEqual([...held.keys()].sort());
        for (const bot of ["a", "b", "c"])
          expect([...heard(bot).taken].sort()).toEqual(
            [...held].flatMap(([name, holder]) => (holder === bot ? [] : [name])).sort(),
          );
      }),
      { numRuns: 60 },
    );
  });
});

test("places and pieces have a limit; what is above it is counted and dropped", () => {
  const { commons, enter, tell } = gathering("a");
  for (let number = 1; number < placesMax; number++) expect(enter(`b${number}`, `h:${number}/A`)).toBe(true);
  expect(enter("late", "h:9999/A")).toBe(false);
  const lines = Array.from({ length: piecesMax + 5 }, (_, number) => `w${number} a 2`);
  expect(tell("a", lines)).toEqual({ changed: piecesMax, dropped: 5 });
  expect(commons.size(place)).toBe(piecesMax);
  expect(tell("a", ["w1 b 3"])).toEqual({ changed: 1, dropped: 0 });
});
