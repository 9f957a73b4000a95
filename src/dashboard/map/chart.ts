/** What the swarm knows of a universe, as the map draws it: made of what the operation `map` tells. */
import type { OperationOutput } from "../../proto/operations.ts";

/** Sectors of FedSpace are the first of every universe. */
export const fedSectors = 10;

/** What ports of each class trade in: of ore, organics and equipment, B buys and S sells. */
export const portNames = [
  "Special",
  "BBS",
  "BSB",
  "SBB",
  "SSB",
  "SBS",
  "BSS",
  "SSS",
  "BBB",
  "StarDock",
] as const;
export const goods = ["Fuel Ore", "Organics", "Equipment"] as const;

export interface MapSector {
  readonly sector: number;
  /** All ways out are known. */
  readonly charted: boolean;
  readonly seen: boolean;
  readonly warps: readonly number[];
}

export interface MapPort {
  readonly class: number;
  /** Percent of what the port trades at most, for each of the goods; undefined where no bot has docked yet. */
  readonly stock: readonly (number | undefined)[];
}

/** A way between two sectors; `from` is the lower number where it goes both ways. */
export interface Way {
  readonly from: number;
  readonly to: number;
  readonly both: boolean;
}

export interface Chart {
  readonly place: string;
  /** All games of which there is a map. */
  readonly places: readonly string[];
  readonly rev: number;
  readonly size: number;
  readonly stardock: number | undefined;
  readonly sectors: ReadonlyMap<number, MapSector>;
  readonly ports: ReadonlyMap<number, MapPort>;
  readonly dangers: ReadonlyMap<number, { readonly kind: string; readonly count: number }>;
  readonly ways: readonly Way[];
}

/** The chart that an answer means. Sectors that only a way leads to are on it, too. */
export function chartOf(told: OperationOutput<"map">): Chart {
  const sectors = new Map<number, MapSector>();
  for (const [sector = 0, marks = 0, ...warps] of told.sectors)
    sectors.set(sector, { sector, charted: (marks & 1) > 0, seen: (marks & 2) > 0, warps });
  for (const { warps } of sectors.values())
    for (const sector of warps)
      if (!sectors.has(sector)) sectors.set(sector, { sector, charted: false, seen: false, warps: [] });
  const ports = told.ports.map(([sector = 0, portClass = 0, ...stock]): [number, MapPort] => [
    sector,
    { class: portClass, stock: stock.map((percent) => (percent < 0 ? undefined : percent)) },
  ]);
  return {
    place: told.place,
    places: told.places,
    rev: told.rev,
    size: told.size,
    stardock: told.stardock,
    sectors,
    ports: new Map(ports.filter(([sector]) => sectors.has(sector))),
    dangers: new Map(told.dangers.map(([sector, kind, count]) => [sector, { kind, count }])),
    ways: waysOf(sectors),
  };
}

function waysOf(sectors: ReadonlyMap<number, MapSector>): Way[] {
  const ways: Way[] = [];
  for (const { sector, warps } of sectors.values())
    for (const to of warps) {
      const both = sectors.get(to)!.warps.includes(sector);
      // The other end tells of it, too.
      if (!both || sector < to) ways.push({ from: sector, to, both });
    }
  return ways;
}

export const isFed = ({ stardock }: Pick<Chart, "stardock">, sector: number): boolean =>
  sector <= fedSectors || sector === stardock;

/** How full a port is on the whole, from 0 to 1; undefined where nothing is known. */
export function fullness({ stock }: MapPort): number | undefined {
  const known = stock.filter((percent) => percent !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0) / known.length / 100;
}
