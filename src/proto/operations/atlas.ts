/** What the swarm knows of the games it plays: sectors, ways, ports and what trading there brings. */
import { z } from "zod";
import { define, Flag, whole } from "../operation.ts";
import { LorePlace } from "../link.ts";

const Sector = whole(1, 30_000);
/** Without it the game of which most is known. */
const place = LorePlace.optional();
const placed = { place: LorePlace, /** Sectors of which anything is known. */ sectors_known: z.int() };

const PortGood = z.object({
  product: z.enum(["Fuel Ore", "Organics", "Equipment"]),
  /** What the port does. */
  side: z.enum(["buys", "sells"]),
  /** Units it traded in when last seen, and the percentage of its most; absent where no bot has docked yet. */
  trading: z.int().optional(),
  percent: z.int().optional(),
  /** What one unit should cost or bring about, in credits, after haggling, as the port was when last seen. */
  price: z.number(),
});

export const SectorKnown = z.object({
  sector: z.int(),
  /** Seen by a bot, or only heard of. */
  seen: z.boolean(),
  warps: z.array(z.int()),
  /** Whether these are all ways out. */
  charted: z.boolean(),
  fed_space: z.boolean(),
  stardock: z.boolean(),
  port: z
    .object({ class: z.int(), code: z.string(), seen_at: z.int().optional(), goods: z.array(PortGood) })
    .optional(),
  danger: z.object({ kind: z.string(), count: z.int(), mode: z.string().optional(), at: z.int() }).optional(),
  /** Bots that are there now. */
  bots: z.array(z.string()),
});
export type SectorKnown = z.infer<typeof SectorKnown>;

export const RouteKnown = z.object({
  /** The two ports' sectors, and how many warps lie between. */
  from: z.int(),
  to: z.int(),
  hops: z.int(),
  /** What is carried there, and back where something is. */
  out: z.string(),
  back: z.string().optional(),
  /** Of the first round there and back, with the ship assumed, a full purse and a seasoned trader. */
  credits_per_turn: z.number(),
  /** A bot has claimed one of the two. */
  in_work: z.boolean(),
});
export type RouteKnown = z.infer<typeof RouteKnown>;

export const MapKnown = z.object({
  /** Sectors of the universe; the highest heard of where the game has not said. */
  size: z.int(),
  stardock: z.int().optional(),
  /** [sector, marks, ...warps]; marks: 1 all ways out are known, 2 somebody has seen it. */
  sectors: z.array(z.array(z.int()).min(2)),
  /** [sector, class, percent of ore, organics, equipment]; -1 where no bot has docked yet, class -1 where there is no port any more. */
  ports: z.array(z.array(z.int()).length(5)),
  /** [sector, kind, count] */
  dangers: z.array(z.tuple([z.int(), z.string(), z.int()])),
});
export type MapKnown = z.infer<typeof MapKnown>;

export const atlas = {
  map: define({
    summary: "All that the swarm knows of a universe, in short",
    http: ["GET", "/game/map"],
    success: 200,
    cli: "map",
    writes: false,
    input: z.strictObject({
      place,
      /** The `rev` of a map that is at hand. */
      known: whole(0, Number.MAX_SAFE_INTEGER).optional(),
      /** Tell only what has changed since, where that can be told (map-fold.ts): a universe is half a megabyte. */
      changes: Flag.optional(),
    }),
    output: z.object({
      place: LorePlace,
      /** Another one, and greater, after each change. */
      rev: z.int(),
      /** All games of which there is a map, by name. */
      places: z.array(LorePlace),
      /** It is as it was in the one that is at hand: the lists are empty. */
      unchanged: z.literal(true).optional(),
      /** Of sectors and ports only those that have changed since the map of this `rev` are here. */
      since: z.int().optional(),
      ...MapKnown.shape,
    }),
  }),
  sector: define({
    summary: "What the swarm knows of a sector: ways out, port and stock, danger, bots there",
    http: ["GET", "/game/sector/:sector"],
    success: 200,
    cli: "sector",
    mcp: {
      name: "tw2002_get_sector",
      title: "What is known of a sector",
      destructive: false,
      idempotent: true,
      openWorld: true,
    },
    writes: false,
    input: z.strictObject({ sector: Sector, place }),
    output: z.object({ ...placed, ...SectorKnown.shape }),
  }),
  routes: define({
    summary: "The trade routes that earn most, by what the swarm knows",
    http: ["GET", "/game/routes"],
    success: 200,
    cli: "routes",
    mcp: {
      name: "tw2002_get_best_routes",
      title: "Best trade routes",
      destructive: false,
      idempotent: true,
      openWorld: true,
    },
    writes: false,
    input: z.strictObject({
      place,
      limit: whole(1, 100).default(20),
      /** Holds and turns a warp costs, of the ship that is thought of. */
      holds: whole(1, 255).default(65),
      turns_per_warp: whole(1, 20).default(2),
      max_hops: whole(1, 20).default(6),
    }),
    output: z.object({ ...placed, ports_known: z.int(), routes: z.array(RouteKnown) }),
  }),
  path: define({
    summary: "The shortest known way between two sectors",
    http: ["GET", "/game/path"],
    success: 200,
    cli: "path",
    mcp: {
      name: "tw2002_find_path",
      title: "Shortest way between sectors",
      destructive: false,
      idempotent: true,
      openWorld: true,
    },
    writes: false,
    input: z.strictObject({ place, from: Sector, to: Sector }),
    /**
     * `sectors` from the first to the last; none, and `hops` null, where no way is known. Dangerous sectors are passed only where there
     * is no other way; then they are named.
     */
    output: z.object({
      ...placed,
      from: z.int(),
      to: z.int(),
      hops: z.int().nullable(),
      sectors: z.array(z.int()),
      dangerous: z.array(z.int()),
    }),
  }),
} as const;
