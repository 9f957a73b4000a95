/** Keeps a worker to its share of a core: while it has used more, what it sends waits. A bot that sends nothing has nothing to reckon. */

/** The share is kept on average over so long, in milliseconds. */
export const thriftWindowMs = 1000;
/** Nothing waits longer, in milliseconds. */
export const holdMaxMs = 2000;
/** Between two looks at what has been used, in milliseconds. */
export const lookEveryMs = 50;

export interface ThriftParts {
  /** Percent of one core; none for no limit. */
  readonly maxPercent: number | undefined;
  /** Milliseconds for which this process has had a core. */
  usedMs(): number;
  /** Milliseconds from anywhere. */
  now(): number;
  readonly later: (ms: number, work: () => void) => () => void;
  /** Nothing waits longer than this either: the host's answer is awaited from the moment at which keys were meant to leave. */
  readonly patienceMs: number;
}

export interface Thrift {
  /** Does the work now, or soon; one piece after the other. */
  pass(work: () => void): void;
  /** What waits is not done any more. */
  forget(): void;
}

export function createThrift({ maxPercent, usedMs, now, later, patienceMs }: ThriftParts): Thrift {
  if (maxPercent === undefined) return { pass: (work) => work(), forget: () => {} };
  const share = maxPercent / 100;
  const longestMs = Math.min(holdMaxMs, patienceMs);
  /** Milliseconds of a core that may be used still; less than none when too much was used. */
  let left = share * thriftWindowMs;
  let lookedMs = now();
  let usedThenMs = usedMs();
  let waiting: (() => void)[] = [];
  let cancel = () => {};

  function look(): void {
    const nowMs = now();
    if (nowMs - lookedMs < lookEveryMs) return;
    const used = usedMs();
    const earned = share * (nowMs - lookedMs);
    left = Math.min(share * thriftWindowMs, left + earned - (used - usedThenMs));
    lookedMs = nowMs;
    usedThenMs = used;
  }

  function release(): void {
    const works = waiting;
    waiting = [];
    for (const work of works) work();
  }

  return {
    pass(work) {
      look();
      if (left >= 0 && waiting.length === 0) return work();
      waiting.push(work);
      if (waiting.length === 1) cancel = later(Math.min(longestMs, -left / share), release);
    },
    forget() {
      cancel();
      waiting = [];
    },
  };
}
