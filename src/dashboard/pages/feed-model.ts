/** What the feed knows and how it comes to know it: the past from the manager, a page at a time, and the present from the line. */
import { computed, signal, type ReadonlySignal } from "@preact/signals";
import type { FeedTold, Severity, ToldEvent } from "../../proto/feed.ts";
import { BotWord, namedBy } from "../../proto/selection.ts";
import { manager, wordsOfRefusal } from "../asked.ts";
import { listenToEvents } from "../events.ts";
import { countedMs, countsOf, feedMax, mergeEvents, passes, type FeedFilter } from "./feed-list.ts";

/** Events of one page of the past. */
const pageSize = 200;
/** Grave events that are counted, at most. */
const gravesMax = 1000;
/** Counts lose what is older than an hour so often, in milliseconds. */
const recountMs = 5_000;

export interface FeedModel {
  /** Newest first; undefined before the first answer. */
  readonly events: ReadonlySignal<readonly ToldEvent[] | undefined>;
  /** What came since the flow is held; undefined while it flows. */
  readonly held: ReadonlySignal<readonly ToldEvent[] | undefined>;
  readonly counts: ReadonlySignal<Readonly<Record<Severity, number>>>;
  /** Events of the last minute. */
  readonly pace: ReadonlySignal<number>;
  /** Events that came too fast. */
  readonly missed: ReadonlySignal<number>;
  readonly trouble: ReadonlySignal<string | undefined>;
  readonly isReading: ReadonlySignal<boolean>;
  /** Nothing older is kept, or fits here. */
  readonly isAll: ReadonlySignal<boolean>;
  /** Shows what a filter leaves, until the answer is called. */
  show(filter: FeedFilter): () => void;
  /** Keeps the counts, until the answer is called. */
  count(): () => void;
  /** Holds the flow, or lets it go on. */
  turn(): void;
  older(): Promise<void>;
  /** The same for the same event for as long as it is known. */
  keyOf(event: ToldEvent): number;
}

/** Whether there was more since `newest` than one answer holds. */
const isBeyond = (
  newest: number,
  answer: { events: readonly ToldEvent[]; next_cursor?: string | undefined },
) => answer.next_cursor !== undefined && answer.events.every(({ at }) => at > newest);

/** The feed of a page that is being looked at. */
export function createFeedModel(): FeedModel {
  const events = signal<readonly ToldEvent[] | undefined>(undefined);
  const held = signal<readonly ToldEvent[] | undefined>(undefined);
  const graves = signal<readonly ToldEvent[]>([]);
  const moments = signal<readonly { readonly at: number; readonly events: number }[]>([]);
  const now = signal(Date.now());
  const missed = signal(0);
  const trouble = signal<string | undefined>(undefined);
  const isReading = signal(false);
  const cursor = signal<string | undefined>(undefined);
  const keys = new WeakMap<ToldEvent, number>();
  let keyCount = 0;
  let shown: FeedFilter | undefined;

  const take = (news: readonly ToldEvent[]) => {
    if (held.value !== undefined) held.value = mergeEvents(held.value, news);
    else events.value = mergeEvents(events.value ?? [], news);
  };

  const live = signal<{ filter: FeedFilter; passes: (event: ToldEvent) => boolean } | undefined>(undefined);
  const told = (batch: FeedTold) => {
    now.value = Date.now();
    const count = batch.events.length + (batch.missed ?? 0);
    moments.value = [...moments.value, { at: now.value, events: count }].slice(-600);
    take(batch.events.filter((event) => live.value?.passes(event)).reverse());
    missed.value += batch.missed ?? 0;
  };

  /** Asks the manager; what is wrong is shown, and what is asked too late for the filter of the moment is forgotten. */
  async function read(filter: FeedFilter, from: string | undefined): Promise<void> {
    const newest = events.value?.[0]?.at;
    isReading.value = true;
    try {
      const answer = await manager.swarmEvents({
        severity: filter.severity,
        limit: pageSize,
        ...(filter.types.length > 0 && { types: [...filter.types] }),
        ...(filter.bot !== "" && { bots: [filter.bot] }),
        ...(from !== undefined && { cursor: from }),
      });
      if (shown !== filter) return;
      trouble.value = undefined;
      const known = events.value ?? [];
      const isGap = from === undefined && newest !== undefined && isBeyond(newest, answer);
      events.value = mergeEvents(isGap ? known.filter(({ at }) => at > newest) : known, answer.events);
      // The first page of a new line says nothing of how far back the list goes, unless it begins anew.
      if (from !== undefined || newest === undefined || isGap) cursor.value = answer.next_cursor;
    } catch (error) {
      if (shown === filter) trouble.value = wordsOfRefusal(error);
    } finally {
      if (shown === filter) isReading.value = false;
    }
  }

  return {
    events,
    held,
    counts: computed(() => countsOf(graves.value, now.value)),
    pace: computed(() =>
      moments.value.reduce((sum, { at, events: count }) => sum + (at > now.value - 60_000 ? count : 0), 0),
    ),
    missed,
    trouble,
    isReading,
    isAll: computed(() => cursor.value === undefined || (events.value?.length ?? 0) >= feedMax),
    show(filter) {
      shown = filter;
      events.value = undefined;
      held.value = undefined;
      cursor.value = undefined;
      missed.value = 0;
      const isWord = filter.bot === "" || BotWord.safeParse(filter.bot).success;
      const isMeant = filter.bot === "" ? () => true : namedBy([filter.bot]);
      live.value = { filter, passes: passes(filter, isMeant) };
      if (!isWord) {
        trouble.value = `No bot can be called "${filter.bot}": an id, or a pattern such as bot_0*`;
        events.value = [];
        return () => undefined;
      }
      const stop = listenToEvents({
        ...(filter.severity !== "info" && { severity: filter.severity }),
        opened: () => void read(filter, undefined),
        told,
      });
      return () => {
        shown = undefined;
        stop();
      };
    },
    count() {
      const readGraves = async () => {
        const answer = await manager.swarmEvents({
          severity: "warning",
          since: Date.now() - countedMs,
          limit: gravesMax,
        });
        graves.value = mergeEvents(graves.value, answer.events, gravesMax);
      };
      const stop = listenToEvents({
        severity: "warning",
        // Without an answer the counts are those of before; the line dials again and so asks again.
        opened: () => void readGraves().catch(wordsOfRefusal),
        told: (batch) => (graves.value = mergeEvents(graves.value, batch.events, gravesMax)),
      });
      // An hour passes without anybody telling so.
      const timer = setInterval(() => !document.hidden && (now.value = Date.now()), recountMs);
      return () => {
        stop();
        clearInterval(timer);
      };
    },
    turn() {
      const waiting = held.value;
      held.value = waiting === undefined ? [] : undefined;
      if (waiting !== undefined) take(waiting);
    },
    older: async () => {
      if (shown !== undefined && cursor.value !== undefined && !isReading.value)
        await read(shown, cursor.value);
    },
    keyOf(event) {
      let key = keys.get(event);
      if (key === undefined) keys.set(event, (key = ++keyCount));
      return key;
    },
  };
}
