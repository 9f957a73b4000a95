/**
 * /ws/swarm: a snapshot when a viewer comes, then what changed, at our own pace: a bot that changed ten times between two
 * tellings is told once, by the fields that differ from what was last told. So every viewer must know exactly what was last
 * told, whenever it came: it is greeted with that, and not with how things stand at the moment, which comes with the next telling.
 * Now and then the whole is told again, for viewers that fold nothing; those who ask for `changes` get what is another even then.
 */
import type { LiveMessage, SwarmEvent, SwarmTotals } from "../proto/events.ts";
import type { BotStatus, SwarmStatus } from "../proto/status.ts";
import { createKnown } from "./live-known.ts";

/** Shortest time between two tellings of changes, in milliseconds. */
export const livePaceMs = 250;
/** Bytes that may wait for one viewer, above which it is cut off: 1 MiB, and room for the snapshot of a large swarm. */
export const viewerBacklogMaxBytes = (maxBots: number) => 1024 * 1024 + 2048 * Math.max(0, maxBots - 500);
/** Viewers at one moment. */
export const viewersMax = 1000;
export const liveSocketPath = "/ws/swarm";
/** How viewers hear of the swarm: with the whole now and then, or after the first word by changes alone. */
export const liveTopics = ["swarm", "changes"] as const;
export type LiveTopic = (typeof liveTopics)[number];
/** Greetings kept between two tellings, for many viewers come at once when a line breaks; they differ by `since` only. */
const greetingsMax = 8;

export interface LiveParts {
  /** The whole swarm as it is now; nobody changes the value afterwards. */
  readonly status: () => SwarmStatus;
  readonly totals: () => SwarmTotals;
  /** One bot as it is now, likewise; undefined when there is none of that id. */
  readonly bot: (id: string) => BotStatus | undefined;
  readonly viewers: () => number;
  /** Tells one text to every viewer of this kind; `viewers` counts both. */
  readonly publish: (topic: LiveTopic, text: string) => void;
  /** Below every revision of this manager, and above those of its predecessors: the milliseconds since 1970 at its start. */
  readonly firstRev: number;
}

export interface Live {
  /** What a viewer gets first; it must hear every telling from then on. `since` is the last revision it knows, if any. */
  greeting(since?: number): string;
  told(event: SwarmEvent): void;
  /** Tells what changed since the last time; to be called every `livePaceMs`. */
  flush(): void;
  /** Tells everything, changed or not: what no event announces, and that a quiet manager still lives. */
  heartbeat(): void;
}

/** Which of both an address of `liveSocketPath` asks for, by `?changes`. */
export const liveTopicOf = (url: URL): LiveTopic => (url.searchParams.has("changes") ? "changes" : "swarm");

/** The number in `?since=REV`; undefined when there is none, or no number. */
export function sinceOf(url: URL): number | undefined {
  const text = url.searchParams.get("since") ?? "";
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Tells viewers of a swarm. While there are none, nothing is computed. */
export function createLive(parts: LiveParts): Live {
  const known = createKnown(parts.firstRev);
  const changed = new Set<string>();
  const greetings = new Map<number | undefined, string>();
  /** False while nobody was there at the last look, so that what was last told is old. */
  let watched = false;

  const isWatched = () => {
    watched &&= parts.viewers() > 0;
    if (!watched) changed.clear();
    return watched;
  };
  const takeAll = () => {
    const changes = known.takeAll(parts.status());
    changed.clear();
    greetings.clear();
    return changes;
  };
  const snapshot = () => remember(undefined, known.snapshot);
  const remember = (since: number | undefined, make: () => LiveMessage) => {
    const text = greetings.get(since) ?? JSON.stringify(make());
    if (since === undefined || greetings.size < greetingsMax) greetings.set(since, text);
    return text;
  };

  return {
    greeting(since) {
      if (!watched) takeAll();
      watched = true;
      return since !== undefined && known.canResume(since)
        ? remember(since, () => known.changesSince(since))
        : snapshot();
    },
    told(event) {
      if (event.type !== "heard") changed.add(event.bot);
    },
    flush() {
      if (!isWatched() || changed.size === 0) return;
      const message = known.take([...changed], parts.bot, parts.totals);
      changed.clear();
      if (!message) return;
      greetings.clear();
      const text = JSON.stringify(message);
      for (const topic of liveTopics) parts.publish(topic, text);
    },
    heartbeat() {
      if (!isWatched()) return;
      parts.publish("changes", JSON.stringify(takeAll()));
      parts.publish("swarm", snapshot());
    },
  };
}
