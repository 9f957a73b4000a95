/** What the processes of a demo weigh and use, as the system tells it at a pace that costs next to nothing. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import type { DemoPoint } from "./demo-series.ts";
import { childTicks, cpuTicks, openFiles, pssBytes, ticksPerSecond } from "./io/procfs.ts";
import { endedStates, type BotStatus, type SwarmStatus } from "./proto/status.ts";

/** Whose processes, and where they write. */
export interface Cast {
  readonly host: number;
  readonly manager: number;
  readonly folder: string;
}
export const hostDb = (folder: string) => join(folder, "host.db");
export const managerDb = (folder: string) => join(folder, "swarm_state.db");

const sampleMsMin = 2000;
const sampleMsMax = 15_000;
/** A sample may cost so small a part of the time. */
const costShare = 1 / 500;

/** How long after the start of a sample that took so long the next one is due, ms. */
export const nextSampleMs = (secondsSoFar: number, tookMs: number): number =>
  Math.max(tookMs / costShare, Math.min(sampleMsMax, Math.max(sampleMsMin, secondsSoFar * 25)));

const inGame: ReadonlySet<BotStatus["state"]> = new Set(["RUNNING", "PAUSED", "STUCK"]);
const megabytes = (bytes: number) => Math.round(bytes / 1e4) / 100;

/** The processes of all workers that are there, each once however many bots play in it. */
export const workerPids = ({ bots }: SwarmStatus): number[] => [
  ...new Set(bots.flatMap(({ pid, state }) => (pid === undefined || endedStates.has(state) ? [] : [pid]))),
];

/** Answers with points; it remembers the workers that it has seen, for one that has ended may not have been asked for yet. */
export function createSampler({
  host,
  manager,
  folder,
}: Cast): (status: SwarmStatus, seconds: number) => DemoPoint {
  let known = new Set<number>();
  return (status, seconds) => {
    const workers = workerPids(status);
    known = new Set([...known, ...workers].filter((pid) => cpuTicks(pid) !== undefined));
    return {
      seconds: Math.round(seconds * 100) / 100,
      playing: status.bots.filter(({ state }) => inGame.has(state)).length,
      turns: status.total_turns,
      credits: status.total_credits,
      cpu_seconds: cpuSeconds(host, manager, known),
      memory_mb: roles(host, manager, workers, (pid) => pssBytes(pid), megabytes),
      worker_processes: workers.length,
      files: roles(host, manager, workers, openFiles, (count) => count),
      disk_mb: {
        host_db: megabytes(databaseBytes(hostDb(folder))),
        manager_db: megabytes(databaseBytes(managerDb(folder))),
        all: megabytes(folderBytes(folder)),
      },
    };
  };
}

/** A manager's ended workers count with it as its children, once it has asked for them. */
function cpuSeconds(host: number, manager: number, workers: ReadonlySet<number>): DemoPoint["cpu_seconds"] {
  const [hostTicks, managerTicks, endedTicks] = [cpuTicks(host), cpuTicks(manager), childTicks(manager)];
  if (hostTicks === undefined || managerTicks === undefined || endedTicks === undefined) return null;
  let workerTicks = endedTicks;
  for (const pid of workers) workerTicks += cpuTicks(pid) ?? 0;
  const { user, system } = process.cpuUsage();
  return {
    host: hostTicks / ticksPerSecond,
    manager: managerTicks / ticksPerSecond,
    workers: workerTicks / ticksPerSecond,
    demo: Math.round((user + system) / 1e4) / 100,
  };
}

function roles(
  host: number,
  manager: number,
  workers: readonly number[],
  figure: (pid: number) => number | undefined,
  told: (value: number) => number,
): { host: number; manager: number; workers: number } | null {
  const [ofHost, ofManager] = [figure(host), figure(manager)];
  if (ofHost === undefined || ofManager === undefined) return null;
  const ofWorkers = workers.reduce((sum, pid) => sum + (figure(pid) ?? 0), 0);
  return { host: told(ofHost), manager: told(ofManager), workers: told(ofWorkers) };
}

const databaseBytes = (file: string) => fileBytes(file) + fileBytes(`${file}-wal`);

/** 0 for one that is not there. */
const fileBytes = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function folderBytes(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? fileBytes(join(entry.parentPath, entry.name)) : 0),
    0,
  );
}
