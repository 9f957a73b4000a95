/** What bots lived through, told: of one, or of all that a selection means. */
import { z } from "zod";
import { eventTypes, toldEvent } from "../proto/event-words.ts";
import type { KeptEvent } from "../proto/events.ts";
import type { KeptAsked, KeptFound, KeptPlace } from "../proto/kept.ts";
import type { Swarm } from "../proto/operations.ts";
import { Refusal } from "../proto/refusal.ts";
import { isPattern, namedBy, type Selection } from "../proto/selection.ts";
import type { Recorder } from "../swarm/record.ts";
import { knownBot } from "../swarm/requests.ts";
import type { SwarmState } from "../swarm/swarm.ts";
import { cursorOf, readCursor } from "./cursor.ts";
import { botsMeant } from "./roster.ts";

export type Chronicle = Pick<Swarm, "botEvents" | "swarmEvents">;

export interface ChronicleParts {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly events: (asked: KeptAsked) => KeptFound;
}

export function chronicleOf({ state, recorder, events }: ChronicleParts): Chronicle {
  /** With those of a moment ago. */
  const found = (asked: KeptAsked): KeptFound => {
    recorder.flush();
    return events(asked);
  };
  return {
    async botEvents({ bot_id, before, limit }) {
      const { state: name } = knownBot(state, bot_id);
      const kept = found({ bots: new Set([bot_id]), before, limit }).events;
      return { bot_id, state: name, events: kept.map(wholly) };
    },
    async swarmEvents({ types, severity, since, until, limit, cursor, ...selection }) {
      refuseUnknown(types ?? []);
      const kept = found({
        bots: idsMeant(state, selection),
        types: types && new Set(types),
        severity,
        since,
        before: until === undefined ? undefined : until + 1,
        after: cursor === undefined ? undefined : placeIn(cursor),
        limit,
      });
      const { next } = kept;
      return {
        events: kept.events.map(toldEvent),
        ...(next && { next_cursor: cursorOf([next.at, next.memory, next.key]) }),
      };
    },
  };
}

/** What would repeat a request, or prove who somebody is. */
const neverTold: ReadonlySet<string> = new Set(["key", "token_hash"]);

/** All else that is kept of an event, and what people are told of it. */
function wholly(event: KeptEvent) {
  const open = Object.entries(event).filter(([field]) => !neverTold.has(field));
  return { ...Object.fromEntries(open), ...toldEvent(event) };
}

/** By id also bots that are off the list are meant; what they are like is known of the others alone. */
function idsMeant(state: Readonly<SwarmState>, selection: Selection): KeptAsked["bots"] {
  const { bots, states, labels } = selection;
  if (states || labels) return new Set(botsMeant(state, selection).map(({ id }) => id));
  if (!bots) return () => true;
  return bots.some(isPattern) ? namedBy(bots) : new Set(bots);
}

function refuseUnknown(types: readonly string[]): void {
  const known: ReadonlySet<string> = new Set(eventTypes);
  const unknown = types.find((type) => !known.has(type));
  if (unknown !== undefined)
    throw new Refusal(
      "bad_input",
      `There is no kind of event "${unknown}", only ${eventTypes.toSorted().join(", ")}`,
    );
}

const Place = z.tuple([z.int(), z.enum(["events", "moments"]), z.int()]);

function placeIn(cursor: string): KeptPlace {
  const [at, memory, key] = readCursor(Place, cursor);
  return { at, memory, key };
}
