/** Kept events in memory, looked up in the plainest way: for tests that need no disk, and as what the store is compared with. */
import { severityOf } from "../../src/proto/event-words.ts";
import type { KeptEvent, LifecycleEvent, Moment } from "../../src/proto/events.ts";
import { severities } from "../../src/proto/feed.ts";
import type { KeptAsked, KeptFound, KeptPlace } from "../../src/proto/kept.ts";

/** Both lists as they are kept, the oldest first. It never stops short of the limit. */
export function keptIn(
  events: readonly LifecycleEvent[],
  moments: readonly Moment[],
  asked: KeptAsked,
): KeptFound {
  const { bots, types, severity = "info", since = 0, before = Infinity, after, limit } = asked;
  const isOf = typeof bots === "function" ? bots : (bot: string) => bots.has(bot);
  const placed = [...numbered("events", events), ...numbered("moments", moments)].sort((a, b) =>
    isNewer(a.place, b.place) ? -1 : 1,
  );
  const all = placed.filter(
    ({ event, place }) =>
      isOf(event.bot) &&
      types?.has(event.type) !== false &&
      severities.indexOf(severityOf(event)) >= severities.indexOf(severity) &&
      event.at >= since &&
      event.at < before &&
      (!after || isNewer(after, place)),
  );
  const found = all.slice(0, limit);
  return {
    events: found.map(({ event }) => event),
    next: all.length > limit ? found.at(-1)?.place : undefined,
  };
}

const numbered = (memory: KeptPlace["memory"], events: readonly KeptEvent[]) =>
  events.map((event, index) => ({ event, place: { at: event.at, memory, key: index + 1 } }));

function isNewer(a: KeptPlace, b: KeptPlace): boolean {
  if (a.at !== b.at) return a.at > b.at;
  return a.memory === b.memory ? a.key > b.key : a.memory === "moments";
}
