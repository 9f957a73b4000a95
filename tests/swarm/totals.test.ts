import { expect, test } from "bun:test";
import { SwarmStatus } from "../../src/proto/status.ts";
import { swarmStatus } from "../../src/swarm/totals.ts";
import { playing, report, stage } from "./stories.ts";

test("totals count every bot's last word, and what is earned per turn leaves out what each began with", () => {
  const on = stage();
  for (const bot of ["a", "b", "c"]) playing(on, bot);
  on.happened({
    type: "reported",
    bot: "a",
    report: report({ credits: 500, turns_executed: 10, trades_executed: 2 }),
    at: 5,
  });
  on.happened({ type: "reported", bot: "b", report: report({ credits: 200, turns_executed: 30 }), at: 5 });
  on.happened({ type: "exited", bot: "b", code: 1, signal: null, at: 6 });
  const status = swarmStatus(on.state, "1.2.3", 61_000);
  expect(SwarmStatus.parse(status)).toEqual(status);
  expect(status).toMatchObject({
    total_bots: 3,
    running: 2,
    errors: 1,
    total_credits: 700,
    total_turns: 40,
    total_trades: 2,
    credits_per_turn: 2.5,
    uptime_seconds: 61,
    version: "1.2.3",
    by_state: { RUNNING: 2, ERROR: 1, SPAWNING: 0 },
  });
  expect(status.bots.map((bot) => bot.credits_per_turn)).toEqual([20, -3.33, 0]);
});
