import { expect, test } from "bun:test";
import { botsAt, mapOf, placesOf } from "../../../src/dashboard/map/places.ts";
import { viewIn } from "../../../src/dashboard/map/view.ts";

const [here, there] = ["localhost:2002/A", "localhost:2002/B"];
const bots = [
  { bot_id: "a", place: here, sector: 7, state: "RUNNING" },
  { bot_id: "b", place: there, sector: 7, state: "PAUSED" },
  { bot_id: "c", place: undefined, sector: 7, state: "RUNNING" },
  { bot_id: "d", place: here, sector: 0, state: "REGISTERING" },
  { bot_id: "e", place: here, sector: 7, state: "DEAD" },
] as const;

test("a map has its own bots: none of a game with the same sectors, none that has ended or stands nowhere yet", () => {
  const ids = (place: string | undefined) => botsAt(bots, place).map(({ bot_id }) => bot_id);
  expect([ids(here), ids(there), ids("localhost:2002/C"), ids(undefined)]).toEqual([["a"], ["b"], [], []]);
});

test("every game of which there is a map, that is played or that is asked for can be chosen, once", () => {
  const chart = { places: ["old:23/C", here] };
  expect(placesOf(chart, bots, "asked:1/A")).toEqual(["asked:1/A", here, there, "old:23/C"]);
  expect(placesOf(undefined, [], undefined)).toEqual([]);
});

test("a bot leads to its own map, and to its sector once it stands in one", () => {
  const { pathname, searchParams } = new URL(mapOf(bots[1]!)!, "http://manager.test");
  expect(pathname).toBe("/map");
  expect(viewIn(searchParams)).toMatchObject({ place: there, sector: 7 });
  expect(mapOf({ place: here, sector: 0 })).not.toContain("sector");
  expect(mapOf(bots[2]!)).toBeUndefined();
});
