import { expect, test } from "bun:test";
import { sharedMaxChars } from "../src/proto/advice.ts";
import type { Swarm } from "../src/proto/operations.ts";
import { Refusal } from "../src/proto/refusal.ts";
import { keepShared } from "../src/shared-keep.ts";
import { newSwarm, report, stage } from "./swarm/stories.ts";

const here = "localhost:2002/A";
const there = "localhost:2002/B";
type Asked = Parameters<Swarm["routes"]>[0];
const route = {
  from: 7,
  to: 9,
  hops: 1,
  out: "Equipment",
  back: "Organics",
  credits_per_turn: 42.5,
  in_work: true,
};
const asking = (...bots: string[]) => bots.map((bot) => ({ bot, id: 1, at: 0, picture: "{}" }));

/** Bots by the places where they play, each with a report. */
function office(places: Record<string, string | undefined>, routes = [route]) {
  const on = stage(newSwarm({ maxBots: 1000 }));
  const bots = Object.keys(places);
  for (const [index, bot] of bots.entries()) {
    on.happened({ type: "joined", bot, config_name: "t", strategy: "ai", pid: 1, at: 0 });
    on.happened({ type: "reported", bot, report: report({ sector: 100 + index, holds: 30 + index }), at: 0 });
  }
  let now = 0;
  const asked: Asked[] = [];
  let trouble: Error | undefined;
  const shared = keepShared({
    state: on.state,
    commons: () => ({ placeOf: (bot) => places[bot] }),
    async routes(input) {
      asked.push(input);
      if (trouble) throw trouble;
      return { place: input.place!, sectors_known: 1, ports_known: 2, routes };
    },
    now: () => now,
  });
  return { on, shared, asked, wait: (ms: number) => (now += ms), break: (error: Error) => (trouble = error) };
}

test("it tells the best routes for ships such as the bots have, and where the other bots are", async () => {
  const { shared, asked } = office({ a: here, b: here, c: there });
  expect(JSON.parse((await shared(asking("a")))!)).toEqual({
    games: [
      {
        game: here,
        bots_playing: 2,
        best_routes: [{ ports: [7, 9], hops: 1, credits_per_turn: 42.5, in_work: true }],
        other_bots: { b: { sector: 101, holds: 31 } },
      },
    ],
  });
  expect(asked).toMatchObject([{ place: here, holds: 31 }]);
  const both = JSON.parse((await shared(asking("a", "c")))!) as { games: { game: string }[] };
  expect(both.games.map(({ game }) => game)).toEqual([here, there]);
});

test("a bot that has ended is not told of, and of a bot whose game is not known nothing is", async () => {
  const { on, shared } = office({ a: here, b: here, c: undefined });
  on.happened({ type: "completed", bot: "b", reason: "done", at: 1 });
  expect(JSON.parse((await shared(asking("a")))!).games[0]).toMatchObject({
    bots_playing: 1,
    other_bots: {},
  });
  expect(await shared(asking("c"))).toBeUndefined();
});

test("it is never longer than it may be, however many bots, and stays JSON", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [`a_bot_with_a_long_name_${index}`, here]),
  );
  const routes = Array.from({ length: 12 }, () => route);
  const { shared } = office({ ...many, z: there }, routes);
  for (const bots of [["a_bot_with_a_long_name_0"], ["a_bot_with_a_long_name_0", "z"]]) {
    const text = (await shared(asking(...bots)))!;
    expect(text.length).toBeLessThanOrEqual(sharedMaxChars);
    expect(text.length).toBeGreaterThan(sharedMaxChars - 200);
    const [game] = JSON.parse(text).games;
    expect(game.bots_playing).toBe(300);
    expect(Object.keys(game.other_bots).length).toBeGreaterThan(20);
  }
});

test("routes are worked out seldom, and a game of which nothing is known yet has none", async () => {
  const { shared, asked, wait } = office({ a: here });
  await shared(asking("a"));
  wait(29_000);
  await shared(asking("a"));
  expect(asked).toHaveLength(1);
  wait(2_000);
  await shared(asking("a"));
  expect(asked).toHaveLength(2);
  const unknown = office({ a: here });
  unknown.break(new Refusal("not_found", "No bot has played there"));
  expect(JSON.parse((await unknown.shared(asking("a")))!).games[0]).toMatchObject({ best_routes: [] });
});
