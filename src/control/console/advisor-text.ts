/** The models that advise bots as text: calls, cost and budgets, and what plans earn. */
import { decisionSources, type DecisionSource } from "../../proto/advice.ts";
import { countsInWords, failureWords, rejectionWords, sourceWords } from "../../proto/advice-words.ts";
import type { OperationOutput } from "../../proto/operations.ts";
import type { Advisor } from "../../proto/operations/advising.ts";
import { printable } from "../../proto/printable.ts";
import type { Palette } from "./colours.ts";
import { table, type Column } from "./table.ts";
import { grouped, moment } from "./terminal.ts";

/** A line for each model, a line for each who decides, and what became of the plans. */
export function advisorText({ advisors, bots }: OperationOutput<"advisor">, paint: Palette): string {
  if (advisors.length === 0 && bots.asked === 0) return "No bot has asked a model yet\n";
  const errors = advisors.flatMap(({ model, last_error: error }) =>
    error === undefined ? [] : [`Last error of ${printable(model)}: ${printable(error)}\n`],
  );
  const failures = advisors.flatMap(({ model, failed }) => {
    const words = countsInWords(failed, failureWords);
    return words === "" ? [] : [`No plans from ${printable(model)}: ${words}\n`];
  });
  return [
    advisors.length > 0 ? `${table(modelColumns(paint), advisors)}\n` : "",
    table(sourceColumns(bots), decisionSources),
    `\n${plansLine(bots)}\n`,
    ...failures,
    ...errors,
  ].join("");
}

function modelColumns(paint: Palette): Column<Advisor>[] {
  const figure = (title: string, value: (advisor: Advisor) => string) => ({ title, value, right: true });
  return [
    { title: "MODEL", value: ({ provider, model }) => `${provider} ${model}` },
    { title: "STATE", value: stateOf, paint: (cell, { state }) => inkOf(paint, state)(cell) },
    figure("WAIT", ({ waiting, under_way: underWay }) => `${waiting}+${underWay}`),
    figure("CALLS", ({ calls }) => grouped(calls)),
    figure("CALLS/MIN", ({ last_minute: { calls }, budget }) => used(calls, budget.calls_per_minute)),
    figure("TODAY", ({ today, budget }) => used(today.calls, budget.calls_per_day)),
    figure("TOKENS", ({ today, budget }) => used(today.tokens, budget.tokens_per_day)),
    figure("COST", ({ today, budget }) => used(today.cost, budget.money_per_day, money)),
    figure("MEDIAN", ({ latency_ms: ms }) => seconds(ms.median)),
    figure("P95", ({ latency_ms: ms }) => seconds(ms.p95)),
  ];
}

const stateOf = ({ state, away_until: until }: Advisor) =>
  state === "away" && until !== undefined ? `away until ${moment(until)}` : state;
const inkOf = (paint: Palette, state: Advisor["state"]) =>
  ({ ready: paint.good, away: paint.bad, spent: paint.warn })[state];

/** What is used of a budget, and how much of it there is. */
const used = (amount: number, limit: number | null, words: (value: number) => string = grouped) =>
  limit === null ? words(amount) : `${words(amount)}/${words(limit)}`;
const money = (value: number) => value.toFixed(2);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)}s`;

function sourceColumns(bots: OperationOutput<"advisor">["bots"]): Column<DecisionSource>[] {
  const figure = (title: string, value: (source: DecisionSource) => string) => ({
    title,
    value,
    right: true,
  });
  return [
    { title: "PLAYED BY", value: (source) => sourceWords[source] },
    figure("BOTS", (source) => grouped(bots.deciding[source])),
    figure("TURNS", (source) => grouped(bots.turns[source])),
    figure("CREDITS", (source) => grouped(bots.credits[source])),
    figure("CR/TURN", (source) => bots.credits_per_turn[source].toFixed(2)),
  ];
}

function plansLine({ asked, accepted, rejected, failed }: OperationOutput<"advisor">["bots"]): string {
  const turnedDown = countsInWords(rejected, rejectionWords);
  const missed = countsInWords(failed, failureWords);
  return [
    `${grouped(asked)} plans asked for, ${grouped(accepted)} taken`,
    ...(turnedDown ? [`turned down: ${turnedDown}`] : []),
    ...(missed ? [`none came: ${missed}`] : []),
  ].join("; ");
}
