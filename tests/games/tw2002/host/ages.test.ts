/** What time does: wanderers on their ways, and the night's maintenance. */
import { expect, test } from "bun:test";
import { galaxyDue } from "../../../../src/games/tw2002/host/ages/ages.ts";
import {
  addShip,
  inFedSpace,
  moveWanderer,
  removeWanderer,
  sectorAt,
  warp,
} from "../../../../src/games/tw2002/host/galaxy.ts";
import { occupants } from "../../../../src/games/tw2002/host/occupants.ts";
import { courseBetween } from "../../../../src/games/tw2002/host/courses.ts";
import { ferrengiHome } from "../../../../src/games/tw2002/host/ages/wanderers.ts";
import { allRows, galaxyFrom } from "../../../../src/games/tw2002/host/saved.ts";
import { createTable, enlist, noon, plain, type Table } from "./players.ts";
import { buildShip } from "../../../../src/games/tw2002/host/ships.ts";
import { stockAt } from "../../../../src/games/tw2002/host/stock.ts";

const dayMs = 86_400_000;
const nobodyHome = { aliens: false, ferrengi: false };

/** A trader who has left the game; his ship stays where it is. */
function sleeper(table: Table, name: string) {
  const caller = enlist(table, name);
  table.press(caller, "QY");
  const trader = [...table.galaxy.traders.values()].find((one) => one.name === name);
  if (!trader) throw new Error(`No trader ${name}`);
  return { caller, trader };
}
/** The next midnight of the game, and a little more. */
const tonight = 12 * 3_600_000 + 1000;

test("without wanderers only midnights are due", () => {
  const table = createTable({ seed: 3, settings: nobodyHome });
  expect(galaxyDue(table.galaxy)).toBe(noon + dayMs / 2);
  enlist(table, "Zed");
  table.wait(3 * 3_600_000);
  expect(table.galaxy.wanderers.size).toBe(0);
  expect(table.galaxy.chronicle.wanderedAt).toBe(noon);
});

test("wanderers take one warp a step, Ferrengi never into FedSpace, captains never out of it", () => {
  const table = createTable({ seed: 3, settings: { aliens: true, ferrengi: true, wanderMs: 60_000 } });
  const { galaxy } = table;
  enlist(table, "Zed");
  table.wait(60_000);
  const count = (race: string) => [...galaxy.wanderers.values()].filter((one) => one.race === race).length;
  expect(["alien", "ferrengi", "federal"].map(count)).toEqual([20, 10, 3]);
  const home = ferrengiHome(galaxy);
  expect(home).toBeGreaterThan(10);
  const border = galaxy.sectors.find(
    ({ number, warps }) => !inFedSpace(galaxy, number) && warps.some((to) => inFedSpace(galaxy, to)),
  );
  for (let step = 0; step < 40; step++) {
    // Ferrengi are put back to where FedSpace begins, again and again.
    for (const wanderer of galaxy.wanderers.values()) {
      if (wanderer.race === "ferrengi") moveWanderer(galaxy, wanderer, border?.number ?? 11);
    }
    const before = new Map([...galaxy.wanderers.values()].map(({ id, sector }) => [id, sector]));
    table.wait(60_000);
    for (const { id, race, sector } of galaxy.wanderers.values()) {
      const from = before.get(id) ?? 0;
      expect(from === sector || sectorAt(galaxy, from).warps.includes(sector)).toBe(true);
      expect(occupants(galaxy, sector).wanderers.size).toBeGreaterThan(0);
      if (race !== "alien") expect(inFedSpace(galaxy, sector)).toBe(race === "federal");
    }
  }
});

test("a wanderer is seen to come, keeps out of guarded sectors, and is there after a restart", () => {
  const table = createTable({ seed: 3, settings: { aliens: true, wanderMs: 60_000 } });
  const { galaxy } = table;
  const caller = enlist(table, "Zed");
  table.wait(60_000);
  const [alien] = [...galaxy.wanderers.values()].filter(({ race }) => race === "alien");
  const [trader] = galaxy.traders.values();
  if (!alien || !trader) throw new Error("Nobody there");
  const from = sectorAt(galaxy, alien.sector);
  const [ahead, ...others] = from.warps;
  if (ahead === undefined) throw new Error("A sector without warps");
  for (const other of others) {
    sectorAt(galaxy, other).fighters = { owner: { type: "mercenaries" }, count: 5, mode: "defensive" };
  }
  warp(galaxy, trader, ahead);
  table.take(caller);
  table.wait(60_000);
  expect(alien.sector).toBe(ahead);
  expect(plain(table.take(caller))).toContain(`${alien.name} warps into the sector with`);
  const again = galaxyFrom(allRows(galaxy), []);
  expect([...again.wanderers.values()]).toEqual([...galaxy.wanderers.values()]);
  expect(occupants(again, ahead).wanderers.size).toBe(occupants(galaxy, ahead).wanderers.size);
});

test("a host that was down for weeks makes up for it with one step and one maintenance", () => {
  const table = createTable({ seed: 3, settings: { aliens: true } });
  enlist(table, "Zed");
  table.now += 30 * dayMs;
  const started = performance.now();
  table.wait(1);
  enlist(table, "Wingman");
  expect(performance.now() - started).toBeLessThan(2000);
  expect(galaxyDue(table.galaxy)).toBeGreaterThan(table.now);
});

test("at midnight FedSpace is rid of armed sleepers, spare ships and debris; whoever is on line stays", () => {
  const table = createTable({ seed: 3, settings: { ...nobodyHome, inactivityMs: 2 * dayMs } });
  const { galaxy } = table;
  const { caller, trader: armed } = sleeper(table, "Armed");
  const { trader: modest } = sleeper(table, "Modest");
  const { trader: awake } = { trader: (enlist(table, "Awake"), [...galaxy.traders.values()].at(-1)) };
  if (!awake) throw new Error("Nobody awake");
  armed.ship.fighters = 51;
  modest.ship.fighters = 50;
  awake.ship.fighters = 2000;
  const derelict = buildShip({ ...armed.ship, id: 99, sector: 1, pilot: 0 });
  addShip(galaxy, derelict);
  Object.assign(sectorAt(galaxy, 5), { navHaz: 40 });
  Object.assign(sectorAt(galaxy, 500), { navHaz: 40 });
  table.wait(tonight);
  expect(inFedSpace(galaxy, armed.sector)).toBe(false);
  expect(armed.ship.sector).toBe(armed.sector);
  expect([modest.sector, awake.sector]).toEqual([1, 1]);
  expect(galaxy.ships.has(99)).toBe(false);
  expect([sectorAt(galaxy, 5).navHaz, sectorAt(galaxy, 500).navHaz]).toEqual([0, 37]);
  expect(armed.mail[0]?.text).toContain(`towed to sector ${armed.sector}`);
  expect(caller).toBeGreaterThan(0);
});

test("no sector of FedSpace keeps more sleepers than the sysop allows", () => {
  const table = createTable({ seed: 3, settings: { ...nobodyHome, shipsPerFedSector: 2 } });
  for (const name of ["One", "Two", "Three", "Four"]) sleeper(table, name);
  enlist(table, "Awake");
  table.wait(tonight);
  const left = [...occupants(table.galaxy, 1).traders].filter(({ name }) => name !== "Awake");
  expect(left.map(({ name }) => name)).toEqual(["One", "Two"]);
});

test("fighters and mines on the major space lanes are gone in the morning, others stay", () => {
  const table = createTable({ seed: 3, settings: nobodyHome });
  const { galaxy } = table;
  enlist(table, "Zed");
  const lane = courseBetween(galaxy, 1, galaxy.stardock) ?? [];
  const number = lane.find((one) => one > 10 && one !== galaxy.stardock) ?? 0;
  // A dead end lies on no way to anywhere.
  const deadEnd = galaxy.sectors.find(({ warps, number: one }) => one > 10 && warps.length === 1);
  if (!deadEnd) throw new Error("No dead end");
  const post = { owner: { type: "trader", id: 1 }, count: 10 } as const;
  for (const sector of [sectorAt(galaxy, number), deadEnd]) {
    Object.assign(sector, { fighters: { ...post, mode: "toll" }, armids: { ...post } });
  }
  table.wait(tonight);
  expect(sectorAt(galaxy, number)).toMatchObject({ fighters: undefined, armids: undefined });
  expect(deadEnd).toMatchObject({ fighters: { count: 10 }, armids: { count: 10 } });
});

test("Ferrengi build a hundred fighters a night, and those who were lost have successors", () => {
  const table = createTable({ seed: 3, settings: { ferrengi: true, wanderMs: 20 * 3_600_000 } });
  const { galaxy } = table;
  enlist(table, "Zed");
  table.wait(20 * 3_600_000);
  const [first, ...rest] = [...galaxy.wanderers.values()].filter(({ race }) => race === "ferrengi");
  if (!first) throw new Error("No Ferrengi");
  first.fighters = 7;
  for (const lost of rest.slice(0, 5)) removeWanderer(galaxy, lost);
  table.wait(dayMs);
  expect(first.fighters).toBe(107);
  expect([...galaxy.wanderers.values()].filter(({ race }) => race === "ferrengi").length).toBe(6);
});

test("busts are forgotten after the sysop's days, and not before", () => {
  const table = createTable({
    seed: 3,
    settings: { ...nobodyHome, bustClearDays: 2, inactivityMs: 9 * dayMs },
  });
  enlist(table, "Zed");
  const [trader] = table.galaxy.traders.values();
  if (!trader) throw new Error("Nobody there");
  trader.busts = [{ sector: 700, at: noon }];
  table.wait(1.6 * dayMs);
  expect(trader.busts.length).toBe(1);
  table.wait(dayMs);
  expect(trader.busts.length).toBe(0);
});

test("a wreck glows for its days; then the Federation rebuilds its own ports, and other sectors are free", () => {
  const table = createTable({
    seed: 3,
    settings: { ...nobodyHome, radiationDays: 2, inactivityMs: 9 * dayMs },
  });
  const { galaxy } = table;
  enlist(table, "Zed");
  const dock = galaxy.ports.get(galaxy.stardock);
  const plainPort = [...galaxy.ports.values()].find(({ portClass }) => portClass === 3);
  if (!dock || !plainPort) throw new Error("No ports");
  for (const port of [dock, plainPort]) Object.assign(port, { destroyed: true, destroyedAt: noon });
  for (const stock of dock.stocks) Object.assign(stock, { amount: 0, at: noon });
  table.wait(1.6 * dayMs);
  expect([dock.destroyed, galaxy.ports.has(plainPort.sector)]).toEqual([true, true]);
  table.wait(dayMs);
  expect([dock.destroyed, galaxy.ports.has(plainPort.sector)]).toEqual([false, false]);
  expect(dock.stocks.map((stock) => stockAt(galaxy, stock, table.now))).toEqual([3000, 3000, 3000]);
});
