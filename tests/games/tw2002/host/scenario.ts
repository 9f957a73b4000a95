/** Recorded stretches that exist only as escaped text: read back into steps like those of a whole session. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { capturesDir } from "../../../captures.ts";
import { type Step, withoutDelayBar } from "./replay.ts";

const escapes: { readonly [letter: string]: string } = { n: "\n", r: "\r", b: "\b", t: "\t", "\\": "\\" };
const unescape = (text: string) =>
  text.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (whole, hex: string | undefined, letter: string) =>
    hex === undefined ? (escapes[letter] ?? whole) : String.fromCharCode(Number.parseInt(hex, 16)),
  );

/** The steps of `scenarios/NAME.txt`. */
export function scenarioSteps(name: string): Step[] {
  const steps: Step[] = [];
  for (const line of readFileSync(join(capturesDir, "scenarios", `${name}.txt`), "latin1").split("\n")) {
    const found = /^T([\d.]+) (>>|<<) (.*)$/.exec(line);
    const text = unescape(found?.[3] ?? "");
    const last = steps.at(-1);
    if (found?.[2] === ">>") steps.push({ label: name, t: Number(found[1]), keys: text, expected: "" });
    else if (found && last) steps[steps.length - 1] = { ...last, expected: last.expected + text };
  }
  return steps.map((step) => ({ ...step, expected: withoutDelayBar(step.expected) }));
}
