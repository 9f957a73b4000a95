/**
 * What happens to a swarm, in the past tense. Lifecycle events are kept for ever under a sequence number and folded again at
 * the next start; telemetry (`reported`, `noted`, `heard`) only changes the present. Also here: what /ws/swarm tells viewers.
 */
import { z } from "zod";
import { Severity } from "./feed.ts";
import { BotId } from "./ids.ts";
import { Order } from "./orders.ts";
import { BotReport, SwarmStatus } from "./status.ts";

/** Raised when a stored event changes meaning; a store written by a newer version is not opened. */
export const eventsVersion = 2;

const happened = { bot: BotId, /** Milliseconds since 1970, UTC. */ at: z.int() };
const lastWord = { ...happened, reason: z.string(), report: BotReport.optional() };

/** A configuration as it is told: its secrets masked. It is for people: what the swarm needs of it stands beside it. */
const configured = {
  config_name: z.string(),
  strategy: z.string(),
  goal: z.string(),
  turns_max: z.int(),
  /** The trader it was told to be, where and in which game; absent when it makes up its own. */
  trader: z.string().optional(),
  /** The game it plays, as `placeOf` (lore.ts) writes it; absent in older logs. */
  place: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  config: z.unknown(),
};
/** A process of this machine: its number, and the tick of the system's clock at which it began (numbers are used again). */
const processOf = { pid: z.int(), ticks: z.int().optional() };
/** It shares that process with other bots. */
const packed = { packed: z.literal(true).optional() };

/** Kept for ever: few for each bot's life. */
export const LifecycleEvent = z.discriminatedUnion("type", [
  /** Asked for and accepted. The whole configuration lies in the bot's own folder, so a changed schema never makes an old log unreadable. */
  z.object({
    type: z.literal("spawned"),
    ...happened,
    ...configured,
    /** Not to be started before. */
    start_at: z.int().optional(),
    /** The request's Idempotency-Key and what was asked, so that asking again starts nothing again. */
    key: z.object({ id: z.string(), digest: z.string() }).optional(),
  }),
  /** The same bot is to go on with another configuration. */
  z.object({ type: z.literal("reconfigured"), ...happened, ...configured }),
  /** A worker that somebody started by hand came in. Its secret is kept as a hash, so that the next manager knows it, too. */
  z.object({
    type: z.literal("joined"),
    ...happened,
    config_name: z.string(),
    strategy: z.string(),
    pid: z.int(),
    trader: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    token_hash: z.string().optional(),
  }),
  z.object({ type: z.literal("started"), ...happened, ...processOf, ...packed }),
  z.object({ type: z.literal("startFailed"), ...happened, reason: z.string() }),
  /** The worker's hello: it is there and listens. Again after each new line of the same worker. */
  z.object({ type: z.literal("registered"), ...happened, ...processOf, session: z.string().optional() }),
  z.object({ type: z.literal("playing"), ...happened }),
  z.object({ type: z.literal("ordered"), ...happened, order: Order }),
  /** The worker says that the order has taken effect. */
  z.object({ type: z.literal("confirmed"), ...happened, order: Order }),
  /** Somebody wants the bot gone; it is given time to log off. */
  z.object({ type: z.literal("killed"), ...happened, reason: z.string() }),
  /** The worker is to end in order and to be started again. `fresh`: its counters begin anew. */
  z.object({ type: z.literal("restartAsked"), ...happened, reason: z.string(), fresh: z.boolean() }),
  z.object({ type: z.literal("completed"), ...lastWord }),
  z.object({ type: z.literal("stopped"), ...lastWord }),
  z.object({ type: z.literal("failed"), ...lastWord }),
  /** The process is gone. `words`: why, where more is known than code and signal; `log`: the last lines it wrote, when it crashed. */
  z.object({
    type: z.literal("exited"),
    ...happened,
    code: z.int().nullable(),
    signal: z.string().nullable(),
    words: z.string().optional(),
    log: z.string().optional(),
  }),
  /** The connection of a worker that was started by hand is gone, and it did not come back in time. */
  z.object({ type: z.literal("lost"), ...happened }),
  /** The connection of a worker that was started by hand closed, as was to be expected after its last word or a kill. */
  z.object({ type: z.literal("left"), ...happened }),
  /** Not a word for this long. */
  z.object({ type: z.literal("timedOut"), ...happened, silence_seconds: z.int() }),
  /** It talks, but nothing has changed in its game for this long. */
  z.object({ type: z.literal("stalled"), ...happened, idle_seconds: z.int() }),
  /** It was stuck, and is not any more. */
  z.object({ type: z.literal("recovered"), ...happened }),
  /** What the worker sent was no message of ours, or it broke a limit: nothing more is taken from it. */
  z.object({ type: z.literal("cutOff"), ...happened, reason: z.string() }),
  /** It crashed, and is to be started again at `until`; the `crashes`th time in a row. */
  z.object({
    type: z.literal("backedOff"),
    ...happened,
    until: z.int(),
    crashes: z.int(),
    reason: z.string(),
  }),
  /** It crashed too often. */
  z.object({ type: z.literal("gaveUp"), ...happened, reason: z.string() }),
  /** An ended bot was taken off the list. */
  z.object({ type: z.literal("cleared"), ...happened }),
  /** Found at a start by an older version: it was alive when the former manager ended. */
  z.object({ type: z.literal("abandoned"), ...happened }),
]);
export type LifecycleEvent = z.infer<typeof LifecycleEvent>;

/** Changes the present only; the latest report of each bot is kept apart, and `noted` and `traded` for a while (see `Moment`). */
export const TelemetryEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("reported"), ...happened, report: BotReport }),
  z.object({
    type: z.literal("noted"),
    ...happened,
    severity: Severity,
    text: z.string(),
  }),
  z.object({
    type: z.literal("traded"),
    ...happened,
    sector: z.int(),
    product: z.string(),
    units: z.int(),
    /** Positive when the bot was paid. */
    credits: z.int(),
    /** What the port would have gone to for the whole lot, as the bot made it out; and offers that the bot made. */
    hidden: z.int().optional(),
    offers: z.int().optional(),
  }),
  /** A word that tells nothing but that the worker lives. */
  z.object({ type: z.literal("heard"), ...happened }),
  /** It says which game it plays, and that was not known: nobody here has its configuration. */
  z.object({ type: z.literal("placed"), ...happened, place: z.string() }),
  /** Its line closed or opened, without a hello. */
  z.object({ type: z.literal("unlinked"), ...happened }),
  /** What its process takes. */
  z.object({ type: z.literal("measured"), ...happened, memory_mb: z.number(), cpu_percent: z.number() }),
  /** Somebody has taken its keys, or has them no more. */
  z.object({ type: z.literal("handed"), ...happened, taken: z.boolean() }),
]);
export type TelemetryEvent = z.infer<typeof TelemetryEvent>;

export type SwarmEvent = LifecycleEvent | TelemetryEvent;

const telemetry: ReadonlySet<string> = new Set(TelemetryEvent.options.map((one) => one.shape.type.value));
/** True for events that are kept for ever and counted by the sequence number. */
export const isLifecycle = (event: SwarmEvent): event is LifecycleEvent => !telemetry.has(event.type);

/** What a bot lived through, kept for a while: newest first when asked for. */
export type Moment = Extract<TelemetryEvent, { type: "noted" | "traded" }>;
export const momentTypes: ReadonlySet<string> = new Set<Moment["type"]>(["noted", "traded"]);
export const isMoment = (event: SwarmEvent): event is Moment => momentTypes.has(event.type);
/** Whatever a store keeps of one bot, as it is told to people. */
export type KeptEvent = LifecycleEvent | Moment;

/** The totals of a swarm, without its bots. */
export const SwarmTotals = SwarmStatus.omit({ bots: true });
export type SwarmTotals = z.infer<typeof SwarmTotals>;

/** A bot's changed fields; null for one that it has no more. */
export const BotChange = z.object({ bot_id: BotId }).catchall(z.unknown());
export type BotChange = z.infer<typeof BotChange>;

/**
 * Told on /ws/swarm. `rev` grows with each telling, over restarts of the manager too. First a snapshot, or for a viewer who
 * dials with `?since=REV` of this manager's time a `changes` with all that changed since. Then changes at our own pace: each bot
 * at most once, the fields that changed. Every `status_broadcast_interval` the whole status again, or for who dials with
 * `?changes` all fields that are others, those too that pass with time.
 */
export const LiveMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("snapshot"), rev: z.int(), status: SwarmStatus }),
  z.object({
    type: z.literal("changes"),
    rev: z.int(),
    totals: SwarmTotals,
    bots: z.array(BotChange),
    /** Bots that were taken off the list. */
    gone: z.array(BotId),
  }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
