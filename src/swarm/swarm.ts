/** Many bots as one value, and its one writer. Knows neither processes nor clocks: it is told what happened, and when. */
import { isLifecycle, type SwarmEvent } from "../proto/events.ts";
import type { Order } from "../proto/orders.ts";
import { endedStates, type BotReport, type BotState } from "../proto/status.ts";
import { applyEnding, fault, move, type Ending } from "./endings.ts";

/** One bot as the manager knows it. Times are milliseconds since 1970, UTC. */
export interface Bot {
  readonly id: string;
  state: BotState;
  /** Spawned ones have a process of ours; joined ones were started by hand and have only a connection. */
  readonly origin: "spawned" | "joined";
  configName: string;
  /** The configuration, secrets masked; undefined for joined bots, who have their own. */
  settings: unknown;
  /** The trader it was told to be; undefined when it makes up its own. */
  namedTrader: string | undefined;
  /** The game it plays; undefined for a worker that was started by hand and has not said so yet. */
  place: string | undefined;
  /** By which people tell it from others. */
  labels: Readonly<Record<string, string>> | undefined;
  strategy: string;
  goal: string;
  turnsMax: number;
  /** waiting: to be started · starting: no hello yet · up: greeted · gone: never there, or ended. */
  process: "waiting" | "starting" | "up" | "gone";
  /** Its line is open: it can be told things. */
  linked: boolean;
  pid: number | undefined;
  /** The tick at which process `pid` began. */
  ticks: number | undefined;
  /** It shares that process with other bots. */
  packed: boolean;
  /** What the worker drew by chance; the same over all its lines. */
  session: string | undefined;
  /** Of a joined bot: how its secret hashes. */
  tokenHash: string | undefined;
  /** Not to be started before. */
  notBefore: number;
  startedAt: number | undefined;
  registeredAt: number | undefined;
  /** When this worker came into the game; undefined before. */
  playingAt: number | undefined;
  /** This worker stands still on an order. */
  held: boolean;
  /** Somebody else has this worker's keys. */
  taken: boolean;
  /** First moment in a state that is an end. */
  endedAt: number | undefined;
  lastActivity: number | undefined;
  lastWord: number | undefined;
  stuckAt: number | undefined;
  report: BotReport | undefined;
  reportAt: number;
  /** The next worker's counters begin anew. */
  fresh: boolean;
  restarts: number;
  /** Crashes in a row, for the back-off; and when, for the limit. */
  crashes: number;
  crashTimes: number[];
  /** It ended without a word of its own, and nobody wanted it to. */
  crashed: boolean;
  error: string | undefined;
  errorAt: number | undefined;
  /** Orders not yet confirmed, oldest first: at most one of each kind (see `kindOf`). */
  orders: Order[];
  /** What people last wanted of it, of each kind, confirmed or not: a new worker is told again. */
  wishes: { goal?: Order; hold?: Order };
  /** Where the last of them stands with the worker there is, or the next; undefined when none concerns that one. */
  lastOrder: { id: number; type: string; state: "queued" | "delivered" } | undefined;
  /** The number of the last order to any of its workers. */
  orderCount: number;
  /** Why somebody wants it gone; set once in each life. */
  killed: string | undefined;
  /** Why its worker is to be started anew. */
  again: string | undefined;
  memoryMb: number | undefined;
  cpuPercent: number | undefined;
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
  /** Requests that carried a key, and the bots they made; the oldest first. */
  readonly keys: Map<string, { readonly digest: string; readonly at: number; readonly bots: string[] }>;
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
    keys: new Map(),
  };
}

export const hasEnded = (bot: Pick<Bot, "state">): boolean => endedStates.has(bot.state);
/** It has a process, or should soon be known not to. */
export const hasProcess = (bot: Pick<Bot, "process">): boolean =>
  bot.process === "starting" || bot.process === "up";

/** Bots that count against `maxBots`. */
export function liveCount(state: Readonly<SwarmState>): number {
  let live = 0;
  // One that was cut off may be back as soon as its process has ended.
  for (const bot of state.bots.values()) if (!hasEnded(bot) || (bot.crashed && hasProcess(bot))) live++;
  return live;
}

/** Pause, step and resume undo each other, so the newer replaces the older; likewise goals. */
export const kindOf = ({ type }: Pick<Order, "type">) =>
  type === "pause" || type === "resume" || type === "step" ? "hold" : type;

/** bot_000, bot_001 ...: the ids that people see and never see twice. */
export const numberedId = (number: number) => `bot_${String(number).padStart(3, "0")}`;

/** Folds one event into the state: the only writer. An event of an unknown bot changes nothing but the sequence number. */
export function apply(state: SwarmState, event: SwarmEvent): void {
  if (isLifecycle(event)) state.seq++;
  if (event.type === "spawned" || event.type === "joined") return admit(state, event);
  const bot = state.bots.get(event.bot);
  if (!bot) return;
  switch (event.type) {
    case "reconfigured":
      bot.configName = event.config_name;
      bot.settings = event.config;
      bot.namedTrader = event.trader;
      bot.place = event.place;
      bot.labels = event.labels;
      bot.strategy = event.strategy;
      bot.goal = event.goal;
      bot.turnsMax = event.turns_max;
      delete bot.wishes.goal;
      bot.orders = bot.orders.filter((order) => order.type !== "goal");
      if (bot.lastOrder?.type === "goal") bot.lastOrder = undefined;
      return;
    case "started":
      return begin(state, bot, event);
    case "registered":
      return greet(state, bot, event);
    case "playing":
      bot.playingAt ??= event.at;
      bot.lastWord = event.at;
      bot.lastActivity = event.at;
      // What went wrong with a former worker is mended.
      fault(bot, undefined, event.at);
      move(bot, "play");
      return;
    case "reported":
      return takeReport(bot, event.report, event.at);
    case "heard":
      bot.lastWord = event.at;
      return;
    case "placed":
      bot.place = event.place;
      bot.lastWord = event.at;
      return;
    case "handed":
      bot.taken = event.taken;
      return;
    case "unlinked":
      bot.linked = false;
      // Who cannot be heard is given as much time as who is silent.
      bot.lastWord = Math.max(bot.lastWord ?? 0, event.at);
      bot.lastActivity = Math.max(bot.lastActivity ?? 0, event.at);
      return;
    case "measured":
      bot.memoryMb = event.memory_mb;
      bot.cpuPercent = event.cpu_percent;
      return;
    case "traded":
      bot.lastWord = event.at;
      return;
    case "noted":
      bot.lastWord = event.at;
      if (event.at - bot.notes.since >= notesWindowMs) bot.notes = { since: event.at, count: 0 };
      bot.notes.count++;
      return;
    case "ordered":
      return want(bot, event.order);
    case "confirmed":
      return obey(bot, event.order, event.at);
    case "timedOut":
    case "stalled":
      bot.stuckAt = event.at;
      if (move(bot, "stick")) fault(bot, stuckReason(event), event.at);
      return;
    case "recovered":
      bot.stuckAt = undefined;
      if (!move(bot, "revive")) return;
      bot.lastActivity = event.at;
      fault(bot, undefined, event.at);
      return;
    case "cleared":
      if (hasEnded(bot) && bot.process === "gone") state.bots.delete(bot.id);
      return;
    default:
      return applyEnding(state, bot, event satisfies Ending, takeReport);
  }
}

/** Notes of one bot that are passed on in one window; what is above is dropped before it becomes an event. */
export const notesPerWindow = 20;
export const notesWindowMs = 60_000;
/** Whether one more note of this bot at `at` is within its share. */
export const mayNote = (bot: Readonly<Bot>, at: number) =>
  at - bot.notes.since >= notesWindowMs || bot.notes.count < notesPerWindow;

/** Keys are remembered so long, and so many of them. */
export const keysMaxAgeMs = 24 * 3600_000;
export const keysMax = 10_000;
/** The request that carried this key within the time in which keys are remembered. */
export function keyAt(state: Readonly<SwarmState>, id: string, at: number) {
  const known = state.keys.get(id);
  return known && known.at > at - keysMaxAgeMs ? known : undefined;
}

const stuckReason = (event: Extract<SwarmEvent, { type: "timedOut" | "stalled" }>) =>
  event.type === "timedOut"
    ? `not a word from the worker for ${event.silence_seconds} s`
    : `no progress in the game for ${event.idle_seconds} s`;

function admit(state: SwarmState, event: Extract<SwarmEvent, { type: "spawned" | "joined" }>): void {
  const spawned = event.type === "spawned";
  state.bots.set(event.bot, {
    id: event.bot,
    state: spawned ? "QUEUED" : "REGISTERING",
    origin: event.type,
    configName: event.config_name,
    settings: spawned ? event.config : undefined,
    namedTrader: event.trader,
    place: spawned ? event.place : undefined,
    labels: event.labels,
    strategy: event.strategy,
    goal: spawned ? event.goal : "",
    turnsMax: spawned ? event.turns_max : 0,
    process: spawned ? "waiting" : "starting",
    linked: false,
    pid: spawned ? undefined : event.pid,
    packed: false,
    ticks: undefined,
    session: undefined,
    tokenHash: spawned ? undefined : event.token_hash,
    notBefore: spawned ? (event.start_at ?? 0) : 0,
    startedAt: spawned ? undefined : event.at,
    registeredAt: undefined,
    playingAt: undefined,
    held: false,
    taken: false,
    endedAt: undefined,
    lastActivity: undefined,
    lastWord: event.at,
    stuckAt: undefined,
    report: undefined,
    reportAt: 0,
    fresh: false,
    restarts: 0,
    crashes: 0,
    crashTimes: [],
    crashed: false,
    error: undefined,
    errorAt: undefined,
    orders: [],
    wishes: {},
    lastOrder: undefined,
    orderCount: 0,
    killed: undefined,
    again: undefined,
    memoryMb: undefined,
    cpuPercent: undefined,
    notes: { since: 0, count: 0 },
  });
  if (spawned) state.waiting.add(event.bot);
  if (spawned && event.key) remember(state, event.key, event.bot, event.at);
  while (state.bots.has(numberedId(state.nextNumber))) state.nextNumber++;
}

function remember(state: SwarmState, key: { id: string; digest: string }, bot: string, at: number): void {
  const known = keyAt(state, key.id, at);
  if (known?.digest === key.digest) known.bots.push(bot);
  else {
    // Anew, so that the oldest stay first.
    state.keys.delete(key.id);
    state.keys.set(key.id, { digest: key.digest, at, bots: [bot] });
  }
  for (const [id, old] of state.keys) {
    if (old.at > at - keysMaxAgeMs && state.keys.size <= keysMax) return;
    state.keys.delete(id);
  }
}

/** A process of its own: whatever was true of a former one is over. */
function begin(state: SwarmState, bot: Bot, event: Extract<SwarmEvent, { type: "started" }>): void {
  state.waiting.delete(bot.id);
  state.starting.add(bot.id);
  if (bot.startedAt !== undefined) bot.restarts++;
  if (bot.fresh) bot.report = undefined;
  if (bot.fresh) bot.reportAt = event.at;
  bot.fresh = false;
  bot.process = "starting";
  bot.linked = false;
  bot.pid = event.pid;
  bot.ticks = event.ticks;
  bot.packed = event.packed ?? false;
  bot.session = undefined;
  bot.startedAt = event.at;
  bot.registeredAt = undefined;
  bot.playingAt = undefined;
  bot.held = bot.taken = bot.crashed = false;
  bot.endedAt = undefined;
  bot.stuckAt = undefined;
  bot.again = undefined;
  bot.memoryMb = bot.cpuPercent = undefined;
  bot.lastWord = event.at;
  move(bot, "start");
}

function greet(state: SwarmState, bot: Bot, event: Extract<SwarmEvent, { type: "registered" }>): void {
  // A hello from nowhere: that worker is none of ours, and another may be on its way.
  if (!hasProcess(bot)) return;
  state.starting.delete(bot.id);
  bot.process = "up";
  bot.linked = true;
  bot.pid = event.pid;
  bot.ticks = event.ticks ?? bot.ticks;
  bot.session = event.session;
  bot.registeredAt ??= event.at;
  bot.lastWord = event.at;
  move(bot, "greet");
}

/** Who has not seen its trader yet tells what it is doing, and of its standing only what it was told itself. */
function sinceSeen(before: BotReport | undefined, report: BotReport): BotReport {
  if (report.trader !== undefined || before?.trader === undefined) return report;
  const { strategy, goal, activity, turns_max, waits } = report;
  return { ...before, strategy, goal, activity, turns_max, ...(waits !== undefined && { waits }) };
}

function takeReport(bot: Bot, told: BotReport, at: number): void {
  const report = sinceSeen(bot.report, told);
  const waited = bot.report?.waits === true && report.waits !== true;
  if (!bot.report || waited || gameChanged(bot.report, report)) bot.lastActivity = at;
  bot.lastWord = Math.max(bot.lastWord ?? 0, at);
  bot.report = report;
  bot.reportAt = at;
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

function want(bot: Bot, order: Order): void {
  bot.orders = [...bot.orders.filter((other) => kindOf(other) !== kindOf(order)), order];
  bot.lastOrder = { id: order.id, type: order.type, state: "queued" };
  bot.orderCount = order.id;
  if (order.type === "goal") bot.wishes.goal = order;
  if (order.type === "pause") bot.wishes.hold = order;
  // Another worker has nothing to step on from: it stands still from the first.
  if (order.type === "step") bot.wishes.hold = { type: "pause", id: order.id };
  if (order.type === "resume") delete bot.wishes.hold;
}

function obey(bot: Bot, order: Order, at: number): void {
  bot.orders = bot.orders.filter((waiting) => waiting.id !== order.id);
  if (bot.lastOrder?.id === order.id) bot.lastOrder.state = "delivered";
  bot.lastWord = at;
  if (hasEnded(bot)) return;
  if (order.type === "goal") bot.goal = order.goal;
  const stands = order.type === "pause" || order.type === "step";
  if (stands) bot.held = true;
  if (order.type === "resume") bot.held = false;
  // Standing still as it should, it is mended as one that plays is.
  if (stands && move(bot, "hold")) fault(bot, undefined, at);
  // Standing still on an order is no lack of progress.
  if (order.type === "resume" && move(bot, "release")) bot.lastActivity = at;
}
