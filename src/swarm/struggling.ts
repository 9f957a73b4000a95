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

/** Figures by which bots are ranked one after the other, the least first. `median`: see `medianEarnings`. */
export function need(bot: Readonly<Bot>, median: number, at: number): readonly number[] {
  const cutOff = bot.process === "up" && !bot.linked;
  return [
    cutOff ? Math.min(4, needs[bot.state]) : needs[bot.state],
    -shortfall(bot, median),
    -bot.crashTimes.filter((time) => time > at - recentMs).length,
    -(bot.report?.troubles ?? 0),
    -bot.restarts,
  ];
}

/** What half of the bots that play earn less than, in credits per turn; 0 while none has played for long. */
export function medianEarnings(bots: Iterable<Readonly<Bot>>): number {
  const all: number[] = [];
  for (const bot of bots) if (isJudged(bot)) all.push(earnings(bot));
  return all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
}

/** How much of the median a bot misses that earns far less; 0 for all others. */
function shortfall(bot: Readonly<Bot>, median: number): number {
  if (median <= 0 || !isJudged(bot)) return 0;
  const part = earnings(bot) / median;
  return part < farBelow ? 1 - part : 0;
}

const isJudged = (bot: Readonly<Bot>) => !hasEnded(bot) && (bot.report?.turns_executed ?? 0) >= judgedTurns;
