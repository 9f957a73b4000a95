/** What bots may take of the machine: the kernel holds them to it where it lets us, and every look tells what they take, and judges. */
import type { Cgroups } from "./io/cgroup.ts";
import { cpuTicks, ownMemoryBytes, tellsOfProcesses, ticksPerSecond } from "./io/procfs.ts";
import type { SwarmEvent } from "./proto/events.ts";
import { createLimitsJudge, memoryKill, type Limits, type Reading } from "./swarm/limits.ts";
import { hasEnded, hasProcess, type Bot, type SwarmState } from "./swarm/swarm.ts";

export interface LimitsKeep {
  /** A process of that bot has started, or was taken over; or one that it shares with others (`packed`). */
  started(bot: string, pid: number, packed: boolean): void;
  /** It is gone. Returns why, where that was a limit. */
  ended(bot: string): string | undefined;
  /** Looks at all processes: tells what they take, and what follows. */
  look(): void;
}

export interface LimitsParts {
  readonly cgroups: Cgroups | undefined;
  readonly limits: Limits;
  /** Seats of a process that is shared: it may take as much as so many bots. What it takes counts as its bots', in equal parts. */
  readonly botsPerWorker: number;
  readonly state: Readonly<SwarmState>;
  readonly now: () => number;
  readonly happened: (event: SwarmEvent) => void;
  readonly log: (line: string) => void;
}

const bytesPerMb = 1_000_000;
/** Between two looks that are closer than this, in ms, the kernel's ticks tell nothing. */
const lookMinMs = 50;

/** What a process has taken so far, in bytes and in ticks; undefined when it is gone. */
interface Taken {
  readonly pid: number;
  readonly packed: boolean;
  /** Those who live there. */
  bots: number;
  readonly memory: number | undefined;
  readonly ticks: number | undefined;
}

/** The kernel's group of a process that is shared; no bot is called so. */
const packOf = (pid: number) => `pack ${pid}`;

interface Looked {
  readonly pid: number;
  readonly ticks: number;
  readonly at: number;
}

export function keepLimits(parts: LimitsParts): LimitsKeep {
  const { cgroups, limits, state, now, happened, log } = parts;
  const judge = createLimitsJudge(limits);
  const last = new Map<string, Looked>();
  const said = new Set<string>();
  const sayOnce = (line: string) => {
    if (!said.has(line)) log(line);
    said.add(line);
  };
  const holdFor = (bots: number) => ({
    memoryMaxBytes: limits.memoryMb && Math.round(bots * limits.memoryMb * memoryKill * bytesPerMb),
    cpuMaxPercent: limits.cpuPercent && bots * limits.cpuPercent,
  });
  const hold = holdFor(1);
  const packHold = holdFor(parts.botsPerWorker);

  function place(bot: string, pid: number, packed: boolean): void {
    try {
      if (packed) cgroups?.place(packOf(pid), pid, packHold);
      else cgroups?.place(bot, pid, hold);
    } catch (error) {
      const { code, message } = error as { code?: string; message?: string };
      // A process that has ended already needs no limit.
      if (code !== "ESRCH") sayOnce(`the kernel does not hold the bots to their limits: ${message}`);
    }
  }

  function started(bot: string, pid: number, packed: boolean): void {
    last.set(bot, { pid, ticks: cpuTicks(pid) ?? 0, at: now() });
    place(bot, pid, packed);
  }

  /** What the bot took since the last look; undefined when there is nothing to compare, or the process is gone. */
  function read(bot: string, { pid, packed, bots, memory, ticks }: Taken, at: number): Reading | undefined {
    const before = last.get(bot);
    if (before?.pid !== pid) started(bot, pid, packed);
    if (before?.pid !== pid || at - before.at < lookMinMs) return undefined;
    if (memory === undefined || ticks === undefined) return undefined;
    last.set(bot, { pid, ticks, at });
    const cpuSeconds = (at - before.at) / 1000;
    const cpuPercent = ((ticks - before.ticks) / ticksPerSecond / cpuSeconds / bots) * 100;
    return { pid, memoryMb: memory / bytesPerMb / bots, cpuPercent, cpuSeconds };
  }

  /** What each process has taken, and how many bots it houses. */
  function takenBy(bots: readonly Readonly<Bot>[]): ReadonlyMap<number, Taken> {
    const taken = new Map<number, Taken>();
    for (const { pid, packed } of bots) {
      if (pid === undefined) continue;
      const known = taken.get(pid);
      if (known) known.bots++;
      else taken.set(pid, { pid, packed, bots: 1, memory: ownMemoryBytes(pid), ticks: cpuTicks(pid) });
    }
    return taken;
  }

  /** Whether nobody else lives where that bot has lived. */
  function isLast(bot: Readonly<Bot>): boolean {
    for (const other of state.bots.values())
      if (other !== bot && other.pid === bot.pid && other.packed && hasProcess(other)) return false;
    return true;
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
      const known = state.bots.get(bot);
      const group = known?.packed && known.pid !== undefined ? packOf(known.pid) : bot;
      const byKernel = (cgroups?.oomKills(group) ?? 0) > 0;
      if (group === bot || isLast(known!)) cgroups?.remove(group);
      last.delete(bot);
      judge.forget(bot);
      return byKernel ? `killed by the memory limit of ${limits.memoryMb} MB` : undefined;
    },
    look() {
      if (!tellsOfProcesses())
        return sayOnce("the bots' limits do not apply: this system tells nothing of processes");
      const at = now();
      const ours = [...state.bots.values()].filter((bot) => bot.origin === "spawned" && hasProcess(bot));
      const taken = takenBy(ours);
      for (const bot of ours) {
        const its = bot.pid === undefined ? undefined : taken.get(bot.pid);
        const reading = its && read(bot.id, its, at);
        if (reading) tell(bot, reading, at);
      }
    },
  };
}

const tenths = (value: number) => Math.round(value * 10) / 10;
