/** Plays a recording's keys at the recording's times to a host whose clock runs between them, so that what falls due is seen. */
import { expect } from "bun:test";
import type { Table } from "./players.ts";
import type { Step } from "./replay.ts";

/** Something that must not be compared, on both sides alike. */
export interface Mask {
  readonly pattern: RegExp;
  readonly by: string;
}

/** Each step's answer is all that comes until the next step. `settleMs` is waited for after the last. */
export function follow(
  table: Table,
  caller: number,
  steps: readonly Step[],
  { masks = [], settleMs = 500 }: { masks?: readonly Mask[]; settleMs?: number } = {},
): void {
  const masked = (text: string) => masks.reduce((left, { pattern, by }) => left.replace(pattern, by), text);
  for (const [index, { keys, expected, t, label }] of steps.entries()) {
    const next = steps[index + 1];
    let written = table.press(caller, keys);
    table.wait(next ? Math.round((next.t - t) * 1000) : settleMs);
    written += table.take(caller);
    expect({ label, t, keys, written: masked(written) }).toEqual({
      label,
      t,
      keys,
      written: masked(expected),
    });
  }
}
