/** One machine's processes: numbers that are used again, signals, folders that outlive whoever wrote in them, and one door. */
import type { LeftBehind } from "../../../src/io/outbox.ts";
import type { BotConfig } from "../../../src/proto/config.ts";
import type { ManagerMessage } from "../../../src/proto/orders.ts";
import type { WorkerMessage } from "../../../src/proto/link.ts";
import type { End, Ear } from "./pipe.ts";
import type { Actor, Time } from "./time.ts";

/** What the kernel knows of a process. */
export interface Process {
  readonly pid: number;
  readonly ticks: number;
  readonly actor: Actor;
  /** The bot whose worker it is; undefined for managers and for those who have nothing to do with us. */
  readonly bot: string | undefined;
  readonly stranger: boolean;
  /** Those who share one process with it, itself among them: here each has a number, and a signal that cannot be refused ends all. */
  mates: Set<Process>;
  /** What it does when it is asked to end. */
  onTerm: () => void;
  /** Whoever waits for its end: its parent. */
  onExit: (code: number | null, signal: string | null) => void;
  /** Hears of its end before anyone else. */
  died: () => void;
  /** Its ends of lines: the kernel closes them with it. */
  readonly ends: Set<{ close(): void }>;
}

export interface Folder {
  outbox: LeftBehind | undefined;
  /** What the manager put there, and what it is about to. */
  config: BotConfig | undefined;
  draft: BotConfig | undefined;
}

/** Where workers that lost their manager call. */
export interface DoorWay {
  readonly process: Process;
  connect(end: End<ManagerMessage>): Ear<WorkerMessage>;
}

export interface Machine {
  readonly processes: Map<number, Process>;
  readonly folders: Map<string, Folder>;
  door: DoorWay | undefined;
  begin(name: string, what: { bot?: string; stranger?: boolean }): Process;
  /** The end of a process, by itself or by a signal. */
  end(process: Process, code: number | null, signal: string | null): void;
  signal(pid: number, ticks: number | undefined, signal: "SIGTERM" | "SIGKILL"): void;
  isThere(pid: number, ticks: number | undefined): boolean;
}

const firstPid = 100;
/** Few, so that each number is used again soon. */
const pids = 40;
const strangersMax = 8;

/** `wrong` hears of what must never happen. */
export function createMachine(time: Time, dice: () => number, wrong: (what: string) => void): Machine {
  const processes = new Map<number, Process>();
  const lastTicks = new Map<number, number>();
  const ticksNow = () => Math.floor(time.now() / 10);

  function freePid(): number {
    const from = Math.floor(dice() * pids);
    for (let step = 0; step < pids; step++) {
      const pid = firstPid + ((from + step) % pids);
      // The kernel goes round all numbers before it uses one again.
      if (!processes.has(pid) && lastTicks.get(pid) !== ticksNow()) return pid;
    }
    throw new Error("The simulation has too few process numbers");
  }

  function begin(
    name: string,
    { bot, stranger = false }: { bot?: string; stranger?: boolean },
    pid = freePid(),
  ) {
    const process: Process = {
      pid,
      ticks: ticksNow(),
      actor: time.actor(`${name} (pid ${pid})`),
      bot,
      stranger,
      mates: new Set(),
      onTerm: () => end(process, null, "SIGTERM"),
      onExit: () => {},
      died: () => {},
      ends: new Set(),
    };
    processes.set(pid, process);
    lastTicks.set(pid, process.ticks);
    return process;
  }

  function end(process: Process, code: number | null, signal: string | null): void {
    if (!process.actor.alive) return;
    if (process.stranger) wrong(`a process that is none of ours was ended by ${signal}`);
    leave(process);
    process.mates.delete(process);
    if (signal === "SIGKILL") for (const mate of process.mates) end(mate, code, signal);
    process.died();
    for (const own of process.ends) own.close();
    if (machine.door?.process === process) machine.door = undefined;
    process.onExit(code, signal);
    if (process.bot === undefined || dice() > 0.3) return;
    time.later(20, () => {
      const strangers = [...processes.values()].filter(({ stranger }) => stranger).length;
      if (processes.has(process.pid) || strangers >= strangersMax) return;
      begin("somebody else", { stranger: true }, process.pid);
    });
  }

  function leave(process: Process): void {
    process.actor.alive = false;
    if (processes.get(process.pid) === process) processes.delete(process.pid);
  }

  const isThere = (pid: number, ticks: number | undefined) => {
    const known = processes.get(pid);
    return known !== undefined && (ticks === undefined || known.ticks === ticks);
  };

  const machine: Machine = {
    processes,
    folders: new Map(),
    door: undefined,
    begin,
    end,
    isThere,
    signal(pid, ticks, signal) {
      if (!isThere(pid, ticks)) return;
      const process = processes.get(pid)!;
      if (signal === "SIGKILL") return end(process, null, signal);
      if (process.stranger) return wrong("a process that is none of ours was told to end");
      process.actor.later(0, () => process.onTerm());
    },
  };
  return machine;
}
