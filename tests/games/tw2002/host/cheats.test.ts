/** What somebody tries who wants more than the game gives: races between two lines, and lines broken at the right moment. */
import { expect, test } from "bun:test";
import { leaveCorp, foundCorp, joinCorp } from "../../../../src/games/tw2002/host/corporation.ts";
import {
  addShip,
  type Galaxy,
  movePlanet,
  sectorAt,
  warp,
} from "../../../../src/games/tw2002/host/galaxy.ts";
import { deleteTrader } from "../../../../src/games/tw2002/host/ages/deletion.ts";
import { makePlanet } from "../../../../src/games/tw2002/host/planet.ts";
import type { Owner, Planet, Ship, Trader } from "../../../../src/games/tw2002/host/things.ts";
import { flaws, shadowOf } from "./invariants.ts";
import { atHome, comeBack, createTable, enlist, plain, type Table } from "./players.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";

const owned = ({ id }: Trader): Owner => ({ type: "trader", id });
const named = (table: Table, name: string): Trader => {
  const trader = table.galaxy.byName.get(name.toLowerCase());
  if (!trader) throw new Error(`There is no ${name}`);
  return trader;
};

/** Zed and Mate in the same sector outside FedSpace, `near` beside it with a warp back. */
function pair(settings: Parameters<typeof createTable>[0] = {}) {
  const table = createTable({ seed: 3, ...settings });
  const [zedAt, mateAt] = [enlist(table, "Zed"), enlist(table, "Mate")];
  const { galaxy } = table;
  const here = galaxy.sectors.find(
    ({ number, warps }) => number > 20 && number !== galaxy.stardock && warps.some((to) => to > 20),
  );
  const near = here?.warps.find((to) => to > 20 && to !== galaxy.stardock);
  if (!here || !near) throw new Error("No such sector");
  Object.assign(sectorAt(galaxy, near), { warps: [here.number] });
  const [zed, mate] = [named(table, "Zed"), named(table, "Mate")];
  for (const trader of [zed, mate]) warp(galaxy, trader, here.number);
  for (const caller of [zedAt, mateAt]) table.press(caller, "D");
  const press = (caller: number, keys: string) => plain(table.press(caller, keys));
  return { table, galaxy, zed, mate, zedAt, mateAt, here, near, press };
}

function world(galaxy: Galaxy, sector: number, owner: Owner, known: Partial<Planet> = {}): Planet {
  const planet = makePlanet(galaxy, {
    name: "Rock",
    type: "M",
    sector,
    owner,
    creator: "",
    at: galaxy.began,
  });
  return Object.assign(planet, known);
}

function spare(galaxy: Galaxy, id: number, sector: number, owner: Owner, known: Partial<Ship> = {}): Ship {
  const ship = buildShip({
    id,
    kind: "merchantCruiser",
    name: `Spare ${id}`,
    maker: "Yard",
    builtAt: 0,
    sector,
    pilot: 0,
    owner,
    ...known,
  });
  addShip(galaxy, ship);
  return ship;
}

test("hanging up over a question on the way in does not spare anybody the fighters that attack", () => {
  const { table, zed, mate, mateAt, here, near, press } = pair();
  here.armids = { owner: owned(zed), count: 1 };
  here.fighters = { owner: owned(zed), count: 5000, mode: "offensive" };
  warp(table.galaxy, mate, near);
  mate.ship.shields = 400;
  expect(press(mateAt, `M${here.number}\r`)).toContain("Mined Sector");
  table.host.hungUp(mateAt, table.now);
  comeBack(table, "Mate");
  expect(mate.ship.kind).toBe("escapePod");
});

test("whoever lives through the attack of offensive fighters is not attacked again on coming back", () => {
  const { table, zed, mate, mateAt, here, near, press } = pair();
  here.fighters = { owner: owned(zed), count: 10, mode: "offensive" };
  warp(table.galaxy, mate, near);
  press(mateAt, `M${here.number}\r`);
  expect(mate.ship).toMatchObject({ kind: "merchantCruiser" });
  here.fighters = { owner: owned(zed), count: 5000, mode: "offensive" };
  table.host.hungUp(mateAt, table.now);
  expect(atHome(comeBack(table, "Mate").screen)).toBe(true);
  expect(mate.ship.kind).toBe("merchantCruiser");
});

test("a trader who lingers at the questions of the entry can be shot like one who is asleep", () => {
  const { table, zed, mate, zedAt, mateAt, press } = pair();
  table.host.hungUp(mateAt, table.now);
  const caller = table.connect();
  for (const keys of ["\xff\xfc\xf6", "Mate\r", "A", "\r", "T\r", "N", "\r", "pw\r"])
    table.press(caller, keys);
  zed.ship.fighters = 2000;
  expect(press(zedAt, "AY700\r")).toMatch(/You (destroyed|captured) Mate's/);
  expect(mate.ship.kind).toBe("escapePod");
  let screen = "";
  for (let key = 0; key < 5 && !atHome(screen); key++) screen = press(caller, "\r");
  expect(screen).toContain(`You fled in your Escape Pod to sector ${mate.sector}`);
  expect(screen).toContain(`Sector  : ${mate.sector}`);
  expect(flaws(table.galaxy, ["Zed", "Mate"])).toEqual([]);
});

test("a planet that is blown up while it is being named stays gone after a restart", () => {
  const { table, galaxy, zed, mate, zedAt, mateAt, press } = pair();
  zed.ship.gear.torpedoes = 1;
  mate.ship.gear.detonators = 1;
  const shadow = shadowOf(table);
  expect(press(zedAt, "UY")).toContain("What do you want to name");
  const [planet] = [...galaxy.planets.values()].filter(({ creator }) => creator === "Zed");
  for (const keys of ["L", "ZDY"]) press(mateAt, keys);
  shadow.keep();
  expect(galaxy.planets.has(planet?.id ?? 0)).toBe(false);
  press(zedAt, "Phantom\r");
  shadow.keep();
  expect(shadow.differences()).toEqual([]);
});

test("nothing passes to or from a partner who has been struck off meanwhile, and he stays gone", () => {
  const { table, galaxy, zed, mate, zedAt, press } = pair({ settings: { startCredits: 1000 } });
  joinCorp(galaxy, mate, foundCorp(galaxy, zed, { name: "Red", password: "X", at: table.now }));
  const shadow = shadowOf(table);
  press(zedAt, "TC1\rF");
  deleteTrader(galaxy, mate);
  shadow.keep();
  expect(press(zedAt, "1000\r")).not.toContain("Done!");
  shadow.keep();
  expect(zed.credits).toBe(1000);
  expect(shadow.differences()).toEqual([]);
});

test("a partner who is dropped while he counts the treasury gets nothing of it", () => {
  const { table, galaxy, zed, mate, zedAt, mateAt, here, press } = pair({ settings: { startCredits: 0 } });
  const corp = foundCorp(galaxy, zed, { name: "Red", password: "X", at: table.now });
  joinCorp(galaxy, mate, corp);
  const planet = world(galaxy, here.number, { type: "corp", id: corp.id });
  Object.assign(planet.citadel, { level: 1, treasury: 1000 });
  expect(press(mateAt, "LCTF")).toContain("How much to transfer?");
  press(zedAt, "TR1\rQ");
  expect(mate.corp).toBe(0);
  expect(press(mateAt, "1000\r")).toContain("You leave the citadel");
  expect([mate.credits, planet.citadel.treasury, mate.place.type]).toEqual([0, 1000, "planet"]);
  // One who has left of his own accord is out as well, whatever he was asked.
  joinCorp(galaxy, mate, corp);
  press(mateAt, "CU");
  leaveCorp(galaxy, mate);
  expect(press(mateAt, "Y")).toContain("You leave the citadel");
});

test("a wave that was meant for a planet finds nothing when the planet has gone elsewhere", () => {
  const { galaxy, zed, mate, mateAt, here, near, press } = pair();
  const planet = world(galaxy, here.number, owned(zed), { fighters: 100 });
  mate.ship.fighters = 500;
  expect(press(mateAt, "LA")).toContain("How many fighters do you wish to use");
  movePlanet(galaxy, planet, near);
  expect(atHome(press(mateAt, "400\r"))).toBe(true);
  expect([mate.ship.fighters, planet.fighters]).toEqual([500, 100]);
});

test("a ship on somebody's beam is not for sale, one that used to tow is", () => {
  const { galaxy, zed, mate, zedAt, mateAt, press, table } = pair({ settings: { startCredits: 1000 } });
  joinCorp(galaxy, mate, foundCorp(galaxy, zed, { name: "Red", password: "X", at: table.now }));
  for (const trader of [zed, mate]) warp(galaxy, trader, galaxy.stardock);
  const towed = spare(galaxy, 50, galaxy.stardock, { type: "corp", id: zed.corp });
  const tug = spare(galaxy, 51, galaxy.stardock, owned(mate));
  spare(galaxy, 52, galaxy.stardock, owned(zed), { towing: tug.id });
  press(zedAt, "WN50\r");
  expect(towed.towing).toBe(zed.ship.id);
  expect(press(mateAt, "PS\rSS")).not.toContain("Spare 50");
  press(mateAt, "51\rY");
  expect([galaxy.ships.has(50), galaxy.ships.has(51)]).toEqual([true, false]);
});

test("small gifts through the bank do not flood a mailbox", () => {
  const { table, galaxy, zed, mate, zedAt, mateAt, press } = pair();
  warp(galaxy, zed, galaxy.stardock);
  Object.assign(zed, { bank: 1000, turnsLeft: 10 });
  table.host.hungUp(mateAt, table.now);
  press(zedAt, "PS\rG");
  for (let gift = 0; gift < 150; gift++) press(zedAt, "TMate\r1\r");
  expect([mate.bank, mate.mail.length]).toEqual([150, 100]);
});

test("a second line takes the trader over with nothing of what the first was about", () => {
  const { table, zed, mate, zedAt, here, near, press } = pair({
    settings: { shipDelayMs: 2000, startCredits: 1000 },
  });
  const turns = zed.turnsLeft;
  press(zedAt, `M${near}\r`);
  expect(zed.turnsLeft).toBe(turns - 3);
  const { caller } = comeBack(table, "Zed");
  table.wait(60_000);
  // The warp was paid for and broke off: nobody moves for nothing, and nothing goes on behind his back.
  expect([zed.sector, zed.turnsLeft, table.closed.has(zedAt)]).toEqual([here.number, turns - 3, true]);
  expect(table.press(zedAt, "PT\r\r\r")).toBe("");
  expect(atHome(press(caller, "D"))).toBe(true);
  expect(flaws(table.galaxy, [zed.name, mate.name])).toEqual([]);
});

test("a crime that is broken off by hanging up has brought nothing, and the turn is gone", () => {
  const { table, galaxy, zed, zedAt, press } = pair({ settings: { crimeDelayMs: 3000 } });
  const port = [...galaxy.ports.values()].find(({ portClass, sector }) => portClass === 7 && sector > 20);
  if (!port) throw new Error("No port");
  warp(galaxy, zed, port.sector);
  Object.assign(zed, { alignment: -500, experience: 5000 });
  const turns = zed.turnsLeft;
  press(zedAt, "PR\rS1\r");
  table.wait(1000);
  table.host.hungUp(zedAt, table.now);
  table.wait(10_000);
  expect(zed.turnsLeft).toBe(turns - 1);
  expect(zed.ship.cargo).toEqual({ "Fuel Ore": 0, Organics: 0, Equipment: 0 });
});

test("torpedoes, detonators and ships are spent once, however often the questions are answered", () => {
  const { table, galaxy, zed, mate, zedAt, mateAt, here, press } = pair();
  joinCorp(galaxy, mate, foundCorp(galaxy, zed, { name: "Red", password: "X", at: table.now }));
  const shared = spare(galaxy, 60, here.number, { type: "corp", id: zed.corp });
  for (const caller of [zedAt, mateAt]) press(caller, "X");
  press(zedAt, "60\r");
  press(mateAt, "60\r");
  expect([zed.ship, shared.pilot]).toEqual([shared, zed.id]);
  expect(mate.ship).not.toBe(shared);
  zed.ship.gear.torpedoes = 1;
  press(zedAt, "UYOne\r");
  press(zedAt, "UYTwo\r");
  expect([...galaxy.planets.values()].filter(({ creator }) => creator === "Zed").length).toBe(1);
  expect(flaws(galaxy, [zed.name, mate.name])).toEqual([]);
});

test("a port that is blown up over a haggle neither pays nor takes", () => {
  const { table, galaxy, zed, mate, zedAt, mateAt, press } = pair({ settings: { startCredits: 5000 } });
  const port = [...galaxy.ports.values()].find(({ portClass, sector }) => portClass === 7 && sector > 20);
  if (!port) throw new Error("No port");
  for (const trader of [zed, mate]) warp(galaxy, trader, port.sector);
  for (const stock of port.stocks) stock.productivity = 10;
  expect(press(zedAt, "PT5\r")).toContain("Your offer");
  mate.ship.fighters = 2500;
  press(mateAt, "PA750\r");
  expect(port.destroyed).toBe(true);
  expect(press(zedAt, "\r")).not.toContain("We have a deal");
  expect([zed.credits, zed.ship.cargo["Fuel Ore"]]).toEqual([5000, 0]);
  expect(flaws(table.galaxy, ["Zed", "Mate"])).toEqual([]);
});

test("a jump that was asked for from one ship is not made in the pod that is left of it", () => {
  const { table, galaxy, zed, mate, zedAt, mateAt, press } = pair();
  Object.assign(zed.ship, { kind: "havocGunStar", holds: 50, fighters: 1, shields: 0 });
  zed.ship.gear.transwarp = 1;
  zed.ship.cargo["Fuel Ore"] = 50;
  const far = galaxy.sectors.find(
    ({ number, warps }) => number > 20 && number !== zed.sector && warps.length > 3,
  );
  press(zedAt, `M${far?.number}\r`);
  expect(press(zedAt, "Y")).toMatch(/\? $/);
  mate.ship.fighters = 2500;
  press(mateAt, "AY500\r");
  expect(zed.ship.kind).toBe("escapePod");
  const { sector, turnsLeft } = zed;
  press(zedAt, "Y");
  expect([zed.sector, zed.turnsLeft]).toEqual([sector, turnsLeft]);
  expect(flaws(table.galaxy, ["Zed", "Mate"])).toEqual([]);
});

test("accounts, offers and transfers take no figure beyond what there is", () => {
  const { galaxy, zed, zedAt, press } = pair();
  warp(galaxy, zed, galaxy.stardock);
  Object.assign(zed, { credits: 2_000_000, bank: 499_000, turnsLeft: 10 });
  press(zedAt, "PS\rG");
  for (const typed of ["D999999999999\r", "D-5\r", "D1e9\r", "D00000000001001\r"]) press(zedAt, typed);
  expect(zed.bank).toBeLessThanOrEqual(500_000);
  expect(zed.bank + zed.credits).toBe(2_499_000);
  press(zedAt, "TMate\r9007199254740993\r");
  expect(zed.credits + zed.bank + (galaxy.byName.get("mate")?.bank ?? 0)).toBe(2_499_000);
});

test("whoever is put off the host while he is landed comes back to where he was, his ship with him", () => {
  const { table, galaxy, zed, zedAt, here, near, press } = pair();
  const planet = world(galaxy, here.number, owned(zed));
  press(zedAt, "L");
  expect(zed.place).toEqual({ type: "planet", planet: planet.id });
  table.host.kick("Zed", table.now);
  movePlanet(galaxy, planet, near);
  expect(comeBack(table, "Zed").screen).toContain("Planet command");
  expect([zed.sector, zed.ship.sector]).toEqual([near, near]);
  expect(flaws(galaxy, ["Zed", "Mate"])).toEqual([]);
});
