/** The real swarm's keeping, with hands of the simulation: it may die at whatever it does with them, before it or after. */
import { unasked } from "../../doubles/unasked.ts";
import type { Books } from "../../../src/books.ts";
import { localSwarm } from "../../../src/control/local.ts";
import type { Hands } from "../../../src/hands.ts";
import { healthEveryMs } from "../../../src/health-keep.ts";
import type { LineCaller } from "../../../src/io/line-server.ts";
import { BotConfig } from "../../../src/proto/config.ts";
import { ManagerConfig } from "../../../src/proto/manager-config.ts";
import type { ManagerMessage } from "../../../src/proto/orders.ts";
import type { Swarm } from "../../../src/proto/operations.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import type { WorkerHooks } from "../../../src/io/process.ts";
import { keepSwarm, type SwarmKeep } from "../../../src/swarm-keep.ts";
import { hasEnded } from "../../../src/swarm/swarm.ts";
import { watchEveryMs } from "../../../src/workers.ts";
import type { Disk } from "./disk.ts";
import type { Folder, Process } from "./machine.ts";
import type { End } from "./pipe.ts";
import { startSimWorker, type Around, type SimWorker } from "./worker.ts";

/** Thrown where a manager is killed: whatever it does afterwards reaches nothing. */
class Killed extends Error {}

export interface SimManager {
  readonly process: Process;
  readonly swarm: Swarm;
  readonly keep: SwarmKeep;
  /** It dies at its so-manieth deed from now. */
  killAfter(deeds: number): void;
  stopInOrder(): void;
  handOver(): void;
  /** Ends what goes on at a pace. */
  readonly isEnding: () => boolean;
}

export interface ManagerParts extends Around {
  readonly disk: Disk;
  readonly options: {
    maxBots: number;
    orphanGrace: number;
    botTimeout: number;
    spawnParallel: number;
    botsPerWorker: number;
  };
  readonly workers: Map<Process, SimWorker>;
  /** Whether a start fails, as it does when the system has no room. */
  readonly cannotStart: () => boolean;
}

const { manager: defaults } = ManagerConfig.parse({});
const minuteMs = 60_000;
const plain = BotConfig.parse({});
const nothing = { lines: [], offset: 0, next_offset: 0, size: 0 };

export function startSimManager(parts: ManagerParts): SimManager {
  const { time, dice, machine, ledger, disk, workers } = parts;
  const { maxBots, orphanGrace, botTimeout, spawnParallel, botsPerWorker } = parts.options;
  const packs: Set<Process>[] = [];
  const process = machine.begin("manager", {});
  const { actor } = process;
  let fuse = Infinity;
  let ending = false;
  let over = false;

  function touch(): void {
    if (actor.alive && --fuse > 0) return;
    machine.end(process, null, "SIGKILL");
    throw new Killed();
  }
  /** A deed, before and after which it may die. */
  function deed<T>(work: () => T): T {
    touch();
    const result = work();
    touch();
    return result;
  }

  function folderOf(path: string): Folder {
    const bot = path.split("/").at(-1)!;
    const folder = machine.folders.get(bot) ?? { outbox: undefined, config: undefined, draft: undefined };
    machine.folders.set(bot, folder);
    return folder;
  }

  /** A seat in a process that has one free. */
  function seat(worker: Process): void {
    let pack = packs.find(({ size }) => size > 0 && size < botsPerWorker);
    if (!pack) packs.push((pack = new Set()));
    pack.add(worker);
    worker.mates = pack;
  }

  function startWorker(bot: string, _folder: string, hooks: WorkerHooks) {
    touch();
    if (parts.cannotStart()) throw new Error("the system has no room for a process");
    const { starting, bots } = keep.state;
    if (starting.size >= spawnParallel) ledger.wrong(`${starting.size + 1} starts at once`);
    const live = [...bots.values()].filter((one) => !hasEnded(one)).length;
    if (live > maxBots) ledger.wrong(`${live} bots are alive, and ${maxBots} is the most`);
    const crashes = bots.get(bot)!.crashTimes.filter((at) => at > time.now() - minuteMs).length;
    if (crashes >= defaults.restart.crashes)
      ledger.wrong(`${bot} is started after ${crashes} crashes in a minute`);
    ledger.forked(bot);
    ledger.count("starts");
    const packed = botsPerWorker > 1;
    const { worker, line } = startSimWorker(parts, bot, folderOf(bot), {
      actor,
      ear: {
        heard: hooks.heard,
        closed() {
          isCut = true;
          if (!gone) hooks.closed();
        },
      },
    });
    if (packed) seat(worker.process);
    let gone = false;
    let isCut = false;
    process.ends.add(line);
    workers.set(worker.process, worker);
    worker.process.onExit = (code, signal) => {
      workers.delete(worker.process);
      // Of a seat nobody tells the end then, but that of the whole process.
      if (packed && isCut && signal === null) return;
      actor.later(5 * dice(), () => {
        gone = true;
        hooks.exited(code, signal);
      });
    };
    touch();
    return {
      pid: worker.process.pid,
      ticks: worker.process.ticks,
      ...(packed && { packed }),
      send(message: ManagerMessage) {
        touch();
        if (!gone) line.send(message);
        return !gone;
      },
      close: () => deed(() => line.close()),
    };
  }

  const callerOf = (end: End<ManagerMessage>): LineCaller => ({
    send(message) {
      touch();
      end.send(message as ManagerMessage);
      return true;
    },
    close: () => end.close(),
  });

  const hands: Hands = {
    startWorker,
    signalWorker: (pid, ticks, signal) => deed(() => machine.signal(pid, ticks, signal)),
    isThere: machine.isThere,
    isSeated: (_folder, pid, ticks) => machine.isThere(pid, ticks),
    draftIn: (folder) => folderOf(folder).draft,
    useDraft: (folder) =>
      deed(() => {
        const bot = folderOf(folder);
        bot.config = bot.draft;
        bot.draft = undefined;
      }),
    startTicks: (pid) => machine.processes.get(pid)?.ticks,
    workersOf: () =>
      [...machine.processes.values()].flatMap(({ pid, ticks, bot }) =>
        bot === undefined ? [] : [{ pid, ticks, bot }],
      ),
    readLastScreen: () => undefined,
    readOutbox(folder) {
      touch();
      const left = folderOf(folder).outbox;
      return left && { session: left.session, messages: [...left.messages] };
    },
    tailLog: () => ({ ...nothing, lines: ["its last line"] }),
    async listenLines(_path, _limits, connected) {
      touch();
      machine.door = {
        process,
        connect(end) {
          const { line, closed } = connected(callerOf(end));
          return { heard: (message) => line(JSON.stringify(message)), closed };
        },
      };
      return {
        async stop() {
          if (machine.door?.process === process) machine.door = undefined;
        },
      };
    },
    openCgroups: () => undefined,
    openAdvisor: () => Promise.reject(new Error("No model is asked here")),
    later: actor.later,
    random: dice,
  };

  const store = {
    append: (batch: Parameters<Disk["commit"]>[0]) => deed(() => disk.commit(batch)),
    saveReports: (latest: Parameters<Disk["saveReports"]>[0]) => deed(() => disk.saveReports(latest)),
    load: disk.load,
    events: () => ({ events: [], next: undefined }),
    prune: () => {},
    backup: () => {},
    told: [],
    close: () => {},
  };
  const books: Books = {
    places: {
      database: "/sim/swarm.db",
      snapshot: undefined,
      lore: "",
      series: "",
      backups: "/sim/swarm.d/backups",
      bots: "/sim/swarm.d/bots",
    },
    store,
    lore: undefined,
    series: undefined,
    close: () => {},
  };
  const complain = (error: unknown) => {
    if (!actor.alive || error instanceof Refusal || error instanceof Killed) return;
    ledger.wrong(`the manager complained: ${error instanceof Error ? error.stack : String(error)}`);
  };
  const keep = keepSwarm({
    options: {
      ...defaults,
      max_bots: maxBots,
      orphan_grace: orphanGrace,
      bot_timeout: botTimeout,
      progress_timeout: 2 * botTimeout,
      spawn_parallel: spawnParallel,
      bots_per_worker: botsPerWorker,
      workerCommand: { argv: [] },
      version: "0.0.0-sim",
      log: () => {},
    },
    books,
    log: () => {},
    complain,
    now: () => Math.round(time.now()),
    hands,
  });
  const { state, recorder } = keep;
  const local = localSwarm({
    state,
    recorder,
    about: () => ({ version: "0", degraded: recorder.degraded() }),
    now: () => Math.round(time.now()),
    prepare(newcomers) {
      if (ending) throw new Refusal("unavailable", "The manager is stopping");
      for (const { event, config } of newcomers) deed(() => (folderOf(event.bot).draft = config));
      return () => {
        for (const { event } of newcomers) hands.useDraft(event.bot);
      };
    },
    wait: (ms) => new Promise((wake) => actor.later(ms, wake)),
    readNamed: () => plain,
    readText: () => plain,
    plainConfig: () => plain,
    digest: (text) => text,
    events: () => ({ events: [], next: undefined }),
    readLog: () => nothing,
    tailLog: () => nothing,
    series: { query: () => [], intervalSeconds: 5 },
    advisors: () => [],
    terminals: unasked,
    decisions: keep.decisions,
    atlas: unasked,
    loginsPerSecond: 20,
  });
  keep.tell(local.told);
  keep.tell(function excuses(event) {
    if (event.type === "restartAsked" || event.type === "stalled") ledger.excuse(event.bot);
    // Of whom it cuts off it takes nothing more.
    if (event.type !== "cutOff") return;
    const { session } = state.bots.get(event.bot) ?? {};
    for (const one of ledger.workers)
      if (one.bot === event.bot && (one.session === session || one.alive)) one.excused = true;
  });
  const every = (ms: number, work: () => void) =>
    actor.later(ms, () => {
      if (over) return;
      work();
      every(ms, work);
    });

  keep.begin().then(
    () => {
      if (!actor.alive) return;
      every(watchEveryMs, keep.watch);
      every(healthEveryMs, keep.lookAtHealth);
      every(1000, () => {
        keep.reports.save();
        if (recorder.degraded() !== undefined) recorder.flush();
      });
    },
    (error: unknown) => complain(error),
  );
  const end = async () => {
    over = true;
    await keep.end();
    machine.end(process, 0, null);
  };
  const failed = (error: unknown) => complain(error);
  return {
    process,
    swarm: local.swarm,
    keep,
    isEnding: () => ending,
    killAfter: (deeds) => void (fuse = deeds),
    stopInOrder() {
      ending = true;
      keep.stopBots().then(end).catch(failed);
    },
    handOver() {
      ending = true;
      end().catch(failed);
    },
  };
}
