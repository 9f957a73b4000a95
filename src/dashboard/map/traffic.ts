/** Bots on the map: how many stand in each sector, and which are on their way from one to another. */
import type { BotState } from "../../proto/status.ts";

/** How long a dot takes from sector to sector, in milliseconds. */
export const flightMs = 600;
/** Dots on their way at one moment; others are there at once. */
export const flightsMax = 400;

/** Whether somebody should look: the worst of a sector is shown. */
export type Tone = "accent" | "held" | "bad";

interface Traveller {
  readonly bot_id: string;
  readonly sector: number;
  readonly state: BotState;
}

export interface Standing {
  count: number;
  tone: Tone;
}

export interface Flight {
  readonly from: number;
  readonly to: number;
  /** From 0 to 1. */
  readonly part: number;
  readonly tone: Tone;
}

export interface Traffic {
  /** Where the bots are now. */
  told(bots: Iterable<Traveller>, now: number): void;
  at(now: number): { readonly standing: ReadonlyMap<number, Standing>; readonly flights: readonly Flight[] };
}

const tones: readonly Tone[] = ["accent", "held", "bad"];

const toneOf = (state: BotState): Tone =>
  state === "STUCK" || state === "BACKOFF" ? "bad" : state === "PAUSED" ? "held" : "accent";

/** The bots of one map. */
export function createTraffic(): Traffic {
  const known = new Map<string, { sector: number; tone: Tone }>();
  const flights = new Map<string, { readonly from: number; readonly since: number }>();

  return {
    told(bots, now) {
      const gone = new Set(known.keys());
      for (const { bot_id, sector, state } of bots) {
        gone.delete(bot_id);
        const before = known.get(bot_id);
        if (before && before.sector !== sector && flights.size < flightsMax)
          flights.set(bot_id, { from: before.sector, since: now });
        known.set(bot_id, { sector, tone: toneOf(state) });
      }
      for (const bot of gone) {
        known.delete(bot);
        flights.delete(bot);
      }
    },
    at(now) {
      const standing = new Map<number, Standing>();
      const flying: Flight[] = [];
      for (const [bot, { sector, tone }] of known) {
        const flight = flights.get(bot);
        const part = flight ? (now - flight.since) / flightMs : 1;
        if (flight && part < 1) {
          flying.push({ from: flight.from, to: sector, part, tone });
          continue;
        }
        flights.delete(bot);
        const here = standing.get(sector);
        if (!here) standing.set(sector, { count: 1, tone });
        else {
          here.count++;
          if (tones.indexOf(tone) > tones.indexOf(here.tone)) here.tone = tone;
        }
      }
      return { standing, flights: flying };
    },
  };
}
