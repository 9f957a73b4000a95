/** A galaxy as rows and back. Rows are values; whoever has the database writes them. */
import {
  type Changes,
  createGalaxy,
  type Galaxy,
  type GameSettings,
  type Port,
  type Sector,
  type Trader,
} from "./galaxy.ts";

/** One row: what it is of, its number within that, and its body as JSON. */
export interface SavedRow {
  readonly kind: "galaxy" | "sector" | "port" | "trader";
  readonly id: number;
  readonly body: string;
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
const settingsId = 0;
const diceId = 1;

const diceRow = (galaxy: Galaxy): SavedRow => ({
  kind: "galaxy",
  id: diceId,
  body: JSON.stringify({ dice: galaxy.dice.state() } satisfies DiceBody),
});
const portRow = (port: Port): SavedRow => ({ kind: "port", id: port.sector, body: JSON.stringify(port) });
const traderRow = (trader: Trader): SavedRow => ({
  kind: "trader",
  id: trader.id,
  body: JSON.stringify(trader),
});

/** Everything about a galaxy, for its first save; sightings apart. */
export function allRows(galaxy: Galaxy): SavedRow[] {
  const { settings, stardock, began } = galaxy;
  return [
    {
      kind: "galaxy",
      id: settingsId,
      body: JSON.stringify({ settings, stardock, began } satisfies GalaxyBody),
    },
    diceRow(galaxy),
    ...galaxy.sectors.map((sector): SavedRow => ({
      kind: "sector",
      id: sector.number,
      body: JSON.stringify(sector),
    })),
    ...[...galaxy.ports.values()].map(portRow),
    ...[...galaxy.traders.values()].map(traderRow),
  ];
}

/** The rows that a change touches. */
export function changedRows(galaxy: Galaxy, changes: Changes): SavedRow[] {
  return [
    ...(changes.dice ? [diceRow(galaxy)] : []),
    ...[...changes.ports].map(portRow),
    ...[...changes.traders].map(traderRow),
  ];
}

/** The galaxy that the rows tell of; throws when they are not a whole one. */
export function galaxyFrom(rows: readonly SavedRow[], sightings: readonly SavedSighting[]): Galaxy {
  const bodies = <T>(kind: SavedRow["kind"]) =>
    rows.filter((row) => row.kind === kind).map(({ body }) => JSON.parse(body) as T);
  const find = <T>(id: number): T => {
    const row = rows.find((candidate) => candidate.kind === "galaxy" && candidate.id === id);
    if (!row) throw new Error(`The saved galaxy lacks its row ${id}`);
    return JSON.parse(row.body) as T;
  };
  const { settings, stardock, began } = find<GalaxyBody>(settingsId);
  const { dice } = find<DiceBody>(diceId);
  const sectors = bodies<Sector>("sector").sort((a, b) => a.number - b.number);
  const ports = bodies<Port>("port").sort((a, b) => a.sector - b.sector);
  return createGalaxy(
    settings,
    { sectors, stardock, ports: new Map(ports.map((port) => [port.sector, port])) },
    { began, dice, traders: bodies<Trader>("trader"), sightings },
  );
}
