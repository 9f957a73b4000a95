/** A bot's standing as the message that others see, and when it is worth sending. */
import type { AdviceReport } from "../proto/advice.ts";
import type { Carried } from "../proto/orders.ts";
import type { BotReport } from "../proto/status.ts";
import type { Self, Standing } from "./game.ts";

/** What a report tells beside the standing. */
export interface ReportExtras {
  /** As the bot was made, with the turns of all its lives. */
  readonly self: Pick<Self, "gameLetter" | "turnsMax">;
  readonly strategy: string;
  readonly goal: string;
  readonly activity: string;
  readonly troubles: number;
  readonly waits: boolean;
  readonly advice?: AdviceReport | undefined;
  /** What the bot had done before this life. */
  readonly carried?: Carried | undefined;
}

/** Least time between two ordinary reports, in milliseconds. */
export const reportGapMs = 1000;

const nothingBefore: Carried = {
  credits_start: 0,
  turns_executed: 0,
  trades_executed: 0,
  trade_attempts: 0,
  haggle_deals: 0,
  haggle_offers: 0,
  haggle_lost: 0,
  troubles: 0,
};

/** The report that the link carries: counters of the bot's whole life. */
export function reportOf(standing: Standing, extras: ReportExtras): BotReport {
  const { carried = nothingBefore } = extras;
  return {
    ...(standing.trader === undefined ? {} : { trader: standing.trader }),
    game: extras.self.gameLetter,
    sector: standing.sector,
    credits: standing.credits,
    // A bot that had not seen its credits yet begins with what it sees now.
    credits_start: carried.credits_start || standing.creditsStart,
    turns_executed: carried.turns_executed + standing.turnsExecuted,
    turns_max: extras.self.turnsMax,
    ...(standing.turnsLeft === undefined ? {} : { turns_left: standing.turnsLeft }),
    holds: standing.holds,
    experience: standing.experience,
    trades_executed: carried.trades_executed + standing.trades,
    trade_attempts: carried.trade_attempts + standing.tradeAttempts,
    haggle_deals: carried.haggle_deals + standing.haggleDeals,
    haggle_offers: carried.haggle_offers + standing.haggleOffers,
    haggle_lost: carried.haggle_lost + standing.haggleLost,
    troubles: carried.troubles + extras.troubles,
    waits: extras.waits,
    sectors_explored: standing.sectorsExplored,
    ports_known: standing.portsKnown,
    ...(standing.ship === undefined ? {} : { ship: standing.ship }),
    ...(standing.fighters === undefined ? {} : { fighters: standing.fighters }),
    ...(standing.shields === undefined ? {} : { shields: standing.shields }),
    ...(standing.bank === undefined ? {} : { bank: standing.bank }),
    ...(standing.cargoValue === undefined ? {} : { cargo_value: standing.cargoValue }),
    strategy: extras.strategy,
    goal: extras.goal,
    ...(extras.advice && { advice: extras.advice }),
    activity: extras.activity,
  };
}

/** When to tell: a change at once if it is urgent, else at most once per gap; a change held back is due later. */
export interface ReportClock {
  /** Something changed: may it be told now? A no is remembered. */
  changed(nowMs: number, urgent: boolean): boolean;
  /** Milliseconds until a change that was held back may be told; undefined when none is. */
  dueInMs(nowMs: number): number | undefined;
}

export function createReportClock(gapMs: number = reportGapMs): ReportClock {
  let last = Number.NEGATIVE_INFINITY;
  let heldBack = false;
  return {
    changed(nowMs, urgent) {
      const now = urgent || nowMs - last >= gapMs;
      heldBack = !now;
      if (now) last = nowMs;
      return now;
    },
    dueInMs: (nowMs) => (heldBack ? Math.max(0, last + gapMs - nowMs) : undefined),
  };
}
