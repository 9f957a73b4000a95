/** How long the last calls took. */

/** Calls that are looked back upon. */
export const latencyCalls = 100;

export interface Latency {
  add(ms: number): void;
  /** Milliseconds; 0 before the first. */
  told(): { readonly median: number; readonly p95: number };
}

export function createLatency(): Latency {
  const last: number[] = [];
  return {
    add(ms) {
      last.push(ms);
      if (last.length > latencyCalls) last.shift();
    },
    told() {
      const sorted = last.toSorted((a, b) => a - b);
      const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
      return { median: at(0.5), p95: at(0.95) };
    },
  };
}
