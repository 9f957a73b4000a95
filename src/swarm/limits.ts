/** Whether a bot's process keeps to what it may take, judged by looking at it now and then. Each process is judged once for each fault. */
import type { LifecycleEvent } from "../proto/events.ts";

/** What every bot may take; undefined for no limit. */
export interface Limits {
  /** MB (of a million bytes) of its own memory. */
  readonly memoryMb: number | undefined;
  /** Percent of one core. */
  readonly cpuPercent: number | undefined;
}

/** What a process took at one look. `cpuPercent` counts from the look before, `cpuSeconds` ago. */
export interface Reading {
  readonly pid: number;
  readonly memoryMb: number;
  readonly cpuPercent: number;
  readonly cpuSeconds: number;
}

/** Of the limit of memory: from here on a bot is asked to start anew at a safe prompt, and from there on it is killed. */
export const memoryAsk = 0.9;
export const memoryKill = 1.2;
/** Processor time is averaged over so many looks, and so many seconds at least: a worker that starts, or plans, takes much for a moment. */
export const cpuLooks = 3;
export const cpuSecondsMin = 3;
/** Workers keep themselves to the limit, though not to the last percent; one that is so much above it is ill. */
export const cpuTolerance = 1.2;

export type Judgement = Extract<LifecycleEvent, { type: "restartAsked" | "cutOff" }>;

export interface LimitsJudge {
  /** What follows from the reading: at most one thing, and nothing that was said of this process before. */
  judge(bot: string, reading: Reading, at: number): Judgement | undefined;
  /** Its process is gone. */
  forget(bot: string): void;
}

interface Watched {
  readonly pid: number;
  readonly cpu: Reading[];
  asked: boolean;
  cut: boolean;
}

export function createLimitsJudge(limits: Limits): LimitsJudge {
  const watched = new Map<string, Watched>();

  function watch(bot: string, pid: number): Watched {
    const known = watched.get(bot);
    if (known?.pid === pid) return known;
    const fresh: Watched = { pid, cpu: [], asked: false, cut: false };
    watched.set(bot, fresh);
    return fresh;
  }

  return {
    judge(bot, reading, at) {
      const one = watch(bot, reading.pid);
      one.cpu.push(reading);
      if (tooLong(one.cpu)) one.cpu.shift();
      const kill = one.cut ? undefined : killReason(reading, limits);
      if (kill !== undefined) {
        one.cut = true;
        return { type: "cutOff", bot, reason: kill, at };
      }
      const ask = one.asked || one.cut ? undefined : askReason(reading, one.cpu, limits);
      if (ask === undefined) return undefined;
      one.asked = true;
      return { type: "restartAsked", bot, reason: ask, fresh: false, at };
    },
    forget: (bot) => void watched.delete(bot),
  };
}

const seconds = (looks: readonly Reading[]) => looks.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
/** Whether the first of them is one more than is needed. */
const tooLong = (looks: readonly Reading[]) => {
  const rest = looks.slice(1);
  return rest.length >= cpuLooks && seconds(rest) >= cpuSecondsMin;
};

function killReason({ memoryMb }: Reading, limits: Limits): string | undefined {
  if (limits.memoryMb === undefined || memoryMb < limits.memoryMb * memoryKill) return undefined;
  return `its worker took ${figure(memoryMb)} MB of memory, far above the limit of ${figure(limits.memoryMb)} MB`;
}

function askReason({ memoryMb }: Reading, looks: readonly Reading[], limits: Limits): string | undefined {
  if (limits.memoryMb !== undefined && memoryMb >= limits.memoryMb * memoryAsk)
    return `its worker takes ${figure(memoryMb)} MB of memory; the limit is ${figure(limits.memoryMb)} MB`;
  const over = seconds(looks);
  if (limits.cpuPercent === undefined || looks.length < cpuLooks || over < cpuSecondsMin) return undefined;
  const mean = looks.reduce((sum, look) => sum + look.cpuPercent * look.cpuSeconds, 0) / over;
  if (mean <= limits.cpuPercent * cpuTolerance) return undefined;
  return `its worker took ${figure(mean)}% of a core over ${figure(over)} s; the limit is ${figure(limits.cpuPercent)}%`;
}

/** At most one decimal. */
const figure = (value: number) => String(Math.round(value * 10) / 10);
