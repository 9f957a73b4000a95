/**
 * What happens to a swarm, in the past tense. Lifecycle events are kept for ever under a sequence number and folded again at
 * the next start; telemetry (`reported`, `noted`, `heard`) only changes the present. Also here: what /ws/swarm tells viewers.
 */
import { z } from "zod";
import { Order } from "./orders.ts";
import { BotId } from "./ids.ts";
import { BotReport, BotStatus, SwarmStatus } from "./status.ts";

/** Raised when a stored event changes meaning; a store written by a newer version is not opened. */
export const eventsVersion = 1;

const happened = { bot: BotId, /** Milliseconds since 1970, UTC. */ at: z.int() };
const lastWord = { ...happened, reason: z.string(), report: BotReport.optional() };

/** Kept for ever: few for each bot's life. */
export const LifecycleEvent = z.discriminatedUnion("type", [
  /**
   * Asked for and accepted. `config` has its secrets masked (the whole of it lies in the bot's own folder) and is for people:
   * what the swarm needs of it stands beside it, so that a changed configuration schema never makes an old log unreadable.
   */
  z.object({
    type: z.literal("spawned"),
    ...happened,
    config_name: z.string(),
    strategy: z.string(),
    goal: z.string(),
    turns_max: z.int(),
    /** The trader it was told to be, where and in which game; absent when it makes up its own. */
    trader: z.string().optional(),
    config: z.unknown(),
  }),
  /** A worker that somebody started by hand came in. */
  z.object({
    type: z.literal("joined"),
    ...happened,
    config_name: z.string(),
    strategy: z.string(),
    pid: z.int(),
  }),
  z.object({ type: z.literal("started"), ...happened, pid: z.int() }),
  z.object({ type: z.literal("startFailed"), ...happened, reason: z.string() }),
  /** The worker's hello: it is there and listens. Again after each new connection of the same worker. */
  z.object({ type: z.literal("registered"), ...happened, pid: z.int() }),
  z.object({ type: z.literal("playing"), ...happened }),
  z.object({ type: z.literal("ordered"), ...happened, order: Order }),
  /** The worker says that the order has taken effect. */
  z.object({ type: z.literal("confirmed"), ...happened, order: Order }),
  /** Somebody wants the bot gone; it is given time to log off. */
  z.object({ type: z.literal("killed"), ...happened, reason: z.string() }),
  z.object({ type: z.literal("completed"), ...lastWord }),
  z.object({ type: z.literal("stopped"), ...lastWord }),
  z.object({ type: z.literal("failed"), ...lastWord }),
  z.object({
    type: z.literal("exited"),
    ...happened,
    code: z.int().nullable(),
    signal: z.string().nullable(),
  }),
  /** The connection of a worker that was started by hand is gone, and it did not come back in time. */
  z.object({ type: z.literal("lost"), ...happened }),
  /** The connection of a worker that was started by hand closed, as was to be expected after its last word or a kill. */
  z.object({ type: z.literal("left"), ...happened }),
  /** Not a word for this long. */
  z.object({ type: z.literal("timedOut"), ...happened, silence_seconds: z.int() }),
  /** What the worker sent was no message of ours: nothing more is taken from it. */
  z.object({ type: z.literal("cutOff"), ...happened, reason: z.string() }),
  /** Found at a start: it was alive when the former manager ended. */
  z.object({ type: z.literal("abandoned"), ...happened }),
]);
export type LifecycleEvent = z.infer<typeof LifecycleEvent>;

/** Changes the present only; the latest report of each bot is kept apart. */
export const TelemetryEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("reported"), ...happened, report: BotReport }),
  z.object({
    type: z.literal("noted"),
    ...happened,
    severity: z.enum(["info", "warning", "error"]),
    text: z.string(),
  }),
  /** A word that tells nothing but that the worker lives. */
  z.object({ type: z.literal("heard"), ...happened }),
]);
export type TelemetryEvent = z.infer<typeof TelemetryEvent>;

export type SwarmEvent = LifecycleEvent | TelemetryEvent;

const telemetry: ReadonlySet<string> = new Set(TelemetryEvent.options.map((one) => one.shape.type.value));
/** True for events that are kept for ever and counted by the sequence number. */
export const isLifecycle = (event: SwarmEvent): event is LifecycleEvent => !telemetry.has(event.type);

/** The totals of a swarm, without its bots. */
export const SwarmTotals = SwarmStatus.omit({ bots: true });
export type SwarmTotals = z.infer<typeof SwarmTotals>;

/**
 * Told on /ws/swarm: first one snapshot, then changes. Each bot in `bots` is its latest whole status, so whoever missed some
 * loses nothing but the steps between; whoever was cut off dials again and gets a new snapshot.
 */
export const LiveMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("snapshot"), seq: z.int(), status: SwarmStatus }),
  z.object({ type: z.literal("changes"), seq: z.int(), totals: SwarmTotals, bots: z.array(BotStatus) }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
