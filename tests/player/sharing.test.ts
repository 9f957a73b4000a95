import { expect, test } from "bun:test";
import type { GameLore } from "../../src/player/game.ts";
import { createSharing, tellGapMs } from "../../src/player/sharing.ts";
import { claimsMax, loreTextMaxChars } from "../../src/proto/lore.ts";

interface Notebook {
  readonly heard: string[];
  readonly unsaid: string[];
  readonly taken: Set<string>;
}
const lore: GameLore<Notebook> = {
  recall: ({ heard }, text) => void heard.push(text),
  news({ unsaid }, maxChars) {
    expect(maxChars).toBe(loreTextMaxChars);
    return unsaid.shift();
  },
  claimed({ taken }, more, free) {
    more.forEach((name) => taken.add(name));
    free.forEach((name) => taken.delete(name));
  },
};
function begin() {
  const world: Notebook = { heard: [], unsaid: [], taken: new Set() };
  return { world, sharing: createSharing(lore, world) };
}

test("nobody is told anything before somebody has said a word", () => {
  const { world, sharing } = begin();
  world.unsaid.push("0\nw1 5 2");
  expect(sharing.news(0)).toEqual([]);
  expect(sharing.news(0, true)).toEqual([]);
  expect(sharing.claim(["5"])).toEqual([]);
  sharing.told("0");
  expect(world.heard).toEqual(["0"]);
  expect(sharing.news(0)).toEqual([{ type: "tell", lore: "0\nw1 5 2" }]);
  expect(sharing.claim(["5"])).toEqual([{ type: "claim", names: ["5"] }]);
});

test("news are told at most once in a while, and all of it at the end", () => {
  const { world, sharing } = begin();
  sharing.told("0");
  world.unsaid.push("one", "two", "three");
  expect(sharing.news(0)).toHaveLength(1);
  expect(sharing.news(tellGapMs - 1)).toEqual([]);
  expect(sharing.news(tellGapMs)).toEqual([{ type: "tell", lore: "two" }]);
  expect(sharing.news(tellGapMs + 1, true)).toEqual([{ type: "tell", lore: "three" }]);
  expect(sharing.news(9 * tellGapMs)).toEqual([]);
});

test("a claim is made when it has changed, and again when a name that was refused is free", () => {
  const { world, sharing } = begin();
  sharing.told("0");
  expect(sharing.claim([])).toEqual([]);
  expect(sharing.claim(["5", "9"])).toHaveLength(1);
  expect(sharing.claim(["5", "9"])).toEqual([]);
  sharing.claimed(["9"], []);
  expect([...world.taken]).toEqual(["9"]);
  expect(sharing.claim(["5", "9"])).toEqual([]);
  sharing.claimed([], ["9"]);
  expect(sharing.claim(["5", "9"])).toEqual([{ type: "claim", names: ["5", "9"] }]);
  expect(sharing.claim([])).toEqual([{ type: "claim", names: [] }]);
});

test("no more names are claimed than the link takes", () => {
  const { sharing } = begin();
  sharing.told("0");
  const names = Array.from({ length: claimsMax + 3 }, (_, number) => String(number));
  expect(sharing.claim(names)).toEqual([{ type: "claim", names: names.slice(0, claimsMax) }]);
  expect(sharing.claim(names)).toEqual([]);
});

test("a game that shares nothing neither tells nor claims", () => {
  const sharing = createSharing(undefined, {});
  sharing.told("0");
  expect(sharing.news(0, true)).toEqual([]);
});
