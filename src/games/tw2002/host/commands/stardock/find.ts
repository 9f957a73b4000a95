/** Counters at which somebody is named. */
import { traderNamed } from "../../traders.ts";
import { askLine, player, type Session } from "../../session.ts";
import type { Trader } from "../../things.ts";
import { askTrader } from "../../text/stardock/halls.ts";
import { traderNameMax } from "../../../rules/lengths.ts";

/** Asks for somebody else by his name; undefined for nobody and for more than one. */
export function askForTrader(
  session: Session,
  found: (session: Session, trader: Trader | undefined) => void,
): void {
  askTrader(session.paper);
  askLine(session, { max: traderNameMax }, (asked, text) => {
    const { galaxy, trader } = player(asked);
    found(asked, traderNamed(galaxy, text, trader));
  });
}
