/** All that `top` knows: what it was told of the swarm, what is shown of it and how, and what the keys are doing. */
import type { LiveMessage } from "../../../proto/events.ts";
import type { ToldEvent } from "../../../proto/feed.ts";
import type { LiveState } from "../../../proto/live-fold.ts";
import type { OrderAction, OrderOutcome } from "../../../proto/operations/steering.ts";
import type { BotState, BotStatus } from "../../../proto/status.ts";
import type { ScreenShot } from "../../../proto/terminal-view.ts";
import type { Sorting } from "../sort.ts";

/** Below this nothing useful fits. */
export const leastSize = { columns: 40, rows: 8 } as const;
export const filterMaxChars = 100;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export const groups = ["all", "running", "paused", "trouble", "ended"] as const;
export type Group = (typeof groups)[number];

const groupsOf: Readonly<Record<BotState, readonly Group[]>> = {
  QUEUED: ["running"],
  SPAWNING: ["running"],
  REGISTERING: ["running"],
  RUNNING: ["running"],
  PAUSED: ["paused"],
  STUCK: ["trouble"],
  BACKOFF: ["trouble"],
  COMPLETED: ["ended"],
  DEAD: ["ended"],
  ERROR: ["trouble", "ended"],
  FAILED: ["trouble", "ended"],
};
export const isIn = (group: Group, state: BotState) => group === "all" || groupsOf[state].includes(group);

/** What is shown under the header. */
export type Panel =
  { readonly type: "table" } | { readonly type: "help" | "outcomes"; readonly scroll: number } | Sheet;

export const sheetTabs = ["facts", "events", "screen"] as const;
export interface Sheet {
  readonly type: "sheet";
  readonly bot: string;
  /** Where there is no room for all at once. */
  readonly tab: (typeof sheetTabs)[number];
  readonly scroll: number;
  readonly screen?: ScreenShot;
  /** Newest first. */
  readonly events?: readonly ToldEvent[];
  /** Why there is no screen, or there are no events, for people. */
  readonly noScreen?: string | undefined;
  readonly noEvents?: string | undefined;
}

/** What is being typed, or has to be answered first. */
export type Prompt =
  | { readonly type: "filter"; readonly before: string }
  | { readonly type: "goal"; readonly text: string; readonly bots: readonly string[] }
  | { readonly type: "sure"; readonly action: OrderAction; readonly bots: readonly string[] };

export type LineState =
  | { readonly up: true }
  | { readonly up: false; readonly since: number; readonly reason: string; readonly final: boolean };

/** Where the cursor is. */
export interface Place {
  /** The bot it stays on; without one it stays on its row, as at the start and after Home. */
  readonly bot?: string;
  readonly row: number;
  /** The first row that is shown. */
  readonly first: number;
}

export interface Outcome {
  readonly text: string;
  readonly how: "good" | "bad" | "plain";
}

export interface Top {
  readonly title: string;
  readonly size: Size;
  /** Milliseconds that never go back. */
  readonly at: number;
  readonly line: LineState;
  /** What was told last, and what is shown of it: the same unless `frozen`. */
  readonly told: LiveState | undefined;
  readonly shown: LiveState | undefined;
  readonly frozen: boolean;
  /** Turns of the whole swarm at a few moments of the last minute, oldest first. */
  readonly turnsAt: readonly { readonly at: number; readonly turns: number }[];
  /** The bots that the command line named. */
  readonly wanted: (bot: BotStatus) => boolean;
  readonly sorting: Sorting;
  readonly group: Group;
  readonly filter: string;
  /** The rows, in their order, and of how many bots each group consists. */
  readonly order: readonly BotStatus[];
  readonly counts: Readonly<Record<Group, number>>;
  readonly longestId: number;
  readonly place: Place;
  readonly selected: ReadonlySet<string>;
  readonly panel: Panel;
  readonly prompt: Prompt | undefined;
  readonly outcome: Outcome | undefined;
  /** An order is under way; the next one waits until its outcome is known. */
  readonly isBusy: boolean;
  /** What came of the last order, bot by bot. */
  readonly outcomes: readonly OrderOutcome[];
}

export interface TopStart {
  readonly title: string;
  readonly size: Size;
  readonly at: number;
  readonly wanted: (bot: BotStatus) => boolean;
  readonly sorting: Sorting;
  readonly filter: string;
}

/** Before anything is told. */
export const topState = (start: TopStart): Top => ({
  ...start,
  line: { up: false, since: start.at, reason: "dialling", final: false },
  told: undefined,
  shown: undefined,
  frozen: false,
  turnsAt: [],
  group: "all",
  order: [],
  counts: { all: 0, running: 0, paused: 0, trouble: 0, ended: 0 },
  longestId: 0,
  place: { row: 0, first: 0 },
  selected: new Set(),
  panel: { type: "table" },
  prompt: undefined,
  outcome: undefined,
  isBusy: false,
  outcomes: [],
});

/** What happens to it; `at` as in Top. */
export type TopEvent = { readonly at: number } & (
  | { readonly type: "told"; readonly message: LiveMessage }
  | { readonly type: "opened" }
  | { readonly type: "closed"; readonly reason: string; readonly final: boolean }
  | { readonly type: "pressed"; readonly key: string }
  | { readonly type: "pasted"; readonly text: string }
  | { readonly type: "resized"; readonly size: Size }
  | { readonly type: "ticked" }
  | { readonly type: "answered"; readonly action: OrderAction; readonly results: readonly OrderOutcome[] }
  | { readonly type: "refused"; readonly action: OrderAction; readonly reason: string }
  | { readonly type: "seen"; readonly bot: string; readonly found: Partial<Omit<Sheet, "type" | "bot">> }
);

/** What is to be done outside. */
export type Wish =
  | {
      readonly type: "order";
      readonly action: OrderAction;
      readonly bots: readonly string[];
      readonly goal?: string;
    }
  | { readonly type: "look"; readonly bot: string }
  | { readonly type: "redraw" }
  | { readonly type: "quit"; readonly status: number };

export interface Step {
  readonly state: Top;
  readonly wish?: Wish;
}

/** The table's own lines, header and footer: a low terminal has a shorter header. */
export const headerRows = ({ rows }: Size) => (rows < 14 ? 2 : 4);
export const footerRows = 2;
/** Rows between header and footer; the table's head takes one of them. */
export const bodyRows = (size: Size) => Math.max(1, size.rows - headerRows(size) - footerRows);
export const tableRows = (size: Size) => Math.max(1, bodyRows(size) - 1);
