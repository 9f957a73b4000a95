/** Round trips: how often a bot sends something and waits for the answer, at port calls and on the way. */
import { mean } from "../tests/sim/audit.ts";
import { playSeason, type Season } from "./seasons.ts";

/** One way, in milliseconds: 50 there and back. */
const latencyMs = 25;

export interface RoundTrips {
  /** Port calls at which two products were dealt in, and what they took. */
  readonly calls: number;
  readonly per_call: number;
  readonly per_call_most: number;
  /** Of them, in the mean, those that began at an offer of the port's. */
  readonly per_call_bids: number;
  readonly hops: number;
  readonly per_hop: number;
  /** Credits, in the whole season. */
  readonly earned: number;
}

/** What a bot does between two choices. */
interface Deed {
  readonly intent: string;
  /** When something was sent; what goes out in one moment is one trip. */
  readonly sent: Set<number>;
  /** Of these, when an offer stood there. */
  readonly bid: Set<number>;
  deals: number;
  arrivals: number;
}

/** Plays a season of one bot and counts. */
export function roundTripsOf(season: Season): RoundTrips {
  const deeds: Deed[] = [];
  const [result] = playSeason(season, {
    latencyMs,
    onSend(_bot, _keys, open, at) {
      const deed = deeds.at(-1);
      deed?.sent.add(at);
      if (open.startsWith("Your offer ")) deed?.bid.add(at);
    },
    onEffect(_bot, effect) {
      const deed = deeds.at(-1);
      if (effect.type === "chose") {
        deeds.push({ intent: effect.intent.type, sent: new Set(), bid: new Set(), deals: 0, arrivals: 0 });
      } else if (effect.type === "traded" && deed) deed.deals++;
      else if (effect.type === "learned" && effect.fact.type === "arrived" && deed) deed.arrivals++;
    },
  });
  const calls = deeds.filter(({ intent, deals }) => intent === "trade" && deals === 2);
  const ways = deeds.filter(
    ({ intent, arrivals }) => (intent === "move" || intent === "travel") && arrivals > 0,
  );
  const hops = ways.reduce((sum, { arrivals }) => sum + arrivals, 0);
  const trips = calls.map(({ sent }) => sent.size);
  return {
    calls: calls.length,
    per_call: trips.length > 0 ? mean(trips) : 0,
    per_call_most: Math.max(0, ...trips),
    per_call_bids: calls.length > 0 ? mean(calls.map(({ bid }) => bid.size)) : 0,
    hops,
    earned: result?.earned ?? 0,
    per_hop: hops > 0 ? ways.reduce((sum, { sent }) => sum + sent.size, 0) / hops : 0,
  };
}
