/** Orders to many bots in words: what is about to happen, and what came of it. */
import type { OperationOutput } from "../../proto/operations.ts";
import type { OrderAction, OrderOutcome } from "../../proto/operations/steering.ts";

export type Outcome = OperationOutput<"orderBots">;

interface Words {
  /** On the button. */
  readonly name: string;
  readonly done: string;
  /** What it costs: it is asked about first. */
  readonly grave?: string;
}

export const actionWords: Readonly<Record<OrderAction, Words>> = {
  pause: { name: "Pause", done: "paused" },
  resume: { name: "Resume", done: "resumed" },
  goal: { name: "Set goal", done: "given the goal" },
  restart: { name: "Restart", done: "restarted", grave: "Each logs off and is started anew" },
  kill: { name: "Kill", done: "killed", grave: "Each logs off and ends for good" },
};

export const botsCounted = (count: number): string => `${count} ${count === 1 ? "bot" : "bots"}`;

/** "Paused 12 of 14 bots; 2 refused". */
export function told({ action, matched, failed }: Outcome): string {
  const { done } = actionWords[action];
  const said = `${done[0]!.toUpperCase()}${done.slice(1)}`;
  if (failed === 0) return `${said}: ${botsCounted(matched)}`;
  return `${said}: ${matched - failed} of ${botsCounted(matched)}; ${failed} refused`;
}

/** The same reason once, with all whom it stopped; the most first. */
export function reasons(
  results: readonly OrderOutcome[],
): readonly { readonly why: string; readonly bots: readonly string[] }[] {
  const byReason = new Map<string, string[]>();
  for (const { bot_id, ok, detail, code } of results) {
    if (ok) continue;
    // The bot's own name makes each reason another one.
    const why = (detail ?? code ?? "refused").replaceAll(`bot "${bot_id}"`, "it");
    byReason.set(why, [...(byReason.get(why) ?? []), bot_id]);
  }
  return [...byReason].map(([why, bots]) => ({ why, bots })).sort((a, b) => b.bots.length - a.bots.length);
}
