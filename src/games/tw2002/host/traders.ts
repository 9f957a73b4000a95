/** A trader as he begins, and his turns. */
import { turnsAfter } from "../rules/turns.ts";
import { type Galaxy, note } from "./galaxy.ts";
import { inSpace, standardPreferences, type Trader } from "./things.ts";

/** A trader as he begins, not yet in any list. */
export function newTrader(
  known: Pick<Trader, "id" | "login" | "name" | "password" | "salt" | "ship"> & Partial<Trader>,
): Trader {
  return {
    credits: 0,
    bank: 0,
    experience: 0,
    alignment: 0,
    sector: known.ship.sector,
    place: inSpace,
    corp: 0,
    commissioned: false,
    turnsLeft: 0,
    turnsCredit: 0,
    turnsSince: 0,
    turnsUsed: 0,
    avoids: [],
    navPoints: [0, 0, 0, 0],
    preferences: standardPreferences(),
    transwarpOff: false,
    cameFrom: 0,
    unmet: 0,
    lastOn: 0,
    minutesToday: 0,
    minutesDay: 0,
    taxedOn: 0,
    mail: [],
    busts: [],
    lastCrime: 0,
    diedAt: 0,
    death: "",
    losses: 0,
    bounties: [],
    rewardDue: 0,
    ...known,
  };
}

/** Lets the turns come back that the hours since the last look have brought. */
export function growTurns(galaxy: Galaxy, trader: Trader, at: number): void {
  const had = { left: trader.turnsLeft, credit: trader.turnsCredit, since: trader.turnsSince };
  const now = turnsAfter(had, at, galaxy.settings.turnsPerDay);
  if (now.since === had.since) return;
  trader.turnsLeft = now.left;
  trader.turnsCredit = now.credit;
  trader.turnsSince = now.since;
  note(galaxy, "trader", trader);
}

/** Takes turns away if there are enough; says whether. */
export function spendTurns(galaxy: Galaxy, trader: Trader, turns: number): boolean {
  if (trader.turnsLeft < turns) return false;
  trader.turnsLeft -= turns;
  trader.turnsUsed += turns;
  note(galaxy, "trader", trader);
  return true;
}

/**
 * Who is meant by a name or a part of it: the one of that very name, else the only one whose name begins so, else the only
 * one whose name has it in it. Never the one who asks; undefined for nobody and for more than one.
 */
export function traderNamed(galaxy: Galaxy, typed: string, asker: Trader): Trader | undefined {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return undefined;
  const exact = galaxy.byName.get(wanted);
  if (exact) return exact === asker ? undefined : exact;
  const similar = [...galaxy.traders.values()].filter(
    (other) => other !== asker && other.name.toLowerCase().includes(wanted),
  );
  const begun = similar.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  const [found, ...more] = begun.length > 0 ? begun : similar;
  return more.length === 0 ? found : undefined;
}
