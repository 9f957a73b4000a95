/** What the real server wrote beside what ours wrote, line by line. */
import { align } from "./diff.ts";
import type { Exception, Reason } from "./exceptions.ts";
import { masked as withoutFigures } from "./masks.ts";
import { plain } from "./plain.ts";
import type { Performance, Played } from "./play.ts";
import { keysOf } from "./recording.ts";

/** A place where the two differ. */
export interface Difference {
  readonly label: string;
  readonly t: number;
  readonly keys: string;
  readonly lost: boolean;
  /** Recorded lines that we did not write, and ours that were not recorded. */
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

export interface Comparison {
  readonly steps: number;
  readonly lost: number;
  /** Recorded lines. */
  readonly lines: number;
  readonly matched: number;
  readonly masked: number;
  readonly excepted: ReadonlyMap<Reason, number>;
  /** Lines missing and lines too many that no exception covers. */
  readonly missing: number;
  readonly extra: number;
  readonly differences: readonly Difference[];
  /** Exceptions that covered something. */
  readonly used: ReadonlySet<Exception>;
}

/** Share of the recorded lines that ours are equal to, those apart that an exception covers. */
export function shareOf({ lines, matched, masked, excepted }: Comparison): number {
  const counted = lines - [...excepted.values()].reduce((sum, count) => sum + count, 0);
  return counted === 0 ? 1 : (matched + masked) / counted;
}

/** Lines of a text, the open one last; an empty text has none. */
export function linesOf(text: string): string[] {
  if (text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

export function compare(name: string, played: Performance, exceptions: readonly Exception[]): Comparison {
  const mine = exceptions.filter(({ recording }) => recording.test(name));
  const used = new Set<Exception>();
  const excepted = new Map<Reason, number>();
  const differences: Difference[] = [];
  const sum = { lines: 0, matched: 0, masked: 0, missing: 0, extra: 0, lost: 0 };
  for (const step of played.steps) {
    const expected = linesOf(step.step.expected);
    sum.lines += expected.length;
    if (step.lost) sum.lost++;
    const covered = coverage(step, expected, mine);
    let at = 0;
    for (const hunk of align(expected, linesOf(step.written), withoutFigures)) {
      if (hunk.same) {
        for (const [index, line] of hunk.left.entries()) {
          if (line === hunk.right[index]) sum.matched++;
          else sum.masked++;
        }
        at += hunk.left.length;
        continue;
      }
      const missing: string[] = [];
      let excused = 0;
      for (const line of hunk.left) {
        const exception = covered[at++];
        if (exception) {
          used.add(exception);
          excused++;
          excepted.set(exception.reason, (excepted.get(exception.reason) ?? 0) + 1);
        } else missing.push(line);
      }
      // Our own words stand where the recorded ones are excepted.
      const extra =
        excused > 0 && missing.length === 0
          ? []
          : hunk.right.filter((line) => {
              const exception =
                excused > 0
                  ? undefined
                  : mine.find((one) => appliesTo(one, step) && coversOurs(one, plain(line)));
              if (exception) used.add(exception);
              return !exception;
            });
      if (missing.length === 0 && extra.length === 0) continue;
      sum.missing += missing.length;
      sum.extra += extra.length;
      differences.push({
        label: step.step.label,
        t: step.step.t,
        keys: keysOf(step.step),
        lost: step.lost,
        missing,
        extra,
      });
    }
  }
  return { steps: played.steps.length, ...sum, excepted, differences, used };
}

function appliesTo(exception: Exception, { step }: Played): boolean {
  const [from, to] = exception.seconds ?? [0, Number.POSITIVE_INFINITY];
  if (step.t < from || step.t > to) return false;
  return exception.label.test(step.label) && (!exception.keys || exception.keys.test(keysOf(step)));
}

/** Whether an exception covers a line that only we wrote: one for a whole step, or for lines like it. */
const coversOurs = ({ line, between, raw }: Exception, ours: string) =>
  between === undefined && raw === undefined && (line === undefined || line.test(ours));

/** The exception that covers each recorded line of a step. */
function coverage(
  step: Played,
  expected: readonly string[],
  exceptions: readonly Exception[],
): (Exception | undefined)[] {
  const covered: (Exception | undefined)[] = expected.map(() => undefined);
  const words = expected.map(plain);
  for (const exception of exceptions) {
    if (!appliesTo(exception, step)) continue;
    let inside = false;
    for (const [index, line] of words.entries()) {
      const { between, line: pattern, raw } = exception;
      if (between && inside && between[1].test(line)) inside = false;
      const hit = (between ? inside : true) && (!pattern || pattern.test(line));
      if (hit && (!raw || raw.test(expected[index] ?? ""))) covered[index] ??= exception;
      // A story that does not end where it should is no exception.
      if (between && !inside && between[0].test(line)) {
        inside = words.slice(index + 1).some((later) => between[1].test(later));
      }
    }
  }
  return covered;
}
