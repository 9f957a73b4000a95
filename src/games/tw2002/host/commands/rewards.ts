/** Experience and alignment, and what a trader is told when they lift him into another rank. */
import { titleOf } from "../../rules/ranks.ts";
import { note } from "../galaxy.ts";
import { player, type Session } from "../session.ts";
import { promoted } from "../text/port.ts";

/** Adds experience and tells of a promotion. */
export function reward(session: Session, points: number): void {
  const { galaxy, trader, paper } = player(session);
  const before = titleOf(trader.experience, trader.alignment);
  trader.experience += points;
  note(galaxy, "trader", trader);
  const after = titleOf(trader.experience, trader.alignment);
  if (after !== before) promoted(after)(paper);
}

/** Moves a trader towards good (above 0) or evil. */
export function align(session: Session, points: number): void {
  const { galaxy, trader } = player(session);
  trader.alignment += points;
  note(galaxy, "trader", trader);
}
