/** What people ask of the swarm, judged: the events that follow from a request, or a Refusal with its reason thrown. */
import { maskSecrets, type BotConfig } from "../proto/config.ts";
import type { LifecycleEvent } from "../proto/events.ts";
import type { Order } from "../proto/orders.ts";
import { Refusal } from "../proto/refusal.ts";
import type { OperationInput } from "../proto/operations.ts";
import { hasEnded, liveCount, numberedId, type Bot, type SwarmState } from "./swarm.ts";

type View = Readonly<SwarmState>;

/** A bot that is to be: what its folder gets (with secrets) and what the log gets (without). */
export interface Newcomer {
  readonly event: Extract<LifecycleEvent, { type: "spawned" }>;
  readonly config: BotConfig;
}

/** One new bot, named or numbered. Refuses a full swarm and an id that has been used, even by a bot that has ended. */
export function spawnBot(state: View, input: OperationInput<"spawnBot">, at: number): Newcomer {
  refuseOverflow(state, 1);
  if (input.bot_id !== undefined) refuseUsedId(state, input.bot_id);
  refuseSharedTrader(state, [input.config], 1);
  const id = input.bot_id ?? freeIds(state, 1)[0]!;
  return newcomer(id, input.config, input.config_name, at);
}

/** `count` new bots which take the configurations in turn: all of them, or a refusal with the numbers. */
export function spawnSwarm(state: View, input: OperationInput<"spawnSwarm">, at: number): Newcomer[] {
  const count = input.count ?? input.configs.length;
  refuseSharedTrader(state, input.configs, count);
  refuseOverflow(state, count);
  return freeIds(state, count).map((id, index) =>
    newcomer(id, input.configs[index % input.configs.length]!, input.config_name, at),
  );
}

/** What an order needs besides its number. */
export type Wish = { type: "pause" } | { type: "resume" } | { type: "goal"; goal: string };

/**
 * The order that fulfils a wish, or undefined when the bot already is as wished. An order to a bot that cannot listen yet is
 * kept; a newer one of the same kind replaces it. Refuses unknown bots and those that have ended.
 */
export function orderBot(state: View, id: string, wish: Wish, at: number): LifecycleEvent | undefined {
  const bot = knownBot(state, id);
  if (hasEnded(bot) || bot.killed !== undefined)
    throw new Refusal(
      "conflict",
      `Cannot ${verbs[wish.type]} bot "${id}": it ${bot.killed === undefined ? "has ended" : "was killed"} (${bot.state})`,
    );
  const holding = bot.orders.some((order) => order.type === "pause" || order.type === "resume");
  if (!holding && wish.type === "pause" && bot.state === "PAUSED") return undefined;
  if (!holding && wish.type === "resume" && bot.state === "RUNNING") return undefined;
  return ordered(bot, wish, at);
}

const verbs = { pause: "pause", resume: "resume", goal: "give a goal to" } as const;

/**
 * The end of a bot that somebody wants gone: nothing when it is over or on its way, else the kill and, when there is a process,
 * the order to log off.
 */
export function killBot(state: View, id: string, reason: string, at: number): LifecycleEvent[] {
  const bot = knownBot(state, id);
  if (bot.killed !== undefined || bot.state === "COMPLETED" || bot.state === "DEAD") return [];
  const kill: LifecycleEvent = { type: "killed", bot: id, reason, at };
  const listens = !hasEnded(bot) && (bot.process === "starting" || bot.process === "up");
  return listens ? [kill, ordered(bot, { type: "stop" }, at)] : [kill];
}

/** Everybody still alive, killed: how a manager that stops takes its bots along. */
export function killAll(state: View, reason: string, at: number): LifecycleEvent[] {
  return [...state.bots.values()]
    .filter((bot) => !hasEnded(bot))
    .flatMap((bot) => killBot(state, bot.id, reason, at));
}

/** A worker started by hand asks to be one of ours; it may take the id of a bot that has ended. */
export function joinBot(
  state: View,
  request: { bot_id?: string | undefined; pid: number; config_name: string; strategy: string },
  at: number,
): Extract<LifecycleEvent, { type: "joined" }> {
  refuseOverflow(state, 1);
  const former = request.bot_id === undefined ? undefined : state.bots.get(request.bot_id);
  if (former && (!hasEnded(former) || former.process === "up" || former.process === "starting"))
    throw new Refusal("conflict", `A bot "${former.id}" is here already (${former.state})`);
  // What a spawned bot has earned is its own; only one that came in by hand may come in again.
  if (former && former.origin !== "joined")
    throw new Refusal(
      "conflict",
      `The id "${former.id}" is taken by a bot that was spawned here (${former.state})`,
    );
  const { pid, config_name, strategy } = request;
  return { type: "joined", bot: request.bot_id ?? freeIds(state, 1)[0]!, config_name, strategy, pid, at };
}

/** What a start finds: bots that were alive when the former manager ended, and are no longer watched by anyone. */
export function abandonAll(state: View, at: number): LifecycleEvent[] {
  return [...state.bots.values()]
    .filter((bot) => !hasEnded(bot))
    .map((bot) => ({ type: "abandoned", bot: bot.id, at }));
}

/** The bot of this id, or a refusal. */
export function knownBot(state: View, id: string): Readonly<Bot> {
  const bot = state.bots.get(id);
  if (!bot) throw new Refusal("not_found", `There is no bot "${id}"`);
  return bot;
}

function ordered(bot: Readonly<Bot>, wish: Wish | { type: "stop" }, at: number): LifecycleEvent {
  const order: Order = { ...wish, id: (bot.lastOrder?.id ?? 0) + 1 };
  return { type: "ordered", bot: bot.id, order, at };
}

function newcomer(id: string, config: BotConfig, configName: string, at: number): Newcomer {
  const event = {
    type: "spawned",
    bot: id,
    config_name: configName,
    strategy: config.trading.strategy,
    goal: config.trading.goal,
    turns_max: config.session.max_turns_per_session,
    trader: namedTrader(config),
    config: maskSecrets(config),
    at,
  } as const;
  return { event, config };
}

function freeIds(state: View, count: number): string[] {
  const ids: string[] = [];
  for (let number = state.nextNumber; ids.length < count; number++) {
    const id = numberedId(number);
    if (!state.bots.has(id)) ids.push(id);
  }
  return ids;
}

/** The trader a configuration names, with the game it is in, as people read it; undefined when the bot makes up its own. */
function namedTrader({ character, connection }: BotConfig): string | undefined {
  const name = character.name ?? connection.username;
  return name
    ? `${name} in game ${connection.game_letter} at ${connection.host}:${connection.port}`
    : undefined;
}

/** A trader can be in the game once: bots that share a name would throw each other out for ever. */
function refuseSharedTrader(state: View, configs: readonly BotConfig[], count: number): void {
  const taken = new Set<string>();
  for (const bot of state.bots.values()) {
    if (bot.namedTrader !== undefined && !hasEnded(bot)) taken.add(bot.namedTrader.toLowerCase());
  }
  for (let index = 0; index < count; index++) {
    const trader = namedTrader(configs[index % configs.length]!);
    if (trader === undefined) continue;
    if (taken.has(trader.toLowerCase()))
      throw new Refusal("conflict", `Cannot start two bots as one trader: ${trader}`);
    taken.add(trader.toLowerCase());
  }
}

function refuseUsedId(state: View, id: string): void {
  const bot = state.bots.get(id);
  if (bot)
    throw new Refusal(
      "conflict",
      `Cannot start bot "${id}": the id is taken (${bot.state}), and ids are not used twice`,
    );
}

function refuseOverflow(state: View, more: number): void {
  const live = liveCount(state);
  if (live + more <= state.maxBots) return;
  const wanted = more === 1 ? "one more bot" : `${more} bots`;
  throw new Refusal("swarm_full", `Cannot start ${wanted}: ${live} of ${state.maxBots} are live (max_bots)`);
}
