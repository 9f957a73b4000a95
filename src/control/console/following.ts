/** Looking on until bots are as wished: the swarm's own telling, folded, with a limit and a way out. */
import type { LiveMessage } from "../../proto/events.ts";
import { foldLive, type LiveState } from "../../proto/live-fold.ts";
import { Refusal } from "../../proto/refusal.ts";
import type { BotStatus, SwarmStatus } from "../../proto/status.ts";
import { printable } from "../../proto/printable.ts";
import type { Doors, Viewing } from "./doors.ts";
import { exits } from "./exits.ts";
import { startProgress } from "./progress.ts";
import { tally, isAsWished, type Tally, type Wish } from "./wishes.ts";
import type { Reached } from "./verb.ts";

export interface Followed {
  /** `short`: all have settled, but not all as wished. */
  readonly how: "reached" | "short" | "late" | "interrupted";
  /** The exit status that goes with it. */
  readonly status: number;
  readonly seconds: number;
  readonly tally: Tally;
  /** Those that are not as wished, as last seen; those off the list are not among them. */
  readonly missing: readonly BotStatus[];
}

export interface Following {
  readonly wish: Wish;
  /** Seconds; 0 for as long as it takes. */
  readonly timeout: number;
  /** Bots that are looked at, from what is there just now. May throw a Refusal. */
  pick(status: SwarmStatus): readonly string[];
}

/** Settles when all of them have settled, when the time is up, or at Ctrl-C, which ends the looking and nothing else. */
export async function follow(doors: Doors, { at, swarm }: Reached, following: Following): Promise<Followed> {
  const { tty } = doors;
  const began = tty.monotonic();
  const first = await swarm.swarmStatus({});
  const ids = following.pick(first);
  const seconds = () => (tty.monotonic() - began) / 1000;
  let bots: ReadonlyMap<string, BotStatus> = new Map(first.bots.map((bot) => [bot.bot_id, bot]));
  let live: LiveState | undefined;
  let viewing: Promise<Viewing> | undefined;
  const progress = startProgress(doors, following.wish);
  const looked = () =>
    tally(
      following.wish,
      ids.map((id) => bots.get(id)),
    );
  const stops: (() => void)[] = [];
  try {
    const { how, status } = await new Promise<Pick<Followed, "how" | "status">>((settle, fail) => {
      const look = (): boolean => {
        const now = looked();
        const settled = now.reached + now.hopeless === now.total;
        progress.show(now, seconds());
        if (settled) settle(now.hopeless > 0 ? ends.short : ends.reached);
        return settled;
      };
      stops.push(tty.onInterrupt((ending) => settle({ how: "interrupted", status: ending })));
      if (following.timeout > 0) stops.push(tty.later(following.timeout * 1000, () => settle(ends.late)));
      stops.push(every(tty, lookEveryMs, look));
      if (look()) return;
      const told = (message: LiveMessage) => {
        live = foldLive(live, message);
        // What is told may be older than what was asked for a moment ago.
        if (!live || live.totals.seq < first.seq) return;
        bots = live.bots;
        look();
      };
      const closed = (reason: string, final: boolean) => {
        if (final) fail(new Refusal("manager_unreachable", `The manager's line is gone: ${reason}`));
        else progress.say(`The manager's line is gone, dialling again: ${printable(reason)}`);
      };
      viewing = doors.live(at, { told, closed });
      viewing.catch(fail);
    });
    const now = looked();
    progress.end(now, seconds());
    const missing = ids.flatMap((id) => {
      const bot = bots.get(id);
      return bot && !isAsWished(following.wish, bot) ? [bot] : [];
    });
    return { how, status, seconds: seconds(), tally: now, missing };
  } finally {
    progress.close();
    for (const stop of stops) stop();
    // One that could not be dialled has been told of.
    void viewing?.then(
      (line) => line.close(),
      () => undefined,
    );
  }
}

/** Exit statuses, but for that of being asked to end. */
const ends = {
  reached: { how: "reached", status: exits.ok },
  short: { how: "short", status: exits.failed },
  late: { how: "late", status: exits.degraded },
} as const;

/** The clock that is shown goes on where nothing else does. */
const lookEveryMs = 1000;

function every(tty: Doors["tty"], ms: number, work: () => void): () => void {
  let stop = tty.later(ms, again);
  function again() {
    stop = tty.later(ms, again);
    work();
  }
  return () => stop();
}

/** Bots that are named one by one where something went wrong. */
export const namedMax = 20;

/** Tells on stderr what is missing, where something is. Answers with the exit status. */
export function tellFollowed(doors: Doors, { wish, timeout }: Following, followed: Followed): number {
  const { err } = doors.console;
  const { how, status, missing, tally: now } = followed;
  if (how === "reached") return status;
  if (how === "interrupted") {
    err("No longer looking on; the bots go on by themselves\n");
    return status;
  }
  const what = how === "late" ? `Not within ${timeout} s` : "Not all";
  err(`${what}: ${now.reached} of ${now.total} are ${wish}\n`);
  for (const bot of missing.slice(0, namedMax)) err(`${bot.bot_id} ${bot.state}${reasonOf(bot)}\n`);
  if (missing.length > namedMax) err(`and ${missing.length - namedMax} more\n`);
  return status;
}

const reasonOf = ({ error }: BotStatus) =>
  error === undefined ? "" : `: ${printable(error.split("\n", 1)[0]!)}`;

/** The same as a value. */
export const followedValue = ({ wish }: Following, { how, seconds, tally: now, missing }: Followed) => ({
  for: wish,
  outcome: how,
  seconds: Math.round(seconds * 1000) / 1000,
  ...now,
  missing: missing.map(({ bot_id, state, error }) => ({
    bot_id,
    state,
    ...(error !== undefined && { error }),
  })),
});
