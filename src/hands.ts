/** All that a swarm's keeping does to its machine, as values: what is handed in decides whether the machine is a real one. */
import type { AdvisorKeep, OpeningParts, Told } from "./advisor-keep.ts";
import { openCgroups } from "./io/cgroup.ts";
import { readLastScreen } from "./io/last-screen.ts";
import { laterIfThere, type Later } from "./io/later.ts";
import { listenLines } from "./io/line-server.ts";
import { readOutbox } from "./io/outbox.ts";
import {
  draftIn,
  signalWorker,
  startPack,
  startWorker,
  useDraft,
  type WorkerCommand,
  type WorkerHooks,
  type WorkerProcess,
} from "./io/process.ts";
import { isThere, startTicks, workersOf } from "./io/procfs.ts";
import { isSeated, seatedIn } from "./io/seat-mark.ts";
import { tailLog } from "./io/worker-log.ts";
import { createPacks } from "./packs.ts";
import process from "node:process";

/** Each does what the function of its name in io/ does. */
export interface Hands {
  /** In a process of its own, or in one that it shares. Throws what starting a process throws. */
  startWorker(bot: string, folder: string, hooks: WorkerHooks): WorkerProcess;
  readonly signalWorker: typeof signalWorker;
  readonly draftIn: typeof draftIn;
  readonly useDraft: typeof useDraft;
  readonly isThere: typeof isThere;
  readonly isSeated: typeof isSeated;
  readonly startTicks: typeof startTicks;
  readonly workersOf: typeof workersOf;
  readonly readOutbox: typeof readOutbox;
  readonly readLastScreen: typeof readLastScreen;
  readonly tailLog: typeof tailLog;
  readonly listenLines: typeof listenLines;
  readonly openCgroups: typeof openCgroups;
  /** Opens what asks a model, with the keys of this process's environment; advisor-keep.ts says how. */
  openAdvisor(parts: Omit<OpeningParts, "env">): Promise<(told: (effect: Told) => void) => AdvisorKeep>;
  readonly later: Later;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/** How bots share processes: so many in each; with one each has its own. `folder`: where those that are shared keep their logs. */
export interface Packing {
  readonly botsPerWorker: number;
  readonly folder: string;
}

/** Those of the machine on which this program runs. */
export const realHands = (command: WorkerCommand, packing: Packing): Hands => ({
  startWorker: starter(command, packing),
  signalWorker,
  draftIn,
  useDraft,
  isThere,
  isSeated,
  startTicks,
  workersOf: (botsFolder) => [...workersOf(botsFolder), ...seatedIn(botsFolder)],
  readOutbox,
  readLastScreen,
  tailLog,
  listenLines,
  openCgroups,
  openAdvisor: async (parts) =>
    (await import("./advisor-keep.ts")).openAdvisor({ ...parts, env: process.env }),
  // A manager stays for its listeners; when they are closed nothing is left to be done.
  later: laterIfThere,
  random: Math.random,
});

const starter = (command: WorkerCommand, { botsPerWorker, folder }: Packing): Hands["startWorker"] =>
  botsPerWorker === 1
    ? (bot, own, hooks) => startWorker(command, bot, own, hooks)
    : createPacks({
        seats: botsPerWorker,
        folder,
        start: (own, hooks) => startPack(command, own, hooks),
        lastWords: (own) => tailLog(own, 1).lines[0] ?? "",
      });
