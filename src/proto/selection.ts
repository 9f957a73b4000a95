/** Which bots are meant: by id or pattern, by state, by label. The command line, HTTP, MCP and the pages select alike. */
import { z } from "zod";
import { list } from "./operation.ts";
import { BotState, type BotStatus } from "./status.ts";

/** Words of one selection, at most: a whole swarm by its ids. */
export const wordsMax = 5000;

/** An id, a pattern in which `*` stands for any characters and `?` for one, or `all`. */
export const BotWord = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_.*?-]+$/, 'expected a bot\'s id, a pattern such as "bot_0*", or "all"');

/** `team=red`, or `team` for every bot that has such a label. */
export const LabelWord = z
  .string()
  .max(128)
  .regex(/^[a-z0-9][a-z0-9._-]*(=[A-Za-z0-9._-]*)?$/, 'expected a label such as "team=red"');

/** A bot is meant when it fits one word of each list that is given; without any it is as with `all`. */
export const selectionShape = {
  bots: list(BotWord, wordsMax).optional(),
  states: list(BotState, 20).optional(),
  labels: list(LabelWord, 20).optional(),
} as const;
export const Selection = z.object(selectionShape);
export type Selection = z.output<typeof Selection>;

/** What of a bot a selection looks at. */
export type Selectable = Pick<BotStatus, "bot_id" | "state" | "labels">;

/** Whether a text names no bot itself, but may name several. */
export const isPattern = (word: string): boolean => word === "all" || /[*?]/.test(word);

/** A test for the bots that a selection means. Of labels every one must fit, of words and states any. */
export function selects({ bots, states, labels }: Selection): (bot: Selectable) => boolean {
  const ids = new Set((bots ?? []).filter((word) => !isPattern(word)));
  const patterns = (bots ?? []).filter(isPattern).map(patternOf);
  const wanted = states && new Set(states);
  return (bot) =>
    (bots === undefined || ids.has(bot.bot_id) || patterns.some((pattern) => pattern.test(bot.bot_id))) &&
    (wanted === undefined || wanted.has(bot.state)) &&
    (labels ?? []).every((word) => hasLabel(bot, word));
}

/** The ids among the words that name no bot of these: whoever gave them should know. */
export const strangers = ({ bots = [] }: Selection, known: (id: string) => boolean): string[] =>
  bots.filter((word) => !isPattern(word) && !known(word));

function patternOf(word: string): RegExp {
  if (word === "all") return /^/;
  const source = word.replaceAll(/[.]/g, "\\.").replaceAll("*", ".*").replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}

function hasLabel({ labels = {} }: Selectable, word: string): boolean {
  const [key, value] = word.split("=") as [string, string?];
  return Object.hasOwn(labels, key) && (value === undefined || labels[key] === value);
}
