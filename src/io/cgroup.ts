/**
 * Groups of the Linux kernel that hold each worker to its limits: version 2, or the memory and cpu controllers of version 1, wherever
 * we may make groups inside our own. A process that takes more memory is ended by the kernel; one that takes more of a core waits.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import process from "node:process";

/** What the kernel is to hold a process to; undefined for no limit. */
export interface Hold {
  readonly memoryMaxBytes: number | undefined;
  /** Percent of one core. */
  readonly cpuMaxPercent: number | undefined;
}

export interface Cgroups {
  /** Puts the process into the bot's group. Errors: the file system's; ESRCH when the process has gone. */
  place(bot: string, pid: number, hold: Hold): void;
  /** Processes of the bot that the kernel ended for their memory since they were placed; undefined where it does not tell. */
  oomKills(bot: string): number | undefined;
  /** Takes the bot's group away, when its process has gone. */
  remove(bot: string): void;
  /** Takes all groups away that nobody is in; the others keep their limits, for the next manager. */
  close(): void;
}

/** Where the system tells of groups; another place for tests. */
export interface CgroupSystem {
  /** As /proc/self/mountinfo and /proc/self/cgroup: man 5 proc, man 7 cgroups. */
  readonly mountinfo: string;
  readonly own: string;
}

/** A part of the kernel's tree in which we have a folder of our own. */
interface Tree {
  /** Made when the first process is placed, taken away with the last. */
  readonly folder: string;
  /** Makes the folder, so that groups in it can have limits. Errors: the file system's. */
  make(): void;
  /** Writes the limits of a group. */
  limit(group: string, hold: Hold): void;
  /** The file whose "oom_kill N" counts. */
  readonly oomFile: string | undefined;
}

/** Length of the turns in which processor time is dealt out, in microseconds: the kernel's own. */
const periodUs = 100_000;
const quotaUs = (percent: number) => Math.max(1000, Math.round((percent / 100) * periodUs));

/** Opens the groups of the swarm called `name`, with those that a former manager left. undefined where we may make none. */
export function openCgroups(name: string, system = thisSystem()): Cgroups | undefined {
  if (!system) return undefined;
  const ours = `bbsbot-${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
  const second = treeOfV2(system, ours);
  const trees = second ? [second] : treesOfV1(system, ours);
  if (trees.length === 0) return undefined;
  for (const tree of trees) sweep(tree);
  return cgroupsIn(trees);
}

function cgroupsIn(trees: readonly Tree[]): Cgroups {
  const counting = trees.find(({ oomFile }) => oomFile !== undefined);
  /** What a group had counted before its present process came. */
  const before = new Map<string, number>();
  const counted = (bot: string) => {
    const text = counting && readOr(join(counting.folder, bot, counting.oomFile!));
    const kills = /^oom_kill (\d+)$/m.exec(text ?? "")?.[1];
    return kills === undefined ? undefined : Number(kills);
  };
  return {
    place(bot, pid, hold) {
      before.set(bot, counted(bot) ?? 0);
      for (const { folder, make, limit } of trees) {
        const group = join(folder, bot);
        make();
        mkdirSync(group, { recursive: true });
        limit(group, hold);
        writeFileSync(join(group, "cgroup.procs"), String(pid));
      }
    },
    oomKills(bot) {
      const kills = counted(bot);
      return kills === undefined ? undefined : kills - (before.get(bot) ?? 0);
    },
    remove(bot) {
      before.delete(bot);
      for (const { folder } of trees) {
        removeEmpty(join(folder, bot));
        removeEmpty(folder);
      }
    },
    close: () => trees.forEach(sweep),
  };
}

/** Takes away the groups that nobody is in, and the folder when none is left. */
function sweep({ folder }: Tree): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  removeEmpty(folder);
}

function removeEmpty(group: string): void {
  try {
    rmdirSync(group);
  } catch {
    // Somebody is in it, or it is gone: the kernel takes no group away that is in use.
  }
}

/** What Linux tells of its groups; undefined elsewhere. */
export function thisSystem(): CgroupSystem | undefined {
  const mountinfo = readOr("/proc/self/mountinfo");
  const own = readOr("/proc/self/cgroup");
  return mountinfo === undefined || own === undefined ? undefined : { mountinfo, own };
}

/** The controllers of version 1, each in a tree of its own; those that we may make groups in. */
function treesOfV1(system: CgroupSystem, ours: string): Tree[] {
  const tree = (controller: string, oomFile: string | undefined, limit: Tree["limit"]): Tree[] => {
    const own = ownGroup(system, controller);
    if (own === undefined || !mayWrite(own)) return [];
    const folder = join(own, ours);
    return [{ folder, oomFile, limit, make: () => void mkdirSync(folder, { recursive: true }) }];
  };
  const memory = tree("memory", "memory.oom_control", (group, { memoryMaxBytes = -1 }) => {
    writeFileSync(join(group, "memory.limit_in_bytes"), String(memoryMaxBytes));
  });
  const cpu = tree("cpu", undefined, (group, { cpuMaxPercent }) => {
    writeFileSync(join(group, "cpu.cfs_period_us"), String(periodUs));
    const quota = cpuMaxPercent === undefined ? -1 : quotaUs(cpuMaxPercent);
    writeFileSync(join(group, "cpu.cfs_quota_us"), String(quota));
  });
  return [...memory, ...cpu];
}

/** The name of the group that a manager moves itself to, where only groups without groups in them may hold processes. */
const managersGroup = "bbsbot-manager";

function treeOfV2(system: CgroupSystem, ours: string): Tree | undefined {
  const own = ownGroup(system, "");
  if (own === undefined) return undefined;
  // A manager that was started by one in such a group begins in it.
  const base = basename(own) === managersGroup ? dirname(own) : own;
  const offered = (readOr(join(base, "cgroup.controllers")) ?? "").trim().split(" ");
  if (!offered.includes("memory") || !offered.includes("cpu") || !handOn(base)) return undefined;
  const folder = join(base, ours);
  return {
    folder,
    make() {
      mkdirSync(folder, { recursive: true });
      if (!handOn(folder)) throw new Error(`"${folder}" can give no limits`);
    },
    oomFile: "memory.events",
    limit: (group, { memoryMaxBytes, cpuMaxPercent }) => {
      writeFileSync(join(group, "memory.max"), String(memoryMaxBytes ?? "max"));
      // Where there is swap, a limit of memory alone would only fill it.
      if (existsSync(join(group, "memory.swap.max")))
        writeFileSync(join(group, "memory.swap.max"), memoryMaxBytes === undefined ? "max" : "0");
      const quota = cpuMaxPercent === undefined ? "max" : quotaUs(cpuMaxPercent);
      writeFileSync(join(group, "cpu.max"), `${quota} ${periodUs}`);
    },
  };
}

/** Lets the groups inside this one have limits of memory and cpu. The kernel wants no process beside them: one that is alone moves aside. */
function handOn(group: string): boolean {
  const control = join(group, "cgroup.subtree_control");
  const given = (readOr(control) ?? "").trim().split(" ");
  if (given.includes("memory") && given.includes("cpu")) return true;
  if (write(control, "+memory +cpu")) return true;
  const inside = (readOr(join(group, "cgroup.procs")) ?? "").trim();
  if (inside !== String(process.pid)) return false;
  const aside = join(group, managersGroup);
  if (!existsSync(aside) && !mayWrite(group)) return false;
  mkdirSync(aside, { recursive: true });
  return write(join(aside, "cgroup.procs"), String(process.pid)) && write(control, "+memory +cpu");
}

function write(file: string, text: string): boolean {
  try {
    writeFileSync(file, text);
    return true;
  } catch {
    // Not ours to decide, or not possible here.
    return false;
  }
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The folder of the group that this process is in, in the tree of a controller of version 1, or ("") of version 2. */
export function ownGroup({ mountinfo, own }: CgroupSystem, controller: string): string | undefined {
  const path = own
    .split("\n")
    .map((line) => /^\d+:([^:]*):(.*)$/.exec(line))
    .find((found) => found && found[1]!.split(",").includes(controller))?.[2];
  const mount = mountinfo
    .split("\n")
    .map((line) => / (\/\S*) (\/\S*) \S+ .*?- (cgroup2?) \S+ (\S+)$/.exec(line))
    .find((found) =>
      controller === ""
        ? found?.[3] === "cgroup2"
        : found?.[3] === "cgroup" && found[4]!.split(",").includes(controller),
    );
  if (path === undefined || !mount) return undefined;
  const [, root, point] = mount;
  // In a container the tree may be shown from our own group on, under the name that it has outside.
  const inside = path === root ? "" : path.startsWith(`${root}/`) ? path.slice(root!.length) : path;
  const folder = join(point!, inside);
  return existsSync(folder) ? folder : undefined;
}

function readOr(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
