import { describe, expect, test } from "bun:test";
import { keepAtlas } from "../src/atlas-keep.ts";
import { createAtlas } from "../src/games/tw2002/atlas.ts";
import { loreText } from "../src/proto/lore.ts";
import { foldMap } from "../src/proto/map-fold.ts";
import { Refusal } from "../src/proto/refusal.ts";
import { createCommons } from "../src/swarm/commons.ts";
import { newSwarm, report, spawned, stage } from "./swarm/stories.ts";

const [here, there] = ["localhost:2002/A", "localhost:2002/B"];

const byNumber = ([a]: readonly number[], [b]: readonly number[]) => a! - b!;

/** Commons in which bots have told something, and the questions about them. */
function stand() {
  const commons = createCommons();
  const on = stage(newSwarm({ maxBots: 4 }));
  let opened = 0;
  let breaths = 0;
  const atlas = keepAtlas({
    state: on.state,
    commons: () => commons,
    async open() {
      opened++;
      return createAtlas();
    },
    now: () => 5000,
    breathe: async () => void breaths++,
  });
  const tell = (bot: string, place: string, ...lines: string[]) => {
    commons.join(bot, place, 0);
    commons.told(bot, loreText(0, lines), 5000);
  };
  return { commons, on, atlas, tell, opened: () => opened, breaths: () => breaths };
}
const terms = { limit: 20, holds: 50, turns_per_warp: 3, max_hops: 4 };

test("what a bot has told a moment ago is known, and an atlas is opened once for each game", async () => {
  const { atlas, tell, opened } = stand();
  tell("a", here, "w1 1 2,3*");
  expect(await atlas.sector({ sector: 1 })).toMatchObject({ place: here, sectors_known: 1, warps: [2, 3] });
  tell("a", here, "w2 1 1*", "p2 1 3");
  expect(await atlas.path({ from: 1, to: 2 })).toMatchObject({ hops: 1, sectors: [1, 2], dangerous: [] });
  expect(await atlas.path({ from: 2, to: 9 })).toMatchObject({ hops: null, sectors: [] });
  expect(await atlas.routes(terms)).toMatchObject({ ports_known: 1, routes: [] });
  expect(opened()).toBe(1);
});

test("two who ask at once get one atlas, and the same", async () => {
  const { atlas, tell, opened, breaths } = stand();
  const many = Array.from({ length: 8000 }, (_, index) => `w${index + 1} 1 ${index + 2}*`);
  tell("a", here, ...many);
  const [one, other] = await Promise.all([atlas.sector({ sector: 8000 }), atlas.sector({ sector: 8000 })]);
  expect(one).toEqual(other);
  expect(one.warps).toEqual([8001]);
  // Nobody else waits for a whole universe to be read.
  expect(breaths()).toBeGreaterThan(2);
  expect(opened()).toBeLessThanOrEqual(2);
  tell("a", here, "w8000 2 9*");
  expect((await atlas.sector({ sector: 8000 })).warps).toEqual([9]);
});

describe("which game is meant", () => {
  test("the one of which most is known, unless another is named", async () => {
    const { atlas, tell } = stand();
    tell("a", here, "w1 1 2*");
    tell("b", there, "w1 1 3*", "w3 1 1*");
    expect((await atlas.sector({ sector: 1 })).place).toBe(there);
    expect((await atlas.sector({ sector: 1, place: here })).warps).toEqual([2]);
  });
  test("there must be one, and it must be known", async () => {
    const { atlas, tell } = stand();
    const refusal = async (asked: Promise<unknown>) => {
      const error = await asked.catch((thrown: unknown) => thrown);
      return error instanceof Refusal ? `${error.code}: ${error.message}` : error;
    };
    expect(await refusal(atlas.routes(terms))).toStartWith("not_found: Nothing is known of any game yet");
    tell("a", here, "w1 1 2*");
    expect(await refusal(atlas.sector({ sector: 1, place: there }))).toBe(
      `not_found: No bot has played at "${there}"; known games: ${here}`,
    );
  });
});

test("bots that are there now are named, and what one has claimed is in work", async () => {
  const { atlas, commons, on, tell } = stand();
  for (const bot of ["bot_000", "bot_001"]) {
    on.request([spawned(bot)]);
    on.happened({ type: "reported", bot, report: report({ sector: 7 }), at: 2 });
  }
  tell("bot_000", here, "w7 1 8*", "w8 1 7*", "p7 1 1", "p8 1 4");
  tell("bot_001", there, "w7 1 8*");
  expect((await atlas.sector({ sector: 7, place: here })).bots).toEqual(["bot_000"]);
  expect((await atlas.routes({ ...terms, place: here })).routes).toMatchObject([{ in_work: false }]);
  commons.claim("bot_000", ["8"], 0);
  expect((await atlas.routes({ ...terms, place: here })).routes).toMatchObject([{ in_work: true }]);
});

describe("a map", () => {
  test("has a number that grows with what is told, and is not told twice to whom it is known", async () => {
    const { atlas, tell } = stand();
    tell("a", here, "w1 1 2,3*");
    const first = await atlas.map({});
    expect(first).toMatchObject({ place: here, sectors: [[1, 3, 2, 3]], size: 3 });
    expect(first).not.toHaveProperty("unchanged");
    expect(await atlas.map({ known: first.rev })).toEqual({
      place: here,
      places: [here],
      rev: first.rev,
      unchanged: true,
      size: 0,
      sectors: [],
      ports: [],
      dangers: [],
    });
    tell("a", here, "p2 1 3");
    const next = await atlas.map({ known: first.rev });
    expect(next.rev).toBeGreaterThan(first.rev);
    expect(next).toMatchObject({ sectors: [[1, 3, 2, 3]], ports: [[2, 3, -1, -1, -1]] });
  });

  test("tells which games there are maps of, also of those that nobody plays any more", async () => {
    const { atlas, commons, tell } = stand();
    tell("b", there, "w1 1 2*");
    tell("a", here, "w1 1 2,3*", "w2 1 1*");
    commons.leave("b");
    expect(await atlas.map({})).toMatchObject({ place: here, places: [here, there] });
    expect((await atlas.map({ place: there })).places).toEqual([here, there]);
  });

  test("and what has changed of it are together the map as it is", async () => {
    const { atlas, tell } = stand();
    tell("a", here, "w1 1 2,3*", "w2 1 1*", "p2 1 3", "p1 1 4");
    let folded = foldMap(undefined, await atlas.map({}));
    const rounds = [["w3 1 1*"], ["p2 2 ", "d3 1 mines,5,"], [], ["w1 2 2*", "L9 1 l1"], ["p2 3 5"]];
    for (const lines of rounds) {
      if (lines.length > 0) tell("a", here, ...lines);
      const told = await atlas.map({ known: folded.rev, changes: true });
      expect(told.sectors.length).toBeLessThan(3);
      folded = foldMap(folded, told);
      const { sectors, ports, ...rest } = await atlas.map({});
      expect(rest).toEqual({ ...rest, rev: folded.rev, size: folded.size, dangers: folded.dangers });
      expect(folded.sectors.toSorted(byNumber)).toEqual(sectors.toSorted(byNumber));
      expect(folded.ports.toSorted(byNumber)).toEqual(ports.toSorted(byNumber));
    }
    // Of a map that nobody here has told, and of another universe, all is told.
    expect((await atlas.map({ known: 7, changes: true })).since).toBeUndefined();
    expect(foldMap({ ...folded, place: there }, await atlas.map({})).place).toBe(here);
  });

  test("of another game, or of a former manager, is another", async () => {
    const { atlas, tell } = stand();
    tell("a", here, "w1 1 2*");
    tell("b", there, "w1 1 2*", "w2 1 3*");
    const { rev } = await atlas.map({ place: here });
    expect((await atlas.map({ place: there, known: rev - 1000 })).unchanged).toBeUndefined();
    // The clock goes on between two managers.
    expect(rev).toBeGreaterThanOrEqual(5000);
  });
});
