/**
 * /ws/swarm: a snapshot when a viewer comes, then what changed, at our own pace: a bot that changed ten times between two
 * tellings is told once, as it is now. Who cannot keep up is cut off by the socket's limit and begins anew with a snapshot.
 */
import type { LiveMessage, SwarmEvent, SwarmTotals } from "../proto/events.ts";
import type { BotStatus, SwarmStatus } from "../proto/status.ts";

/** Shortest time between two tellings, in milliseconds. */
export const livePaceMs = 250;
/** Bytes that may wait for one viewer, above which it is cut off: 1 MiB, and room for the snapshot of a large swarm. */
export const viewerBacklogMaxBytes = (maxBots: number) => 1024 * 1024 + 2048 * Math.max(0, maxBots - 500);
/** Viewers at one moment. */
export const viewersMax = 1000;
export const liveSocketPath = "/ws/swarm";

export interface LiveParts {
  readonly snapshot: () => SwarmStatus;
  readonly totals: () => SwarmTotals;
  readonly bot: (id: string) => BotStatus;
  readonly viewers: () => number;
  /** Tells one text to every viewer. */
  readonly publish: (text: string) => void;
}

export interface Live {
  /** What a viewer gets first. */
  greeting(): string;
  told(event: SwarmEvent): void;
  /** Tells what changed since the last time; to be called every `livePaceMs`. */
  flush(): void;
  /** Tells the totals, changed or not, so that a viewer can tell quiet from cut off. */
  heartbeat(): void;
}

export function createLive(parts: LiveParts): Live {
  const changed = new Set<string>();
  const tell = (bots: BotStatus[]) => {
    const totals = parts.totals();
    parts.publish(JSON.stringify({ type: "changes", seq: totals.seq, totals, bots } satisfies LiveMessage));
  };
  return {
    greeting() {
      const status = parts.snapshot();
      return JSON.stringify({ type: "snapshot", seq: status.seq, status } satisfies LiveMessage);
    },
    told(event) {
      if (event.type !== "heard" && event.type !== "noted") changed.add(event.bot);
    },
    flush() {
      if (changed.size === 0) return;
      const bots = [...changed];
      changed.clear();
      if (parts.viewers() > 0) tell(bots.map(parts.bot));
    },
    heartbeat() {
      if (parts.viewers() > 0) tell([]);
    },
  };
}
