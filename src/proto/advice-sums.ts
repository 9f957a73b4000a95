/** What the bots' reports of their model come to, all of them together: so that manager, page and metrics tell the same sums. */
import { z } from "zod";
import { AdviceReport, decisionSources, type DecisionSource } from "./advice.ts";
import { endedStates, type BotState } from "./status.ts";

const { asked, accepted, rejected, failed, turns, credits } = AdviceReport.unwrap().shape;
const Rates = z.object({ advice: z.number(), rules: z.number(), fallback: z.number() });

/** Counts since each bot's process began, also of those that have ended; credits are credits of net worth. */
export const AdviceSums = z.object({
  /** Bots with a model that have not ended. */
  bots: z.int(),
  /** How many of them play by what now. */
  deciding: z.object({ advice: z.int(), rules: z.int(), fallback: z.int() }),
  asked,
  accepted,
  rejected,
  failed,
  turns,
  credits,
  /** Credits for each turn, by who decided, in hundredths; 0 before the first turn. */
  credits_per_turn: Rates,
});
export type AdviceSums = z.infer<typeof AdviceSums>;

const nothing = () => ({ advice: 0, rules: 0, fallback: 0 });

/** Credits for each turn, in hundredths; 0 before the first turn. */
export const rateBy = (
  { turns: used, credits: earned }: Pick<AdviceReport, "turns" | "credits">,
  source: DecisionSource,
): number => (used[source] > 0 ? Math.round((earned[source] / used[source]) * 100) / 100 : 0);

/** A bot as far as its model goes. */
interface Advised {
  readonly state: BotState;
  readonly advice?: AdviceReport | undefined;
}

/** Sums over bots; those that play without a model count for nothing. */
export function sumAdvice(bots: Iterable<Advised>): AdviceSums {
  const sums: AdviceSums = {
    bots: 0,
    deciding: nothing(),
    asked: 0,
    accepted: 0,
    rejected: {},
    failed: {},
    turns: nothing(),
    credits: nothing(),
    credits_per_turn: nothing(),
  };
  for (const { state, advice: report } of bots) {
    if (!report) continue;
    if (!endedStates.has(state)) {
      sums.bots++;
      sums.deciding[report.source]++;
    }
    sums.asked += report.asked;
    sums.accepted += report.accepted;
    addCounts(sums.rejected, report.rejected);
    addCounts(sums.failed, report.failed);
    for (const source of decisionSources) {
      sums.turns[source] += report.turns[source];
      sums.credits[source] += report.credits[source];
    }
  }
  for (const source of decisionSources) sums.credits_per_turn[source] = rateBy(sums, source);
  return sums;
}

function addCounts<K extends string>(
  sum: Partial<Record<K, number>>,
  counts: Partial<Record<K, number>>,
): void {
  for (const [reason, count] of Object.entries(counts) as [K, number][])
    sum[reason] = (sum[reason] ?? 0) + count;
}
