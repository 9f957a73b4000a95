/** Why there is no plan, and who decides instead, as people are told it. */
import type { AdviceFailure, AdviceRejection, DecisionSource } from "./advice.ts";

export const sourceWords: Readonly<Record<DecisionSource, string>> = {
  advice: "plans",
  rules: "rules, until a plan is there",
  fallback: "rules, the model having failed",
};

/** The same, where there is little room. */
export const shortSourceWords: Readonly<Record<DecisionSource, string>> = {
  advice: "plans",
  rules: "rules",
  fallback: "fallback",
};

export const failureWords: Readonly<Record<AdviceFailure, string>> = {
  timeout: "no answer in time",
  rate_limited: "asked too often",
  server_error: "trouble at the service",
  unreachable: "not reached",
  refused_key: "key missing or refused",
  bad_answer: "no plans in the answer",
  silent: "left out of the answer",
  off: "no model set up",
  away: "model left alone for a while",
  budget: "budget spent",
  crowded: "too many waited",
};

export const rejectionWords: Readonly<Record<AdviceRejection, string>> = {
  malformed: "no plan at all",
  impossible: "cannot be done",
  dangerous: "leads into danger",
  spend: "spends too much",
  combat: "attacks without leave",
  turns: "takes too many turns",
  worse: "earns too little",
  taken: "another bot is there",
};

/** Counts with their reasons, the most frequent first: "7 no answer in time, 1 budget spent"; empty for none. */
export function countsInWords<K extends string>(
  counts: Readonly<Partial<Record<K, number>>>,
  words: Readonly<Record<K, string>>,
): string {
  return (Object.entries(counts) as [K, number][])
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([reason, count]) => `${count} ${words[reason]}`)
    .join(", ");
}
