/**
 * Which bots need somebody most. First by state: given up, crashed, stuck, about to be started again; then those whose line is down;
 * then the others; then those that are done, who need nobody. Among equals, those that earn far less than the swarm does come first,
 * the poorest ahead; then who crashed more often of late, told of more troubles, was started again more often.
 */
import type { BotState } from "../proto/status.ts";
import { hasEnded, type Bot } from "./swarm.ts";
import { earnings } from "./totals.ts";

/** A bot is judged by its earnings from so many turns on. */
export const judgedTurns = 50;
/** Far less than the swarm's median: below this part of it. */
export const farBelow = 0.5;
/** A crash is recent for so long, in milliseconds. */
export const recentMs = 3600_000;

const needs: Readonly<Record<BotState, number>> = {
  FAILED: 0,
  ERROR: 1,
  STUCK: 2,
  BACKOFF: 3,
  // 4 is for those of the next line that cannot be told anything.
  QUEUED: 5,
  SPAWNING: 5,
  REGISTERING: 5,
  RUNNING: 5,
  PAUSED: 5,
  COMPLETED: 6,
  DEAD: 6,
};

/** What of a bot its need is told by. */
export interface Needy {
  readonly state: BotState;
  /** It has a process, and cannot be told anything. */
  readonly cutOff: boolean;
  /** Credits per turn, of those that play and have done so for long enough to be judged. */
  readonly earns: number | undefined;
  readonly recentCrashes: number;
  readonly troubles: number;
  readonly restarts: number;
}

/** Figures by which bots are ranked one after the other, the least first. `median`: see `medianOf`. */
export const rank = (bot: Needy, median: number): readonly number[] => [
  bot.cutOff ? Math.min(4, needs[bot.state]) : needs[bot.state],
  -shortfall(bot.earns, median),
  -bot.recentCrashes,
  -bot.troubles,
  -bot.restarts,
];

/** The same for a bot of the swarm itself. */
export const need = (bot: Readonly<Bot>, median: number, at: number): readonly number[] =>
  rank(
    {
      state: bot.state,
      cutOff: bot.process === "up" && !bot.linked,
      earns: earns(bot),
      recentCrashes: bot.crashTimes.filter((time) => time > at - recentMs).length,
      troubles: bot.report?.troubles ?? 0,
      restarts: bot.restarts,
    },
    median,
  );

/** What half of the bots that are judged earn less than, in credits per turn; 0 while none is. */
export function medianOf(earned: Iterable<number | undefined>): number {
  const all = [...earned].filter((one) => one !== undefined);
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}
export const medianEarnings = (bots: Iterable<Readonly<Bot>>): number => medianOf([...bots].map(earns));

/** How much of the median a bot misses that earns far less; 0 for all others. */
function shortfall(earned: number | undefined, median: number): number {
  if (median <= 0 || earned === undefined) return 0;
  const part = earned / median;
  return part < farBelow ? 1 - part : 0;
}

const earns = (bot: Readonly<Bot>): number | undefined =>
  !hasEnded(bot) && (bot.report?.turns_executed ?? 0) >= judgedTurns ? earnings(bot) : undefined;
