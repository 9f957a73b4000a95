import { expect, test } from "bun:test";
import { samplesOf, strategiesMax, sumOf } from "../../src/swarm/samples.ts";
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
  expect(samples.map(({ of }) => of)).toEqual([null, "strategy opportunistic", "a", "b"]);
  expect(samples[2]!.row).toEqual({
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
  expect(first.samples.map(({ of }) => of)).toEqual([null, "strategy opportunistic", "a"]);
  const second = samplesOf(status, first.ended, 27);
  expect(second.samples).toHaveLength(2);
  expect(second.samples[0]!.row).toMatchObject({ at: 27, bots: 1, running: 0, credits: 70 });
  const alive = { ...status, bots: status.bots.map((bot) => ({ ...bot, state: "RUNNING" as const })) };
  expect(samplesOf(alive, second.ended, 47).samples).toHaveLength(3);
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
  expect(samples).toEqual([{ of: null, row: expect.objectContaining({ at: 7, bots: 0, errors: 0 }) }]);
});

test("the bots of a strategy are summed up as well, and all strategies together are the swarm", () => {
  const on = stage();
  for (const [index, bot] of ["a", "b", "c", "d"].entries()) {
    playing(on, bot);
    const strategy = index < 2 ? "explore" : "opportunistic";
    on.happened({
      type: "reported",
      bot,
      at: 5,
      report: report({ strategy, credits: 10 ** index, bank: 1 }),
    });
  }
  on.happened({ type: "completed", bot: "b", reason: "done", at: 6 });
  const status = swarmStatus(on.state, about, 7);
  // One that has ended counts with its last.
  const { samples } = samplesOf(status, new Set(["b"]), 7);
  const [whole, ...sums] = samples.filter(({ of }) => of === null || of.includes(" "));
  expect(sums).toMatchObject([
    { of: sumOf("explore"), row: { at: 7, bots: 2, running: 1, credits: 11 } },
    { of: sumOf("opportunistic"), row: { at: 7, bots: 2, running: 2, credits: 1100 } },
  ]);
  for (const [name, value] of Object.entries(whole!.row))
    if (name !== "at")
      expect([name, sums.reduce((sum, { row }) => sum + row[name as "credits"], 0)]).toEqual([name, value]);
});

test("strategies beyond the first few have no sums: a worker may call its own what it likes", () => {
  const on = stage();
  playing(on, "a");
  const status = swarmStatus(on.state, about, 7);
  const bots = Array.from({ length: strategiesMax + 5 }, (_, n) => ({
    ...status.bots[0]!,
    bot_id: `b${n}`,
    strategy: `s${n}`,
  }));
  const { samples } = samplesOf({ ...status, bots }, new Set(), 7);
  expect(samples).toHaveLength(1 + strategiesMax + bots.length);
  expect(samples[0]!.row.bots).toBe(bots.length);
});
