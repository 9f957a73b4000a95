/** A bot's model in words and figures: who decides and why, what became of its plans, and what each way of playing earns. */
import { decisionSources, type AdviceReport } from "../../proto/advice.ts";
import { rateBy } from "../../proto/advice-sums.ts";
import {
  countsInWords,
  failureWords,
  rejectionWords,
  shortSourceWords,
  sourceWords,
} from "../../proto/advice-words.ts";
import { clean, grouped, rate } from "../words.ts";
import type { Fact } from "./bot-words.ts";

/** What a model said comes from outside, and is cleaned like the game's own words. */
export function planFacts(advice: AdviceReport): Fact[] {
  const { source, plan, why, asked, accepted, rejected, failed, turns } = advice;
  return [
    { name: "Plays by", value: sourceWords[source] },
    { name: "Plan", value: plan === undefined ? "–" : clean(plan) },
    ...(why === undefined ? [] : [{ name: "Why", value: clean(why) }]),
    { name: "Plans taken", value: grouped(accepted), more: `of ${grouped(asked)} asked for` },
    ...counted("Turned down", rejected, rejectionWords),
    ...counted("None came", failed, failureWords),
    ...decisionSources
      .filter((by) => turns[by] > 0)
      .map((by) => ({
        name: `By ${shortSourceWords[by]}`,
        value: rate(rateBy(advice, by)),
        more: `a turn, ${grouped(turns[by])} turns`,
      })),
  ];
}

function counted<K extends string>(
  name: string,
  counts: Readonly<Partial<Record<K, number>>>,
  words: Readonly<Record<K, string>>,
): Fact[] {
  const told = countsInWords(counts, words);
  return told === "" ? [] : [{ name, value: told }];
}
