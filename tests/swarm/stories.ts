/** The words in which the tests of the swarm tell their stories. */
import { BotConfig } from "../../src/proto/config.ts";
import type { BotReport } from "../../src/proto/status.ts";
import type { Effect } from "../../src/swarm/react.ts";
import type { Batch, Heard } from "../../src/proto/batch.ts";
import { createRecorder, type Recorder } from "../../src/swarm/record.ts";
import { judge, type RestartPolicy } from "../../src/swarm/restarts.ts";
import { apply, emptySwarm, type Bot, type SwarmState } from "../../src/swarm/swarm.ts";
import { LifecycleEvent, type Moment, type SwarmEvent } from "../../src/proto/events.ts";
import { Refusal } from "../../src/proto/refusal.ts";

export const config = BotConfig.parse({});
export const report = (change: Partial<BotReport> = {}): BotReport => ({
  sector: 1,
  credits: 300,
  credits_start: 300,
  turns_executed: 0,
  turns_max: 100,
  holds: 20,
  experience: 0,
  trades_executed: 0,
  trade_attempts: 0,
  sectors_explored: 1,
  ports_known: 0,
  strategy: "opportunistic",
  goal: "profit",
  activity: "",
  ...change,
});

export const newSwarm = (limits: { maxBots?: number; spawnParallel?: number } = {}): SwarmState =>
  emptySwarm({ maxBots: limits.maxBots ?? 10, spawnParallel: limits.spawnParallel ?? 4, at: 0 });

export interface Stage extends Recorder {
  readonly state: SwarmState;
  readonly effects: Effect[];
  readonly stored: { seq: number; event: LifecycleEvent }[];
  readonly moments: Moment[];
  /** What is kept of each worker's session. */
  readonly heardOf: Map<string, Heard>;
  readonly complaints: unknown[];
  readonly acknowledged: Heard[];
  /** How many events each commit held. */
  readonly commits: number[];
  /** While true, storing throws. */
  full: boolean;
  /** The time that the recorder sees. */
  at: number;
}

export const never: RestartPolicy = { policy: "never", crashes: 5, window: 60 };
export const onCrash: RestartPolicy = { policy: "on_crash", crashes: 5, window: 60 };

/** What a test wants otherwise. */
export interface Otherwise {
  readonly policy?: RestartPolicy;
  /** Whether a start succeeds. */
  readonly starts?: (bot: string) => boolean;
  /** Hears of each deed, event, batch and acknowledgement. */
  readonly perform?: (effect: Effect, self: Stage) => void;
  readonly told?: (event: SwarmEvent) => void;
  readonly store?: (batch: Batch) => void;
  readonly kept?: (heard: readonly Heard[], self: Stage) => void;
  readonly remembered?: readonly Heard[];
}

/** A swarm with its recorder; starting a bot succeeds at once with pid 1000 and more, other deeds are only written down. */
export function stage(state = newSwarm(), otherwise: Otherwise = {}): Stage {
  let pid = 1000;
  const own = {
    state,
    effects: [] as Effect[],
    stored: [] as Stage["stored"],
    moments: [] as Moment[],
    heardOf: new Map<string, Heard>(),
    complaints: [] as unknown[],
    acknowledged: [] as Heard[],
    commits: [] as number[],
    full: false,
    at: 0,
  };
  const parts = {
    state,
    store(batch: Batch) {
      const { firstSeq, events, moments, heard } = batch;
      if (self.full) throw new Error("disk full");
      otherwise.store?.(batch);
      self.commits.push(events.length);
      events.forEach((event, index) => self.stored.push({ seq: firstSeq + index, event }));
      self.moments.push(...moments);
      for (const one of heard) self.heardOf.set(one.bot, one);
    },
    perform(effect: Effect) {
      self.effects.push(effect);
      otherwise.perform?.(effect, self);
      if (effect.type !== "start") return;
      const { bot } = effect;
      const at = Math.max(1, self.at);
      if (otherwise.starts?.(bot) ?? true) self.happened({ type: "started", bot, pid: pid++, at });
      else self.happened({ type: "startFailed", bot, reason: "no such program", at });
    },
    follow: (event: SwarmEvent) => judge(state, event, otherwise.policy ?? never, () => 0.5),
    told: (event: SwarmEvent) => otherwise.told?.(event),
    kept(heard: readonly Heard[]) {
      self.acknowledged.push(...heard);
      otherwise.kept?.(heard, self);
    },
    complain: (error: unknown) => void self.complaints.push(error),
    now: () => self.at,
  };
  const self: Stage = Object.assign(own, createRecorder(parts, otherwise.remembered));
  return self;
}

/** A bot asked for. */
export const spawned = (bot: string, at = 1) =>
  ({
    type: "spawned",
    bot,
    config_name: "test",
    strategy: "opportunistic",
    goal: "profit",
    turns_max: 0,
    config: {},
    at,
  }) as const;

export const session = "0123456789abcdef";

/** A bot brought to play. */
export function playing(on: Stage, bot: string, at = 1): void {
  on.request([spawned(bot, at)]);
  on.happened({ type: "registered", bot, pid: 7, session, at });
  on.happened({ type: "playing", bot, at });
}

/** A bot that is there, as it was before the next event. */
export const botOf = (on: Pick<Stage, "state">, bot: string): Readonly<Bot> => {
  const known = on.state.bots.get(bot);
  if (!known) throw new Error(`There is no bot "${bot}"`);
  return known;
};

/** A worker started by hand that has come in, not yet said hello. */
export const joined = (bot: string, at = 1) =>
  ({
    type: "joined",
    bot,
    config_name: "mine",
    strategy: "opportunistic",
    pid: 5,
    token_hash: `hash of ${bot}`,
    at,
  }) as const;

/** What the next manager makes of what was stored. */
export function folded(on: Stage, state = newSwarm()): SwarmState {
  for (const { event } of on.stored) apply(state, LifecycleEvent.parse(JSON.parse(JSON.stringify(event))));
  return state;
}

/** Code and words of a refusal. Anything else that is thrown is a bug. */
export function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "not refused";
}
