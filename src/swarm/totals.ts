/** The aggregates that every face shows: one computation, so that no two can disagree. */
import type { SwarmTotals } from "../proto/events.ts";
import {
  botStates,
  type BotReport,
  type BotState,
  type BotStatus,
  type SwarmStatus,
} from "../proto/status.ts";
import { knownBot } from "./requests.ts";
import { hasProcess, type Bot, type SwarmState } from "./swarm.ts";

const nothingReported: Omit<BotReport, "strategy" | "goal" | "turns_max"> = {
  sector: 0,
  credits: 0,
  credits_start: 0,
  turns_executed: 0,
  holds: 0,
  experience: 0,
  trades_executed: 0,
  trade_attempts: 0,
  sectors_explored: 0,
  ports_known: 0,
  activity: "",
};

/** What is told of the manager itself. */
export interface About {
  readonly version: string;
  readonly degraded: string | undefined;
}

/** One bot as people see it at the moment `at`. Refuses an unknown id. */
export const botStatus = (state: Readonly<SwarmState>, id: string, at: number): BotStatus =>
  statusOf(knownBot(state, id), at);

/** The whole swarm at the moment `at`. */
export function swarmStatus(state: Readonly<SwarmState>, about: About, at: number): SwarmStatus {
  return {
    ...swarmTotals(state, about, at),
    bots: [...state.bots.values()].map((bot) => statusOf(bot, at)),
  };
}

/** The totals alone. Credits, turns and trades count every bot's last word, also of those that have ended. */
export function swarmTotals(state: Readonly<SwarmState>, about: About, at: number): SwarmTotals {
  const byState = Object.fromEntries(botStates.map((name) => [name, 0])) as Record<BotState, number>;
  let credits = 0;
  let earned = 0;
  let turns = 0;
  let trades = 0;
  let bank = 0;
  let worth = 0;
  for (const bot of state.bots.values()) {
    byState[bot.state]++;
    if (!bot.report) continue;
    credits += bot.report.credits;
    bank += bot.report.bank ?? 0;
    worth += netWorth(bot.report);
    earned += bot.report.credits - bot.report.credits_start;
    turns += bot.report.turns_executed;
    trades += bot.report.trades_executed;
  }
  return {
    total_bots: state.bots.size,
    by_state: byState,
    running: byState.RUNNING,
    completed: byState.COMPLETED,
    errors: byState.ERROR + byState.FAILED,
    stopped: byState.DEAD,
    paused: byState.PAUSED,
    recovering: byState.STUCK + byState.BACKOFF,
    max_bots: state.maxBots,
    total_credits: credits,
    total_bank_credits: bank,
    total_net_worth: worth,
    total_turns: turns,
    total_trades: trades,
    credits_per_turn: perTurn(earned, turns),
    uptime_seconds: seconds(at - state.startedAt),
    version: about.version,
    ...(about.degraded !== undefined && { degraded: about.degraded }),
    seq: state.seq,
  };
}

/** The same for a bot that is at hand. */
export function statusOf(bot: Readonly<Bot>, at: number): BotStatus {
  const report = bot.report;
  return {
    // What people look for first comes first.
    bot_id: bot.id,
    state: bot.state,
    ...(bot.pid !== undefined && hasProcess(bot) && { pid: bot.pid }),
    linked: bot.linked,
    ...(bot.taken && { taken: true }),
    ...(bot.labels && { labels: bot.labels }),
    config: bot.configName,
    ...(bot.place !== undefined && { place: bot.place }),
    ...nothingReported,
    ...report,
    strategy: bot.strategy,
    goal: bot.goal,
    turns_max: bot.turnsMax,
    activity: activityOf(bot),
    uptime_seconds: uptime(bot, at),
    credits_per_turn: earnings(bot),
    net_worth: report ? netWorth(report) : 0,
    restarts: bot.restarts,
    ...(bot.process === "waiting" && bot.notBefore > 0 && { next_start_at: bot.notBefore }),
    ...(bot.memoryMb !== undefined && { memory_mb: bot.memoryMb }),
    ...(bot.cpuPercent !== undefined && { cpu_percent: bot.cpuPercent }),
    ...(bot.startedAt !== undefined && { started_at: bot.startedAt }),
    ...(bot.registeredAt !== undefined && { registered_at: bot.registeredAt }),
    ...(bot.state === "COMPLETED" && bot.endedAt !== undefined && { completed_at: bot.endedAt }),
    ...(bot.lastActivity !== undefined && { last_activity: bot.lastActivity }),
    ...(bot.lastWord !== undefined && { last_update: bot.lastWord }),
    ...(bot.error !== undefined && { error: bot.error }),
    ...(bot.errorAt !== undefined && { error_at: bot.errorAt }),
    ...(bot.lastOrder && { order: { ...bot.lastOrder } }),
  };
}

/** What it is doing. Where there is no worker, the last one's words may be of what it was doing when it was cut short. */
export function activityOf(bot: Readonly<Bot>): string {
  const said = bot.report?.activity ?? "";
  if (hasProcess(bot)) return said;
  if (bot.process === "waiting") return "waits to be started";
  return bot.state === "COMPLETED" ? said : (bot.error ?? bot.killed ?? said).slice(0, activityMaxChars);
}

/** Characters of an activity, as workers are held to. */
const activityMaxChars = 200;

/** Credits in hand, in the bank, and what the cargo is worth. */
export const netWorth = (report: Readonly<BotReport>) =>
  report.credits + (report.bank ?? 0) + (report.cargo_value ?? 0);
/** Credits for each turn, in hundredths; 0 before the first. */
export const earnings = ({ report }: Readonly<Bot>): number =>
  report ? perTurn(report.credits - report.credits_start, report.turns_executed) : 0;
/** Seconds since its worker was started, or until it ended. */
export const uptime = ({ startedAt, endedAt }: Readonly<Bot>, at: number): number =>
  startedAt === undefined ? 0 : seconds((endedAt ?? at) - startedAt);
const perTurn = (credits: number, turns: number) =>
  turns > 0 ? Math.round((credits / turns) * 100) / 100 : 0;
const seconds = (ms: number) => Math.max(0, Math.round(ms / 100) / 10);
