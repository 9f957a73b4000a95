/** What the swarm's recorder hands to the store, and what the store gives back at the next start. */
import type { LifecycleEvent, Moment } from "./events.ts";
import type { BotReport } from "./status.ts";

/** The last message of a worker's session that was taken. */
export interface Heard {
  readonly bot: string;
  readonly session: string;
  readonly upTo: number;
}

/** What is stored in one go, all or nothing. Events take the numbers `firstSeq`, `firstSeq` + 1 .... */
export interface Batch {
  readonly firstSeq: number;
  readonly events: readonly LifecycleEvent[];
  readonly moments: readonly Moment[];
  readonly heard: readonly Heard[];
  /** People wait for an answer that rests on it: it must survive a power cut, too. Whatever else happened ends with the power. */
  readonly asked: boolean;
}

/** The latest report of a bot; `at` in milliseconds since 1970, UTC. */
export interface LastReport {
  readonly bot: string;
  readonly at: number;
  readonly report: BotReport;
}
