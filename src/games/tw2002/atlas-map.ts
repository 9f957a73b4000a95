/** A universe as a map, and what of it has changed since somebody looked last. */
import { eachPiece } from "../../proto/lore.ts";
import { noPort } from "../../proto/map-fold.ts";
import type { MapKnown } from "../../proto/operations/atlas.ts";
import { isCharted, isSector, isSeen, waysOf } from "./chart.ts";
import { products } from "./rules/ports.ts";
import type { Port } from "./ports.ts";
import type { World } from "./world.ts";

/** Work that is done a piece at a time, and its outcome. */
export type Piecemeal<T> = Generator<undefined, T>;

export interface AtlasMap {
  /** Lore was taken in; `anew`: of a universe made anew. Some of what it is about may be as it was. */
  told(text: string, anew: boolean): void;
  /** Something changed that is told whole each time. */
  changed(): void;
  /** Grows with each change. */
  rev(): number;
  /** Whether it is known what has changed since it had that `rev`. */
  knowsSince(rev: number): boolean;
  /** All of it, or of sectors and ports only what has changed since, in pieces. */
  drawn(since?: number): Piecemeal<MapKnown>;
}

/** Sectors of a map in one piece. */
const mapPieceMax = 4000;
const unknown = -1;
const marksOf = { charted: 1, seen: 2 } as const;

/** Letters of the pieces that are seen on a map (lore.ts); with most of them stands a sector. */
const onMap: ReadonlySet<string> = new Set("wLpgdu");

/** The map of what a world knows. */
export function createMap(world: World): AtlasMap {
  let rev = 0;
  /** When something of a sector changed last; and since when all such is known. */
  const changedAt = new Map<number, number>();
  let from = 0;

  return {
    told(text, anew) {
      const next = rev + 1;
      eachPiece(text, (key) => {
        if (!onMap.has(key[0]!)) return;
        rev = next;
        const sector = Number(key.slice(1));
        if (isSector(sector)) changedAt.set(sector, rev);
      });
      if (!anew) return;
      changedAt.clear();
      from = ++rev;
    },
    changed: () => void rev++,
    rev: () => rev,
    knowsSince: (since) => since >= from && since <= rev,
    drawn(since) {
      if (since === undefined) return mapOf(world);
      const meant = new Set([...changedAt].flatMap(([sector, at]) => (at > since ? [sector] : [])));
      return mapOf(world, (sector) => meant.has(sector));
    },
  };
}

function* mapOf(
  { chart, stardock, ports, dangers }: World,
  isMeant?: (sector: number) => boolean,
): Piecemeal<MapKnown> {
  const sectors: number[][] = [];
  for (let sector = 1; sector <= chart.top; sector++) {
    if (sector % mapPieceMax === 0) yield;
    if (isMeant?.(sector) === false) continue;
    const marks =
      (isCharted(chart, sector) ? marksOf.charted : 0) + (isSeen(chart, sector) ? marksOf.seen : 0);
    const ways = waysOf(chart, sector);
    if (marks > 0 || ways.length > 0) sectors.push([sector, marks].concat(ways));
  }
  const percents = (port: Port) => products.map((_, index) => port.good(index)?.percent ?? unknown);
  const stocks = Array.from(ports.values())
    .filter(({ sector }) => isMeant?.(sector) !== false)
    .map((port) => [port.sector, port.portClass, ...percents(port)]);
  const gone = sectors.flatMap(([sector]) =>
    isMeant && !ports.has(sector!) ? [[sector!, noPort, ...products.map(() => unknown)]] : [],
  );
  return {
    size: chart.sectors || chart.top,
    ...(stardock !== undefined && { stardock }),
    sectors,
    ports: [...stocks, ...gone],
    dangers: Array.from(dangers, ([sector, { kind, count }]) => [sector, kind, count]),
  };
}
