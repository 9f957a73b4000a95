/** Many bots as one value, and its one writer. Knows neither processes nor clocks: it is told what happened, and when. */
import { isLifecycle, type SwarmEvent } from "../proto/events.ts";
import type { Order } from "../proto/orders.ts";
import type { BotReport, BotState } from "../proto/status.ts";

/** One bot as the manager knows it. Times are milliseconds since 1970, UTC. */
export interface Bot {
  readonly id: string;
  state: BotState;
  /** Spawned ones have a process of ours; joined ones were started by hand and have only a connection. */
  readonly origin: "spawned" | "joined";
  readonly configName: string;
  /** The trader it was told to be; undefined when it makes up its own. */
  readonly namedTrader: string | undefined;
  strategy: string;
  goal: string;
  turnsMax: number;
  /** waiting: to be started · starting: no hello yet · up: greeted · gone: never there, or ended. */
  process: "waiting" | "starting" | "up" | "gone";
  pid: number | undefined;
  startedAt: number | undefined;
  registeredAt: number | undefined;
  playingAt: number | undefined;
  /** First moment in COMPLETED, DEAD or ERROR. */
  endedAt: number | undefined;
  lastActivity: number | undefined;
  lastWord: number | undefined;
  report: BotReport | undefined;
  restarts: number;
  error: string | undefined;
  errorAt: number | undefined;
  /** Orders not yet confirmed, oldest first: at most one of each kind (see `kindOf`). */
  orders: Order[];
  lastOrder: { id: number; type: string; state: "queued" | "delivered" } | undefined;
  /** Why somebody wants it gone; set once. */
  killed: string | undefined;
  notes: { since: number; count: number };
}

/** The whole swarm. Only `apply` writes to it; everyone else sees it as `Readonly`. */
export interface SwarmState {
  readonly bots: Map<string, Bot>;
  readonly maxBots: number;
  /** Bots between start and hello that may exist at one moment. */
  readonly spawnParallel: number;
  readonly startedAt: number;
  /** Lifecycle events folded so far: the number of the last one. */
  seq: number;
  /** Number that the next bot without a name gets. */
  nextNumber: number;
  /** Bots to be started, oldest first; and those started that have not said hello. */
  readonly waiting: Set<string>;
  readonly starting: Set<string>;
}

/** An empty swarm. `spawnParallel` is at least 1: with 0 nothing would ever start. */
export function emptySwarm(limits: { maxBots: number; spawnParallel: number; at: number }): SwarmState {
  return {
    bots: new Map(),
    maxBots: limits.maxBots,
    spawnParallel: Math.max(1, limits.spawnParallel),
    startedAt: limits.at,
    seq: 0,
    nextNumber: 0,
    waiting: new Set(),
    starting: new Set(),
  };
}

const endedStates: ReadonlySet<BotState> = new Set(["COMPLETED", "DEAD", "ERROR"]);
export const hasEnded = (bot: Pick<Bot, "state">): boolean => endedStates.has(bot.state);

/** Bots that count against `maxBots`. */
export function liveCount(state: Readonly<SwarmState>): number {
  let live = 0;
  for (const bot of state.bots.values()) if (!hasEnded(bot)) live++;
  return live;
}

/** Pause and resume undo each other, so the newer replaces the older; likewise goals. */
export const kindOf = (order: Pick<Order, "type">) =>
  order.type === "pause" || order.type === "resume" ? "hold" : order.type;

/** bot_000, bot_001 ...: the ids that people see and never see twice. */
export const numberedId = (number: number) => `bot_${String(number).padStart(3, "0")}`;

/** Folds one event into the state: the only writer. An event of an unknown bot changes nothing but the sequence number. */
export function apply(state: SwarmState, event: SwarmEvent): void {
  if (isLifecycle(event)) state.seq++;
  if (event.type === "spawned" || event.type === "joined") return admit(state, event);
  const bot = state.bots.get(event.bot);
  if (!bot) return;
  switch (event.type) {
    case "started":
      state.waiting.delete(bot.id);
      state.starting.add(bot.id);
      bot.process = "starting";
      bot.pid = event.pid;
      bot.startedAt = event.at;
      bot.lastWord = event.at;
      return;
    case "registered":
      state.starting.delete(bot.id);
      bot.process = "up";
      bot.pid = event.pid;
      bot.registeredAt ??= event.at;
      bot.lastWord = event.at;
      if (bot.state === "SPAWNING") bot.state = "REGISTERING";
      return;
    case "playing":
      bot.playingAt ??= event.at;
      bot.lastWord = event.at;
      if (bot.state === "REGISTERING" || bot.state === "SPAWNING") bot.state = "RUNNING";
      return;
    case "reported":
      takeReport(bot, event.report, event.at);
      return;
    case "heard":
      bot.lastWord = event.at;
      return;
    case "noted":
      bot.lastWord = event.at;
      if (event.at - bot.notes.since >= notesWindowMs) bot.notes = { since: event.at, count: 0 };
      bot.notes.count++;
      return;
    case "ordered":
      bot.orders = [...bot.orders.filter((order) => kindOf(order) !== kindOf(event.order)), event.order];
      bot.lastOrder = { id: event.order.id, type: event.order.type, state: "queued" };
      return;
    case "confirmed":
      obey(bot, event.order, event.at);
      return;
    case "killed":
      bot.killed ??= event.reason;
      if (bot.process === "waiting" || bot.process === "gone" || hasEnded(bot))
        end(state, bot, "DEAD", event.at, bot.error);
      return;
    default:
      return applyEnding(state, bot, event);
  }
}

type Ending = Extract<
  SwarmEvent,
  {
    type:
      | "completed"
      | "stopped"
      | "failed"
      | "startFailed"
      | "exited"
      | "lost"
      | "left"
      | "timedOut"
      | "cutOff"
      | "abandoned";
  }
>;

/** The events that end a bot's play, its process, or both. */
function applyEnding(state: SwarmState, bot: Bot, event: Ending): void {
  switch (event.type) {
    case "completed":
      if (event.report) takeReport(bot, event.report, event.at);
      end(state, bot, "COMPLETED", event.at, undefined);
      return;
    case "stopped":
      if (event.report) takeReport(bot, event.report, event.at);
      end(state, bot, "DEAD", event.at, undefined);
      return;
    case "failed":
      if (event.report) takeReport(bot, event.report, event.at);
      end(state, bot, bot.killed ? "DEAD" : "ERROR", event.at, event.reason);
      return;
    case "startFailed":
      bot.process = "gone";
      end(state, bot, "ERROR", event.at, event.reason);
      return;
    case "exited":
      bot.process = "gone";
      endOnce(state, bot, event.at, exitReason(event));
      return;
    case "lost":
      bot.process = "gone";
      endOnce(state, bot, event.at, "the connection to the worker was lost");
      return;
    case "left":
      bot.process = "gone";
      endOnce(state, bot, event.at, "the worker left without a word");
      return;
    case "timedOut":
      endOnce(state, bot, event.at, `no word from the worker for ${event.silence_seconds} s`);
      return;
    case "cutOff":
      endOnce(state, bot, event.at, event.reason);
      return;
    case "abandoned":
      bot.process = "gone";
      endOnce(state, bot, event.at, "the manager stopped while this bot ran");
      return;
    default:
      event satisfies never;
  }
}

/** Notes of one bot that are passed on in one window; what is above is dropped before it becomes an event. */
export const notesPerWindow = 20;
export const notesWindowMs = 60_000;
/** Whether one more note of this bot at `at` is within its share. */
export const mayNote = (bot: Readonly<Bot>, at: number) =>
  at - bot.notes.since >= notesWindowMs || bot.notes.count < notesPerWindow;

function admit(state: SwarmState, event: Extract<SwarmEvent, { type: "spawned" | "joined" }>): void {
  const spawned = event.type === "spawned";
  state.bots.set(event.bot, {
    id: event.bot,
    state: spawned ? "SPAWNING" : "REGISTERING",
    origin: event.type,
    configName: event.config_name,
    namedTrader: spawned ? event.trader : undefined,
    strategy: event.strategy,
    goal: spawned ? event.goal : "",
    turnsMax: spawned ? event.turns_max : 0,
    process: spawned ? "waiting" : "starting",
    pid: spawned ? undefined : event.pid,
    startedAt: spawned ? undefined : event.at,
    registeredAt: undefined,
    playingAt: undefined,
    endedAt: undefined,
    lastActivity: undefined,
    lastWord: event.at,
    report: undefined,
    restarts: 0,
    error: undefined,
    errorAt: undefined,
    orders: [],
    lastOrder: undefined,
    killed: undefined,
    notes: { since: 0, count: 0 },
  });
  if (spawned) state.waiting.add(event.bot);
  while (state.bots.has(numberedId(state.nextNumber))) state.nextNumber++;
}

function takeReport(bot: Bot, report: BotReport, at: number): void {
  if (!bot.report || gameChanged(bot.report, report)) bot.lastActivity = at;
  bot.lastWord = at;
  bot.report = report;
  bot.goal = report.goal;
  bot.strategy = report.strategy;
  bot.turnsMax = report.turns_max;
}

/** True when the game moved on between two reports, whatever the bot says of its intentions. */
function gameChanged(before: BotReport, after: BotReport): boolean {
  return (Object.keys(after) as (keyof BotReport)[]).some(
    (key) => key !== "activity" && key !== "goal" && before[key] !== after[key],
  );
}

function obey(bot: Bot, order: Order, at: number): void {
  bot.orders = bot.orders.filter((waiting) => waiting.id !== order.id);
  if (bot.lastOrder?.id === order.id) bot.lastOrder.state = "delivered";
  bot.lastWord = at;
  if (hasEnded(bot)) return;
  if (order.type === "pause") bot.state = "PAUSED";
  if (order.type === "resume") bot.state = bot.playingAt === undefined ? "REGISTERING" : "RUNNING";
  if (order.type === "goal") bot.goal = order.goal;
}

/** The end of a bot that has not said how it ends: wanted when it was killed, an error otherwise. The first cause stays. */
function endOnce(state: SwarmState, bot: Bot, at: number, reason: string): void {
  if (hasEnded(bot)) leave(state, bot);
  else if (bot.killed) end(state, bot, "DEAD", at, undefined);
  else end(state, bot, "ERROR", at, reason);
}

function end(state: SwarmState, bot: Bot, as: BotState, at: number, error: string | undefined): void {
  leave(state, bot);
  bot.state = as;
  bot.endedAt ??= at;
  bot.orders = [];
  if (error !== bot.error) bot.errorAt = error === undefined ? undefined : at;
  bot.error = error;
}

function leave(state: SwarmState, bot: Bot): void {
  state.waiting.delete(bot.id);
  state.starting.delete(bot.id);
  if (bot.process === "waiting") bot.process = "gone";
}

function exitReason(event: { code: number | null; signal: string | null }): string {
  return event.signal
    ? `the worker was ended by ${event.signal}`
    : `the worker ended without a word, exit code ${event.code ?? "unknown"}`;
}
