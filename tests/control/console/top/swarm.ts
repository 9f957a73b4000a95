/** Swarms for the tests of `top`: bots with figures of their own, and what a manager tells of them. */
import type { LiveMessage } from "../../../../src/proto/events.ts";
import { botStates, type BotState, type BotStatus, type SwarmStatus } from "../../../../src/proto/status.ts";
import { topState, type Size, type Top } from "../../../../src/control/console/top/state.ts";
import { step } from "../../../../src/control/console/top/step.ts";

export const aBot = (bot_id: string, change: Partial<BotStatus> = {}): BotStatus => ({
  bot_id,
  state: "RUNNING",
  linked: true,
  sector: 1,
  credits: 1000,
  credits_start: 0,
  turns_executed: 10,
  turns_max: 0,
  holds: 20,
  experience: 0,
  trades_executed: 3,
  trade_attempts: 4,
  sectors_explored: 5,
  ports_known: 6,
  strategy: "opportunistic",
  goal: "profit",
  activity: "trade at 852",
  config: "bot.yaml",
  uptime_seconds: 61,
  credits_per_turn: 1.5,
  net_worth: 1234,
  restarts: 0,
  ...change,
});

/** bot_000 and so on, of every state, with figures that differ. */
export const manyBots = (count: number): BotStatus[] =>
  Array.from({ length: count }, (_, index) =>
    aBot(`bot_${String(index).padStart(3, "0")}`, {
      state: index % 10 === 0 ? botStates[(index / 10) % botStates.length]! : "RUNNING",
      trader: `Trader ${index}`,
      sector: 1 + ((index * 37) % 1000),
      credits: (index * 7919) % 1_000_000,
      turns_executed: index,
      net_worth: (index * 104_729) % 10_000_000,
    }),
  );

export function statusOf(bots: readonly BotStatus[]): SwarmStatus {
  const by_state: Partial<Record<BotState, number>> = {};
  for (const { state } of bots) by_state[state] = (by_state[state] ?? 0) + 1;
  const sum = (value: (bot: BotStatus) => number) => bots.reduce((all, bot) => all + value(bot), 0);
  return {
    total_bots: bots.length,
    by_state: by_state as SwarmStatus["by_state"],
    running: by_state.RUNNING ?? 0,
    completed: 0,
    errors: 0,
    stopped: 0,
    max_bots: 10_000,
    paused: by_state.PAUSED ?? 0,
    recovering: 0,
    total_credits: sum((bot) => bot.credits),
    total_bank_credits: 0,
    total_net_worth: sum((bot) => bot.net_worth),
    total_turns: sum((bot) => bot.turns_executed),
    total_trades: sum((bot) => bot.trades_executed),
    credits_per_turn: 1.25,
    uptime_seconds: 3700,
    version: "0",
    seq: 1,
    bots: [...bots],
  };
}

export const snapshotOf = (bots: readonly BotStatus[], rev = 0): LiveMessage => ({
  type: "snapshot",
  rev,
  status: statusOf(bots),
});

/** A `top` that has been told of these bots. */
export const topOf = (
  bots: readonly BotStatus[],
  size: Size = { columns: 80, rows: 24 },
  change: Partial<Top> = {},
) =>
  step(
    {
      ...topState({
        title: "localhost:8000",
        size,
        at: 0,
        wanted: () => true,
        sorting: { by: "bot_id", falling: false },
        filter: "",
      }),
      ...change,
    },
    { type: "told", at: 0, message: snapshotOf(bots) },
  ).state;
