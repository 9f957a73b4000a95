/** What this machine grants us, as Linux tells it; undefined wherever it does not. */
import { accessSync, constants, readFileSync, statfsSync } from "node:fs";
import { join } from "node:path";

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

/** What the kernel's groups hold us to: ours, and those around it. Version 2; in version 1's files there is no one place to look. */
export function groupLimits(root = "/sys/fs/cgroup", own = "/proc/self/cgroup"): GroupLimits {
  const path = /^0::(.*)$/m.exec(textOf(own) ?? "")?.[1];
  if (path === undefined) return {};
  const limits: { memoryLeft?: number; cores?: number } = {};
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  for (let length = parts.length; length >= 0; length--) {
    const folder = join(root, ...parts.slice(0, length));
    const memory = Number(textOf(join(folder, "memory.max")));
    const used = Number(textOf(join(folder, "memory.current")) ?? 0);
    if (memory > 0) limits.memoryLeft = Math.min(limits.memoryLeft ?? Infinity, Math.max(0, memory - used));
    const [quota, period] = (textOf(join(folder, "cpu.max")) ?? "").split(" ").map(Number);
    if (quota! > 0 && period! > 0) limits.cores = Math.min(limits.cores ?? Infinity, quota! / period!);
  }
  return limits;
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
