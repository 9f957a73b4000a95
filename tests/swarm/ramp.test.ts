import { describe, expect, test } from "bun:test";
import {
  createRamp,
  probeMaxMs,
  probeMinMs,
  probePatienceMs,
  serversMax,
  type Ramp,
} from "../../src/swarm/ramp.ts";

const server = "localhost:2002";
const bots = (count: number) => Array.from({ length: count }, (_, index) => `b${index}`);

/** Who was let through when, as a clock that looks when it is told to. `through` is called for each. */
function letAll(
  ramp: Ramp,
  from: number,
  through: (bot: string, at: number) => void = () => {},
  until = 1e9,
) {
  const at: number[] = [];
  for (let now = from, next = ramp.nextAt(); next !== undefined && next < until; next = ramp.nextAt()) {
    // Clocks tick in whole milliseconds, and are late now and then.
    now = Math.max(now, Math.ceil(next)) + (at.length % 7 === 3 ? 13 : 0);
    for (const bot of ramp.due(now)) {
      at.push(now);
      through(bot, now);
    }
  }
  return at;
}
const mostInASecond = (at: readonly number[]) =>
  Math.max(...at.map((from) => at.filter((one) => one >= from && one < from + 1000).length));

describe("the rate", () => {
  test("holds for any second, from the first, after a rest, and for rates below one", () => {
    for (const rate of [0.5, 1, 3, 20, 1000]) {
      const ramp = createRamp(rate);
      for (const bot of bots(30)) ramp.ask(bot, server, 0);
      const first = letAll(ramp, 0);
      const rested = first.at(-1)! + 60_000;
      for (const bot of bots(30)) ramp.ask(bot, server, rested);
      const at = [...first, ...letAll(ramp, rested)];
      expect(at).toHaveLength(60);
      expect(mostInASecond(at)).toBeLessThanOrEqual(Math.max(1, rate));
    }
  });

  test("is used: 111 bots take little more than 111 / 20 s", () => {
    const ramp = createRamp(20);
    for (const bot of bots(111)) ramp.ask(bot, server, 0);
    const at = letAll(ramp, 0);
    expect(at.at(-1)).toBeGreaterThanOrEqual(5500);
    expect(at.at(-1)).toBeLessThan(6000);
  });

  test("is each server's own", () => {
    const ramp = createRamp(1);
    ramp.ask("a", "one:1", 0);
    ramp.ask("b", "two:2", 0);
    ramp.ask("c", "one:1", 0);
    expect(ramp.due(0)).toEqual(["a", "b"]);
    expect(ramp.nextAt()).toBe(1000);
    ramp.dialled("two:2", false, 0, "b");
    expect(ramp.due(1000)).toEqual(["c"]);
  });

  test("null is none", () => {
    const ramp = createRamp(undefined);
    for (const bot of bots(200)) ramp.ask(bot, server, 0);
    expect(ramp.due(0)).toHaveLength(200);
    expect(ramp.nextAt()).toBeUndefined();
  });
});

test("a bot is told once, however often it asks, and waits for one server at a time", () => {
  const ramp = createRamp(1);
  ramp.ask("first", server, 0);
  for (let again = 0; again < 3; again++) ramp.ask("a", server, 0);
  ramp.ask("b", server, 0);
  ramp.ask("a", server, 0);
  expect([ramp.due(0), ramp.due(1000), ramp.due(2000)]).toEqual([["first"], ["a"], ["b"]]);
  ramp.ask("a", server, 3000);
  ramp.ask("a", "elsewhere:1", 3000);
  expect(ramp.due(9000)).toEqual(["a"]);
  ramp.ask("c", server, 9000);
  ramp.forget("c");
  expect([ramp.due(20_000), ramp.nextAt()]).toEqual([[], undefined]);
});

describe("a server that is down", () => {
  const down = (rate: number | undefined = 20, count = 111) => {
    const ramp = createRamp(rate);
    ramp.ask("first", server, 0);
    expect(ramp.due(0)).toEqual(["first"]);
    for (const bot of bots(count)) ramp.ask(bot, server, 0);
    ramp.dialled(server, false, 0, "first");
    return ramp;
  };

  test("is tried by one bot at a time, after 0.5, 1, 2, 4, 4 .. s", () => {
    for (const rate of [20, undefined]) {
      const ramp = down(rate);
      const waits: number[] = [];
      let last = 0;
      letAll(
        ramp,
        0,
        (bot, at) => {
          waits.push(at - last);
          expect(ramp.due(at + 100)).toEqual([]);
          last = at + 100;
          ramp.dialled(server, false, last, bot);
          ramp.ask(bot, server, last);
        },
        25_000,
      );
      expect(waits.slice(0, 3)).toEqual([500, 1000, 2000]);
      for (const wait of waits.slice(3)) expect(wait).toBeWithin(4000, 4020);
      expect(waits.length).toBeGreaterThan(6);
    }
  });

  test("has all back soon after its return, at the rate", () => {
    for (const returns of [3000, 30_000, 31_234]) {
      const ramp = down();
      const back: number[] = [];
      letAll(ramp, 0, (bot, at) => {
        const reached = at >= returns;
        if (reached) back.push(at);
        ramp.dialled(server, reached, at, bot);
        if (!reached) ramp.ask(bot, server, at);
      });
      expect(back).toHaveLength(111);
      expect(back.at(-1)! - returns).toBeLessThan((111 / 20) * 1000 + probeMaxMs + 500);
      expect(mostInASecond(back)).toBeLessThanOrEqual(20);
    }
  });

  test("fails once for all the tries that were under way when it went", () => {
    const ramp = createRamp(undefined);
    for (const bot of bots(10)) ramp.ask(bot, server, 0);
    ramp.due(0);
    for (const bot of bots(10)) ramp.dialled(server, false, 10, bot);
    ramp.ask("a", server, 10);
    expect(ramp.nextAt()).toBe(10 + probeMinMs);
    expect(ramp.due(510)).toEqual(["a"]);
    ramp.ask("b", server, 510);
    // One more of those from before: it says nothing of the try under way.
    ramp.dialled(server, false, 600, "b9");
    expect(ramp.due(2000)).toEqual([]);
    ramp.dialled(server, false, 2000, "a");
    expect(ramp.nextAt()).toBe(3000);
  });

  test("is not held up by a bot that tries and says nothing", () => {
    const ramp = down();
    expect(ramp.due(500)).toEqual(["b0"]);
    expect(ramp.nextAt()).toBe(500 + probePatienceMs);
    expect(ramp.due(499 + probePatienceMs)).toEqual([]);
    // What it said nothing of counts as a second failure.
    expect(ramp.due(500 + probePatienceMs)).toEqual([]);
    expect(ramp.nextAt()).toBe(500 + probePatienceMs + 1000);
    expect(ramp.due(1500 + probePatienceMs)).toEqual(["b1"]);
  });

  test("nor by one that dies while it tries, or asks anew", () => {
    for (const ends of [(ramp: Ramp) => ramp.forget("b0"), (ramp: Ramp) => ramp.ask("b0", server, 600)]) {
      const ramp = down();
      expect(ramp.due(500)).toEqual(["b0"]);
      ends(ramp);
      expect(ramp.nextAt()).toBe(500 + probeMinMs);
      expect(ramp.due(1000)).toEqual(["b1"]);
      ramp.dialled(server, true, 1010, "b1");
      expect(ramp.due(1050)).toEqual(["b2"]);
    }
  });
});

test("servers that nobody waits for are forgotten when there are too many", () => {
  const ramp = createRamp(1);
  ramp.ask("late", "down:1", 0);
  ramp.dialled("down:1", false, 0, "early");
  for (let number = 0; number < 3 * serversMax; number++) {
    ramp.ask("a", `h:${number}`, 0);
    ramp.dialled(`g:${number}`, true, 0, "a");
  }
  expect(ramp.due(probeMinMs)).toEqual(["late", "a"]);
});

test("a machine that comes late to its timers lets through as many all the same, and no more in any second", () => {
  const ramp = createRamp(20);
  const through: number[] = [];
  for (let index = 0; index < 200; index++) ramp.ask(`b${index}`, "busy.test:2002", 0);
  // Looked at every 170 ms only.
  for (let now = 0; now < 11_000; now += 170) for (const _ of ramp.due(now)) through.push(now);
  expect(through).toHaveLength(200);
  for (const from of through)
    expect(through.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(20);
});
