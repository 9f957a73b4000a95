import { expect, test } from "bun:test";
import type { BotReport } from "../../src/proto/status.ts";
import { pageOf } from "../../src/swarm/listing.ts";
import { judgedTurns, medianEarnings, recentMs } from "../../src/swarm/struggling.ts";
import { newSwarm, playing, report, stage, type Stage } from "./stories.ts";

const at = 10_000_000;

function earning(on: Stage, bot: string, perTurn: number, more: Partial<BotReport> = {}): void {
  playing(on, bot, at);
  const turns = more.turns_executed ?? judgedTurns;
  const told = report({ credits: 300 + perTurn * turns, turns_executed: turns, ...more });
  on.happened({ type: "reported", bot, report: told, at });
}

const order = (on: Stage, sort: "struggling" | "-struggling" = "struggling") =>
  pageOf(on.state, [...on.state.bots.values()], { sort, limit: 1000 }, at).bots.map(({ id }) => id);

test("who needs somebody most comes first: by state, then without a line, then those that play, then those that are done", () => {
  const on = stage(newSwarm({ maxBots: 20, spawnParallel: 20 }));
  on.at = at;
  for (const bot of ["plays", "over", "away", "stuck", "crashed", "hopeless", "waits"]) playing(on, bot, at);
  on.request([{ type: "killed", bot: "over", reason: "x", at }]);
  on.happened({ type: "exited", bot: "over", code: 0, signal: null, at });
  on.happened({ type: "unlinked", bot: "away", at });
  on.happened({ type: "timedOut", bot: "stuck", silence_seconds: 60, at });
  for (const bot of ["crashed", "hopeless", "waits"])
    on.happened({ type: "exited", bot, code: null, signal: "SIGSEGV", at });
  on.request([
    { type: "gaveUp", bot: "hopeless", reason: "x", at },
    { type: "backedOff", bot: "waits", until: at + 9e9, crashes: 1, reason: "x", at },
  ]);
  expect(order(on)).toEqual(["hopeless", "crashed", "stuck", "waits", "away", "plays", "over"]);
  expect(order(on, "-struggling")).toEqual(order(on).reverse());
});

test("of those that play, whoever earns far less than the swarm comes first, the poorest ahead; then troubles decide", () => {
  const on = stage(newSwarm({ maxBots: 20, spawnParallel: 20 }));
  on.at = at;
  earning(on, "median", 100);
  earning(on, "rich", 150);
  earning(on, "other", 100);
  earning(on, "poor", 49);
  earning(on, "poorest", -2);
  earning(on, "half", 50);
  earning(on, "young", 0, { turns_executed: judgedTurns - 1 });
  earning(on, "troubled", 100, { troubles: 3 });
  expect(medianEarnings(on.state.bots.values())).toBe(100);
  expect(order(on)).toEqual(["poorest", "poor", "troubled", "half", "median", "other", "rich", "young"]);
});

test("crashes count while they are recent, and before troubles; starts after them", () => {
  const on = stage(newSwarm({ maxBots: 20, spawnParallel: 20 }), {});
  on.at = at;
  const crash = (bot: string, when: number) => {
    on.happened({ type: "exited", bot, code: 1, signal: null, at: when });
    on.happened({ type: "backedOff", bot, until: when, crashes: 1, reason: "x", at: when });
    on.wake();
    on.happened({ type: "registered", bot, pid: 8, session: "0123456789abcdef", at: when });
    on.happened({ type: "playing", bot, at: when });
  };
  for (const bot of ["calm", "troubled", "crashed", "crashedOnce"]) playing(on, bot, at - 2 * recentMs);
  crash("crashedOnce", at - recentMs - 1);
  crash("crashed", at - 5);
  on.happened({ type: "reported", bot: "troubled", report: report({ troubles: 2 }), at });
  expect(order(on)).toEqual(["crashed", "troubled", "crashedOnce", "calm"]);
});
