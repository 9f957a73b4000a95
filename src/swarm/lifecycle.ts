/** A bot's life as a table: which move leads from which state to which. The picture in ARCHITECTURE.md is drawn from it. */
import type { BotState } from "../proto/status.ts";

/** What may happen to a life; the events of proto/events.ts come down to these. */
export const moves = [
  /** A process was started. */
  "start",
  /** Its worker said hello. */
  "greet",
  "play",
  "hold",
  "release",
  /** Silent for too long, or without progress. */
  "stick",
  "revive",
  /** It said that it has done what it was to do. */
  "complete",
  /** It ended as somebody wanted. */
  "end",
  /** It said that it cannot go on, or its worker ended without a word. */
  "fail",
  /** After a crash: again, in a while. */
  "backOff",
  /** After too many. */
  "giveUp",
  /** To be started again, in its turn. */
  "queue",
] as const;
export type Move = (typeof moves)[number];

/** Where a move leads: one state, or back to the one of these that fits how far the worker had come. */
type Cell = BotState | readonly BotState[];

/** What ends a worker, wherever its play stands; and what may. */
const endings = {
  complete: "COMPLETED",
  end: "DEAD",
  fail: "ERROR",
  queue: "QUEUED",
} as const;
const perils = { stick: "STUCK", ...endings } as const;

export const lifecycle: { readonly [S in BotState]: { readonly [M in Move]?: Cell } } = {
  QUEUED: { start: "SPAWNING", end: "DEAD", fail: "ERROR" },
  SPAWNING: { ...perils, greet: "REGISTERING" },
  REGISTERING: { ...perils, play: "RUNNING", hold: "PAUSED" },
  RUNNING: { ...perils, hold: "PAUSED" },
  PAUSED: { ...perils, release: ["RUNNING", "REGISTERING"] },
  STUCK: { ...endings, revive: ["RUNNING", "PAUSED", "REGISTERING", "SPAWNING"] },
  BACKOFF: { start: "SPAWNING", end: "DEAD", fail: "ERROR", queue: "QUEUED" },
  COMPLETED: { queue: "QUEUED" },
  DEAD: { queue: "QUEUED" },
  ERROR: { backOff: "BACKOFF", giveUp: "FAILED", end: "DEAD", queue: "QUEUED" },
  FAILED: { end: "DEAD", queue: "QUEUED" },
};

/** The state after a move, or undefined where the table knows no such move. `back` is where a bot stands that is helped up again. */
export function moved(from: BotState, move: Move, back: BotState): BotState | undefined {
  const cell = lifecycle[from][move];
  if (cell === undefined || typeof cell === "string") return cell;
  return cell.includes(back) ? back : undefined;
}

/** The table as a Mermaid state diagram. */
export function drawLifecycle(): string {
  const arrows = new Map<string, string[]>();
  for (const [from, row] of Object.entries(lifecycle))
    for (const [move, cell] of Object.entries(row))
      for (const to of typeof cell === "string" ? [cell] : cell) {
        const arrow = `${from} --> ${to}`;
        arrows.set(arrow, [...(arrows.get(arrow) ?? []), move]);
      }
  return [
    "stateDiagram-v2",
    "  [*] --> QUEUED: spawned",
    "  [*] --> REGISTERING: joined",
    ...[...arrows].map(([arrow, labels]) => `  ${arrow}: ${labels.join(", ")}`),
  ].join("\n");
}
