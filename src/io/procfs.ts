/** What Linux tells of a process. */
import { readFileSync } from "node:fs";

/** Proportional set size in bytes: shared pages counted by share, so that sums over processes are true. Undefined where it cannot be read. */
export function pssBytes(pid: number): number | undefined {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    // Gone, or not ours, or not Linux: nothing to tell.
    return undefined;
  }
}
