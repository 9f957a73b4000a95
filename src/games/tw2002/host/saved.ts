/** A galaxy as rows and back. Rows are values; whoever has the database writes them. */
import { type Changes, createGalaxy, type Galaxy, type Kind } from "./galaxy.ts";
import { completed, type GameSettings } from "./settings.ts";
import type { Chronicle, Corporation, Planet, Port, Sector, Ship, Trader, Wanderer } from "./things.ts";

/** One row: what it is of, its number within that, and its body as JSON; no body means that the thing is no more. */
export interface SavedRow {
  readonly kind: "galaxy" | Kind;
  readonly id: number;
  readonly body: string | undefined;
}

/** A trader's first sight of a sector; only ever added. */
export interface SavedSighting {
  readonly trader: number;
  readonly sector: number;
}

interface GalaxyBody {
  readonly settings: GameSettings;
  readonly stardock: number;
  readonly began: number;
}
/** The dice roll too often to write everything else along with them. */
interface DiceBody {
  readonly dice: number;
}
/** A trader's ship has a row of its own. */
type TraderBody = Omit<Trader, "ship"> & { readonly ship: number };

const settingsId = 0;
const diceId = 1;
const chronicleId = 2;

const galaxyRow = (id: number, body: GalaxyBody | DiceBody | Chronicle): SavedRow => ({
  kind: "galaxy",
  id,
  body: JSON.stringify(body),
});
const diceRow = ({ dice }: Galaxy) => galaxyRow(diceId, { dice: dice.state() });
const portRow = (port: Port): SavedRow => ({ kind: "port", id: port.sector, body: JSON.stringify(port) });
const byId =
  (kind: "planet" | "ship" | "corp" | "wanderer") =>
  (thing: { readonly id: number }): SavedRow => ({ kind, id: thing.id, body: JSON.stringify(thing) });
const sectorRow = (sector: Sector): SavedRow => ({
  kind: "sector",
  id: sector.number,
  body: JSON.stringify(sector),
});
const traderRow = (trader: Trader): SavedRow => ({
  kind: "trader",
  id: trader.id,
  body: JSON.stringify({ ...trader, ship: trader.ship.id } satisfies TraderBody),
});

/** What the sysop may have changed. */
export const settingsRow = ({ settings, stardock, began }: Galaxy): SavedRow =>
  galaxyRow(settingsId, { settings, stardock, began });

/** Everything about a galaxy, for its first save; sightings apart. */
export function allRows(galaxy: Galaxy): SavedRow[] {
  const { chronicle } = galaxy;
  return [
    settingsRow(galaxy),
    diceRow(galaxy),
    galaxyRow(chronicleId, chronicle),
    ...galaxy.sectors.map(sectorRow),
    ...[...galaxy.ports.values()].map(portRow),
    ...[...galaxy.planets.values()].map(byId("planet")),
    ...[...galaxy.ships.values()].map(byId("ship")),
    ...[...galaxy.corps.values()].map(byId("corp")),
    ...[...galaxy.wanderers.values()].map(byId("wanderer")),
    ...[...galaxy.traders.values()].map(traderRow),
  ];
}

/** The rows that a change touches. */
export function changedRows(galaxy: Galaxy, changes: Changes): SavedRow[] {
  const rows: SavedRow[] = [];
  // Whoever holds on to a thing that is no more, and changes it, must not bring it back.
  const put = <T extends { readonly id: number }>(
    things: ReadonlyMap<number, T>,
    changed: Iterable<T>,
    rowOf: (thing: T) => SavedRow,
  ) => {
    for (const thing of changed) if (things.get(thing.id) === thing) rows.push(rowOf(thing));
  };
  if (changes.dice) rows.push(diceRow(galaxy));
  if (changes.chronicle) rows.push(galaxyRow(chronicleId, galaxy.chronicle));
  for (const sector of changes.sector) rows.push(sectorRow(sector));
  for (const port of changes.port) if (galaxy.ports.get(port.sector) === port) rows.push(portRow(port));
  put(galaxy.planets, changes.planet, byId("planet"));
  put(galaxy.ships, changes.ship, byId("ship"));
  put(galaxy.corps, changes.corp, byId("corp"));
  put(galaxy.wanderers, changes.wanderer, byId("wanderer"));
  for (const trader of changes.trader) {
    if (galaxy.traders.get(trader.id) !== trader) continue;
    rows.push(traderRow(trader));
    // A trader's deeds are his ship's: whoever notes the one need not note the other.
    if (!changes.ship.has(trader.ship)) put(galaxy.ships, [trader.ship], byId("ship"));
  }
  for (const { kind, id } of changes.gone) rows.push({ kind, id, body: undefined });
  return rows;
}

/** The galaxy that the rows tell of, with its settings as `resettle` leaves them; throws when they are not a whole one. */
export function galaxyFrom(
  rows: readonly SavedRow[],
  sightings: readonly SavedSighting[],
  resettle: (saved: GameSettings) => GameSettings = (saved) => saved,
): Galaxy {
  const bodies = <T>(kind: SavedRow["kind"]) =>
    rows.filter((row) => row.kind === kind).map(({ body }) => JSON.parse(body ?? "null") as T);
  const find = <T>(id: number): T => {
    const row = rows.find((candidate) => candidate.kind === "galaxy" && candidate.id === id);
    if (row?.body === undefined) throw new Error(`The saved galaxy lacks its row ${id}`);
    return JSON.parse(row.body) as T;
  };
  const { settings, stardock, began } = find<GalaxyBody>(settingsId);
  const { dice } = find<DiceBody>(diceId);
  const sectors = bodies<Sector>("sector").sort((a, b) => a.number - b.number);
  const ports = bodies<Port>("port").sort((a, b) => a.sector - b.sector);
  const ships = new Map(bodies<Ship>("ship").map((ship) => [ship.id, ship]));
  const traders = bodies<TraderBody>("trader").map((body): Trader => {
    const ship = ships.get(body.ship);
    if (!ship) throw new Error(`The saved galaxy lacks ship ${body.ship} of trader ${body.id}`);
    return { ...body, ship };
  });
  return createGalaxy(
    resettle(completed(settings)),
    {
      sectors,
      stardock,
      ports: new Map(ports.map((port) => [port.sector, port])),
      planets: bodies<Planet>("planet"),
    },
    {
      began,
      dice,
      traders,
      sightings,
      ships: [...ships.values()],
      corps: bodies<Corporation>("corp"),
      wanderers: bodies<Wanderer>("wanderer"),
      chronicle: find<Chronicle>(chronicleId),
    },
  );
}
