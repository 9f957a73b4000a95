/** What bots may take of the machine: the kernel holds them to it where it lets us, and every look tells what they take, and judges. */
import type { Cgroups } from "./io/cgroup.ts";
import { cpuTicks, ownMemoryBytes, tellsOfProcesses, ticksPerSecond } from "./io/procfs.ts";
import type { SwarmEvent } from "./proto/events.ts";
import { createLimitsJudge, memoryKill, type Limits, type Reading } from "./swarm/limits.ts";
import { hasEnded, hasProcess, type Bot, type SwarmState } from "./swarm/swarm.ts";

export interface LimitsKeep {
  /** A process of that bot has started, or was taken over. */
  started(bot: string, pid: number): void;
  /** It is gone. Returns why, where that was a limit. */
  ended(bot: string): string | undefined;
  /** Looks at all processes: tells what they take, and what follows. */
  look(): void;
}

export interface LimitsParts {
  readonly cgroups: Cgroups | undefined;
  readonly limits: Limits;
  readonly state: Readonly<SwarmState>;
  readonly now: () => number;
  readonly happened: (event: SwarmEvent) => void;
  readonly log: (line: string) => void;
}

const bytesPerMb = 1_000_000;
/** Between two looks that are closer than this, in ms, the kernel's ticks tell nothing. */
const lookMinMs = 50;

interface Looked {
  readonly pid: number;
  readonly ticks: number;
  readonly at: number;
}

export function keepLimits({ cgroups, limits, state, now, happened, log }: LimitsParts): LimitsKeep {
  const judge = createLimitsJudge(limits);
  const last = new Map<string, Looked>();
  const said = new Set<string>();
  const sayOnce = (line: string) => {
    if (!said.has(line)) log(line);
    said.add(line);
  };
  const hold = {
    memoryMaxBytes: limits.memoryMb && Math.round(limits.memoryMb * memoryKill * bytesPerMb),
    cpuMaxPercent: limits.cpuPercent,
  };

  function place(bot: string, pid: number): void {
    try {
      cgroups?.place(bot, pid, hold);
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      // A process that has ended already needs no limit.
      if (code !== "ESRCH") sayOnce(`the kernel does not hold the bots to their limits: ${message}`);
    }
  }

  function started(bot: string, pid: number): void {
    last.set(bot, { pid, ticks: cpuTicks(pid) ?? 0, at: now() });
    place(bot, pid);
  }

  /** What the bot took since the last look; undefined when there is nothing to compare, or the process is gone. */
  function read(bot: string, pid: number, at: number): Reading | undefined {
    const before = last.get(bot);
    if (before?.pid !== pid) started(bot, pid);
    if (before?.pid !== pid || at - before.at < lookMinMs) return undefined;
    const memory = ownMemoryBytes(pid);
    const ticks = cpuTicks(pid);
    if (memory === undefined || ticks === undefined) return undefined;
    last.set(bot, { pid, ticks, at });
    const cpuSeconds = (at - before.at) / 1000;
    const cpuPercent = ((ticks - before.ticks) / ticksPerSecond / cpuSeconds) * 100;
    return { pid, memoryMb: memory / bytesPerMb, cpuPercent, cpuSeconds };
  }

  function tell(bot: Readonly<Bot>, reading: Reading, at: number): void {
    const measured = { memory_mb: tenths(reading.memoryMb), cpu_percent: tenths(reading.cpuPercent) };
    happened({ type: "measured", bot: bot.id, ...measured, at });
    // Who is on the way out already is not to be told again.
    if (hasEnded(bot) || bot.killed !== undefined) return;
    const judgement = judge.judge(bot.id, reading, at);
    if (judgement) happened(judgement);
  }

  return {
    started,
    ended(bot) {
      const byKernel = (cgroups?.oomKills(bot) ?? 0) > 0;
      cgroups?.remove(bot);
      last.delete(bot);
      judge.forget(bot);
      return byKernel ? `killed by the memory limit of ${limits.memoryMb} MB` : undefined;
    },
    look() {
      if (!tellsOfProcesses())
        return sayOnce("the bots' limits do not apply: this system tells nothing of processes");
      const at = now();
      const ours = [...state.bots.values()].filter((bot) => bot.origin === "spawned" && hasProcess(bot));
      for (const bot of ours) {
        const reading = bot.pid === undefined ? undefined : read(bot.id, bot.pid, at);
        if (reading) tell(bot, reading, at);
      }
    },
  };
}

const tenths = (value: number) => Math.round(value * 10) / 10;
