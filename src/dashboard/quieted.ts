/** Which of many complaints is told: one about the same within a while. */

/** What was told of is not told of again for so long, in milliseconds. */
export const quietMs = 30_000;
/** So many are remembered; the one told of longest ago goes. */
const remembered = 5000;

/** A test for what happened at a moment, by a word that says to whom and how: whether somebody should be told. */
export function quieted(): (whom: string, at: number) => boolean {
  const told = new Map<string, number>();
  return (whom, at) => {
    const before = told.get(whom);
    if (before !== undefined && at < before + quietMs) return false;
    told.delete(whom);
    told.set(whom, at);
    if (told.size > remembered) told.delete(told.keys().next().value!);
    return true;
  };
}
