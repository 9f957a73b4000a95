/** What this machine grants us, as Linux tells it; undefined wherever it does not. */
import { accessSync, constants, readFileSync, statfsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ownGroup, thisSystem } from "./cgroup.ts";

/** Files that this process may have open. */
export function filesMax(limits = "/proc/self/limits"): number | undefined {
  const found = /^Max open files +(\d+|unlimited)/m.exec(textOf(limits) ?? "")?.[1];
  return found === undefined ? undefined : found === "unlimited" ? Infinity : Number(found);
}

/** Bytes of memory that can still be had. */
export function memoryFree(meminfo = "/proc/meminfo"): number | undefined {
  const found = /^MemAvailable: +(\d+) kB/m.exec(textOf(meminfo) ?? "")?.[1];
  return found === undefined ? undefined : Number(found) * 1024;
}

export interface GroupLimits {
  /** Bytes of memory that the groups we are in leave us. */
  readonly memoryLeft?: number;
  /** Cores whose time they grant us. */
  readonly cores?: number;
}

/** No limit, as version 1 writes it, is a number that no machine has. */
const unlimitedBytes = 2 ** 60;

/** What the kernel's groups hold us to: ours, and those around it, in version 2 or version 1. */
export function groupLimits(system = thisSystem()): GroupLimits {
  if (!system) return {};
  const limits: { memoryLeft?: number; cores?: number } = {};
  const memory = (folder: string, most: string, used: string) => {
    const bytes = Number(textOf(join(folder, most)));
    if (!(bytes > 0) || bytes >= unlimitedBytes) return;
    const left = Math.max(0, bytes - Number(textOf(join(folder, used)) ?? 0));
    limits.memoryLeft = Math.min(limits.memoryLeft ?? Infinity, left);
  };
  const cores = (quota: number | undefined, period: number | undefined) => {
    if (quota! > 0 && period! > 0) limits.cores = Math.min(limits.cores ?? Infinity, quota! / period!);
  };
  for (const folder of upwards(ownGroup(system, ""))) {
    memory(folder, "memory.max", "memory.current");
    const [quota, period] = (textOf(join(folder, "cpu.max")) ?? "").split(" ").map(Number);
    cores(quota, period);
  }
  for (const folder of upwards(ownGroup(system, "memory")))
    memory(folder, "memory.limit_in_bytes", "memory.usage_in_bytes");
  for (const folder of upwards(ownGroup(system, "cpu")))
    cores(
      Number(textOf(join(folder, "cpu.cfs_quota_us"))),
      Number(textOf(join(folder, "cpu.cfs_period_us"))),
    );
  return limits;
}

/** A folder and all around it: above the tree of groups there is no file of theirs. */
function* upwards(folder: string | undefined): Generator<string> {
  if (folder === undefined) return;
  yield folder;
  if (dirname(folder) !== folder) yield* upwards(dirname(folder));
}

/** Bytes that we may still write in a folder. Throws the file system's errors where it is none, or not ours to write in. */
export function diskFree(folder: string): number {
  accessSync(folder, constants.W_OK | constants.X_OK);
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Not Linux, or hidden from us: nothing is known then, and nothing is said.
    return undefined;
  }
}
