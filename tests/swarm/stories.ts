/** The words in which the tests of the swarm tell their stories. */
import { BotConfig } from "../../src/proto/config.ts";
import type { LifecycleEvent } from "../../src/proto/events.ts";
import type { BotReport } from "../../src/proto/status.ts";
import type { Effect } from "../../src/swarm/react.ts";
import { createRecorder, type Recorder } from "../../src/swarm/record.ts";
import { emptySwarm, type SwarmState } from "../../src/swarm/swarm.ts";

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
  readonly complaints: unknown[];
  /** While true, storing throws. */
  full: boolean;
}

/** A swarm with its recorder; starting a bot succeeds at once with pid 1000 and more, other deeds are only written down. */
export function stage(state = newSwarm()): Stage {
  let pid = 1000;
  const self: Stage = {
    state,
    effects: [],
    stored: [],
    complaints: [],
    full: false,
    ...createRecorder(
      state,
      (firstSeq, events) => {
        if (self.full) throw new Error("disk full");
        events.forEach((event, index) => self.stored.push({ seq: firstSeq + index, event }));
      },
      (effect) => {
        self.effects.push(effect);
        if (effect.type === "start") self.happened({ type: "started", bot: effect.bot, pid: pid++, at: 1 });
      },
      () => {},
      (error) => self.complaints.push(error),
    ),
  };
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

/** A bot brought to play. */
export function playing(on: Stage, bot: string, at = 1): void {
  on.request([spawned(bot, at)]);
  on.happened({ type: "registered", bot, pid: 7, at });
  on.happened({ type: "playing", bot, at });
}
