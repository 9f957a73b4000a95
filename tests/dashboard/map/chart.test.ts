import { expect, test } from "bun:test";
import { chartOf, fullness, isFed, portNames } from "../../../src/dashboard/map/chart.ts";
import { portClasses } from "../../../src/games/tw2002/rules/ports.ts";
import { fedSectors } from "../../../src/games/tw2002/rules/space.ts";
import * as ours from "../../../src/dashboard/map/chart.ts";

const told = {
  place: "host:23/A",
  places: ["host:23/A"],
  rev: 7,
  size: 100,
  stardock: 30,
  sectors: [
    [1, 3, 2, 3],
    [2, 1, 1],
    [3, 0],
  ],
  ports: [
    [2, 1, 10, -1, 50],
    [99, 2, 1, 1, 1],
  ],
  dangers: [[3, "fighters", 20] as [number, string, number]],
};

test("a way that goes both ways is one way, and a one-way one knows its direction", () => {
  expect(chartOf(told).ways).toEqual([
    { from: 1, to: 2, both: true },
    { from: 1, to: 3, both: false },
  ]);
});

test("sectors that only a way leads to are on the chart, unseen", () => {
  const { sectors } = chartOf({ ...told, sectors: [[1, 3, 50]] });
  expect(sectors.get(50)).toEqual({ sector: 50, charted: false, seen: false, warps: [] });
});

test("a port is as full as what is known of it; one that nobody docked at is unknown", () => {
  const { ports } = chartOf(told);
  expect(fullness(ports.get(2)!)).toBeCloseTo(0.3);
  expect(fullness({ class: 1, stock: [undefined, undefined, undefined] })).toBeUndefined();
  expect(ports.has(99)).toBe(false);
});

test("FedSpace is the first sectors and the StarDock's", () => {
  expect([1, 10, 11, 30].map((sector) => isFed(chartOf(told), sector))).toEqual([true, true, false, true]);
});

test("what the page knows of the game by heart is what the game has", () => {
  expect(ours.fedSectors).toBe(fedSectors);
  for (const [portClass, name] of Object.entries(portClasses))
    expect(portNames[Number(portClass)]).toBe(name);
});
