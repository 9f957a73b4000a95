import { expect, test } from "bun:test";
import { foldMap, noPort, type MapTold } from "../../src/proto/map-fold.ts";

const place = "localhost:2002/A";
const before: MapTold = {
  place,
  places: [place],
  rev: 5,
  size: 10,
  sectors: [
    [1, 3, 2],
    [2, 3, 1],
  ],
  ports: [[1, 4, 50, 50, 50]],
  dangers: [[2, "mines", 5]],
};
const changes: MapTold = {
  place,
  places: [place],
  rev: 6,
  since: 5,
  size: 10,
  stardock: 2,
  sectors: [[1, 3, 2, 9]],
  ports: [[1, noPort, -1, -1, -1]],
  dangers: [],
};

test("what has changed takes the place of what was, and all else stays", () => {
  expect(foldMap(before, changes)).toEqual({
    place,
    places: [place],
    rev: 6,
    size: 10,
    stardock: 2,
    sectors: [
      [1, 3, 2, 9],
      [2, 3, 1],
    ],
    ports: [],
    dangers: [],
  });
});

test("a map that is told whole, and one of another game, takes the place of all", () => {
  const { since: _, ...whole } = changes;
  expect(foldMap(before, whole)).toBe(whole);
  expect(foldMap(undefined, whole)).toBe(whole);
  const other = { ...changes, place: "localhost:2002/B" };
  expect(foldMap(before, other)).toBe(other);
});

test("one that has not changed is as it was", () => {
  expect(foldMap(before, { ...changes, unchanged: true, sectors: [], ports: [] })).toBe(before);
});
