/**
 * bun run replay FILE... [--json] [--verbose] [--label TEXT]
 * Plays recordings to our host and says how much of what the real server wrote ours writes, too. Exit 1 when a line differs that no
 * exception covers.
 */
import { existsSync } from "node:fs";
import { shareOf } from "./compare.ts";
import { escaped } from "./plain.ts";
import { replay, type Verdict } from "./replay.ts";

const args = process.argv.slice(2);
const flag = (name: string) => args.includes(name);
const files = args.filter((arg, index) => !arg.startsWith("--") && args[index - 1] !== "--label");
const only = args[args.indexOf("--label") + 1];
const label = flag("--label") ? only : undefined;

/** Columns of a side in the list of differences. */
const width = 96;

if (files.length === 0) {
  console.error("Usage: bun run replay FILE... [--json] [--verbose] [--label TEXT]");
  process.exit(2);
}

const missing = files.find((file) => !existsSync(file));
if (missing !== undefined) {
  console.error(`There is no "${missing}"`);
  process.exit(2);
}

const verdicts: Verdict[] = [];
for (const file of files) {
  const verdict = await replay(file);
  verdicts.push(verdict);
  if (!flag("--json")) print(verdict);
}
if (flag("--json")) console.log(JSON.stringify(verdicts.map(asJson), undefined, 2));
process.exit(verdicts.some(({ missing, extra }) => missing + extra > 0) ? 1 : 0);

function excepted({ excepted: by }: Verdict): number {
  return [...by.values()].reduce((sum, count) => sum + count, 0);
}

function print(verdict: Verdict): void {
  const { name, steps, lost, lines, matched, masked, missing, extra, corrections, untold } = verdict;
  const percent = (100 * shareOf(verdict)).toFixed(2).padStart(6);
  console.log(
    `${name.padEnd(32)} ${percent} %  lines ${lines}  matched ${matched}  masked ${masked}  excepted ${excepted(verdict)}  missing ${missing}  extra ${extra}  steps ${steps}  lost ${lost}  corrections ${corrections.length}`,
  );
  for (const { t, label: at, failure } of verdict.played.failures) {
    console.log(`    the host threw at ${t.toFixed(1)} ${at}: ${failure}`);
  }
  if (!flag("--verbose")) return;
  for (const [reason, count] of verdict.excepted) console.log(`    excepted: ${count} ${reason}`);
  for (const [what, value] of Object.entries(verdict.begin))
    console.log(`    found out: he began with ${what} ${value}`);
  for (const [what, count] of untold) console.log(`    chance without a tell: ${what} (${count})`);
  for (const { t, label: at, what, ours, recorded, why } of corrections) {
    console.log(`    corrected at ${t.toFixed(1)} ${at}: ${what} ${ours} -> ${recorded} (${why})`);
  }
  for (const difference of verdict.differences) {
    if (label !== undefined && !difference.label.includes(label)) continue;
    console.log(
      `  -- ${difference.label} t=${difference.t.toFixed(1)} keys=${JSON.stringify(escaped(difference.keys))}${difference.lost ? " LOST" : ""}`,
    );
    for (const line of difference.missing) console.log(`     real | ${escaped(line).slice(0, width * 2)}`);
    for (const line of difference.extra) console.log(`     ours | ${escaped(line).slice(0, width * 2)}`);
  }
}

function asJson(verdict: Verdict) {
  const { name, steps, lost, lines, matched, masked, missing, extra, corrections, untold, differences } =
    verdict;
  return {
    name,
    share: shareOf(verdict),
    steps,
    lost,
    lines,
    matched,
    masked,
    excepted: Object.fromEntries(verdict.excepted),
    missing,
    extra,
    corrections,
    failures: verdict.played.failures,
    untold: Object.fromEntries(untold),
    differences,
  };
}
