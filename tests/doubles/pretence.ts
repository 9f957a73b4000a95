/** A swarm that is only pretended: statuses that change as those of playing bots do, by a seed, without a manager. */
import type { SwarmEvent, SwarmTotals } from "../../src/proto/events.ts";
import {
  BotReport,
  botStates,
  type BotState,
  type BotStatus,
  type SwarmStatus,
} from "../../src/proto/status.ts";

export interface Pretence {
  status(): SwarmStatus;
  totals(): SwarmTotals;
  bot(id: string): BotStatus | undefined;
  /** A second of play, and the report of it: nearly every counter moves. */
  report(id: string): SwarmEvent;
  /** Time goes by: every bot's uptime grows, and nothing else. */
  pass(seconds: number): void;
  put(bot: BotStatus): void;
  remove(id: string): SwarmEvent;
  ids(): string[];
}

export const pretendedId = (number: number) => `bot_${String(number).padStart(3, "0")}`;
/** Numbers from 0 up to below `below`, the same for the same seed. */
export function dice(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A bot in full play, all of its fields filled in but those of trouble. */
export const pretendedBot = (bot_id: string, roll: (below: number) => number): BotStatus => ({
  ...pretendedTrades(roll),
  bot_id,
  state: "RUNNING",
  pid: 1000 + roll(30_000),
  linked: true,
  config: "bot",
  place: "localhost:2002/A",
  trader: `Trader ${bot_id}`,
  game: "A",
  sector: 1 + roll(5000),
  credits: 100_000 + roll(900_000),
  credits_start: 300,
  turns_executed: roll(20_000),
  turns_max: 0,
  turns_left: 60_000,
  holds: 75,
  experience: roll(1000),
  sectors_explored: roll(2000),
  ports_known: roll(500),
  ship: "Merchant Cruiser",
  fighters: 30,
  shields: 0,
  bank: roll(1_000_000),
  cargo_value: roll(5000),
  troubles: 0,
  waits: false,
  strategy: "opportunistic",
  goal: "profit",
  activity: "trade at 852: Equipment for 941",
  started_at: 1_764_000_000_000,
  registered_at: 1_764_000_000_400,
  last_activity: 1_764_000_001_000,
  last_update: 1_764_000_001_000,
  uptime_seconds: 100.5,
  credits_per_turn: 12.34,
  net_worth: 2_000_000 + roll(900_000),
  restarts: 0,
  memory_mb: 9.3,
  cpu_percent: 1.5,
});

/** Trades that can be: a deal for each, an offer or more for each deal, and what was lost was tried. */
function pretendedTrades(roll: (below: number) => number) {
  const [trades, lost] = [roll(2000), roll(50)];
  return {
    trades_executed: trades,
    trade_attempts: trades + lost,
    haggle_deals: trades,
    haggle_offers: trades + roll(7000),
    haggle_lost: lost,
  };
}

export function createPretence(count: number, seed: number): Pretence {
  const roll = dice(seed);
  const bots = new Map<string, BotStatus>();
  let seq = 1;
  for (let number = 0; number < count; number++)
    bots.set(pretendedId(number), pretendedBot(pretendedId(number), roll));
  const totals = (): SwarmTotals => {
    const byState = Object.fromEntries(botStates.map((state) => [state, 0])) as Record<BotState, number>;
    const sums = { credits: 0, bank: 0, worth: 0, turns: 0, trades: 0 };
    for (const bot of bots.values()) {
      byState[bot.state]++;
      sums.credits += bot.credits;
      sums.bank += bot.bank ?? 0;
      sums.worth += bot.net_worth;
      sums.turns += bot.turns_executed;
      sums.trades += bot.trades_executed;
    }
    return {
      total_bots: bots.size,
      by_state: byState,
      running: byState.RUNNING,
      completed: byState.COMPLETED,
      errors: byState.ERROR,
      stopped: byState.DEAD,
      max_bots: 200,
      paused: byState.PAUSED,
      recovering: byState.STUCK + byState.BACKOFF,
      total_credits: sums.credits,
      total_bank_credits: sums.bank,
      total_net_worth: sums.worth,
      total_turns: sums.turns,
      total_trades: sums.trades,
      credits_per_turn: 12.34,
      uptime_seconds: 1234.5,
      version: "0.0.0-test",
      seq,
    };
  };
  return {
    totals,
    status: () => ({ ...totals(), bots: [...bots.values()] }),
    bot: (id) => bots.get(id),
    ids: () => [...bots.keys()],
    report(id) {
      const bot = bots.get(id)!;
      const turns = 1 + roll(3);
      const at = bot.last_update! + 1000;
      const now: BotStatus = {
        ...bot,
        sector: 1 + roll(5000),
        credits: bot.credits + roll(3000),
        turns_executed: bot.turns_executed + turns,
        turns_left: bot.turns_left! - turns,
        experience: bot.experience + roll(2),
        trades_executed: bot.trades_executed + 1,
        trade_attempts: bot.trade_attempts + 1,
        sectors_explored: bot.sectors_explored + roll(2),
        cargo_value: roll(5000),
        haggle_deals: bot.haggle_deals! + 1,
        haggle_offers: bot.haggle_offers! + 1 + roll(5),
        activity: `trade at ${1 + roll(5000)}: Equipment for ${roll(3000)}`,
        last_activity: at,
        last_update: at,
        uptime_seconds: bot.uptime_seconds + 1,
        credits_per_turn: roll(3000) / 100,
        net_worth: bot.net_worth + roll(3000),
      };
      bots.set(id, now);
      return { type: "reported", bot: id, report: BotReport.parse(now), at };
    },
    pass(seconds) {
      for (const [id, bot] of bots) bots.set(id, { ...bot, uptime_seconds: bot.uptime_seconds + seconds });
    },
    put(bot) {
      seq++;
      bots.set(bot.bot_id, bot);
    },
    remove(id) {
      seq++;
      bots.delete(id);
      return { type: "cleared", bot: id, at: 1 };
    },
  };
}
