/** Orders to many bots in words: what is about to happen, and what came of it. */
import type { OperationOutput } from "../../proto/operations.ts";
import type { OrderAction, OrderOutcome } from "../../proto/operations/steering.ts";

export type Outcome = OperationOutput<"orderBots">;

interface Words {
  /** On the button. */
  readonly name: string;
  readonly done: string;
  /** What it means for each: told before it is done. */
  readonly follows: string;
  /** Much is lost if it was not meant. */
  readonly isGrave?: true;
}

export const actionWords: Readonly<Record<OrderAction, Words>> = {
  pause: {
    name: "Pause",
    done: "paused",
    follows: "Each stands still at its next safe prompt, and stays logged in",
  },
  resume: { name: "Resume", done: "resumed", follows: "Each goes on from where it stands" },
  goal: { name: "Set goal", done: "given the goal", follows: "Each chooses by it from its next decision on" },
  restart: {
    name: "Restart",
    done: "restarted",
    follows: "Each logs off and is started anew",
    isGrave: true,
  },
  kill: { name: "Kill", done: "killed", follows: "Each logs off and ends for good", isGrave: true },
};

export const botsCounted = (count: number): string => `${count} ${count === 1 ? "bot" : "bots"}`;

/** "Paused: 12 of 14 bots; 2 refused". Who could not be told yet is counted, too. */
export function told({ action, matched, failed, results }: Outcome): string {
  const waiting = results.filter(waits).length;
  const said = `${doneWord(action)}: ${failed === 0 ? "" : `${matched - failed} of `}${botsCounted(matched)}`;
  const rest = [
    ...(waiting === 0 ? [] : [`${waiting} as soon as they can be told`]),
    ...(failed === 0 ? [] : [`${failed} refused`]),
  ];
  return [said, ...rest].join("; ");
}

const doneWord = (action: OrderAction): string => {
  const { done } = actionWords[action];
  return `${done[0]!.toUpperCase()}${done.slice(1)}`;
};
const waits = ({ ok, order }: OrderOutcome): boolean => ok && order === "queued";

/** What came of it for some of the bots. */
export interface OutcomeOfSome {
  readonly what: string;
  readonly how: "bad" | "warning" | "good";
  readonly bots: readonly string[];
}

/** What came of it for each, the same words once: refusals first, then those who are still to be told, then the rest. */
export function outcomesOf({ action, results }: Pick<Outcome, "action" | "results">): OutcomeOfSome[] {
  const byWords = new Map<string, { how: OutcomeOfSome["how"]; bots: string[] }>();
  for (const result of results) {
    const { bot_id, ok } = result;
    const how = !ok ? "bad" : waits(result) ? "warning" : "good";
    const what = wordsOf(action, result);
    const some = byWords.get(what) ?? { how, bots: [] };
    some.bots.push(bot_id);
    byWords.set(what, some);
  }
  return [...byWords]
    .map(([what, some]) => ({ what, ...some }))
    .sort((a, b) => gravity.indexOf(a.how) - gravity.indexOf(b.how) || b.bots.length - a.bots.length);
}

const gravity: readonly OutcomeOfSome["how"][] = ["bad", "warning", "good"];

function wordsOf(action: OrderAction, result: OrderOutcome): string {
  const { bot_id, ok, detail, code } = result;
  if (waits(result)) return "To be told as soon as it can take it";
  // The bot's own name makes each reason another one.
  return detail?.replaceAll(`bot "${bot_id}"`, "it") ?? (ok ? doneWord(action) : (code ?? "Refused"));
}
