/** Who is meant by a name, or by a part of one. */
import type { Galaxy } from "../../galaxy.ts";
import { askLine, player, type Session } from "../../session.ts";
import type { Trader } from "../../things.ts";
import { askTrader } from "../../text/stardock-halls.ts";

const nameMax = 40;

/** The trader of that very name, or the one whose name has it in it; undefined for nobody and for more than one. */
function findTrader(galaxy: Galaxy, typed: string): Trader | undefined {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return undefined;
  const exact = galaxy.byName.get(wanted);
  if (exact) return exact;
  const similar = [...galaxy.traders.values()].filter(({ name }) => name.toLowerCase().includes(wanted));
  return similar.length === 1 ? similar[0] : undefined;
}

export function askForTrader(
  session: Session,
  found: (session: Session, trader: Trader | undefined) => void,
): void {
  askTrader(session.paper);
  askLine(session, { max: nameMax }, (asked, text) => found(asked, findTrader(player(asked).galaxy, text)));
}
