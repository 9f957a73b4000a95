/** What all counters of the StarDock have in common: how they ask, and how they are paid. */
import { note } from "../../galaxy.ts";
import { askKey, player, type Session } from "../../session.ts";
import type { Paper } from "../../text/paper.ts";
import { answerGlobals } from "../globals.ts";

export type Then = (session: Session) => void;

/**
 * Stands at a prompt of the StarDock: one of `keys`, or a key that works at every command prompt. Messages cut in, and
 * those that have waited are shown, as it is there.
 */
export function stand(
  session: Session,
  counter: { readonly prompt: (paper: Paper) => void; readonly keys: string; readonly silent?: boolean },
  chosen: (session: Session, key: string) => void,
): void {
  const { paper, waiting } = session;
  if (waiting.length > 0) paper.line();
  for (const message of waiting.splice(0)) paper.put`${message}\n`;
  counter.prompt(paper);
  wait(session, counter, chosen);
}

function wait(
  session: Session,
  counter: Parameters<typeof stand>[1],
  chosen: (session: Session, key: string) => void,
): void {
  askKey(session, counter.keys, chosen, { silent: counter.silent ?? false });
  const reprint = (asked: Session) => asked.paper.put`\n${counter.prompt}`;
  session.prompt = { ...session.prompt, reprint };
  answerGlobals(session, counter.keys, (done) => stand(done, counter, chosen));
}

/** Takes the credits if they are there. The words for an empty purse are ours. */
export function pay(session: Session, price: number): boolean {
  const { trader, galaxy, paper } = player(session);
  if (trader.credits < price) {
    paper.put`~!You can't afford that.\n`;
    return false;
  }
  trader.credits -= price;
  note(galaxy, "trader", trader);
  return true;
}
