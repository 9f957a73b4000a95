/** Which bots are meant: by id or pattern, by state, by label. The command line, HTTP, MCP and the pages select alike. */
import { z } from "zod";
import { list } from "./operation.ts";
import { BotState, type BotStatus } from "./status.ts";

/** Words of one selection, at most: a whole swarm by its ids. */
export const wordsMax = 5000;
/** Patterns among them, at most: each is tried on every bot. */
export const patternsMax = 100;

/** An id, a pattern in which `*` stands for any characters and `?` for one, or `all`. */
export const BotWord = z
  .string()
  .max(64)
  .regex(
    /^([a-z0-9][a-z0-9_-]*|[a-z0-9_-]*[*?][a-z0-9_*?-]*)$/,
    'expected a bot\'s id, a pattern such as "bot_0*", or "all"',
  );

/** `team=red`, or `team` for every bot that has such a label. */
export const LabelWord = z
  .string()
  .max(128)
  .regex(/^[a-z0-9][a-z0-9._-]*(=[A-Za-z0-9._-]*)?$/, 'expected a label such as "team=red"');

/** A bot is meant when it fits each list that is given, so by an empty one nobody is; without any it is as with `all`. */
export const selectionShape = {
  bots: list(BotWord, wordsMax)
    .refine(
      (words) => words.filter(isPattern).length <= patternsMax,
      `expected at most ${patternsMax} patterns`,
    )
    .optional(),
  states: list(BotState, 20).optional(),
  labels: list(LabelWord, 20).optional(),
} as const;
export const Selection = z.object(selectionShape);
export type Selection = z.output<typeof Selection>;

/** What of a bot a selection looks at. */
export type Selectable = Pick<BotStatus, "bot_id" | "state" | "labels">;

/** Whether a word names no bot itself, but may name several. */
export const isPattern = (word: string): boolean => word === "all" || /[*?]/.test(word);

/** A test for the bots that a selection means. Of labels every one must fit, of words and states any. */
export function selects({ bots, states, labels }: Selection): (bot: Selectable) => boolean {
  const named = bots && namedBy(bots);
  const wanted = states && new Set(states);
  const asked = labels?.map((word) => word.split("=", 2) as [string, string?]);
  return (bot) =>
    (wanted === undefined || wanted.has(bot.state)) &&
    (asked === undefined || (asked.length > 0 && asked.every((label) => hasLabel(bot, label)))) &&
    (named === undefined || named(bot.bot_id));
}

/** The same for words alone, which need no more of a bot than its id. */
export function namedBy(words: readonly string[]): (id: string) => boolean {
  if (words.includes("all")) return () => true;
  const ids = new Set(words.filter((word) => !isPattern(word)));
  const patterns = words.filter(isPattern);
  return (id) => ids.has(id) || patterns.some((pattern) => fits(pattern, id));
}

/** The ids among the words that name no bot of these: whoever gave them should know. */
export const strangers = ({ bots = [] }: Selection, known: (id: string) => boolean): string[] => [
  ...new Set(bots.filter((word) => !isPattern(word) && !known(word))),
];

/** Whether all of a text is as the pattern. Only the last `*` is ever tried again, so no pattern takes longer than its length by the text's. */
function fits(pattern: string, text: string): boolean {
  let [at, star, retry] = [0, -1, 0];
  for (let i = 0; i < text.length;) {
    if (pattern[at] === "*") {
      star = at++;
      retry = i;
    } else if (pattern[at] === "?" || pattern[at] === text[i]) {
      at++;
      i++;
    } else {
      if (star < 0) return false;
      at = star + 1;
      i = ++retry;
    }
  }
  while (pattern[at] === "*") at++;
  return at === pattern.length;
}

function hasLabel({ labels = {} }: Selectable, [key, value]: [string, string?]): boolean {
  return Object.hasOwn(labels, key) && (value === undefined || labels[key] === value);
}
