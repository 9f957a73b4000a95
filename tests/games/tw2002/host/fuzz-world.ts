/** A small galaxy for fuzzing, where everybody has something to use, to lose and to quarrel about. */
import { foundCorp, joinCorp } from "../../../../src/games/tw2002/host/corporation.ts";
import { createDice, type Dice } from "../../../../src/games/tw2002/host/dice.ts";
import {
  addShip,
  changeShip,
  enrol,
  type Galaxy,
  inFedSpace,
  nextNumber,
  removeShip,
  sectorAt,
} from "../../../../src/games/tw2002/host/galaxy.ts";
import { makePlanet } from "../../../../src/games/tw2002/host/planet.ts";
import type { GameSettings } from "../../../../src/games/tw2002/host/settings.ts";
import {
  type FighterMode,
  noGear,
  type Owner,
  type Ship,
  type Trader,
} from "../../../../src/games/tw2002/host/things.ts";
import { products } from "../../../../src/games/tw2002/rules/ports.ts";
import { carryMax, shipKinds, shipTypes } from "../../../../src/games/tw2002/rules/ships.ts";
import { newGalaxy } from "../../../../src/games/tw2002/host/universe/newgame.ts";
import { createTable, noon, seal, type Table } from "./players.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";
import { newTrader } from "../../../../src/games/tw2002/host/traders.ts";

export const names = ["Ada", "Bolt", "Cass", "Dorn", "Echo", "Finn"];
const settingsOf = (seed: number): Partial<GameSettings> => ({
  sectors: 100,
  homePlanets: seed % 2 === 0,
  aliens: true,
  ferrengi: true,
  wanderMs: 20_000,
  shipDelayMs: seed % 3 === 0 ? 400 : 0,
  haggleDelayMs: seed % 3 === 0 ? 300 : 0,
  crimeDelayMs: seed % 3 === 0 ? 500 : 0,
  deathDelay: seed % 4 === 0,
  turnsPerDay: 2000,
  startCredits: 200_000,
  taxRate: 0.05,
  planetsMax: 40,
  shipsMax: 60,
  planetsPerSector: 3,
  minutesPerDay: seed % 5 === 0 ? 600 : 0,
  deletionDays: 3,
});

/** A galaxy where everybody has something to use, to lose and to quarrel about. */
export function crowdedTable(seed: number): Table {
  const dice = createDice(seed ^ 0x5bd1e995);
  const galaxy = newGalaxy({ seed, at: noon, settings: settingsOf(seed) });
  const traders = names.map((name, index) => settleTrader(galaxy, dice, name, index));
  const [ada, bolt, cass, dorn] = traders;
  if (ada && bolt) joinCorp(galaxy, bolt, foundCorp(galaxy, ada, { name: "Firm", password: "PW", at: noon }));
  if (cass && dorn)
    joinCorp(galaxy, dorn, foundCorp(galaxy, cass, { name: "Ring", password: "PW", at: noon }));
  const owners: Owner[] = [
    ...traders.map(({ id }): Owner => ({ type: "trader", id })),
    { type: "corp", id: 1 },
    { type: "corp", id: 2 },
    { type: "mercenaries" },
  ];
  for (let made = 0; made < 14; made++) settlePlanet(galaxy, dice, dice.pick(owners.slice(0, -1), "owner"));
  for (let laid = 0; laid < 40; laid++) guard(galaxy, dice, dice.pick(owners, "owner"));
  for (let made = 0; made < 14; made++) {
    const kind = dice.pick(shipKinds, "kind");
    const { holdsMax, fightersMax } = shipTypes[kind];
    addShip(
      galaxy,
      buildShip({
        id: nextNumber(galaxy, "ship"),
        kind,
        name: `Spare ${made}`,
        maker: "Yard",
        builtAt: noon,
        sector: dice.pick([galaxy.stardock, ...haunts(galaxy)], "sector"),
        pilot: 0,
        owner: dice.pick(owners.slice(0, -1), "owner"),
        holds: holdsMax,
        fighters: Math.min(fightersMax, 200),
        password: dice.chance(0.2, "lock") ? "PW" : "",
      }),
    );
  }
  return createTable({ galaxy });
}

/** A few sectors beside each other, so that they meet. */
export function haunts(galaxy: Galaxy): number[] {
  const first =
    galaxy.sectors.find(({ number, warps }) => number > 10 && warps.length > 2) ?? sectorAt(galaxy, 1);
  return [first.number, ...first.warps].filter((sector) => sector > 10 && sector !== galaxy.stardock);
}

function outfitted(galaxy: Galaxy, dice: Dice, pilot: number, name: string, sector: number): Ship {
  const kind = dice.pick(shipKinds, "kind");
  const type = shipTypes[kind];
  return buildShip({
    id: nextNumber(galaxy, "ship"),
    kind,
    name: `${name}'s`,
    maker: "Yard",
    builtAt: noon,
    sector,
    pilot,
    owner: { type: "trader", id: pilot },
    holds: type.holdsMax,
    fighters: type.fightersMax,
    shields: type.shieldsMax,
    cargo: { "Fuel Ore": Math.floor(type.holdsMax / 2), Organics: 0, Equipment: 1 },
    gear: {
      ...noGear(),
      ...carryMax,
      photons: type.photons ? 1 : 0,
      armids: type.minesMax,
      limpets: type.minesMax,
      torpedoes: type.torpedoesMax,
      beacons: type.beaconsMax,
      transwarp: type.transwarp ? 2 : 0,
      psychicProbe: true,
      planetScanner: type.planetScanner && dice.chance(0.3, "scanner"),
      scanner: "holo",
    },
  });
}

function settleTrader(galaxy: Galaxy, dice: Dice, name: string, index: number): Trader {
  const id = nextNumber(galaxy, "trader");
  const sector = dice.pick([galaxy.stardock, 1, ...haunts(galaxy), ...haunts(galaxy)], "sector");
  const trader = newTrader({
    id,
    login: name,
    name,
    password: seal("pw", "1"),
    salt: "1",
    credits: dice.pick([0, 3000, 400_000, 9_000_000], "credits"),
    bank: 1000,
    alignment: index % 2 === 0 ? 1500 : -900,
    experience: 3000,
    turnsLeft: 2000,
    turnsSince: noon,
    lastOn: noon,
    ship: outfitted(galaxy, dice, id, name, sector),
  });
  enrol(galaxy, trader);
  return trader;
}

function settlePlanet(galaxy: Galaxy, dice: Dice, owner: Owner): void {
  const planet = makePlanet(galaxy, {
    name: `World ${galaxy.planets.size}`,
    type: dice.pick(["M", "K", "L", "O"], "class"),
    sector: dice.pick(haunts(galaxy), "sector"),
    owner,
    creator: "",
    at: noon,
  });
  for (const product of products) {
    planet.colonists[product] = dice.between(0, 9000, "people");
    planet.store[product] = dice.between(0, 9000, "store");
  }
  planet.fighters = dice.pick([0, 0, 50, 3000], "fighters");
  planet.citadel.level = dice.between(0, 6, "level");
  planet.citadel.treasury = planet.citadel.level > 0 ? 50_000 : 0;
  planet.citadel.transporter = 3;
  planet.citadel.quasar = dice.pick([0, 1, 20], "quasar");
}

function guard(galaxy: Galaxy, dice: Dice, owner: Owner): void {
  const number = dice.pick([...haunts(galaxy), dice.between(11, 100, "sector")], "sector");
  if (inFedSpace(galaxy, number)) return;
  const sector = sectorAt(galaxy, number);
  const modes: FighterMode[] = ["defensive", "offensive", "toll"];
  if (dice.chance(0.6, "fighters")) {
    sector.fighters = { owner, count: dice.pick([1, 20, 500], "count"), mode: dice.pick(modes, "mode") };
  }
  if (dice.chance(0.3, "armids")) sector.armids = { owner, count: dice.between(1, 30, "count") };
  if (dice.chance(0.3, "limpets")) sector.limpets = { owner, count: dice.between(1, 10, "count") };
}
/** Puts somebody who stands in his ship among the others again, well equipped. */
export function refit(galaxy: Galaxy, name: string, dice: Dice): void {
  const trader = galaxy.byName.get(name.toLowerCase());
  if (!trader || trader.diedAt !== 0 || trader.place.type !== "space") return;
  const old = trader.ship;
  changeShip(
    galaxy,
    trader,
    outfitted(galaxy, dice, trader.id, trader.name, dice.pick(haunts(galaxy), "sector")),
  );
  removeShip(galaxy, old);
}
