/** B: a new ship, for credits alone or with the old one in part exchange. */
import { commissionAlignment } from "../../../rules/equipment.ts";
import { type ShipKind, shipTypes } from "../../../rules/ships.ts";
import { addShip, type Galaxy, nextNumber, note } from "../../galaxy.ts";
import { makerName } from "../../universe/names.ts";
import { askKey, askLine, askYesNo, pause, player, type Session, type Then } from "../../session.ts";
import type { Owner, Ship, Trader } from "../../things.ts";
import * as say from "../../text/stardock/yards.ts";
import { worthOf } from "./worth.ts";
import { buildShip } from "../../ships.ts";
import { shipNameMax, shipPasswordMax } from "../../../rules/lengths.ts";

/** What has been settled so far. */
interface Order {
  /** Credits that the yard gives for the ship the trader came in; undefined when he keeps it. */
  readonly tradeIn: number | undefined;
  readonly kind: ShipKind;
  readonly owner: Owner;
  readonly name: string;
  /** "" for none. */
  readonly password: string;
  /** When he said yes to it: what its papers say. */
  readonly builtAt: number;
}

export function buyShip(session: Session, then: Then): void {
  say.askTradeIn(session.paper);
  askYesNo(session, false, (asked, trade) => {
    if (!trade) {
      say.bigSpender(asked.paper);
      return askYesNo(asked, false, (ready, yes) => (yes ? choose(ready, undefined, then) : then(ready)));
    }
    const { trader, settings, paper } = player(asked);
    const { ship } = trader;
    const value = worthOf(ship, settings, asked.at);
    say.valuation(value)(paper);
    if (carriesAnything(ship)) say.leftAboard(paper);
    say.stillInterested(paper);
    askYesNo(asked, false, (decided, yes) => (yes ? choose(decided, value.total, then) : then(decided)));
  });
}

const carriesAnything = ({ fighters, shields, colonists, cargo, gear }: Ship): boolean =>
  [
    fighters,
    shields,
    colonists,
    ...Object.values(cargo),
    gear.photons,
    gear.armids,
    gear.limpets,
    gear.torpedoes,
    gear.detonators,
    gear.corbomite,
    gear.cloaks,
    gear.beacons,
    gear.probes,
    gear.disruptors,
  ].some((count) => count > 0);

function choose(session: Session, tradeIn: number | undefined, then: Then): void {
  say.whichShip(session.paper);
  const letters = say.forSale.map(([letter]) => letter).join("");
  askKey(
    session,
    `${letters}?Q`,
    (asked, key) => {
      const again = (done: Session) => choose(done, tradeIn, then);
      const kind = say.forSale.find(([letter]) => letter === key)?.[1];
      if (kind) return offer(asked, kind, tradeIn, again, then);
      if (key === "Q") {
        asked.paper.line();
        return then(asked);
      }
      say.shipList(asked.paper);
      again(asked);
    },
    { silent: true },
  );
}

function offer(session: Session, kind: ShipKind, tradeIn: number | undefined, again: Then, then: Then): void {
  say.offer(kind)(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (!yes || refuse(asked, kind, tradeIn)) return again(asked);
    const builtAt = asked.at;
    askOwner(asked, (owned, owner) => {
      askName(owned, (named, name) => {
        askPassword(named, (locked, password) => {
          deliver(locked, { tradeIn, kind, owner, name, password, builtAt }, then);
        });
      });
    });
  });
}

/** Whether the yard will not sell it to him, and says why. */
function refuse(session: Session, kind: ShipKind, tradeIn: number | undefined): boolean {
  const { galaxy, trader, settings, paper } = player(session);
  const { cost, ceoOnly, commissionOnly } = shipTypes[kind];
  if (ceoOnly && galaxy.corps.get(trader.corp)?.ceo !== trader.id) say.onlyForCeos(paper);
  else if (commissionOnly && trader.alignment < commissionAlignment) say.onlyForCommissioned(paper);
  else if (tradeIn === undefined && galaxy.ships.size >= settings.shipsMax) say.noMoreShips(paper);
  else if (trader.credits + (tradeIn ?? 0) < cost) say.tooDear(paper);
  else return false;
  return true;
}

function askOwner(session: Session, chosen: (session: Session, owner: Owner) => void): void {
  const { trader, paper } = player(session);
  if (trader.corp === 0) return chosen(session, { type: "trader", id: trader.id });
  say.whose(paper);
  askKey(session, "CP", (asked, key) => {
    const { corp, id } = player(asked).trader;
    // He may have been thrown out of it since he was asked.
    chosen(asked, key === "C" && corp !== 0 ? { type: "corp", id: corp } : { type: "trader", id });
  });
}

function askName(session: Session, named: (session: Session, name: string) => void): void {
  say.askName(session.paper);
  askLine(session, { max: shipNameMax }, (asked, text) => {
    const name = text.trim();
    if (name === "") askName(asked, named);
    else named(asked, name);
  });
}

function askPassword(session: Session, locked: (session: Session, password: string) => void): void {
  say.askLock(session.paper);
  askYesNo(session, false, (asked, yes) => {
    if (!yes) return locked(asked, "");
    say.askPassword(asked.paper);
    askLine(asked, { max: shipPasswordMax }, (done, text) => locked(done, text.trim()));
  });
}

/** All at once, and only if everything still holds: nothing is paid before, nothing is owed after. */
function deliver(session: Session, order: Order, then: Then): void {
  const { galaxy, trader, paper } = player(session);
  const { tradeIn, kind } = order;
  if (refuse(session, kind, tradeIn)) return then(session);
  trader.credits += (tradeIn ?? 0) - shipTypes[kind].cost;
  note(galaxy, "trader", trader);
  if (tradeIn !== undefined) {
    rebuild(galaxy, trader, order);
    return then(session);
  }
  const ship = buildShip({
    id: nextNumber(galaxy, "ship"),
    kind,
    name: order.name,
    maker: makerName(galaxy.dice),
    builtAt: order.builtAt,
    sector: galaxy.stardock,
    pilot: 0,
    owner: order.owner,
    password: order.password,
  });
  addShip(galaxy, ship);
  say.takeHerAway(paper);
  pause(session, then);
}

/** A ship traded in keeps its number (seen: 3 before and after) and nothing else but whom it tows. */
function rebuild(galaxy: Galaxy, trader: Trader, order: Order): void {
  const { kind, name, owner, password, builtAt } = order;
  const { ship } = trader;
  Object.assign(
    ship,
    buildShip({
      id: ship.id,
      kind,
      name,
      owner,
      password,
      maker: makerName(galaxy.dice),
      builtAt,
      sector: ship.sector,
      pilot: trader.id,
      towing: ship.towing,
    }),
  );
  note(galaxy, "trader", trader);
}
