/** An answer that many ask for, made once for all who ask at about the same time. */

/** How old an answer may be, in milliseconds, as long as nothing happened that everybody must see at once. */
export const cachedMaxMs = 100;

export interface CachedParts<T> {
  readonly make: () => T;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** Another value whenever the answer must be made anew. */
  readonly stamp: () => unknown;
}

/** What `make` makes, at most `cachedMaxMs` old. What it throws is thrown, and not kept. */
export function cached<T>({ make, now, stamp }: CachedParts<T>): () => T {
  let kept: { readonly value: T; readonly at: number; readonly stamp: unknown } | undefined;
  return () => {
    if (kept && kept.stamp === stamp() && now() - kept.at < cachedMaxMs) return kept.value;
    // Taken before: what happens while the answer is made belongs to the next.
    const before = { at: now(), stamp: stamp() };
    const value = make();
    kept = { value, ...before };
    return value;
  };
}
