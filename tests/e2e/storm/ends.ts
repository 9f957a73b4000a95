/** However a manager ends, nothing of it is left in the end: no process, no line to the game. */
import { until } from "../harness.ts";
import type { Field } from "./field.ts";

export interface EndFigures {
  /** From the signal to nothing left, in milliseconds. */
  readonly tookMs: number;
  /** The manager's exit status; undefined where it was killed for good. */
  readonly code: number | undefined;
  readonly processes: number;
  readonly lines: number;
}

export type Ending = "SIGTERM" | "SIGINT" | "killed, started again, SIGTERM" | "killed for good";

/** `within`: how long workers without a manager may play on, in milliseconds, and some for logging off. */
export async function endManager(field: Field, ending: Ending, withinMs: number): Promise<EndFigures> {
  let began = performance.now();
  let code: number | undefined;
  if (ending === "killed, started again, SIGTERM") {
    await field.stopManager("SIGKILL");
    await field.startManager();
    began = performance.now();
    code = await field.stopManager("SIGTERM");
  } else if (ending === "killed for good") {
    await field.stopManager("SIGKILL");
  } else {
    code = await field.stopManager(ending);
  }
  const left = () => field.workers().length + field.proxy.open().length;
  // A manager that stops in order has waited for its workers: then they are gone at once.
  const waitMs = ending === "killed for good" ? withinMs : 500;
  await until("nothing left", () => left() === 0, waitMs).catch(() => undefined);
  return {
    tookMs: performance.now() - began,
    code,
    processes: field.workers().length,
    lines: field.proxy.open().length,
  };
}
