/** What a bot lived through, as the page knows it: the newest pages of the manager's record, older ones on asking, and what happens now. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { ToldEvent } from "../../proto/feed.ts";
import type { OperationInput, OperationOutput } from "../../proto/operations.ts";
import { mergeEvents } from "./feed-list.ts";

/** Events of one asking. */
export const historyPage = 100;

type Ask = (input: OperationInput<"swarmEvents">) => Promise<OperationOutput<"swarmEvents">>;

export interface History {
  /** Newest first. */
  readonly events: ReadonlySignal<readonly ToldEvent[]>;
  /** There are older ones to be asked for. */
  readonly hasMore: ReadonlySignal<boolean>;
  /** The first answer is there. */
  readonly isKnown: ReadonlySignal<boolean>;
  /** Asks for the newest: at first, and after a time in which nothing was heard. */
  begin(): Promise<void>;
  more(): Promise<void>;
  /** Takes in what has happened, of whatever bot. */
  told(events: readonly ToldEvent[]): void;
}

/** The history of one bot; of these kinds of event where some are named. */
export function createHistory(ask: Ask, bot: string, types?: readonly string[]): History {
  const events = signal<readonly ToldEvent[]>([]);
  const hasMore = signal(false);
  const isKnown = signal(false);
  let cursor: string | undefined;
  const asked = {
    bots: [bot],
    severity: "info" as const,
    limit: historyPage,
    ...(types && { types: [...types] }),
  };

  return {
    events,
    hasMore,
    isKnown,
    async begin() {
      const first = await ask(asked);
      const known = new Set(events.value.map(({ at }) => at));
      const joins = first.events.some(({ at }) => known.has(at));
      // What lies between is not known: what was before it is asked for again.
      if (!joins) events.value = [];
      if (!joins || cursor === undefined) cursor = first.next_cursor;
      events.value = mergeEvents(events.value, first.events);
      hasMore.value = cursor !== undefined;
      isKnown.value = true;
    },
    async more() {
      if (cursor === undefined) return;
      const next = await ask({ ...asked, cursor });
      events.value = mergeEvents(events.value, next.events);
      cursor = next.next_cursor;
      hasMore.value = cursor !== undefined;
    },
    told(all) {
      const mine = all.filter((event) => event.bot === bot && (types?.includes(event.type) ?? true));
      if (mine.length > 0) events.value = mergeEvents(events.value, mine);
    },
  };
}
