/** H: the Hardware Emporium, where ships are fitted out. */
import { carryMax, shipTypes, type ShipType } from "../../../rules/ships.ts";
import { upgradePrice } from "../../../rules/equipment.ts";
import { note } from "../../galaxy.ts";
import { askKey, askNumber, askYesNo, player, type Session, type Then } from "../../session.ts";
import type { Gear, Scanner } from "../../things.ts";
import type { Paper } from "../../text/paper.ts";
import { creditsLine, emporiumList, emporiumPrompt, shopHelp } from "../../text/stardock/places.ts";
import * as say from "../../text/stardock/emporium.ts";
import { pay } from "../pay.ts";
import { stand } from "../stand.ts";

export function emporium(session: Session, then: Then): void {
  say.counter(session.paper);
  look(session, then);
}

/** Where pieces of a ware are kept in a ship, and how many of them it can carry. */
interface Rack {
  readonly gear: { [G in keyof Gear]: Gear[G] extends number ? G : never }[keyof Gear];
  readonly room: (type: ShipType) => number;
}
const racks: { readonly [W in say.Ware]: Rack } = {
  detonator: { gear: "detonators", room: () => carryMax.detonators },
  beacon: { gear: "beacons", room: (type) => type.beaconsMax },
  corbomite: { gear: "corbomite", room: () => carryMax.corbomite },
  cloak: { gear: "cloaks", room: () => carryMax.cloaks },
  probe: { gear: "probes", room: () => carryMax.probes },
  limpet: { gear: "limpets", room: (type) => type.minesMax },
  armid: { gear: "armids", room: (type) => type.minesMax },
  photon: { gear: "photons", room: () => carryMax.photons },
  disruptor: { gear: "disruptors", room: () => carryMax.disruptors },
  torpedo: { gear: "torpedoes", room: (type) => type.torpedoesMax },
};
const byLetter = new Map<string, say.Ware>([
  ["A", "detonator"],
  ["B", "beacon"],
  ["C", "corbomite"],
  ["D", "cloak"],
  ["E", "probe"],
  ["L", "limpet"],
  ["M", "armid"],
  ["P", "photon"],
  ["S", "disruptor"],
  ["T", "torpedo"],
]);

function look(session: Session, then: Then): void {
  creditsLine(player(session).trader.credits)(session.paper);
  stand(session, {
    prompt: emporiumPrompt,
    keys: "ABCDEFLMPRSTWY?!Q",
    chosen: (asked, key) => {
      const again = (done: Session) => look(done, then);
      const ware = byLetter.get(key);
      if (ware) return buyPieces(asked, ware, again);
      switch (key) {
        case "F":
          return buyPlanetScanner(asked, again);
        case "R":
          return buyScanner(asked, again);
        case "W":
          return buyDrive(asked, again);
        case "Y":
          return buyPsychicProbe(asked, again);
        case "Q":
          say.seeYou(asked.paper);
          return then(asked);
        case "!":
          shopHelp(asked.paper);
          return again(asked);
        default:
          emporiumList(asked.paper);
          return again(asked);
      }
    },
  });
}

/** As many as there is room for and the purse can pay. */
function most(session: Session, ware: say.Ware): number {
  const { trader, settings } = player(session);
  const { gear, room } = racks[ware];
  const free = room(shipTypes[trader.ship.kind]) - trader.ship.gear[gear];
  return Math.max(0, Math.min(free, Math.floor(trader.credits / settings.prices[ware])));
}

function buyPieces(session: Session, ware: say.Ware, then: Then): void {
  const { trader, settings, paper } = player(session);
  if (ware === "photon" && !shipTypes[trader.ship.kind].photons) {
    say.noPhotons(paper);
    return then(session);
  }
  const price = settings.prices[ware];
  const offered = most(session, ware);
  say.pitch(ware, price, offered)(paper);
  askNumber(session, { largest: offered, enter: 0 }, (asked, wanted) => {
    const { galaxy, trader: buyer } = player(asked);
    // Credits may have come or gone since the offer was made.
    const count = Math.min(wanted, most(asked, ware));
    if (count > 0 && pay(asked, count * price)) {
      buyer.ship.gear[racks[ware].gear] += count;
      note(galaxy, "trader", buyer);
    }
    then(asked);
  });
}

function buyPlanetScanner(session: Session, then: Then): void {
  const { trader, settings, paper } = player(session);
  if (!shipTypes[trader.ship.kind].planetScanner) {
    say.noScanner(paper);
    return then(session);
  }
  const price = settings.prices.planetScanner;
  say.planetScanner(price)(paper);
  askYesNo(session, false, (asked, yes) => {
    if (yes) fit(asked, price, (gear) => !gear.planetScanner && { planetScanner: true }, say.installed);
    else say.otherTime(asked.paper);
    then(asked);
  });
}

function buyPsychicProbe(session: Session, then: Then): void {
  const { settings, paper } = player(session);
  const price = settings.prices.psychicProbe;
  say.psychicProbe(price)(paper);
  askYesNo(session, false, (asked, yes) => {
    if (yes) fit(asked, price, (gear) => !gear.psychicProbe && { psychicProbe: true }, say.installed);
    else say.otherTime(asked.paper);
    then(asked);
  });
}

const scannerRank: Record<Scanner, number> = { none: 0, density: 1, holo: 2 };

function buyScanner(session: Session, then: Then): void {
  const { trader, settings, paper } = player(session);
  if (!shipTypes[trader.ship.kind].longRangeScanner) {
    say.noScanner(paper);
    return then(session);
  }
  const { prices } = settings;
  say.scanners(prices)(paper);
  askKey(session, "HDQ", (asked, key) => {
    if (key === "Q") say.otherTime(asked.paper);
    else {
      const scanner = key === "H" ? "holo" : "density";
      const price = key === "H" ? prices.holoScanner : prices.densityScanner;
      const better = (gear: Gear): Partial<Gear> | false =>
        scannerRank[scanner] > scannerRank[gear.scanner] && { scanner };
      fit(asked, price, better, say.sentOver);
    }
    then(asked);
  });
}

function buyDrive(session: Session, then: Then): void {
  const { trader, settings, paper } = player(session);
  if (!shipTypes[trader.ship.kind].transwarp) {
    say.noTransWarp(paper);
    return then(session);
  }
  const { prices } = settings;
  say.drives(prices)(paper);
  askKey(session, "12UQ", (asked, key) => {
    const { gear } = player(asked).trader.ship;
    if (key === "Q") say.otherTime(asked.paper);
    else if (key === "U" && gear.transwarp !== 1) say.nothingToUpgrade(asked.paper);
    else {
      const transwarp = key === "1" ? 1 : 2;
      const price = { "1": prices.transwarp1, "2": prices.transwarp2, U: upgradePrice(prices) }[key];
      const better = (had: Gear): Partial<Gear> | false => transwarp > had.transwarp && { transwarp };
      if (price !== undefined && fit(asked, price, better, say.installed)) say.needsOre(asked.paper);
    }
    then(asked);
  });
}

/** Fits something that a ship has one of; `change` says what becomes of its gear, or false when it has as good a one. */
function fit(
  session: Session,
  price: number,
  change: (gear: Gear) => Partial<Gear> | false,
  said: (paper: Paper) => void,
): boolean {
  const { galaxy, trader, paper } = player(session);
  const changed = change(trader.ship.gear);
  if (changed === false) {
    say.haveThat(paper);
    return false;
  }
  if (!pay(session, price)) return false;
  Object.assign(trader.ship.gear, changed);
  note(galaxy, "trader", trader);
  said(paper);
  return true;
}
