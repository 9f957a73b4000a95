/** The host goes away and comes back. */
import { until } from "../harness.ts";
import type { Field } from "./field.ts";

export interface OutageFigures {
  /** From the host's return to the last bot at its command prompt, in milliseconds. */
  readonly backMs: number;
  /** Bots whose process is another one. */
  readonly exits: readonly string[];
  /** Most connections within one second since the host's return. */
  readonly peakRate: number;
  readonly mostAtOnce: number;
  /** What the manager said of its bots while there was no host, state by state. */
  readonly during: string;
}

/** Longest time all bots may take to be back before the test gives up. */
const backMaxMs = 60_000;

/** Cuts every line to the host and refuses new ones for `forMs`. */
export async function hostDown(field: Field, forMs: number): Promise<OutageFigures> {
  const before = await field.allPlaying();
  const { proxy } = field;
  await proxy.takeDown();
  await Bun.sleep(forMs);
  const { by_state } = await field.status();
  const returned = performance.now();
  await proxy.bringBack();
  await until(
    "every bot at its prompt again",
    () => proxy.open().filter(({ at, home }) => at >= returned && home).length === before.bots.length,
    backMaxMs,
  );
  const backMs = performance.now() - returned;
  const after = await field.allPlaying();
  const pids = new Map(before.bots.map(({ bot_id, pid }) => [bot_id, pid]));
  return {
    backMs,
    exits: after.bots.flatMap(({ bot_id, pid }) => (pids.get(bot_id) === pid ? [] : [bot_id])),
    peakRate: proxy.peakRate(returned),
    mostAtOnce: proxy.mostAtOnce(),
    during: Object.entries(by_state)
      .flatMap(([state, count]) => (count > 0 ? [`${count} ${state}`] : []))
      .join(", "),
  };
}
