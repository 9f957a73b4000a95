import { expect, test } from "bun:test";
import { decodeSpots, encodeSpots, keepSpots, keptSpots } from "../../../src/dashboard/map/spots.ts";

/** As a browser's storage, with room for so many characters. */
function storage(room = 1e6): Storage {
  const texts = new Map<string, string>();
  return {
    get length() {
      return texts.size;
    },
    clear: () => texts.clear(),
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    removeItem: (key) => void texts.delete(key),
    setItem(key, text) {
      if (text.length > room) throw new DOMException("full", "QuotaExceededError");
      texts.set(key, text);
    },
  };
}

test("positions come back as they were, but for a ten-thousandth", () => {
  const spots = new Map([
    [1, [-400.5, 12.25]],
    [20_000, [3, 399]],
  ] as const);
  const back = decodeSpots(encodeSpots(spots));
  expect([...back.keys()]).toEqual([1, 20_000]);
  for (const [sector, [x, y]] of spots) {
    expect(back.get(sector)![0]).toBeCloseTo(x, 1);
    expect(back.get(sector)![1]).toBeCloseTo(y, 1);
  }
});

test("what somebody else wrote there is no position", () => {
  for (const text of ["", "x", "1 %%%", "1 AAAA", "-3 AAAAAAAA", "NaN AAAAAAAA"])
    expect([text, decodeSpots(text).size]).toEqual([text, 0]);
});

test("five universes are kept, and the one kept longest ago goes", () => {
  const kept = storage();
  const spots = new Map([[1, [1, 1]]] as const);
  for (const place of ["a", "b", "c", "d", "a", "e", "f"]) keepSpots(kept, place, spots);
  expect(["a", "b", "c", "d", "e", "f"].map((place) => keptSpots(kept, place).size)).toEqual([
    1, 0, 1, 1, 1, 1,
  ]);
});

test("a browser without room keeps nothing, and goes on", () => {
  const kept = storage(5);
  keepSpots(kept, "a", new Map([[1, [1, 1]]] as const));
  expect(keptSpots(kept, "a").size).toBe(0);
});
