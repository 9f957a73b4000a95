/** How everybody who sells something is paid. */
import { note } from "../galaxy.ts";
import { player, type Session } from "../session.ts";

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
