/** Which of many complaints is told: one a bot within a while. */

/** A bot that was told of is not told of again for so long, in milliseconds. */
export const quietMs = 30_000;
/** Bots that are remembered; the one told of longest ago goes. */
const remembered = 5000;

/** A test for what happened to a bot at a moment: whether somebody should be told. */
export function quieted(): (bot: string, at: number) => boolean {
  const told = new Map<string, number>();
  return (bot, at) => {
    const before = told.get(bot);
    if (before !== undefined && at < before + quietMs) return false;
    told.delete(bot);
    told.set(bot, at);
    if (told.size > remembered) told.delete(told.keys().next().value!);
    return true;
  };
}
