import { expect, test } from "bun:test";
import {
  botConfigs,
  gamesMax,
  hostArguments,
  managerArguments,
  managerYaml,
  planDemo,
} from "../src/demo-plan.ts";

const flags = { count: 111, seed: 7, turns: 200, port: 0 };

test("a short demo is one small game, and each core has a process", () => {
  expect(planDemo(flags, 2)).toEqual({ games: "A", sectors: 1000, pack: 56 });
  expect(planDemo({ ...flags, turns: 0 }, 8)).toEqual({ games: "A", sectors: 1000, pack: 14 });
  expect(planDemo({ ...flags, count: 3 }, 8).pack).toBe(1);
});

test("a long one has a sector for each 50 turns, spread over games of a usual size", () => {
  const long = planDemo({ ...flags, turns: 65_000 }, 2);
  expect(long).toEqual({ games: "ABCDEFGHIJKLMNOPRSTUVWXYZ", sectors: 5772, pack: 56 });
  expect(long.games).toHaveLength(gamesMax);
  expect(planDemo({ ...flags, turns: 5000 }, 2)).toMatchObject({ games: "ABC", sectors: 3700 });
  // No game is without a bot, and none larger than a host makes them.
  expect(planDemo({ ...flags, count: 2, turns: 1_000_000 }, 2)).toMatchObject({
    games: "AB",
    sectors: 20_000,
  });
});

test("what was said is taken: a number of sectors alone is one game of them", () => {
  expect(planDemo({ ...flags, turns: 65_000, sectors: 500 }, 2)).toMatchObject({ games: "A", sectors: 500 });
  expect(planDemo({ ...flags, games: 3, pack: 1 }, 2)).toEqual({ games: "ABC", sectors: 1000, pack: 1 });
});

test("host, manager and bots are told of it", () => {
  const plan = { games: "AB", sectors: 300, pack: 1 };
  const host = hostArguments({ ...flags, turns: 70_000 }, plan, "/tmp/x y/host.db");
  expect(host.join("|")).toBe(
    "host|--json|--port|0|--db|/tmp/x y/host.db|--games|AB|--seed|7|--sectors|300|--max-callers|121|--turns-per-day|70000",
  );
  expect(managerArguments(flags, 8000, "a b.yaml", "c.db").join("|")).toBe(
    "manager|--json|--port|8000|--max-bots|111|--config|a b.yaml|--state-file|c.db",
  );
  expect(hostArguments(flags, plan, "h")).toContain("65000");
  expect(managerYaml(plan)).toBe("manager:\n  max_cpu_per_bot: null\n");
  expect(managerYaml({ ...plan, pack: 56 })).toBe(
    "manager:\n  max_cpu_per_bot: null\n  bots_per_worker: 56\n",
  );
  expect(
    botConfigs(flags, plan, 2002).map(({ connection, session }) => [
      connection.port,
      connection.game_letter,
      session.max_turns_per_session,
    ]),
  ).toEqual([
    [2002, "A", 200],
    [2002, "B", 200],
  ]);
});
