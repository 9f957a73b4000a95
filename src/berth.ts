/** What a bot's life has of the process that it lives in: one of its own, or a seat in one that it shares with others (packed.ts). */
import process from "node:process";
import { leaveLastScreen } from "./io/last-screen.ts";
import { ipcLine } from "./io/line-ipc.ts";
import { type Dial, spawnedByManager } from "./io/link.ts";
import type { Log } from "./log.ts";
import type { Play } from "./play.ts";

export interface Berth {
  /** The way to the manager that began it; undefined for a bot that somebody started by hand. */
  readonly line: Dial | undefined;
  /** All that happens to the bot happens in here: the clock, its game and its manager come in by this door. */
  enter(work: () => void): void;
  /** Milliseconds for which it has had a core. */
  usedMs(): number;
  /** When it is gone, `past` tells what its game wrote last. */
  leaves(folder: string, past: () => string): void;
  /** It plays from now on. Answers with what tells the exit status that was asked for, 0 without any. */
  plays(play: Play): () => number;
}

/** A process of its own. Whatever goes wrong in there ends it. */
export function ownBerth(log: Log): Berth {
  const spawned = spawnedByManager();
  return {
    line: spawned ? ipcLine : undefined,
    enter: (work) => work(),
    usedMs: coreMs,
    leaves: (folder, past) => (spawned ? leaveLastScreen(folder, past) : undefined),
    plays: (play) => listenToSignals(play, spawned, log),
  };
}

/** Milliseconds for which this process has had a core. */
function coreMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/**
 * Lets signals end the play in order. Answers with the exit status that they ask for, 0 without any. A spawned worker leaves Ctrl-C to
 * its manager, which gets it too and then stops its bots in order.
 */
function listenToSignals(play: Play, spawned: boolean, log: Log): () => number {
  let asked = 0;
  const leaving = (status: number) => () => {
    if (play.leaving()) process.exit(130);
    asked = status;
    log("leaving the game (once more to end at once)");
    play.leave("asked to end");
  };
  process.on("SIGTERM", leaving(0));
  if (spawned) process.on("SIGINT", () => {});
  else process.on("SIGINT", leaving(130)).on("SIGHUP", leaving(129));
  return () => asked;
}
