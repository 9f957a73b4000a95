/** The swarm at work: its state and recorder, wired to the hands that carry out what follows. No port, no page. */
import { createHash, randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { takeOver } from "./adoption.ts";
import { type AdvisorsKeep, keepAdvisors } from "./advisors-keep.ts";
import { keepAtlas } from "./atlas-keep.ts";
import { recall, type Books } from "./books.ts";
import { keepCommons, type CommonsKeep } from "./commons-keep.ts";
import { createDoor, type Door } from "./control/door.ts";
import { createLines } from "./control/lines.ts";
import { createRecounts, type Recounts } from "./control/recounts.ts";
import { terminalAnswers } from "./control/terminal/answers.ts";
import { createTerminals, type TerminalAnswers, type Terminals } from "./control/terminals.ts";
import { keepDialling } from "./dialling-keep.ts";
import { realHands, type Hands } from "./hands.ts";
import { createHealth } from "./health-keep.ts";
import { trimLog } from "./io/worker-log.ts";
import { keepLimits } from "./limits-keep.ts";
import { isLifecycle, type SwarmEvent } from "./proto/events.ts";
import { keepTime } from "./recorder-keep.ts";
import type { Swarm } from "./proto/operations.ts";
import { keepReports, type ReportsKeep } from "./reports-keep.ts";
import type { ManagerOptions } from "./server.ts";
import { keepShared } from "./shared-keep.ts";
import { isQuiet, sentence, stopGraceMs, type Effect } from "./swarm/react.ts";
import { createRecorder, type Recorder } from "./swarm/record.ts";
import { killAll } from "./swarm/requests.ts";
import { judge } from "./swarm/restarts.ts";
import { hasEnded, type SwarmState } from "./swarm/swarm.ts";
import { termGraceMs } from "./io/process.ts";
import { doorPath, keepWorkers, type Workers } from "./workers.ts";

/** Longest time an orderly stop takes, in milliseconds: grace, SIGTERM, SIGKILL, and some for the system. */
const stopMaxMs = stopGraceMs + termGraceMs + 3000;

/** Pace at which it is looked whether all have ended, in milliseconds. */
const stopLookMs = 20;

export interface SwarmParts {
  readonly options: ManagerOptions;
  readonly books: Books;
  readonly log: (line: string) => void;
  readonly complain: (error: unknown) => void;
  /** Milliseconds since 1970 that never jump. */
  readonly now: () => number;
  /** Unless they are those of this machine. */
  readonly hands?: Hands;
}

export interface SwarmKeep {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  /** The way in for workers that were started by hand. */
  readonly door: Door;
  readonly commons: CommonsKeep;
  readonly reports: ReportsKeep;
  readonly terminals: Terminals;
  /** What is asked of terminals in passing. */
  readonly terminalAnswers: TerminalAnswers;
  readonly decisions: Recounts["answers"];
  readonly advisors: AdvisorsKeep["status"];
  /** Questions about the games. */
  readonly atlas: Pick<Swarm, "map" | "sector" | "routes" | "path">;
  folderOf(bot: string): string;
  /** From now on that hears of each event. */
  tell(listener: (event: SwarmEvent) => void): void;
  /** Takes over what a former manager left, and lets its workers in. */
  begin(): Promise<void>;
  /** Each is for a timer. */
  readonly watch: () => void;
  readonly lookAtHealth: () => void;
  readonly lookAtProcesses: () => void;
  /** Every bot logs off and its worker ends. */
  stopBots(): Promise<void>;
  /** Lets go of the workers that are there. */
  end(): Promise<void>;
}

export function keepSwarm(parts: SwarmParts): SwarmKeep {
  const { options, books, log, complain, now } = parts;
  const { places, store } = books;
  const packing = { botsPerWorker: options.bots_per_worker, folder: join(dirname(places.bots), "packs") };
  const hands = parts.hands ?? realHands(options.workerCommand, packing);
  const spawnParallel = options.spawn_parallel || 2 * availableParallelism();
  const { state, heard } = recall(store, { maxBots: options.max_bots, spawnParallel, at: now() });
  const folderOf = (bot: string) => join(places.bots, bot);
  const listeners: ((event: SwarmEvent) => void)[] = [(event) => tellLog(event, log)];

  const recorder: Recorder = createRecorder(
    {
      state,
      store: store.append,
      perform: (effect) => perform(effect),
      follow: (event) => judge(state, event, options.restart, hands.random),
      told: (event) => listeners.forEach((told) => told(event)),
      kept: (kept) => lines.acknowledge(kept),
      complain,
      now,
    },
    heard,
  );
  const tell: typeof lines.tell = (bot, message) => lines.tell(bot, message);
  const commons = keepCommons({ store: books.lore, tell, log, complain, now });
  const dialling = keepDialling(options.logins_per_second ?? undefined, tell, now, hands.later);
  const terminals = createTerminals({
    state,
    tell,
    happened: recorder.happened,
    now,
    later: hands.later,
    // Nobody guesses 128 bits.
    newLease: () => randomBytes(16).toString("hex"),
    lastScreen: (bot) => hands.readLastScreen(folderOf(bot)),
  });
  const recounts = createRecounts({ state, tell, later: hands.later });
  const atlas = keepAtlas({
    state,
    commons: commons.known,
    open: async () => (await import("./games/tw2002/atlas.ts")).createAtlas(),
    now,
    breathe: () => new Promise<void>((wake) => hands.later(0, wake)),
  });
  const advisors = keepAdvisors({
    own: options.llm,
    state,
    hands,
    folder: dirname(places.bots),
    shared: keepShared({ state, commons: commons.known, routes: atlas.routes, now }),
    now,
    tell,
    happened: recorder.happened,
    log,
  });
  const socketPath = doorPath(dirname(places.bots));
  const lines = createLines({
    state,
    recorder,
    now,
    terms: {
      maxCpu: options.max_cpu_per_bot ?? undefined,
      door: socketPath,
      orphanGraceMs: options.orphan_grace * 1000,
    },
    ticksOf: hands.startTicks,
    ofGame: commons.heard,
    ofDialling: dialling.heard,
    ofTerminal: terminals.heard,
    ofAdvice: advisors.heard,
    ofChoices: recounts.heard,
    welcomed: terminals.welcomed,
  });
  const cgroups = hands.openCgroups(places.bots);
  const limits = keepLimits({
    cgroups,
    limits: {
      memoryMb: options.max_memory_per_bot ?? undefined,
      cpuPercent: options.max_cpu_per_bot ?? undefined,
    },
    botsPerWorker: options.bots_per_worker,
    state,
    now,
    happened: recorder.happened,
    log,
  });
  const workers: Workers = keepWorkers({
    hands,
    folderOf,
    state,
    recorder,
    lines,
    now,
    begun: limits.started,
    whyEnded: limits.ended,
  });
  const door = createDoor({
    state,
    recorder,
    lines,
    now,
    newToken: () => randomBytes(32).toString("hex"),
    hash: sha256,
    later: hands.later,
  });
  const perform = (effect: Effect) => {
    if (effect.type === "start") return workers.start(effect.bot);
    if (effect.type === "welcome" || effect.type === "order") return lines.perform(effect);
    const joined = state.bots.get(effect.bot)?.origin === "joined";
    return joined ? door.perform(effect) : workers.perform(effect);
  };
  const time = keepTime({ state, recorder, now, later: hands.later });
  const reports = keepReports(state, store.saveReports, complain);
  listeners.push(time.told, reports.told, terminals.told, (event) => {
    const bot = state.bots.get(event.bot);
    const away = event.type === "unlinked" || event.type === "exited";
    const isGone = !bot || hasEnded(bot);
    if (away || isGone) dialling.forget(event.bot);
    if (away) advisors.gone(event.bot);
    if (isGone) {
      commons.ended(event.bot);
      advisors.ended(event.bot);
    }
  });
  const { bot_timeout: silence, progress_timeout: progress } = options;
  const patience = { silenceMs: silence * 1000, progressMs: progress === null ? undefined : progress * 1000 };

  return {
    state,
    recorder,
    door,
    commons,
    reports,
    terminals,
    decisions: recounts.answers,
    advisors: advisors.status,
    atlas,
    terminalAnswers: terminalAnswers({ state, terminals, now, later: hands.later }),
    folderOf,
    tell: (listener) => void listeners.push(listener),
    async begin() {
      if (state.bots.size > 0) log(`remembers ${state.bots.size} bots from ${options.state_file}`);
      const restored = store.told.length > 0;
      takeOver({ hands, state, recorder, workers, botsFolder: places.bots, restored, now, log });
      door.await(options.orphan_grace * 1000);
      await workers.open(socketPath);
      advisors.begin();
      time.flush();
    },
    watch: workers.watch,
    lookAtHealth: createHealth({ state, recorder, patience, now }),
    lookAtProcesses() {
      limits.look();
      for (const bot of state.bots.values())
        if (bot.origin === "spawned" && !hasEnded(bot)) trimLog(folderOf(bot.id));
    },
    async stopBots() {
      log("stopping: every bot is told to log off");
      // They end even when the disk is full and their end cannot be stored.
      for (const event of killAll(state, "the manager stops", now())) recorder.happened(event);
      const deadline = now() + stopMaxMs;
      while (!isQuiet(state) && now() < deadline)
        await new Promise<void>((wake) => hands.later(stopLookMs, wake));
    },
    async end() {
      time.stop();
      dialling.stop();
      terminals.stop();
      advisors.end();
      recorder.flush();
      reports.save();
      commons.save();
      await workers.stop();
      cgroups?.close();
    },
  };
}

/** What tells secrets and requests from others of their kind, and says nothing of them. */
export const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

function tellLog(event: SwarmEvent, log: (line: string) => void): void {
  if (isLifecycle(event)) log(sentence(event));
  else if (event.type === "handed")
    log(`${event.bot} ${event.taken ? "keys are in another's hands" : "has its keys back"}`);
  else if (event.type === "noted" && event.severity !== "info")
    log(`${event.bot} ${event.severity}: ${event.text}`);
}
