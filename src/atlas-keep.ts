/** What the swarm knows of its games, made ready for questions: an atlas of each game, read from the commons when somebody asks. */
import type { Piecemeal } from "./games/tw2002/atlas-map.ts";
import type { Atlas } from "./games/tw2002/atlas.ts";
import { ageOf } from "./proto/lore.ts";
import type { Swarm } from "./proto/operations.ts";
import { Refusal } from "./proto/refusal.ts";
import type { Commons } from "./swarm/commons.ts";
import { hasEnded, type SwarmState } from "./swarm/swarm.ts";

export interface AtlasParts {
  readonly state: Readonly<SwarmState>;
  readonly commons: () => Pick<Commons, "places" | "placeOf" | "since" | "size" | "isClaimed">;
  /** An empty atlas. Asked for when the first question comes: a manager that nobody asks needs no game. */
  readonly open: () => Promise<Atlas>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets others have their turn: a whole universe is read in pieces. */
  readonly breathe: () => Promise<void>;
}

interface Kept {
  readonly atlas: Atlas;
  age: number;
  heard: number;
  /** What is added to the atlas's own `rev`: the moment, so that none is a number of a former manager's. */
  readonly revBase: number;
}

/** The operations about the game. */
export function keepAtlas(parts: AtlasParts): Pick<Swarm, "map" | "sector" | "routes" | "path"> {
  const { state, now, breathe } = parts;
  const kept = new Map<string, Kept>();

  /** The game of which most is known, unless one is named. */
  function placeOf(asked: string | undefined): string {
    const commons = parts.commons();
    const places = commons.places();
    if (asked !== undefined && !places.includes(asked))
      throw new Refusal(
        "not_found",
        `No bot has played at "${asked}"; known games: ${places.join(", ") || "none"}`,
      );
    const place = asked ?? places.toSorted((a, b) => commons.size(b) - commons.size(a))[0];
    if (place === undefined)
      throw new Refusal("not_found", "Nothing is known of any game yet: no bot has told what it saw");
    return place;
  }

  const atlasOf = async (place: string) => (await keptOf(place)).atlas;

  async function keptOf(place: string): Promise<Kept> {
    if (!kept.has(place)) {
      const atlas = await parts.open();
      if (!kept.has(place)) kept.set(place, { atlas, age: -1, heard: 0, revBase: now() });
    }
    const known = kept.get(place)!;
    for (;;) {
      const word = parts.commons().since(place, known.age, known.heard);
      if (!word) return known;
      known.atlas.recall(word.lore, now());
      known.age = ageOf(word.lore) ?? known.age;
      known.heard = word.up_to;
      await breathe();
    }
  }

  function botsIn(place: string, sector: number): string[] {
    const commons = parts.commons();
    return [...state.bots.values()]
      .filter((bot) => !hasEnded(bot) && bot.report?.sector === sector && commons.placeOf(bot.id) === place)
      .map((bot) => bot.id);
  }

  async function whole<T>(work: Piecemeal<T>): Promise<T> {
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      await breathe();
    }
  }

  const about = (place: string, atlas: Atlas) => ({ place, sectors_known: atlas.known().sectors });

  return {
    async map({ place: asked, known, changes }) {
      const place = placeOf(asked);
      const { atlas, revBase } = await keptOf(place);
      atlas.fade(now());
      // What is heard while it is drawn may be on it or not: it belongs to the next.
      const rev = revBase + atlas.map.rev();
      const told = { place, rev, places: parts.commons().places().toSorted() };
      if (rev === known) return { ...told, unchanged: true, size: 0, sectors: [], ports: [], dangers: [] };
      if (changes && known !== undefined && atlas.map.knowsSince(known - revBase))
        return { ...told, since: known, ...(await whole(atlas.map.drawn(known - revBase))) };
      return { ...told, ...(await whole(atlas.map.drawn())) };
    },
    async sector({ sector, place: asked }) {
      const place = placeOf(asked);
      const atlas = await atlasOf(place);
      return { ...about(place, atlas), ...atlas.sector(sector), bots: botsIn(place, sector) };
    },
    async routes({ place: asked, limit, holds, turns_per_warp: turnsPerWarp, max_hops: maxHops }) {
      const place = placeOf(asked);
      const atlas = await atlasOf(place);
      const commons = parts.commons();
      const isClaimed = (sector: number) => commons.isClaimed(place, String(sector));
      const routes = await whole(atlas.routes({ holds, turnsPerWarp, maxHops }, limit, isClaimed));
      return { ...about(place, atlas), ports_known: atlas.known().ports, routes };
    },
    async path({ place: asked, from, to }) {
      const place = placeOf(asked);
      const atlas = await atlasOf(place);
      const { sectors, dangerous } = atlas.path(from, to);
      const hops = sectors.length === 0 ? null : sectors.length - 1;
      return { ...about(place, atlas), from, to, hops, sectors, dangerous };
    },
  };
}
