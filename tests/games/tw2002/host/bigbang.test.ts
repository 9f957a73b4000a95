/** The universe beside a real one of 5,000 sectors, whose creation was recorded. */
import { expect, test } from "bun:test";
import { bigBang } from "../../../../src/games/tw2002/host/universe/bigbang.ts";
import { mcicRange, products } from "../../../../src/games/tw2002/rules/ports.ts";
import { noon } from "./players.ts";

const universe = bigBang({ sectors: 5000, seed: 8, at: noon });
const warpsOf = (sector: number) => universe.sectors[sector - 1]?.warps ?? [];

test("FedSpace has its fixed lanes: Sol's six, the ring, and eight to ten hanging on", () => {
  expect(warpsOf(1)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(warpsOf(2)).toEqual([1, 3, 7, 8, 9, 10]);
  for (const [from, to] of [
    [3, 4],
    [4, 5],
    [5, 6],
    [6, 7],
    [7, 8],
    [9, 10],
  ] as const) {
    expect([warpsOf(from).includes(to), warpsOf(to).includes(from)]).toEqual([true, true]);
  }
  const federal = universe.sectors.filter(({ nebula }) => nebula === "The Federation");
  expect(federal.map(({ number }) => number)).toEqual(
    [...Array(10).keys()].map((n) => n + 1).concat(universe.stardock),
  );
  expect(federal.every(({ beacon }) => beacon === "FedSpace, FedLaw Enforced")).toBe(true);
});

test("warps, one-way lanes, dead ends and distances are those of a real universe", () => {
  let edges = 0;
  let oneWay = 0;
  for (const { number, warps } of universe.sectors) {
    edges += warps.length;
    oneWay += warps.filter((to) => !warpsOf(to).includes(number)).length;
  }
  // Real: 13,183 warps, 161 of them one-way; 19 of 100 sectors are dead ends; 10.5 warps from one to another.
  expect(Math.abs(edges - 13_183)).toBeLessThan(200);
  expect(Math.abs(oneWay - 161)).toBeLessThan(25);
  const deadEnds = universe.sectors.filter(({ warps }) => warps.length === 1).length;
  expect(Math.abs(deadEnds / 5000 - 0.19)).toBeLessThan(0.02);
  const hops = new Int32Array(5001).fill(-1);
  hops[1] = 0;
  const found = [1];
  for (const sector of found) {
    for (const to of warpsOf(sector)) {
      if (hops[to] !== -1) continue;
      hops[to] = (hops[sector] ?? 0) + 1;
      found.push(to);
    }
  }
  expect(found.length).toBe(5000);
  expect(Math.abs(hops.reduce((sum, one) => sum + Math.max(0, one), 0) / 5000 - 9.5)).toBeLessThan(1.5);
});

test("sixty nebulae cover as much of the sky as the real ones: 295 of 5,000 sectors, a quarter of 1,000", () => {
  const clouded = (all: typeof universe.sectors) =>
    all.filter(({ nebula }) => nebula !== "" && nebula !== "The Federation").length;
  expect(Math.abs(clouded(universe.sectors) - 295)).toBeLessThan(60);
  const small = bigBang({ sectors: 1000, seed: 8, at: noon }).sectors;
  expect(clouded(small)).toBeGreaterThan(180);
  expect(clouded(small)).toBeLessThan(320);
});

test("ports have exact class shares, hidden numbers in their ranges and a name of their own; some lie in FedSpace", () => {
  const ports = [...universe.ports.values()];
  expect(new Set(ports.map(({ name }) => name)).size).toBe(ports.length);
  for (const { portClass, stocks } of ports) {
    if (portClass === 0 || portClass === 9) continue;
    for (const [index, { mcic, productivity }] of stocks.entries()) {
      const [least, most] = mcicRange[products[index] ?? "Fuel Ore"];
      expect(mcic >= least && mcic <= most && productivity >= 75 && productivity <= 300).toBe(true);
    }
  }
  const inFedSpace = [1, 2, 3, 4, 5].flatMap((seed) =>
    [...bigBang({ sectors: 1000, seed, at: noon }).ports.values()].filter(
      ({ sector }) => sector >= 2 && sector <= 10,
    ),
  );
  expect(inFedSpace.length).toBeGreaterThan(5);
  const special = ports.filter(({ portClass }) => portClass === 0 || portClass === 9);
  expect(special.map(({ sector }) => warpsOf(sector).length)).toEqual([6, 6, 6, 6]);
  expect(special.map(({ name }) => name)).toEqual(expect.arrayContaining(["Sol", "Rylos", "Alpha Centauri"]));
});

test("the Ferrengi's home is a dead end without a port, and only where there are Ferrengi", () => {
  const withThem = bigBang({ sectors: 1000, seed: 8, at: noon, ferrengi: true });
  const [, home] = withThem.planets;
  expect(home).toMatchObject({ id: 2, owner: { type: "ferrengi" } });
  expect(withThem.sectors[(home?.sector ?? 1) - 1]?.warps.length).toBe(1);
  expect(withThem.ports.has(home?.sector ?? 0)).toBe(false);
  expect(universe.planets.length).toBe(1);
});

test("five thousand sectors are made in less than two seconds", () => {
  const started = performance.now();
  bigBang({ sectors: 5000, seed: 9, at: noon });
  expect(performance.now() - started).toBeLessThan(2000);
});
