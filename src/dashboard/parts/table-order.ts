/**
 * Which bots the table shows, in which order: the manager decides. It is asked at once when the view changes, and again while the swarm
 * changes, but never twice at a time.
 */
import type { Swarm } from "../../proto/operations.ts";
import { idsMax } from "../../proto/operations/looking.ts";
import { isFixed, type View } from "./table-view.ts";

/** Shortest time between two questions for the same view, in milliseconds. */
export const orderEveryMs = 2000;

export interface Order {
  readonly view: View;
  readonly ids: readonly string[];
  /** Bots that are meant, which may be more than `ids`. */
  readonly matched: number;
}

export interface OrderParts {
  readonly ask: Swarm["listBots"];
  readonly took: (order: Order) => void;
  readonly refused: (error: unknown) => void;
  readonly later: (work: () => void, ms: number) => () => void;
}

export interface OrderKeeper {
  /** Another view is wanted. */
  want(view: View): void;
  /** Something of the swarm changed; `seq` is the number of what last happened in a bot's life. */
  changed(seq: number): void;
  end(): void;
}

export function keepOrder({ ask, took, refused, later }: OrderParts): OrderKeeper {
  let wanted: View | undefined;
  let asking: View | undefined;
  let seq = 0;
  /** What it was when the manager was last asked. */
  let seqThen: number | undefined;
  let isOld = false;
  let stopWaiting: (() => void) | undefined;
  let isOver = false;

  async function go(): Promise<void> {
    if (asking || !wanted || isOver) return;
    stopWaiting?.();
    stopWaiting = undefined;
    const view = (asking = wanted);
    isOld = false;
    seqThen = seq;
    try {
      const { ids = [], matched } = await ask(questionOf(view));
      if (!isOver && view === wanted) took({ view, ids, matched });
    } catch (error) {
      if (!isOver && view === wanted) refused(error);
      isOld = true;
    }
    asking = undefined;
    if (view !== wanted) return void go();
    if (!isOver) stopWaiting = later(rested, orderEveryMs);
  }
  function rested(): void {
    stopWaiting = undefined;
    if (isOld) void go();
  }

  return {
    want(view) {
      wanted = view;
      void go();
    },
    changed(now) {
      seq = now;
      if (!wanted || (isFixed(wanted) && now === seqThen)) return;
      isOld = true;
      if (!asking && !stopWaiting) void go();
    },
    end() {
      isOver = true;
      stopWaiting?.();
    },
  };
}

const questionOf = ({ sort, states, query, labels }: View): Parameters<Swarm["listBots"]>[0] => ({
  ids_only: true,
  sort,
  limit: idsMax,
  ...(states.length > 0 && { states: [...states] }),
  ...(labels.length > 0 && { labels: [...labels] }),
  ...(query !== "" && { query }),
});
