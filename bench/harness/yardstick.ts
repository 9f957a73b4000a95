/**
 * Work that never changes, timed beside each benchmark. How much slower it has become says how much slower the machine is now, be it another one
 * or one that others use as well; by that a figure of time is compared.
 */

export type YardstickName = keyof typeof yardsticks;

/** Turns of the pure work: about 10 ms on a machine of 2024. */
const workTurns = 400_000;
const processes = 3;

/** Each does its work once and gives the milliseconds it took. */
export const yardsticks = {
  /** Whole numbers, short strings and a table: what bots, host and manager are made of. */
  work(): number {
    const began = performance.now();
    const table = new Map<number, string>();
    let state = 2002;
    let length = 0;
    for (let turn = 0; turn < workTurns; turn++) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      if (turn % 8 === 0) table.set(state & 1023, `sector ${state}`);
      length += table.get(turn & 1023)?.length ?? 0;
    }
    if (length === 0) throw new Error("The yardstick did nothing");
    return performance.now() - began;
  },
  /** Processes of the runtime that do nothing: for the figures of programs that start. */
  start(): number {
    const began = performance.now();
    for (let process_ = 0; process_ < processes; process_++) {
      const { exitCode } = Bun.spawnSync([process.execPath, "-e", "0"], {
        stdio: ["ignore", "ignore", "ignore"],
      });
      if (exitCode !== 0) throw new Error(`The yardstick ended with ${exitCode}`);
    }
    return (performance.now() - began) / processes;
  },
} as const satisfies Readonly<Record<string, () => number>>;
