/** `bbsbot manager`: store, swarm and faces on one port; here the swarm's effects are performed. */
import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { createDoor } from "./control/door.ts";
import { faces } from "./control/faces.ts";
import { keepCommons, saveEveryMs, sayEveryMs } from "./commons-keep.ts";
import { createLines, type Line } from "./control/lines.ts";
import { createLive, livePaceMs } from "./control/live.ts";
import { localSwarm } from "./control/local.ts";
import { listen, type Listening } from "./listen.ts";
import { prepareFolder, startWorker, termGraceMs, trimLog, type WorkerCommand } from "./io/process.ts";
import { openLoreStore, type LoreStore } from "./io/lore-store.ts";
import { openStore, statePlaces, type LastReport, type Store } from "./io/store.ts";
import type { ManagerConfig } from "./proto/config.ts";
import { isLifecycle, type SwarmEvent } from "./proto/events.ts";
import { Refusal } from "./proto/refusal.ts";
import { silent } from "./swarm/health.ts";
import { isQuiet, sentence, stopGraceMs, type Effect } from "./swarm/react.ts";
import { createRecorder, type Recorder } from "./swarm/record.ts";
import { abandonAll, killAll, type Newcomer } from "./swarm/requests.ts";
import { apply, emptySwarm, hasEnded, type SwarmState } from "./swarm/swarm.ts";
import { botStatus, swarmStatus, swarmTotals } from "./swarm/totals.ts";

/** The manager's part of manager.yaml, and what only the program itself knows. */
export type ManagerOptions = ManagerConfig["manager"] & {
  /** How to start a worker: absolute paths, for it runs in its bot's folder. */
  readonly workerCommand: WorkerCommand;
  readonly version: string;
  /** Takes one line for each thing that happens. */
  readonly log: (line: string) => void;
};

export interface RunningManager {
  /** Where the API and the page are, such as http://127.0.0.1:8000. */
  readonly url: string;
  /** The dashboard's own address, when its port was free. */
  readonly dashboardUrl: string | undefined;
  /** Stops every worker in order (logs off, then is ended), saves and closes. Safe to call twice. */
  stop(): Promise<void>;
}

/** Pace at which the latest reports are saved, in milliseconds: what a crash may cost of telemetry. */
const reportsSaveMs = 1000;
/** Longest time an orderly stop takes, in milliseconds: grace, SIGTERM, SIGKILL, and some for the system. */
const stopMaxMs = stopGraceMs + termGraceMs + 3000;

/** Milliseconds since 1970 that never jump: a corrected wall clock must not look like a minute of silence. */
const now = () => Math.round(performance.timeOrigin + performance.now());

/** Runs a manager until `stop`. Refuses: a second manager on the same state, a taken port, an address beyond this machine. */
export async function runManager(options: ManagerOptions): Promise<RunningManager> {
  const places = statePlaces(options.state_file);
  const store = await openStore(places.database);
  // After the swarm's own, so that only its one manager gets so far.
  const lore = await openLoreStore(places.lore, options.log);
  try {
    return manage(options, places.bots, store, lore);
  } catch (error) {
    store.close();
    lore?.close();
    throw error;
  }
}

function manage(
  options: ManagerOptions,
  botsFolder: string,
  store: Store,
  lore: LoreStore | undefined,
): RunningManager {
  const { log, version } = options;
  const complain = (error: unknown) =>
    log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const { state, remembered } = recall(options, store);
  let stopping: Promise<void> | undefined;

  const listeners: ((event: SwarmEvent) => void)[] = [(event) => tellLog(event, log)];
  const recorder: Recorder = createRecorder(
    state,
    (firstSeq, events) => store.append(firstSeq, events),
    (effect) => perform(effect),
    (event) => listeners.forEach((told) => told(event)),
    complain,
  );
  const commons = keepCommons({
    store: lore,
    tell: (bot, message) => lines.tell(bot, message),
    log,
    complain,
    now,
  });
  const lines = createLines(state, recorder.happened, now, commons.heard);
  const folderOf = (bot: string) => join(botsFolder, bot);

  const perform = (effect: Effect) => {
    if (effect.type !== "start") return lines.perform(effect);
    const { bot } = effect;
    try {
      const line: Line & { pid: number } = startWorker(options.workerCommand, bot, folderOf(bot), {
        heard: (message) => lines.heard(bot, line, message),
        broken: (reason) => lines.broken(bot, line, reason),
        exited: (code, signal) => {
          lines.detach(bot, line);
          recorder.happened({ type: "exited", bot, code, signal, at: now() });
        },
      });
      lines.attach(bot, line);
      recorder.happened({ type: "started", bot, pid: line.pid, at: now() });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      recorder.happened({ type: "startFailed", bot, reason, at: now() });
    }
  };
  const prepare = (newcomers: readonly Newcomer[]) => {
    if (stopping) throw new Refusal("unavailable", "The manager is stopping");
    try {
      for (const { event, config } of newcomers) prepareFolder(botsFolder, event.bot, config);
    } catch (error) {
      throw new Refusal(
        "unavailable",
        `Cannot write the bots' folders: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  };

  const reports = reportSaver(state, store, complain);
  const local = localSwarm({ state, recorder, version, now, prepare, wait: (ms) => Bun.sleep(ms) });
  const door = createDoor({
    state,
    recorder,
    lines,
    now,
    newToken: () => randomBytes(32).toString("hex"),
    later: (ms, work) => void setTimeout(work, ms).unref(),
  });
  let listening: Listening | undefined;
  const live = createLive({
    snapshot: () => swarmStatus(state, version, now()),
    totals: () => swarmTotals(state, version, now()),
    bot: (id) => botStatus(state, id, now()),
    viewers: () => listening?.viewers() ?? 0,
    publish: (text) => listening?.publish(text),
  });
  const freed = ({ bot: id }: SwarmEvent) => {
    const bot = state.bots.get(id);
    if (bot && hasEnded(bot)) commons.ended(id);
  };
  listeners.push(local.told, live.told, reports.told, freed);
  const uptimeSeconds = () => Math.round((now() - state.startedAt) / 1000);
  const app = faces({ swarm: local.swarm, door, version, uptimeSeconds, complain });
  listening = listen({ ...options, app: (request) => app.fetch(request), door, live });
  recorder.request(abandonAll(state, now()));
  if (remembered > 0) log(`remembers ${remembered} bots from ${options.state_file}`);

  const timers = [
    setInterval(live.flush, livePaceMs),
    setInterval(live.heartbeat, options.status_broadcast_interval * 1000),
    setInterval(reports.save, reportsSaveMs),
    setInterval(commons.say, sayEveryMs),
    setInterval(commons.save, saveEveryMs),
    setInterval(checkHealth(options, state, recorder, folderOf), options.health_check_interval * 1000),
  ];

  const stop = async () => {
    log("stopping: every bot is told to log off");
    // They end even when the disk is full and their end cannot be stored.
    for (const event of killAll(state, "the manager stops", now())) recorder.happened(event);
    const deadline = performance.now() + stopMaxMs;
    while (!isQuiet(state) && performance.now() < deadline) await Bun.sleep(20);
    timers.forEach(clearInterval);
    live.flush();
    reports.save();
    commons.save();
    await listening.stop();
    store.close();
    lore?.close();
    log("stopped");
  };
  return {
    url: listening.url,
    dashboardUrl: listening.dashboardUrl,
    stop: () => (stopping ??= stop()),
  };
}

/** The state as the store tells it. */
function recall(options: ManagerOptions, store: Store): { state: SwarmState; remembered: number } {
  const spawnParallel = options.spawn_parallel || 2 * availableParallelism();
  const state = emptySwarm({ maxBots: options.max_bots, spawnParallel, at: now() });
  const { events, reports, lastSeq } = store.load();
  for (const event of events) apply(state, event);
  for (const { bot, at, report } of reports) {
    // The last words of a bot that ended are in its ending already, and may be newer.
    const known = state.bots.get(bot);
    if (known && (known.lastWord ?? 0) <= at) apply(state, { type: "reported", bot, report, at });
  }
  state.seq = lastSeq;
  return { state, remembered: state.bots.size };
}

/** Saves the latest report of each bot that reported since the last time. */
function reportSaver(state: Readonly<SwarmState>, store: Store, complain: (error: unknown) => void) {
  const unsaved = new Set<string>();
  return {
    told(event: SwarmEvent) {
      if (event.type === "reported") unsaved.add(event.bot);
    },
    save() {
      const latest = [...unsaved].flatMap((bot): LastReport[] => {
        const { report, lastWord } = state.bots.get(bot) ?? {};
        return report && lastWord !== undefined ? [{ bot, at: lastWord, report }] : [];
      });
      try {
        store.saveReports(latest);
        unsaved.clear();
      } catch (error) {
        complain(error);
      }
    },
  };
}

/** One round of the health check: silence, and logs that have grown too long. */
function checkHealth(
  options: ManagerOptions,
  state: Readonly<SwarmState>,
  recorder: Recorder,
  folderOf: (bot: string) => string,
): () => void {
  let lastRound = now();
  return () => {
    const at = now();
    // A manager that was itself stopped or starved has heard nobody: it listens for one round before it judges.
    const deaf = at - lastRound > options.health_check_interval * 2000 + 1000;
    lastRound = at;
    if (deaf) return;
    for (const event of silent(state, options.bot_timeout * 1000, at)) recorder.happened(event);
    for (const bot of state.bots.values())
      if (bot.origin === "spawned" && !hasEnded(bot)) trimLog(folderOf(bot.id));
  };
}

function tellLog(event: SwarmEvent, log: (line: string) => void): void {
  if (isLifecycle(event)) log(sentence(event));
  else if (event.type === "noted" && event.severity !== "info")
    log(`${event.bot} ${event.severity}: ${event.text}`);
}
