/** What Linux tells of processes. Elsewhere nothing is told, and nothing breaks. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { endianness } from "node:os";
import process from "node:process";

/** Ticks of the kernel's clock in a second, as it tells them to programs: 100 on every machine that Bun runs on. */
export const ticksPerSecond = 100;

/** False where the system tells nothing of its processes. */
export const tellsOfProcesses = (): boolean => existsSync("/proc/self/stat");

/** Proportional set size in bytes: shared pages counted by share, so that sums over processes are true. Undefined where it cannot be read. */
export function pssBytes(pid: number): number | undefined {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(told(pid, "smaps_rollup") ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** The tick at which the process began, counted from the start of the system: with the pid it names one process for good. */
export const startTicks = (pid: number): number | undefined => statOf(pid)?.began;

/** Processor time that the process has used, in ticks. */
export const cpuTicks = (pid: number): number | undefined => statOf(pid)?.used;

/** The same of its children that have ended and that it has asked for, with theirs. */
export const childTicks = (pid: number): number | undefined => statOf(pid)?.ofChildren;

/** File descriptors that the process has open. */
export function openFiles(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return undefined;
  }
}

/**
 * Whether that process is there, and not only its entry until its parent asks for it. `ticks` as `startTicks` told them; without
 * them, and on systems that do not tell, any process of that number counts.
 */
export function isThere(pid: number, ticks: number | undefined): boolean {
  const stat = statOf(pid);
  if (!stat) return !tellsOfProcesses() && answersSignals(pid);
  return stat.state !== "Z" && stat.state !== "X" && (ticks === undefined || stat.began === ticks);
}

/** Memory of the process alone, in bytes: what is in memory but its files, of which hundreds of workers share one copy. */
export function ownMemoryBytes(pid: number): number | undefined {
  const [, resident, shared] = (told(pid, "statm") ?? "").split(" ").map(Number);
  return resident === undefined || shared === undefined ? undefined : (resident - shared) * pageBytes();
}

/** A worker as its argument list tells it, or as seat-mark.ts does. */
export interface FoundWorker {
  readonly pid: number;
  readonly ticks: number;
  readonly bot: string;
  /** It shares its process with others. */
  readonly packed?: true;
}

/** The workers of the bots that have their folders in `botsFolder` (absolute), by the argument lists of all processes. */
export function workersOf(botsFolder: string): FoundWorker[] {
  if (!tellsOfProcesses()) return [];
  return readdirSync("/proc").flatMap((name): FoundWorker[] => {
    if (!/^\d+$/.test(name)) return [];
    const pid = Number(name);
    const bot = botOf((told(pid, "cmdline") ?? "").split("\0"), botsFolder);
    const ticks = bot === undefined ? undefined : startTicks(pid);
    return bot === undefined || ticks === undefined ? [] : [{ pid, ticks, bot }];
  });
}

/** The bot of `... worker --config <botsFolder>/<bot>/bot.yaml --bot-id <bot>`; undefined for any other argument list. */
export function botOf(argv: readonly string[], botsFolder: string): string | undefined {
  const verb = argv.findIndex((word, at) => word === "worker" && argv[at + 1] === "--config");
  const [file, option, bot] = verb < 0 ? [] : argv.slice(verb + 2, verb + 5);
  return option === "--bot-id" && bot !== undefined && file === `${botsFolder}/${bot}/bot.yaml`
    ? bot
    : undefined;
}

interface Stat {
  readonly state: string;
  readonly used: number;
  readonly ofChildren: number;
  readonly began: number;
}

/** The part of /proc/PID/stat that matters (man 5 proc): the name in brackets may hold anything, so all is counted from behind it. */
function statOf(pid: number): Stat | undefined {
  const text = told(pid, "stat");
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const number = (index: number) => Number(fields[index]);
  // Fields 3, 14 + 15, 16 + 17 and 22, counted from 1, the first two of which are cut off.
  return {
    state: fields[0]!,
    used: number(11) + number(12),
    ofChildren: number(13) + number(14),
    began: number(19),
  };
}

/** What the system tells under that name; undefined when the process is gone, or not ours to see, or this is no Linux. */
function told(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return undefined;
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

let page: number | undefined;

/** Bytes of a page: AT_PAGESZ, 6, among the pairs of numbers that the kernel gives a program on its way (man 3 getauxval). */
function pageBytes(): number {
  return (page ??= pageIn(readFileSync("/proc/self/auxv")));
}

function pageIn(auxv: Buffer): number {
  const number = (at: number) =>
    Number(endianness() === "LE" ? auxv.readBigUInt64LE(at) : auxv.readBigUInt64BE(at));
  for (let at = 0; at + 16 <= auxv.length; at += 16) if (number(at) === 6) return number(at + 8);
  return 4096;
}
