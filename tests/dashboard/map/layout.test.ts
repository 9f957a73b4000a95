import { expect, test } from "bun:test";
import { groundOf, type Net, type Spots } from "../../../src/dashboard/map/ground.ts";
import { settle } from "../../../src/dashboard/map/layout.ts";

/** A square of sectors, each with ways to those beside and below it. */
function square(side: number): Net {
  const ways: number[] = [];
  for (let place = 0; place < side * side; place++) {
    if (place % side < side - 1) ways.push(place, place + 1);
    if (place + side < side * side) ways.push(place, place + side);
  }
  return { sectors: Int32Array.from({ length: side * side }, (_, i) => i + 1), ways: Int32Array.from(ways) };
}
const nobody = new Map<number, readonly [number, number]>();
const apart = (spots: Spots, a: number, b: number) =>
  Math.hypot(spots[2 * a]! - spots[2 * b]!, spots[2 * a + 1]! - spots[2 * b + 1]!);
function settled(net: Net, known = nobody): Spots {
  const go = settle(net, known);
  for (;;) {
    const { spots, isSettled } = go(50);
    if (isSettled) return spots;
  }
}

test("the ground of a square is a square already: its corners lie far apart, and neighbours near", () => {
  const side = 12;
  const { spots, share } = groundOf(square(side), nobody);
  expect(share).toBe(1);
  const corner = side * side - 1;
  const ways = square(side).ways;
  let near = 0;
  for (let i = 0; i < ways.length; i += 2) near += (2 * apart(spots, ways[i]!, ways[i + 1]!)) / ways.length;
  for (const [one, other] of [
    [0, corner],
    [side - 1, corner - side + 1],
  ] as const)
    expect(apart(spots, one, other)).toBeGreaterThan(8 * near);
});

test("the same universe looks the same", () => {
  expect(settled(square(8))).toEqual(settled(square(8)));
});

test("a universe that has grown keeps its looks, and what is new lies beside its neighbours", () => {
  const small = square(10);
  const before = settled(small);
  const known = new Map(
    Array.from(small.sectors, (sector, i) => [sector, [before[2 * i]!, before[2 * i + 1]!]] as const),
  );
  const grown: Net = {
    sectors: Int32Array.from([...small.sectors, 101]),
    ways: Int32Array.from([...small.ways, 0, 100]),
  };
  const { spots, share } = groundOf(grown, known);
  expect(share).toBeCloseTo(1 / 101);
  expect(Array.from(spots.subarray(0, 200))).toEqual(Array.from(before));
  expect(apart(spots, 0, 100)).toBeLessThan(apart(spots, 0, 99) / 2);
  const after = settled(grown, known);
  // Scale and place drift; who lies near whom does not.
  expect(apart(after, 0, 99)).toBeGreaterThan(5 * apart(after, 0, 1));
});

test("sectors without any way, a single one and none at all are laid out, too", () => {
  const lone = (count: number): Net => ({
    sectors: Int32Array.from({ length: count }, (_, i) => i + 1),
    ways: new Int32Array(),
  });
  for (const count of [0, 1, 2, 40]) {
    const spots = settled(lone(count));
    expect(spots.length).toBe(2 * count);
    expect(spots.every(Number.isFinite)).toBe(true);
  }
  expect(apart(settled(lone(2)), 0, 1)).toBeGreaterThan(0);
});
