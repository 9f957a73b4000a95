/** What must hold of a galaxy after every key: nothing is impossible, nothing comes from nowhere, everything is saved. */
import { type Galaxy } from "../../../../src/games/tw2002/host/galaxy.ts";
import { occupants } from "../../../../src/games/tw2002/host/occupants.ts";
import { growPlanet } from "../../../../src/games/tw2002/host/planet.ts";
import { allRows, changedRows, galaxyFrom, type SavedRow } from "../../../../src/games/tw2002/host/saved.ts";
import {
  type Owner,
  type Planet,
  type Port,
  type Ship,
  type Trader,
} from "../../../../src/games/tw2002/host/things.ts";
import {
  planetFightersMax,
  planetShieldsMax,
  planetTypes,
} from "../../../../src/games/tw2002/rules/planets.ts";
import { products, sideOf } from "../../../../src/games/tw2002/rules/ports.ts";
import { carryMax, shipTypes } from "../../../../src/games/tw2002/rules/ships.ts";
import type { Table } from "./players.ts";
import { emptyHolds } from "../../../../src/games/tw2002/host/ships.ts";
import { stockAt, stockMax } from "../../../../src/games/tw2002/host/stock.ts";

/** Complains of everything that is wrong with a galaxy. */
export function flaws(galaxy: Galaxy, online: readonly string[]): string[] {
  const wrong: string[] = [];
  const must = (holds: boolean, what: string) => void (holds || wrong.push(what));
  const whole = (value: number, what: string, max = Number.MAX_SAFE_INTEGER) =>
    must(Number.isSafeInteger(value) && value >= 0 && value <= max, `${what} is ${value}`);
  const amount = (value: number, what: string, max: number) =>
    must(value >= -1e-6 && value <= max + 1e-6, `${what} is ${value}`);
  const pilots = new Map<number, number>();
  for (const ship of galaxy.ships.values()) checkShip(galaxy, ship, pilots, { must, whole });
  for (const trader of galaxy.traders.values()) checkTrader(galaxy, trader, { must, whole });
  for (const [number, there] of galaxy.inSector) {
    for (const trader of there.traders) {
      must(
        galaxy.traders.get(trader.id) === trader && trader.sector === number,
        `${trader.name} haunts ${number}`,
      );
    }
    for (const ship of there.ships) {
      must(galaxy.ships.get(ship.id) === ship && ship.sector === number, `ship ${ship.id} haunts ${number}`);
      must(ship.pilot === 0, `ship ${ship.id} in ${number} is thought to be empty`);
    }
    for (const planet of there.planets) {
      must(
        galaxy.planets.get(planet.id) === planet && planet.sector === number,
        `planet ${planet.id} in ${number}`,
      );
    }
    for (const who of there.wanderers) {
      must(galaxy.wanderers.get(who.id) === who && who.sector === number, `wanderer ${who.id} in ${number}`);
    }
  }
  for (const planet of galaxy.planets.values()) checkPlanet(galaxy, planet, { must, whole, amount });
  for (const port of galaxy.ports.values()) checkPort(port, { whole, amount });
  for (const { number, fighters, armids, limpets, navHaz } of galaxy.sectors) {
    for (const left of [fighters, armids, limpets]) {
      if (!left) continue;
      must(left.count > 0, `nothing but an owner is in ${number}`);
      whole(left.count, `what is left in ${number}`);
      must(owns(galaxy, left.owner), `nobody owns what is in ${number}`);
    }
    whole(fighters?.tolls ?? 0, `tolls in ${number}`);
    whole(navHaz, `debris in ${number}`, 100);
  }
  for (const corp of galaxy.corps.values()) {
    must(corp.members.length > 0 && corp.members.includes(corp.ceo), `${corp.name} has no head`);
    must(new Set(corp.members).size === corp.members.length, `${corp.name} counts somebody twice`);
    for (const id of corp.members)
      must(galaxy.traders.get(id)?.corp === corp.id, `${corp.name} claims ${id}`);
  }
  for (const who of galaxy.wanderers.values()) {
    whole(who.fighters, `${who.name}'s fighters`);
    whole(who.shields, `${who.name}'s shields`);
    whole(who.credits, `${who.name}'s credits`);
  }
  must(new Set(online).size === online.length, "somebody is on line twice");
  return wrong;
}

type Checks = {
  must: (holds: boolean, what: string) => void;
  whole: (value: number, what: string, max?: number) => void;
  amount: (value: number, what: string, max: number) => void;
};

function owns(galaxy: Galaxy, owner: Owner): boolean {
  if (owner.type === "trader") return galaxy.traders.has(owner.id);
  return owner.type !== "corp" || galaxy.corps.has(owner.id);
}

function checkShip(
  galaxy: Galaxy,
  ship: Ship,
  pilots: Map<number, number>,
  { must, whole }: Omit<Checks, "amount">,
): void {
  const type = shipTypes[ship.kind];
  const named = (what: string) => `${what} of ship ${ship.id} (${ship.kind})`;
  whole(ship.holds, named("holds"), type.holdsMax);
  whole(ship.fighters, named("fighters"), type.fightersMax);
  whole(ship.shields, named("shields"), type.shieldsMax);
  for (const product of products) whole(ship.cargo[product], named(product));
  whole(ship.colonists, named("colonists"));
  whole(emptyHolds(ship), named("empty holds"));
  const { gear } = ship;
  whole(gear.armids, named("armids"), type.minesMax);
  whole(gear.limpets, named("limpets"), type.minesMax);
  whole(gear.torpedoes, named("torpedoes"), type.torpedoesMax);
  whole(gear.beacons, named("beacons"), type.beaconsMax);
  for (const [ware, max] of Object.entries(carryMax)) {
    whole(gear[ware as keyof typeof carryMax], named(ware), max);
  }
  must(owns(galaxy, ship.owner), named("owner"));
  if (ship.pilot === 0) return must(occupants(galaxy, ship.sector).ships.has(ship), named("place"));
  must(galaxy.traders.get(ship.pilot)?.ship === ship, named(`pilot ${ship.pilot}`));
  must(!pilots.has(ship.pilot), named(`second pilot ${ship.pilot}`));
  pilots.set(ship.pilot, ship.id);
}

function checkTrader(galaxy: Galaxy, trader: Trader, { must, whole }: Omit<Checks, "amount">): void {
  const named = (what: string) => `${what} of ${trader.name}`;
  whole(trader.credits, named("credits"));
  whole(trader.bank, named("account"), galaxy.settings.bankMax);
  whole(trader.experience, named("experience"));
  must(Number.isSafeInteger(trader.alignment), named("alignment"));
  whole(trader.turnsLeft, named("turns"), galaxy.settings.turnsPerDay);
  whole(trader.rewardDue, named("reward due"));
  must(trader.mail.length <= 100, named("mail"));
  must(galaxy.ships.get(trader.ship.id) === trader.ship, named("ship"));
  must(trader.ship.pilot === trader.id, named("helm"));
  must(trader.ship.sector === trader.sector, named("sector"));
  must(occupants(galaxy, trader.sector).traders.has(trader) === (trader.diedAt === 0), named("presence"));
  must(
    trader.corp === 0 || (galaxy.corps.get(trader.corp)?.members.includes(trader.id) ?? false),
    named("corp"),
  );
  must(trader.place.type !== "stardock" || trader.sector === galaxy.stardock, named("dock"));
}

function checkPlanet(galaxy: Galaxy, planet: Planet, { must, whole, amount }: Checks): void {
  const named = (what: string) => `${what} of planet ${planet.id}`;
  const { colonistsMax, storeMax } = planetTypes[planet.type];
  for (const product of products) {
    amount(planet.colonists[product], named("people"), planet.id === 1 ? 10 ** 6 : colonistsMax);
    amount(planet.store[product], named(product), storeMax[product]);
  }
  amount(planet.fighters, named("fighters"), planetFightersMax);
  whole(planet.shields, named("shields"), planetShieldsMax);
  whole(planet.citadel.treasury, named("treasury"));
  whole(planet.citadel.level, named("level"), 6);
  must(owns(galaxy, planet.owner), named("owner"));
  must(occupants(galaxy, planet.sector).planets.has(planet), named("place"));
}

function checkPort(port: Port, { whole, amount }: Omit<Checks, "must">): void {
  whole(port.credits ?? 0, `strongroom of ${port.sector}`);
  for (const stock of port.stocks) {
    whole(stock.productivity, `productivity in ${port.sector}`);
    // A fraction of a unit may stand over from regrowth.
    amount(stock.amount, `stock in ${port.sector}`, stockMax(stock) + 1);
  }
}

/** Everything that cannot come from nowhere, counted. */
export interface Ledger {
  /** Credits that belong to somebody, wherever they lie. */
  readonly wealth: number;
  /** Units of all products in holds, in stores and for sale, less what ports still want; and colonists. */
  readonly goods: number;
  readonly people: number;
  /** In ships, in sectors and on planets; and mines. */
  readonly fighters: number;
  readonly mines: number;
  /** What says that a port has dealt, been built up or been hurt. */
  readonly strongrooms: number;
  readonly industry: number;
  /** Which ships, of which kind, there are, and how many strangers. */
  readonly fleet: string;
  readonly strangers: number;
}

/** Counts; what grows with time has grown before. */
export function ledgerOf(galaxy: Galaxy, at: number): Ledger {
  const { traders, planets, sectors, ships, ports, wanderers } = galaxy;
  let [wealth, goods, people, fighters, mines, strongrooms, industry] = [0, 0, 0, 0, 0, 0, 0];
  for (const { credits, bank, rewardDue, bounties } of traders.values()) {
    wealth += credits + bank + rewardDue + bounties.reduce((total, bounty) => total + bounty.credits, 0);
  }
  for (const planet of planets.values()) {
    growPlanet(galaxy, planet, at);
    wealth += planet.citadel.treasury;
    fighters += planet.fighters;
    for (const product of products) {
      goods += planet.store[product];
      people += planet.colonists[product];
    }
  }
  for (const sector of sectors) {
    wealth += sector.fighters?.tolls ?? 0;
    fighters += sector.fighters?.count ?? 0;
    mines += (sector.armids?.count ?? 0) + (sector.limpets?.count ?? 0);
  }
  let fleet = "";
  for (const ship of ships.values()) {
    fleet += `${ship.id}${ship.kind} `;
    for (const product of products) goods += ship.cargo[product];
    people += ship.colonists;
    fighters += ship.fighters;
    mines += ship.gear.armids + ship.gear.limpets;
  }
  for (const port of ports.values()) {
    strongrooms += port.credits ?? 0;
    for (const [index, stock] of port.stocks.entries()) {
      const product = products[index];
      if (!product) continue;
      const selling = sideOf(port.portClass, product) === "selling";
      goods += (selling ? 1 : -1) * stockAt(galaxy, stock, at);
      industry += stock.productivity;
    }
  }
  return { wealth, goods, people, fighters, mines, strongrooms, industry, fleet, strangers: wanderers.size };
}

/** What a single key has brought into being by no rule of the game. */
export function conjured(before: Ledger, after: Ledger): string[] {
  const wrong: string[] = [];
  const rose = (what: "wealth" | "goods" | "people" | "fighters" | "mines") => {
    const by = after[what] - before[what];
    if (by > 1e-3) wrong.push(`${what} rose by ${by}`);
  };
  const sameFleet = before.fleet === after.fleet;
  // Ports pay and are robbed, yards pay for ships, strangers carry purses.
  const income =
    before.strongrooms !== after.strongrooms || before.strangers !== after.strangers || !sameFleet;
  if (!income) rose("wealth");
  if (before.industry === after.industry) rose("goods");
  rose("people");
  // New ones are paid for; a pod comes with one fighter, a new character with thirty.
  if (sameFleet && after.wealth >= before.wealth) rose("fighters");
  if (after.wealth >= before.wealth) rose("mines");
  return wrong;
}

// ---- the save, kept beside the game as the database would be

export interface Shadow {
  /** Writes down what has changed. */
  keep(): void;
  /** What the rows would bring back otherwise than it is. */
  differences(): string[];
}

export function shadowOf(table: Table): Shadow {
  const { galaxy, host } = table;
  const key = ({ kind, id }: Pick<SavedRow, "kind" | "id">) => `${kind} ${id}`;
  const rows = new Map(allRows(galaxy).map((row) => [key(row), row]));
  host.takeChanges();
  return {
    keep() {
      for (const { changes } of host.takeChanges()) {
        for (const row of changedRows(galaxy, changes)) {
          if (row.body === undefined) rows.delete(key(row));
          else rows.set(key(row), row);
        }
      }
    },
    differences() {
      const differ = (a: Map<string, SavedRow>, b: Map<string, SavedRow>, how: string) =>
        [...a].flatMap(([name, row]) =>
          b.get(name)?.body === row.body ? [] : [`${how} ${name}: ${row.body} but ${b.get(name)?.body}`],
        );
      const now = new Map(allRows(galaxy).map((row) => [key(row), row]));
      const wrong = [...differ(now, rows, "not saved"), ...differ(rows, now, "saved in vain")];
      if (wrong.length > 0) return wrong;
      const back = new Map(allRows(galaxyFrom([...rows.values()], [])).map((row) => [key(row), row]));
      return differ(now, back, "not restored");
    },
  };
}
