/** Runs benchmarks one after the other, quick ones first, and holds each against the baseline. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Baseline, baselineText, emptyBaseline, readBaseline, renewed } from "./baseline.ts";
import { type Benchmark, costs } from "./benchmark.ts";
import { compare, type Comparison } from "./compare.ts";
import { describeMachine, isSameMachine, type Machine, machineWords } from "./machine.ts";
import { type Figure, measure } from "./measure.ts";
import { heading, row } from "./report.ts";
import type { Options } from "./words.ts";

const baselineFile = join(import.meta.dir, "../baseline.json");

interface Outcome {
  readonly figures: readonly { readonly figure: Figure; readonly comparison: Comparison | undefined }[];
  /** Names of those that could not be run here, and why. */
  readonly skipped: Readonly<Record<string, string>>;
  readonly failed: Readonly<Record<string, string>>;
}

const groupOf = ({ name }: Benchmark) => name.slice(0, name.indexOf(":"));

/** Those of the groups that are called so; for a word that is no group's, those whose names contain it. All for no words; quick ones first. */
export function chosen(all: readonly Benchmark[], words: readonly string[]): readonly Benchmark[] {
  const isMeant = (word: string) =>
    all.some((one) => groupOf(one) === word)
      ? (one: Benchmark) => groupOf(one) === word
      : ({ name }: Benchmark) => name.includes(word);
  const fits = words.map(isMeant);
  const meant = all.filter((one) => fits.length === 0 || fits.some((fit) => fit(one)));
  return costs.flatMap((cost) => meant.filter((one) => one.cost === cost));
}

/** Runs them and prints. Exit status: 1 when one failed, or when `check` found one worse; else 0. */
export async function runAll(benchmarks: readonly Benchmark[], options: Options): Promise<number> {
  const machine = describeMachine();
  const baseline = existsSync(baselineFile)
    ? readBaseline(readFileSync(baselineFile, "utf8"))
    : emptyBaseline;
  const say = options.json ? () => {} : (text: string) => console.log(text);
  say(`${machineWords(machine)}\n\n${heading}`);
  const outcome = await measured(benchmarks, baseline, options.runs, say);
  const figures = outcome.figures.map(({ figure }) => figure);
  if (options.writeBaseline) writeFileSync(baselineFile, baselineText(renewed(baseline, figures, machine)));
  if (options.json) console.log(JSON.stringify({ machine, ...outcome }, undefined, 2));
  else for (const words of closing(outcome, baseline, machine)) console.error(words);
  const worse = outcome.figures.filter(({ comparison }) => comparison?.verdict === "worse");
  return Object.keys(outcome.failed).length > 0 || (options.check && worse.length > 0) ? 1 : 0;
}

async function measured(
  benchmarks: readonly Benchmark[],
  baseline: Baseline,
  runs: number | undefined,
  say: (text: string) => void,
): Promise<Outcome> {
  const colour = process.stdout.isTTY === true && !process.env["NO_COLOR"];
  const figures: { figure: Figure; comparison: Comparison | undefined }[] = [];
  const [skipped, failed]: [Record<string, string>, Record<string, string>] = [{}, {}];
  for (const benchmark of benchmarks) {
    const why = benchmark.skip?.();
    if (why !== undefined) {
      skipped[benchmark.name] = why;
      say(`${benchmark.name}  skipped: ${why}`);
      continue;
    }
    try {
      const figure = await measure(benchmark, runs);
      const base = baseline.figures[benchmark.name];
      const comparison = base && base.kind === figure.kind ? compare(figure, base) : undefined;
      figures.push({ figure, comparison });
      say(row(figure, comparison, colour));
    } catch (error) {
      // One that fails is told, and the others are still worth having.
      failed[benchmark.name] = error instanceof Error ? error.message : String(error);
      say(`${benchmark.name}  FAILED: ${failed[benchmark.name]}`);
    }
  }
  return { figures, skipped, failed };
}

/** What is to be said at the end. */
function closing({ figures, skipped, failed }: Outcome, baseline: Baseline, machine: Machine): string[] {
  const count = (verdict: Comparison["verdict"] | undefined) =>
    figures.filter(({ comparison }) => comparison?.verdict === verdict).length;
  const others = Object.values(baseline.takings).filter((taking) => !isSameMachine(taking, machine));
  return [
    `\n${figures.length} figures: ${count("worse")} worse, ${count("better")} better, ${count("same")} the same, ${count(undefined)} without a baseline; ${Object.keys(skipped).length} skipped, ${Object.keys(failed).length} failed`,
    ...others.map((other) => `The baseline is of another machine: ${machineWords(other)}`),
  ];
}
