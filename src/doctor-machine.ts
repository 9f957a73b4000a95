/** What `bbsbot doctor` says of this machine's limits: whether a swarm of so many bots gets what it takes. */
import type { Finding } from "./control/console/doors.ts";
import { diskFree } from "./io/machine.ts";

export type Verdict = Omit<Finding, "what">;
export const good = (told: string): Verdict => ({ how: "good", told });
export const poor = (told: string): Verdict => ({ how: "poor", told });
export const bad = (told: string): Verdict => ({ how: "bad", told });

/** Open files that a bot takes, its manager's and its own, and those beside. */
const filesEach = 4;
const filesBeside = 100;
/**
 * Bytes of memory that a bot takes where none can be measured: 111 of `demo` that play take 0.96 GB together, 8.6 MB each
 * (ARCHITECTURE.md, "A spawned worker is small"), and half as much to spare.
 */
const memoryEach = 13e6;
/** A manager writes down every event. */
const diskBadBytes = 100e6;
const diskPoorBytes = 1e9;

/** What a bot takes of memory, on the average of so many. */
export interface Taken {
  readonly bytes: number;
  readonly bots: number;
}

export function judgeFiles(most: number | undefined, botsWanted: number): Verdict {
  if (most === undefined) return poor("how many may be open cannot be told here");
  const bots = Math.max(0, Math.floor((most - filesBeside) / filesEach));
  const told = `${most === Infinity ? "any number" : most} may be open, enough for ${bots === Infinity ? "any number of" : bots} bots`;
  return bots >= botsWanted ? good(told) : bad(`${told}; raise it: ulimit -n ${botsWanted * filesEach * 10}`);
}

export function judgeMemory(
  free: number | undefined,
  groupLeft: number | undefined,
  botsWanted: number,
  taken?: Taken,
): Verdict {
  if (free === undefined) return poor("how much is free cannot be told here");
  const left = Math.min(free, groupLeft ?? Infinity);
  const each = taken?.bytes ?? memoryEach;
  const bots = Math.floor(left / each);
  const by = taken ? `, as those ${taken.bots} that are alive take` : "";
  const whose = left < free ? "left to us by the group we are in" : "free";
  const told = `${megabytes(left)} ${whose}, enough for about ${bots} bots of ${megabytes(each)}${by}`;
  if (bots >= botsWanted) return good(told);
  const less = "start fewer, or raise the limit";
  return bots < 1 ? bad(`${told}; ${less}`) : poor(`${told}; ${less}`);
}

export function judgeCores(cores: number, granted: number | undefined): Verdict {
  const ours = Math.min(cores, granted ?? Infinity);
  const told =
    granted !== undefined && granted < cores
      ? `${ours} of ${cores} cores are granted to us by the group we are in`
      : `${cores} cores`;
  return ours >= 1 ? good(told) : poor(`${told}: many bots will start slowly`);
}

export function judgeDisk(folder: string): Verdict {
  try {
    const free = diskFree(folder);
    const told = `${megabytes(free)} free in "${folder}", where a manager keeps its swarm`;
    if (free >= diskPoorBytes) return good(told);
    const more = "make room, or name another place (--state-file)";
    return free < diskBadBytes ? bad(`${told}; ${more}`) : poor(`${told}; ${more}`);
  } catch (error) {
    const { code = "unknown" } = error as { code?: string };
    return poor(
      `a manager could not keep its swarm in "${folder}" (${code}); --state-file names another place`,
    );
  }
}

const megabytes = (bytes: number) =>
  bytes >= 10e9 ? `${Math.round(bytes / 1e9)} GB` : `${Math.round(bytes / 1e6)} MB`;
