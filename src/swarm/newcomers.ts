/** Bots that are to be, judged: the events that make them, or a Refusal with its reason thrown. */
import { labelsMax, maskSecrets, namedTrader, type BotConfig, type Labels } from "../proto/config.ts";
import type { LifecycleEvent } from "../proto/events.ts";
import { placeOf } from "../proto/lore.ts";
import { Refusal } from "../proto/refusal.ts";
import { advisorName } from "../proto/ids.ts";
import { isPattern } from "../proto/selection.ts";
import { hasEnded, hasProcess, keyAt, liveCount, numberedId, type SwarmState } from "./swarm.ts";

type View = Readonly<SwarmState>;

/** A configuration and how people know it. */
export interface Named {
  readonly config: BotConfig;
  readonly name: string;
  /** Those of the request: they are beside those of the configuration, and before them. */
  readonly labels?: Labels | undefined;
}

/** A bot that is to be, or to go on otherwise: what its folder gets (with secrets) and what the log gets (without). */
export interface Newcomer {
  readonly event: Extract<LifecycleEvent, { type: "spawned" | "reconfigured" }>;
  readonly config: BotConfig;
}

/** What a request for bots says beside their configurations. */
export interface SpawnTerms {
  readonly botId?: string | undefined;
  /** Bots to be started together, and milliseconds between one such group and the next. */
  readonly groupSize?: number | undefined;
  readonly groupDelayMs?: number | undefined;
  /** The request's Idempotency-Key, and what was asked in short. */
  readonly key?: { readonly id: string; readonly digest: string } | undefined;
}

/** `count` new bots which take the configurations in turn: all of them, or a refusal with the numbers. An id that was given may not be in use, not even by a bot that has ended. */
export function newcomers(
  state: View,
  configs: readonly Named[],
  count: number,
  terms: SpawnTerms,
  at: number,
): Newcomer[] {
  refuseOverflow(state, count);
  if (terms.botId !== undefined) refuseUsedId(state, terms.botId);
  refuseSharedTrader(state, configs, count);
  const groupSize = terms.groupSize ?? count;
  return freeIds(state, count, terms.botId).map((bot, index) => {
    const named = configs[index % configs.length]!;
    const waitMs = Math.floor(index / groupSize) * (terms.groupDelayMs ?? 0);
    const event = {
      type: "spawned",
      bot,
      ...configured(named),
      ...(waitMs > 0 && { start_at: at + waitMs }),
      ...(terms.key && { key: { ...terms.key } }),
      at,
    } as const;
    return { event, config: named.config };
  });
}

/** The bots that a request with this key has made already; undefined for a new one. Refuses the same key with another request. */
export function madeBefore(state: View, key: SpawnTerms["key"], at: number): readonly string[] | undefined {
  const known = key && keyAt(state, key.id, at);
  if (!known) return undefined;
  if (known.digest !== key.digest)
    throw new Refusal("key_reused", `The Idempotency-Key "${key.id}" was used for another request`);
  return known.bots;
}

/** The same bot with another configuration. Refuses a trader that another live bot is. */
export function reconfigured(state: View, id: string, named: Named, at: number): Newcomer {
  refuseSharedTrader(state, [named], 1, id);
  return { event: { type: "reconfigured", bot: id, ...configured(named), at }, config: named.config };
}

/** A worker started by hand asks to be one of ours; it may take the id of a bot that came in by hand before it, and has ended. */
export function joinBot(
  state: View,
  request: {
    bot_id?: string | undefined;
    pid: number;
    config_name: string;
    strategy: string;
    trader?: string | undefined;
    labels?: Labels | undefined;
  },
  tokenHash: string,
  at: number,
): Extract<LifecycleEvent, { type: "joined" }> {
  refuseOverflow(state, 1);
  if (request.bot_id !== undefined) refuseWord(request.bot_id);
  const former = request.bot_id === undefined ? undefined : state.bots.get(request.bot_id);
  if (former && (!hasEnded(former) || hasProcess(former)))
    throw new Refusal("conflict", `A bot "${former.id}" is here already (${former.state})`);
  // What a spawned bot has earned is its own; only one that came in by hand may come in again.
  if (former && former.origin !== "joined")
    throw new Refusal(
      "conflict",
      `The id "${former.id}" is taken by a bot that was spawned here (${former.state})`,
    );
  const { pid, config_name, strategy, trader, labels } = request;
  refuseTakenTrader(trader, tradersTaken(state));
  return {
    type: "joined",
    bot: request.bot_id ?? freeIds(state, 1)[0]!,
    config_name,
    strategy,
    pid,
    ...(trader !== undefined && { trader }),
    ...(labels && { labels }),
    token_hash: tokenHash,
    at,
  };
}

/**
 * What is left for bots that begin again within one request: called with the trader that one was, it refuses when the swarm is full or
 * another is that trader, and counts it in for those after it.
 */
export function roomIn(state: View): (trader: string | undefined) => void {
  let room: { live: number; traders: Set<string> } | undefined;
  return (trader) => {
    room ??= { live: liveCount(state), traders: tradersTaken(state) };
    refuseOverflow(state, 1, room.live);
    refuseTakenTrader(trader, room.traders);
    room.live++;
    if (trader !== undefined) room.traders.add(trader.toLowerCase());
  };
}

/** Refuses when so many more live bots would be too many. */
function refuseOverflow(state: View, more: number, live = liveCount(state)): void {
  if (live + more <= state.maxBots) return;
  const wanted = more === 1 ? "one more bot" : `${more} bots`;
  throw new Refusal("swarm_full", `Cannot start ${wanted}: ${live} of ${state.maxBots} are live (max_bots)`);
}

function configured(named: Named) {
  const { config, name } = named;
  const labels = labelsOf(named);
  const { host, port, game_letter: letter } = config.connection;
  return {
    config_name: name,
    strategy: config.trading.strategy,
    goal: config.trading.goal,
    turns_max: config.session.max_turns_per_session,
    trader: namedTrader(config),
    place: placeOf(host, port, letter),
    ...(labels && { labels }),
    config: maskSecrets(config),
  };
}

function labelsOf({ config, labels: asked }: Named): Labels | undefined {
  const labels = { ...config.labels, ...asked };
  const count = Object.keys(labels).length;
  if (count > labelsMax)
    throw new Refusal(
      "bad_input",
      `Expected at most ${labelsMax} labels, found ${count} in the request and the configuration`,
    );
  return count === 0 ? undefined : labels;
}

function freeIds(state: View, count: number, wanted?: string): string[] {
  if (wanted !== undefined) return [wanted];
  const ids: string[] = [];
  for (let number = state.nextNumber; ids.length < count; number++) {
    const id = numberedId(number);
    if (!state.bots.has(id)) ids.push(id);
  }
  return ids;
}

function refuseTakenTrader(trader: string | undefined, taken: ReadonlySet<string>): void {
  if (trader !== undefined && taken.has(trader.toLowerCase()))
    throw new Refusal("conflict", `Cannot start two bots as one trader: ${trader}`);
}

/** A trader can be in the game once: bots that share a name would throw each other out for ever. */
function refuseSharedTrader(state: View, configs: readonly Named[], count: number, but?: string): void {
  const taken = tradersTaken(state, but);
  for (let index = 0; index < count; index++) {
    const trader = namedTrader(configs[index % configs.length]!.config);
    refuseTakenTrader(trader, taken);
    if (trader !== undefined) taken.add(trader.toLowerCase());
  }
}

function tradersTaken(state: View, but?: string): Set<string> {
  const taken = new Set<string>();
  for (const bot of state.bots.values())
    if (bot.id !== but && bot.namedTrader !== undefined && (!hasEnded(bot) || hasProcess(bot)))
      taken.add(bot.namedTrader.toLowerCase());
  return taken;
}

/** Who kills "all" does not mean one bot, and what the advisor is told to have done is no bot's doing. */
function refuseWord(id: string): void {
  if (id === advisorName)
    throw new Refusal(
      "bad_input",
      `A bot cannot be called "${id}": events tell of the models under that name`,
    );
  if (isPattern(id))
    throw new Refusal("bad_input", `A bot cannot be called "${id}": that stands for every bot`);
}

function refuseUsedId(state: View, id: string): void {
  refuseWord(id);
  const bot = state.bots.get(id);
  if (bot)
    throw new Refusal(
      "conflict",
      `Cannot start bot "${id}": the id is taken (${bot.state}); "restart" starts it again`,
    );
}
