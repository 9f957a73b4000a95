/** What is asked of the events that are kept, of many bots at once, and what is found: between those who answer people and the store. */
import type { KeptEvent } from "./events.ts";
import type { Severity } from "./feed.ts";

/** Where a kept event stands: its moment, which kind of memory has it, and its number there. Between two events of one moment these decide. */
export interface KeptPlace {
  readonly at: number;
  readonly memory: "events" | "moments";
  readonly key: number;
}

export interface KeptAsked {
  /** Bots by their ids, also of such as are off the list; or a test of an id. */
  readonly bots: ReadonlySet<string> | ((bot: string) => boolean);
  /** All kinds without it. */
  readonly types?: ReadonlySet<string> | undefined;
  /** Nothing less grave; everything without it. */
  readonly severity?: Severity | undefined;
  /** Milliseconds since 1970: not before that, and strictly before this. */
  readonly since?: number | undefined;
  readonly before?: number | undefined;
  /** Only what stands behind it, which is older. */
  readonly after?: KeptPlace | undefined;
  readonly limit: number;
}

export interface KeptFound {
  /** The newest first. */
  readonly events: KeptEvent[];
  /** Where to go on. It may be there though nothing was found: one question looks only so far. */
  readonly next: KeptPlace | undefined;
}
