/** The swarm that this very process keeps: each operation of the table, carried out on the state and its recorder. */
import { filesNamedIn, modelFilesNamedIn, namesFile, type BotConfig, type Labels } from "../proto/config.ts";
import type { SwarmEvent } from "../proto/events.ts";
import type { KeptAsked, KeptFound } from "../proto/kept.ts";
import type { OperationInput, OperationOutput, Swarm } from "../proto/operations.ts";
import type { SeriesRow } from "../proto/operations/looking.ts";
import { Refusal } from "../proto/refusal.ts";
import { advisorOf } from "./advisor.ts";
import { chronicleOf } from "./chronicle.ts";
import { begunBot, createOrders } from "./orders.ts";
import { botsMeant, rosterOf } from "./roster.ts";
import type { TerminalAnswers } from "./terminals.ts";
import type { AdvisorStatus } from "../swarm/advising.ts";
import {
  madeBefore,
  newcomers,
  reconfigured,
  type Named,
  type Newcomer,
  type SpawnTerms,
} from "../swarm/newcomers.ts";
import type { Recorder } from "../swarm/record.ts";
import { clearEnded, killBot, knownBot, restartBot, youngestFirst } from "../swarm/requests.ts";
import { liveCount, type SwarmState } from "../swarm/swarm.ts";
import { botStatus, swarmStatus, swarmTotals, type About } from "../swarm/totals.ts";

/** A part of a bot's log. */
export type LogPart = Omit<OperationOutput<"botLogs">, "bot_id">;

export interface LocalSwarmParts {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly about: () => About;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /**
   * Writes down each newcomer's configuration; throws a Refusal when the disk takes nothing. The answer, called when the request is
   * kept, puts them where the workers look: one that is refused changes none.
   */
  readonly prepare: (newcomers: readonly Newcomer[]) => () => void;
  readonly wait: (ms: number) => Promise<void>;
  /** The configuration of this name in the manager's folder for them. Throws a Refusal. */
  readonly readNamed: (name: string) => BotConfig;
  /** The configuration that a text of YAML tells. Throws a Refusal that says where something is wrong with it. */
  readonly readText: (text: string) => BotConfig;
  /** The configuration of a bot about which nothing is said. */
  readonly plainConfig: () => BotConfig;
  /** What tells one request from another, in short. */
  readonly digest: (text: string) => string;
  readonly events: (asked: KeptAsked) => KeptFound;
  readonly readLog: (bot: string, offset: number, limit: number) => LogPart;
  readonly tailLog: (bot: string, lines: number) => LogPart;
  readonly series: {
    query(asked: OperationInput<"timeSeries">): SeriesRow[];
    readonly intervalSeconds: number;
  };
  /** What others answer for it. */
  readonly terminals: TerminalAnswers;
  readonly decisions: Pick<Swarm, "botDecisions">;
  readonly atlas: Pick<Swarm, "map" | "sector" | "routes" | "path">;
  /** Each model that is asked for bots' plans. */
  readonly advisors: () => readonly AdvisorStatus[];
  /** Bots that a game server lets in, in a second; undefined for no limit. */
  readonly loginsPerSecond: number | undefined;
}

/** Where a request's configuration comes from: given with it, named, or told as text. */
interface Source {
  readonly config?: BotConfig | undefined;
  readonly config_path?: string | undefined;
  readonly config_text?: string | undefined;
  readonly config_name?: string | undefined;
  readonly labels?: Labels | undefined;
}

/** `told` must hear of every event. */
export function localSwarm(parts: LocalSwarmParts): { swarm: Swarm; told: (event: SwarmEvent) => void } {
  const { state, recorder, now } = parts;
  const orders = createOrders(parts);

  const configOf = ({ config, config_path, config_text }: Source): BotConfig | undefined => {
    if (config_path !== undefined) return parts.readNamed(config_path);
    if (config_text !== undefined) return parts.readText(config_text);
    for (const key of config ? filesNamedIn(config) : []) throw new Refusal("bad_input", namesFile(key));
    return config;
  };
  const named = (source: Source, plain: () => BotConfig): Named => {
    const { config_path, config_name, labels } = source;
    refuseMoreThanOne(source, ["config", "config_path", "config_text"]);
    const config = configOf(source) ?? plain();
    for (const key of modelFilesNamedIn(config))
      throw new Refusal(
        "bad_input",
        `"${key}" names a file, which this manager would use for the bot: such keys belong under "manager.llm" of manager.yaml`,
      );
    return { config, name: config_name ?? config_path ?? "inline", labels };
  };
  const keyOf = (
    { idempotency_key: id, ...asked }: { idempotency_key?: string | undefined },
    what: string,
  ) => (id === undefined ? undefined : { id, digest: parts.digest(`${what} ${JSON.stringify(asked)}`) });

  /** Makes bots, or tells which ones this very request has made before. */
  const spawn = (configs: readonly Named[], count: number, terms: SpawnTerms): readonly string[] => {
    const before = madeBefore(state, terms.key, now());
    if (before) return before;
    const made = newcomers(state, configs, count, terms, now());
    const use = parts.prepare(made);
    recorder.request(
      made.map(({ event }) => event),
      use,
    );
    return made.map(({ event }) => event.bot);
  };

  const swarm: Swarm = {
    ...orders.answers,
    ...rosterOf(parts),
    ...chronicleOf(parts),
    ...parts.terminals,
    ...parts.decisions,
    ...parts.atlas,
    async spawnBot(input) {
      const key = keyOf(input, "spawn");
      const [id] = spawn([named(input, parts.plainConfig)], 1, { botId: input.bot_id, key });
      return begunBot(state, id!);
    },
    async spawnSwarm(input) {
      const key = keyOf(input, "spawn-batch");
      const configs = sources(input).map((source) => named(source, parts.plainConfig));
      const count = input.count ?? configs.length;
      const groupDelayMs = (input.group_delay ?? 0) * 1000;
      const ids = spawn(configs, count, { groupSize: input.group_size, groupDelayMs, key });
      return batchReceipt(ids, input.group_size ?? count, input.group_delay ?? 0, parts.loginsPerSecond);
    },
    async scaleSwarm(input) {
      const key = keyOf(input, "scale");
      const before = madeBefore(state, key, now());
      if (before) return { count: liveCount(state), started: [...before], killed: [] };
      const alive = youngestFirst(state);
      const surplus = alive.slice(0, Math.max(0, alive.length - input.count));
      recorder.request(surplus.flatMap((id) => killBot(state, id, `scaled to ${input.count}`, now())));
      const missing = input.count - alive.length;
      const started = missing > 0 ? spawn([named(input, parts.plainConfig)], missing, { key }) : [];
      return { count: input.count, started: [...started], killed: surplus };
    },
    swarmStatus: async () => swarmStatus(state, parts.about(), now()),
    async swarmTotals(selection) {
      const meant = new Map(botsMeant(state, selection).map((bot) => [bot.id, bot]));
      return swarmTotals({ ...state, bots: meant }, parts.about(), now());
    },
    timeSeries: async (input) => ({
      interval_seconds: parts.series.intervalSeconds,
      rows: parts.series.query(input),
    }),
    async clearSwarm() {
      const events = clearEnded(state, now());
      recorder.request(events);
      return { cleared: events.length, bot_ids: events.map(({ bot }) => bot) };
    },
    advisor: async () => advisorOf(state, parts.advisors()),
    botStatus: async ({ bot_id }) => botStatus(state, bot_id, now()),
    async botConfig({ bot_id }) {
      const { configName, settings } = knownBot(state, bot_id);
      return { bot_id, config_name: configName, config: settings ?? null };
    },
    async botLogs({ bot_id, offset, limit }) {
      return { bot_id: knownBot(state, bot_id).id, ...parts.readLog(bot_id, offset, limit) };
    },
    async botLogTail({ bot_id, lines }) {
      return { bot_id: knownBot(state, bot_id).id, ...parts.tailLog(bot_id, lines) };
    },
    async respawnBot(input) {
      const { bot_id } = input;
      const reason = "started anew with another configuration";
      // What it did under the former one is no part of the new one's turns.
      const restart = restartBot(state, bot_id, reason, now(), { anew: true });
      const next = reconfigured(state, bot_id, named(input, parts.plainConfig), now());
      const use = parts.prepare([next]);
      recorder.request([next.event, ...restart], use);
      return begunBot(state, bot_id);
    },
  };
  return { swarm, told: orders.told };
}

function refuseMoreThanOne(input: object, ways: readonly string[]): void {
  const given = ways.filter((way) => (input as Readonly<Record<string, unknown>>)[way] !== undefined);
  if (given.length > 1)
    throw new Refusal("bad_input", `Give either ${given.join(" or ")}, not ${given.length} of them`);
}

function sources(input: OperationInput<"spawnSwarm">): Source[] {
  const { configs, config_paths, config_text, config_name, labels } = input;
  refuseMoreThanOne(input, ["configs", "config_paths", "config_text"]);
  if (config_text !== undefined) return [{ config_text, config_name, labels }];
  if (config_paths) return config_paths.map((config_path) => ({ config_path, config_name, labels }));
  return (configs ?? [undefined]).map((config) => ({ config, config_name, labels }));
}

function batchReceipt(
  ids: readonly string[],
  groupSize: number,
  groupDelay: number,
  perSecond: number | undefined,
): OperationOutput<"spawnSwarm"> {
  const groups = Math.ceil(ids.length / groupSize);
  const logins = perSecond === undefined ? 0 : Math.ceil(ids.length / perSecond);
  return {
    bot_ids: [...ids],
    count: ids.length,
    status: "spawning",
    total_bots: ids.length,
    group_size: groupSize,
    group_delay: groupDelay,
    total_groups: groups,
    estimated_time_seconds: Math.max((groups - 1) * groupDelay, logins),
  };
}
