/** What a swarm knows, in short, for the model that plans for its bots: where they are, and which routes pay, so that it can give them roles and regions. */
import { type Asked, sharedMaxChars } from "./proto/advice.ts";
import type { Swarm } from "./proto/operations.ts";
import { Refusal } from "./proto/refusal.ts";
import type { BotReport } from "./proto/status.ts";
import type { Commons } from "./swarm/commons.ts";
import { hasEnded, type SwarmState } from "./swarm/swarm.ts";

/** Routes of one game that are told, and bots that are looked at. */
const routesMax = 12;
const othersMax = 100;
/** A game's routes are worked out at most so often, in ms: a great universe is a quarter of a second's work. */
const routesEveryMs = 30_000;

export interface SharedParts {
  readonly state: Readonly<SwarmState>;
  readonly commons: () => Pick<Commons, "placeOf">;
  readonly routes: Swarm["routes"];
  readonly now: () => number;
}

/** What is told with a call about these bots, as JSON of at most `sharedMaxChars`: of each game that one of them plays. */
export function keepShared({ state, commons, routes, now }: SharedParts) {
  const kept = new Map<string, { readonly at: number; readonly routes: Promise<object[]> }>();

  /** The best routes, for a ship such as the bots there have. */
  function routesOf(place: string, holds: number): Promise<object[]> {
    const known = kept.get(place);
    if (known && now() - known.at < routesEveryMs) return known.routes;
    const found = routes({ place, limit: routesMax, holds, turns_per_warp: 3, max_hops: 6 }).then(
      (answer) => answer.routes.map(inShort),
      (error: unknown) => {
        // Nothing is known of that game yet.
        if (error instanceof Refusal) return [];
        throw error;
      },
    );
    kept.set(place, { at: now(), routes: found });
    return found;
  }

  /** A game in at most so many characters; undefined where that is too little. */
  async function gameAt(
    place: string,
    asked: ReadonlySet<string>,
    chars: number,
  ): Promise<string | undefined> {
    const { placeOf } = commons();
    const playing = [...state.bots.values()].flatMap(({ id, report, ...bot }) =>
      report && !hasEnded(bot) && placeOf(id) === place ? [{ id, report }] : [],
    );
    const holds = Math.max(20, ...playing.map(({ report }) => report.holds));
    const game = { game: place, bots_playing: playing.length, best_routes: await routesOf(place, holds) };
    const begin = JSON.stringify(game).slice(0, -1);
    // Those whose pictures are shown tell of themselves.
    const others = playing.filter(({ id }) => !asked.has(id)).slice(0, othersMax);
    let bots = "";
    for (const { id, report } of others) {
      const more = `${bots === "" ? "" : ","}${JSON.stringify(id)}:${JSON.stringify(botInShort(report))}`;
      if (begin.length + bots.length + more.length + ends.length > chars) break;
      bots += more;
    }
    const text = begin + ends.replace("{", () => `{${bots}`);
    return text.length <= chars ? text : undefined;
  }

  return async (asked: readonly Asked[]): Promise<string | undefined> => {
    const bots = new Set(asked.map(({ bot }) => bot));
    const { placeOf } = commons();
    const places = new Set(asked.flatMap(({ bot }) => placeOf(bot) ?? []));
    let text = "";
    for (const place of places) {
      const comma = text === "" ? "" : ",";
      // A game for which there is no room is left out.
      const game = await gameAt(place, bots, sharedMaxChars - text.length - around.length - comma.length);
      if (game !== undefined) text += comma + game;
    }
    return text === "" ? undefined : around.replace("[", () => `[${text}`);
  };
}

/** What stands after a game's other bots, and around all games. */
const ends = ',"other_bots":{}}';
const around = '{"games":[]}';

const botInShort = ({ sector, holds, advice }: BotReport) => ({
  sector,
  holds,
  ...(advice?.plan !== undefined && { plan: advice.plan }),
});

type Route = Awaited<ReturnType<Swarm["routes"]>>["routes"][number];
const inShort = ({ from, to, hops, credits_per_turn, in_work }: Route) => ({
  ports: [from, to],
  hops,
  credits_per_turn,
  ...(in_work && { in_work }),
});
