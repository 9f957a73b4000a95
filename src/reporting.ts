/** A worker's reports to its manager: when something changed, not too often, and a heartbeat when nothing did. */
import { createReportClock } from "./player/report.ts";

/** A worker says so much even when nothing changes, or its manager would take it for dead. */
export const heartbeatMs = 5_000;

export interface ReportingParts {
  /** Tells how things are now. */
  report(): void;
  /** Milliseconds of a clock that never jumps. */
  now(): number;
  /** Does the work after so many milliseconds, unless the answer is called before. */
  later(ms: number, work: () => void): () => void;
}

export interface Reporting {
  /** The report has changed; urgent when people wait for it. */
  changed(urgent: boolean): void;
  stop(): void;
}

/** The heart beats from here on. */
export function createReporting({ report, now, later }: ReportingParts): Reporting {
  const clock = createReportClock();
  /** Calls off the report that was held back. */
  let due: (() => void) | undefined;
  let stopBeating = () => {};

  function changed(urgent: boolean): void {
    if (clock.changed(now(), urgent)) return report();
    const dueMs = clock.dueInMs(now());
    if (dueMs === undefined) return;
    due ??= later(dueMs, () => {
      due = undefined;
      report();
    });
  }

  function beat(): void {
    stopBeating = later(heartbeatMs, () => {
      changed(false);
      beat();
    });
  }

  beat();
  return {
    changed,
    stop() {
      stopBeating();
      due?.();
    },
  };
}
