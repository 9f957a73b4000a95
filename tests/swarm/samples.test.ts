import { expect, test } from "bun:test";
import { samplesOf } from "../../src/swarm/samples.ts";
import { swarmStatus } from "../../src/swarm/totals.ts";
import { playing, report, stage } from "./stories.ts";

const about = { version: "1.0", degraded: undefined };

test("a row for each bot, and one that sums them up", () => {
  const on = stage();
  playing(on, "a");
  playing(on, "b");
  on.happened({
    type: "reported",
    bot: "a",
    at: 5,
    report: report({
      credits: 100,
      bank: 20,
      cargo_value: 3,
      turns_executed: 9,
      haggle_deals: 4,
      troubles: 2,
    }),
  });
  on.happened({ type: "reported", bot: "b", at: 5, report: report({ credits: 50, trades_executed: 6 }) });
  const { samples, ended } = samplesOf(swarmStatus(on.state, about, 7), new Set(), 7);
  expect(samples.map(({ bot }) => bot)).toEqual([null, "a", "b"]);
  expect(samples[1]!.row).toEqual({
    at: 7,
    bots: 1,
    running: 1,
    credits: 100,
    bank: 20,
    cargo_value: 3,
    net_worth: 123,
    turns: 9,
    trades: 0,
    trade_attempts: 0,
    haggle_deals: 4,
    haggle_offers: 0,
    haggle_lost: 0,
    errors: 2,
  });
  expect(samples[0]!.row).toMatchObject({ bots: 2, running: 2, credits: 150, bank: 20, trades: 6, turns: 9 });
  expect(ended.size).toBe(0);
});

test("a bot that has ended is told once more, counts in the sums for ever, and is told again when it lives again", () => {
  const on = stage();
  playing(on, "a");
  on.happened({ type: "completed", bot: "a", reason: "done", report: report({ credits: 70 }), at: 5 });
  const status = swarmStatus(on.state, about, 7);
  const first = samplesOf(status, new Set(), 7);
  expect(first.samples.map(({ bot }) => bot)).toEqual([null, "a"]);
  const second = samplesOf(status, first.ended, 27);
  expect(second.samples).toHaveLength(1);
  expect(second.samples[0]!.row).toMatchObject({ at: 27, bots: 1, running: 0, credits: 70 });
  const alive = { ...status, bots: status.bots.map((bot) => ({ ...bot, state: "RUNNING" as const })) };
  expect(samplesOf(alive, second.ended, 47).samples).toHaveLength(2);
});

test("crashes count as errors, beside the troubles that bots tell of", () => {
  const on = stage();
  playing(on, "a");
  const status = swarmStatus(on.state, about, 7);
  const crashed = { ...status, bots: status.bots.map((bot) => ({ ...bot, restarts: 3, troubles: 4 })) };
  expect(samplesOf(crashed, new Set(), 7).samples[0]!.row.errors).toBe(7);
});

test("an empty swarm has a row as well", () => {
  const { samples } = samplesOf(swarmStatus(stage().state, about, 7), new Set(), 7);
  expect(samples).toEqual([{ bot: null, row: expect.objectContaining({ at: 7, bots: 0, errors: 0 }) }]);
});
