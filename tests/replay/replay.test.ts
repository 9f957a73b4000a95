import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { capturesDir, capturesMissing, sessionNames, whyMissing } from "../captures.ts";
import { shareOf } from "./compare.ts";
import { exceptions } from "./exceptions.ts";
import { unexplained } from "./mending.ts";
import { replay, type Verdict } from "./replay.ts";

/** Lines that still differ, by recording: a number here may shrink, never grow. */
const differing: Readonly<Record<string, number>> = {};

describe.skipIf(capturesMissing)(`every line of the recordings${whyMissing}`, () => {
  const verdicts: Verdict[] = [];
  for (const name of capturesMissing ? [] : sessionNames()) {
    test(`${name}: what the real server wrote is what ours writes`, async () => {
      const verdict = await replay(join(capturesDir, "sessions", `${name}.jsonl`));
      verdicts.push(verdict);
      console.log(`${name}: ${(100 * shareOf(verdict)).toFixed(2)} % of ${verdict.lines} lines`);
      expect(verdict.played.failures).toEqual([]);
      expect(verdict.corrections.filter(({ why }) => why === unexplained)).toEqual([]);
      expect(verdict.missing + verdict.extra, JSON.stringify(verdict.differences[0])).toBeLessThanOrEqual(
        differing[name] ?? 0,
      );
    });
  }

  test("every exception covers something", () => {
    const used = new Set(verdicts.flatMap((verdict) => [...verdict.used]));
    expect(exceptions.filter((exception) => !used.has(exception))).toEqual([]);
  });
});
