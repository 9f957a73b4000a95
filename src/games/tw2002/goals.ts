/** What a goal asks for. A goal is one of these names, or words of somebody's own, which are taken for what they say as far as that can be told. */

export type GoalKind = "profit" | "exploration" | "combat" | "banking";

/** Words that ask for each. */
const asking: Readonly<Record<GoalKind, RegExp>> = {
  profit: /^(?:profit|earn|credit|money|trad)|^(?:rich|auto)$/,
  exploration: /^(?:explor|scout|discover|survey|unseen|unexplored)|^(?:maps?|mapping|charts?|charting)$/,
  banking: /^(?:bank|deposit|hoard)|^sav(?:e|es|ing|ings)$/,
  combat: /^(?:combat|fight|attack|defen[cds]|hunt|kill)|^wars?$/,
};
const kinds = Object.keys(asking) as readonly GoalKind[];
/** Words that turn what follows into its opposite, and how many words of it. */
const denying = /^(?:no|not|never|nobody|without|avoid|stop|dont|\w+n't)$/;
const deniedWords = 3;
/** Words of a goal that are looked at. */
const wordsMax = 60;

/**
 * What most of its words ask for, the first of them where two ask for as much; combat only where more ask for it than for anything
 * else, since shots cannot be taken back. Profit where none asks for anything.
 */
export function goalKind(goal: string): GoalKind {
  const words = goal.toLowerCase().match(/[a-z']+/g) ?? [];
  const counts = new Map<GoalKind, number>();
  let deniedTo = -1;
  for (const [at, word] of words.slice(0, wordsMax).entries()) {
    if (denying.test(word)) deniedTo = at + deniedWords;
    const kind = kinds.find((each) => asking[each].test(word));
    if (kind && at > deniedTo) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  let most: GoalKind = "profit";
  let count = 0;
  for (const [kind, asked] of counts) {
    if (asked > count || (asked === count && most === "combat")) [most, count] = [kind, asked];
  }
  return most;
}
