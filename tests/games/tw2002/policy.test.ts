import { expect, test } from "bun:test";
import type { Self } from "../../../src/player/game.ts";
import { chartWays } from "../../../src/games/tw2002/chart.ts";
import {
  clearDanger,
  type Danger,
  dangersMax,
  fadeDangers,
  fadesAfterMs,
  markDanger,
  suspected,
} from "../../../src/games/tw2002/dangers.ts";
import type { Encounter } from "../../../src/games/tw2002/encounters.ts";
import { beforeNight, turnsRestMs } from "../../../src/games/tw2002/night.ts";
import {
  bearable,
  breakOut,
  combatTarget,
  defenceWanted,
  hunt,
  meet,
  tollOf,
  wave,
} from "../../../src/games/tw2002/policy.ts";
import { newWorld, type World } from "../../../src/games/tw2002/world.ts";

const self: Self = {
  name: "Testpilot",
  password: "p",
  gameLetter: "A",
  shipName: "s",
  planetName: "p",
  turnsMax: 0,
  waitForTurns: true,
  reserveCredits: 0,
  maxHops: 6,
};

/** A world with these ways, both ways each, and ourselves in sector 20. */
function worldOf(ways: readonly (readonly [number, number])[], more: Partial<World> = {}): World {
  const world = Object.assign(newWorld(self), { sector: 20, now: 1e9, credits: 1000, informed: true }, more);
  const out = new Map<number, number[]>();
  for (const [a, b] of ways) {
    out.set(a, [...(out.get(a) ?? []), b]);
    out.set(b, [...(out.get(b) ?? []), a]);
  }
  for (const [sector, to] of out) chartWays(world.chart, sector, to);
  return world;
}
/** A line of sectors long enough to live in. */
const street = Array.from({ length: 30 }, (_, at): [number, number] => [20 + at, 21 + at]);
const fighters = (count: number, mode: Danger["mode"] = "Defensive"): Danger => ({
  kind: "fighters",
  count,
  at: 1e9,
  ...(mode ? { mode } : {}),
});
const met = (encounter: Partial<Encounter>): Encounter => ({
  sector: 20,
  toll: false,
  ours: 30,
  theirs: 10,
  price: undefined,
  broke: false,
  paid: false,
  ...encounter,
});

test("a toll is paid when it is cheaper than going back and around, and what was asked for counts, not what was guessed", () => {
  const world = worldOf(street);
  expect(tollOf(100)).toBe(500);
  expect(meet(world, met({ toll: true, theirs: 20 })).deed).toBe("pay");
  expect(meet(world, met({ toll: true, theirs: 100 })).deed).toBe("retreat");
  expect(meet(world, met({ toll: true, theirs: 100, price: 50 })).deed).toBe("pay");
  expect(meet(world, met({ toll: true, theirs: 20, broke: true })).deed).toBe("retreat");
  expect(meet(worldOf(street, { credits: 99 }), met({ toll: true, theirs: 20 })).deed).toBe("retreat");
  expect(bearable(world, { count: 20, mode: "Toll" })).toBe(true);
  expect(bearable(world, { count: 20, mode: "Defensive" })).toBe(false);
});

test("fighters are fought when that costs less than the turns of a detour, and never at bad odds", () => {
  const rich = worldOf(street, { credits: 60_000, creditsStart: 0, turnsExecuted: 100 });
  expect(meet(rich, met({ ours: 30, theirs: 6 })).deed).toBe("attack");
  expect(meet(rich, met({ ours: 30, theirs: 12 })).deed).toBe("retreat");
  expect(meet(worldOf(street), met({ ours: 30, theirs: 6 })).deed).toBe("retreat");
  expect(wave(Object.assign(rich, { encounter: met({ ours: 30, theirs: 6 }) }), 750)).toBe(10);
  expect(wave(Object.assign(rich, { encounter: met({ ours: 900, theirs: 900 }) }), 750)).toBe(750);
  expect(wave(Object.assign(rich, { encounter: undefined }), 750)).toBe(0);
});

test("whoever flees from one sector into the next stands and fights before it goes round for ever", () => {
  const world = worldOf(street, { retreats: 2 });
  expect(meet(world, met({ ours: 30, theirs: 20 })).deed).toBe("attack");
  expect(meet(world, met({ ours: 3, theirs: 20 })).deed).toBe("retreat");
});

test("where dangers leave no room the cheapest way out is taken, and fighters that stand there are fought", () => {
  const world = worldOf(
    [
      [20, 21],
      [21, 22],
      [20, 23],
    ],
    { fighters: 30 },
  );
  expect(breakOut(world)).toBeUndefined();
  markDanger(world, 23, { kind: "mines", count: 200, at: 1e9 });
  markDanger(world, 22, fighters(6));
  // The neighbours' own ways are known, or there might be room behind them.
  expect(breakOut(world)?.intent).toEqual({ type: "move", to: 21 });
  world.sector = 21;
  expect(breakOut(world)?.intent).toEqual({ type: "fight", to: 22 });
  markDanger(world, 22, fighters(6, "Toll"));
  expect(breakOut(world)?.intent).toEqual({ type: "move", to: 22 });
  const roomy = worldOf(street);
  markDanger(roomy, 21, fighters(6));
  roomy.sector = 25;
  expect(breakOut(roomy)).toBeUndefined();
});

test("the hunt is for fighters that ours clearly outnumber, the most points a turn first; those that strike first are left alone", () => {
  const world = worldOf(street, { fighters: 1000 });
  expect(combatTarget(world)).toBeUndefined();
  markDanger(world, 22, fighters(400));
  markDanger(world, 21, fighters(100, "Offensive"));
  expect(combatTarget(world)).toBeUndefined();
  clearDanger(world, 21);
  clearDanger(world, 22);
  markDanger(world, 22, fighters(120));
  expect(combatTarget(world)).toMatchObject({ sector: 22, from: 21, points: 10 });
  expect(hunt(world)?.intent).toEqual({ type: "move", to: 21 });
  world.sector = 21;
  expect(hunt(world)?.intent).toEqual({ type: "fight", to: 22 });
});

test("dangers are believed for a while; a later look wins; what is forgiven is remembered as such, and all of it is bounded", () => {
  const world = worldOf(street);
  markDanger(world, 21, fighters(10));
  markDanger(world, 21, { ...fighters(99), at: 1 });
  expect(world.dangers.get(21)?.count).toBe(10);
  world.now = 1e9 + fadesAfterMs.fighters - 1;
  fadeDangers(world);
  expect(world.dangers.has(21)).toBe(true);
  world.now += 120_000;
  fadeDangers(world);
  expect(world.dangers.has(21)).toBe(false);
  expect(world.forgiven.has(21)).toBe(true);
  for (let sector = 1; sector <= dangersMax + 50; sector++) markDanger(world, sector, fighters(1));
  expect(world.dangers.size).toBe(dangersMax);
});

test("a scanner's figure is suspect when harmless things cannot explain it: the figures of recording 08", () => {
  for (const harmless of [0, 1, 38, 40, 100, 139, 140, 180, 500, 600, 640])
    expect(suspected(harmless, 0)).toBe(0);
  expect(suspected(210, 10)).toBe(0);
  expect(suspected(200, 0)).toBeGreaterThan(0); // 20 mines
  expect(suspected(1_500, 0)).toBeGreaterThan(100); // 300 fighters
  expect(suspected(2_600, 0)).toBeGreaterThan(300); // a port and 500 fighters
  expect(suspected(25_140, 0)).toBeGreaterThan(4_000);
});

test("defence is bought where somebody hunts, shields first, and never for more than its share of the purse", () => {
  const ship = { fightersMax: 2500, shieldsMax: 100 };
  const price = { fighter: 200, shield: 100 };
  const safe = worldOf(street, { credits: 1e6, fighters: 30 });
  expect(defenceWanted(safe, ship, price)).toEqual({ fighters: 30, shields: 0 });
  const hunted = { ...safe, ferrengi: true };
  expect(defenceWanted(hunted, ship, price)).toEqual({ fighters: 300, shields: 100 });
  expect(defenceWanted({ ...hunted, credits: 10_000 }, ship, price)).toEqual({ fighters: 30, shields: 20 });
});

test("by nightfall it is in FedSpace: nothing is begun that would not leave the turns to go there, and there it rests", () => {
  const world = worldOf(
    [
      [5, 19],
      [19, 20],
      [20, 21],
      [21, 22],
    ],
    { turnsLeft: 12, ferrengi: true },
  );
  const to = (sector: number) => () => ({ intent: { type: "move" as const, to: sector }, why: "profit" });
  expect(beforeNight(world, to(21)).intent).toEqual({ type: "move", to: 21 });
  world.turnsLeft = 11;
  expect(beforeNight(world, to(21)).intent).toEqual({ type: "travel", to: 5 });
  world.sector = 5;
  world.turnsLeft = 5;
  expect(beforeNight(world, to(19))).toMatchObject({
    intent: { type: "leave" },
    rest: { forMs: turnsRestMs },
  });
  // Nobody hunts, or nothing comes after: the turns are used up where they are worth most.
  expect(beforeNight({ ...world, ferrengi: false }, to(19)).rest).toBeUndefined();
  expect(beforeNight({ ...world, self: { ...self, waitForTurns: false } }, to(19)).rest).toBeUndefined();
  // Where there are ships enough already the Federation would tow us away.
  world.moored.set(5, 5);
  expect(beforeNight(world, to(19)).rest).toBeUndefined();
});
