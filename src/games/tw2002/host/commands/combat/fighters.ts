/** F and G: fighters left in a sector. */
import { sectorFightersMax } from "../../../rules/combat.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { inFedSpace, note, sectorAt } from "../../galaxy.ts";
import { askKey, askLine, player, type Session, type Then } from "../../session.ts";
import * as say from "../../text/combat/deployed.ts";
import type { FighterMode, Garrison, Owner } from "../../things.ts";
import { answerGlobals } from "../globals.ts";
import { isOwn } from "../../owners.ts";

/** Longest number of fighters or mines, in digits. */
export const amountDigits = 7;
const modes: Readonly<Record<string, FighterMode>> = { D: "defensive", O: "offensive", T: "toll" };

/** What the trader can dispose of here: his own fighters and those that he or his corporation left. */
function supply(session: Session): say.Supply & { readonly garrison: Garrison | undefined } {
  const { galaxy, trader } = player(session);
  const garrison = sectorAt(galaxy, trader.sector).fighters;
  const available = trader.ship.fighters + (garrison?.count ?? 0);
  const room = shipTypes[trader.ship.kind].fightersMax;
  return { available, room, rest: Math.max(0, available - room), garrison };
}

/** Whether he may touch the fighters here; says why not. */
function allowed(session: Session): boolean {
  const { galaxy, trader, paper } = player(session);
  const { garrison, available } = supply(session);
  if (inFedSpace(galaxy, trader.sector)) say.notInFedSpace("fighters")(paper);
  else if (garrison && !isOwn(trader, garrison.owner)) say.heldByOthers("fighters")(paper);
  else if (available === 0) say.noneToDeploy("fighters")(paper);
  else return true;
  return false;
}

/** F: asks how many shall be here afterwards, whose and how they shall behave. Enter alone is none. */
export function dropFighters(session: Session, then: Then): void {
  const { paper } = session;
  paper.put`~=<Drop/Take Fighters>\n`;
  if (!allowed(session)) return then(session);
  fetchTolls(session);
  const { available, room, rest } = supply(session);
  say.dropFightersText({ available, room, rest })(paper);
  askLine(session, { max: amountDigits, largest: available }, (asked, text) => {
    const count = Number(text);
    if (count === 0) return station(asked, { count, mode: "defensive", corporate: false }, then);
    askOwner(asked, "fighters", (chosen, corporate) => {
      say.askMode(chosen.paper);
      askKey(chosen, "DOT", (last, key) =>
        station(last, { count, mode: modes[key] ?? "defensive", corporate }, then),
      );
    });
  });
}

/** Members of a corporation are asked whose the fighters or mines shall be. */
export function askOwner(
  session: Session,
  what: "fighters" | "mines",
  chosen: (session: Session, corporate: boolean) => void,
): void {
  if (player(session).trader.corp === 0) return chosen(session, false);
  say.askCorporate(what)(session.paper);
  askKey(session, "CP", (asked, key) => chosen(asked, key === "C"));
  // Seen here: the quick statistics, and the question again.
  answerGlobals(session, "CP", (asked) => askOwner(asked, what, chosen));
}

/** His corporation when he has chosen so and still has one. */
export function ownerFor(session: Session, corporate: boolean): Owner {
  const { trader } = player(session);
  return corporate && trader.corp !== 0
    ? { type: "corp", id: trader.corp }
    : { type: "trader", id: trader.id };
}

/** Moves the fighters, all in one step; what the sector and the ship held when the question was put may have changed. */
function station(
  session: Session,
  order: { readonly count: number; readonly mode: FighterMode; readonly corporate: boolean },
  then: Then,
): void {
  const { galaxy, trader, paper } = player(session);
  const sector = sectorAt(galaxy, trader.sector);
  const { available, rest, garrison } = supply(session);
  const { count, mode, corporate } = order;
  if (count > available || (garrison && !isOwn(trader, garrison.owner))) say.changedMeanwhile(paper);
  else if (count < rest) say.shipTooSmall(rest)(paper);
  else if (count > sectorFightersMax) say.sectorFull(sectorFightersMax)(paper);
  else {
    fetchTolls(session);
    trader.ship.fighters = available - count;
    sector.fighters = count === 0 ? undefined : { owner: ownerFor(session, corporate), count, mode };
    note(galaxy, "sector", sector);
    note(galaxy, "ship", trader.ship);
    say.fightersLeft(trader.ship.fighters)(paper);
  }
  then(session);
}

/** Tolls are handed over to whoever of the owners comes to see his fighters (how the game does it is not recorded). */
function fetchTolls(session: Session): void {
  const { galaxy, trader, paper } = player(session);
  const sector = sectorAt(galaxy, trader.sector);
  const tolls = sector.fighters?.tolls ?? 0;
  if (!sector.fighters || tolls === 0) return;
  trader.credits += tolls;
  sector.fighters.tolls = 0;
  note(galaxy, "trader", trader);
  note(galaxy, "sector", sector);
  paper.line();
  say.tollsFetched(tolls)(paper);
}

/** G: where his fighters and his corporation's are. */
export function deployedFighters(session: Session, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const posts = galaxy.sectors.flatMap(({ number: sector, fighters: garrison }) =>
    garrison && isOwn(trader, garrison.owner) ? [{ sector, garrison }] : [],
  );
  say.deployedList(posts)(paper);
  then(session);
}
