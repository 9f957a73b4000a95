/** The swarm of this process as every face sees it, over a stage. */
import { keptIn } from "../doubles/kept.ts";
import { unasked } from "../doubles/unasked.ts";
import { localSwarm, type LocalSwarmParts } from "../../src/control/local.ts";
import { BotConfig } from "../../src/proto/config.ts";
import {
  operations,
  type OperationInput,
  type OperationName,
  type Swarm,
} from "../../src/proto/operations.ts";
import type { SeriesRow } from "../../src/proto/operations/looking.ts";
import { Refusal } from "../../src/proto/refusal.ts";
import type { AdvisorStatus } from "../../src/swarm/advising.ts";
import { newSwarm, stage } from "../swarm/stories.ts";

export const row: SeriesRow = {
  at: 5,
  bots: 2,
  running: 1,
  credits: 700,
  bank: 5,
  cargo_value: 0,
  net_worth: 705,
  turns: 40,
  trades: 2,
  trade_attempts: 3,
  haggle_deals: 2,
  haggle_offers: 4,
  haggle_lost: 0,
  errors: 1,
};

function ofFleet(name: string): BotConfig {
  if (name !== "fleet/scout") throw new Refusal("not_found", `No configuration "${name}"`);
  return BotConfig.parse({ trading: { goal: "exploration" } });
}

/** `obeys`: whether a bot confirms its orders. */
export function office({
  maxBots = 10,
  obeys = true,
  rate = 20 as number | null,
  advisors = [] as readonly AdvisorStatus[],
  readNamed = ofFleet,
} = {}) {
  const prepared: string[] = [];
  /** Those of them that workers were to use from then on. */
  const used: string[] = [];
  const on = stage(newSwarm({ maxBots }), {
    told: (event) => told(event),
    perform(effect) {
      const { bot } = effect;
      if (effect.type !== "order" || !obeys) return;
      queueMicrotask(() => on.happened({ type: "confirmed", bot, order: effect.order, at: on.at }));
    },
  });
  on.at = 1000;
  const waits: number[] = [];
  const parts: LocalSwarmParts = {
    state: on.state,
    recorder: on,
    about: () => ({ version: "1.2.3", degraded: on.degraded() }),
    now: () => on.at,
    prepare(made) {
      const told = made.map(({ event, config }) => `${event.bot} ${config.trading.goal}`);
      prepared.push(...told);
      return () => void used.push(...told);
    },
    async wait(ms) {
      waits.push(ms);
      await Bun.sleep(0);
    },
    readNamed,
    readText: (text) => BotConfig.parse({ trading: { goal: text } }),
    plainConfig: () => BotConfig.parse({}),
    digest: (text) => `digest of ${text}`,
    events: (asked) =>
      keptIn(
        on.stored.map(({ event }) => event),
        on.moments,
        asked,
      ),
    readLog: (bot, offset, limit) => ({
      lines: [`${bot} from ${offset}, ${limit}`],
      offset,
      next_offset: 9,
      size: 9,
    }),
    tailLog: (bot, lines) => ({ lines: [`${bot}, last ${lines}`], offset: 0, next_offset: 9, size: 9 }),
    series: { query: ({ points }) => Array<SeriesRow>(points).fill(row), intervalSeconds: 5 },
    terminals: unasked,
    decisions: unasked,
    atlas: unasked,
    advisors: () => advisors,
    loginsPerSecond: rate ?? undefined,
  };
  const { swarm, told } = localSwarm(parts);
  /** As every face does: what is asked and what is answered passes its schema. */
  const ask = async <K extends OperationName>(name: K, input: unknown = {}) => {
    const answer = await swarm[name](operations[name].input.parse(input) as OperationInput<K> as never);
    return operations[name].output.parse(answer) as Awaited<ReturnType<Swarm[K]>>;
  };
  return { on, ask, prepared, used, waits };
}
