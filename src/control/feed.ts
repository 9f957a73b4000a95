/**
 * /ws/events: each event of the swarm that is kept, in words, a batch at a time. While nobody listens nothing is put into words;
 * when too much happens at once the newest of it are told, and how many are missing.
 */
import { isLifecycle, isMoment, type KeptEvent, type SwarmEvent } from "../proto/events.ts";
import { severityOf } from "../proto/event-words.ts";
import { severities, type FeedTold, type Severity, type ToldEvent } from "../proto/feed.ts";

/** Time between two batches, in milliseconds. */
export const feedPaceMs = 250;
/** Events of one batch, and characters of it: a listener with a slow line must be able to take it. */
export const feedBatchMax = 500;
export const feedBatchMaxChars = 256 * 1024;

export interface FeedParts {
  /** Nothing less grave is told. */
  readonly severity: Severity;
  readonly listeners: () => number;
  /** Tells one text to every listener. */
  readonly publish: (text: string) => void;
  readonly inWords: (event: KeptEvent) => ToldEvent;
}

export interface Feed {
  told(event: SwarmEvent): void;
  /** Tells what has happened since the last time; to be called every `feedPaceMs`. */
  flush(): void;
}

/** Tells those who listen. */
export function createFeed({ severity, listeners, publish, inWords }: FeedParts): Feed {
  const least = severities.indexOf(severity);
  let waiting: KeptEvent[] = [];
  let missed = 0;

  return {
    told(event) {
      if (!(isLifecycle(event) || isMoment(event)) || listeners() === 0) return;
      if (least > 0 && severities.indexOf(severityOf(event)) < least) return;
      waiting.push(event);
      if (waiting.length < 2 * feedBatchMax) return;
      // Cut back now and then, not at each event.
      missed += waiting.length - feedBatchMax;
      waiting = waiting.slice(-feedBatchMax);
    },
    flush() {
      const happened = waiting;
      const before = missed;
      waiting = [];
      missed = 0;
      if (happened.length === 0 || listeners() === 0) return;
      const texts: string[] = [];
      let chars = 0;
      for (const event of happened.slice(-feedBatchMax).reverse()) {
        const text = JSON.stringify(inWords(event));
        chars += text.length;
        if (chars > feedBatchMaxChars) break;
        texts.push(text);
      }
      publish(batchOf(texts.reverse(), before + happened.length - texts.length));
    },
  };
}

/** As JSON writes a `FeedTold`, its events being written already. */
const batchOf = (events: readonly string[], missed: number): string =>
  `{"type":"${"events" satisfies FeedTold["type"]}","events":[${events.join(",")}]${missed > 0 ? `,"missed":${missed}` : ""}}`;
