/** `bbsbot manager`: store, swarm and faces on one port; here they are wired, and the swarm's effects performed. */
import { createHash, randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { takeOver } from "./adoption.ts";
import { keepCommons, saveEveryMs, sayEveryMs } from "./commons-keep.ts";
import { createDoor } from "./control/door.ts";
import { faces } from "./control/faces.ts";
import { createLines } from "./control/lines.ts";
import { createLive, livePaceMs } from "./control/live.ts";
import { localSwarm } from "./control/local.ts";
import { keepDialling } from "./dialling-keep.ts";
import { createHealth, healthEveryMs } from "./health-keep.ts";
import { openCgroups } from "./io/cgroup.ts";
import { readNamed } from "./io/config-dir.ts";
import { openLoreStore, type LoreStore } from "./io/lore-store.ts";
import { prepareFolder, termGraceMs, type WorkerCommand } from "./io/process.ts";
import { startTicks } from "./io/procfs.ts";
import { openSeries, type Series } from "./io/series.ts";
import { openStore, statePlaces, type StatePlaces, type Store } from "./io/store.ts";
import { managerToken } from "./io/token.ts";
import { readLog, tailLog, trimLog } from "./io/worker-log.ts";
import { keepLimits } from "./limits-keep.ts";
import { listen, type Listening } from "./listen.ts";
import { BotConfig, type ManagerConfig } from "./proto/config.ts";
import { isLifecycle, type SwarmEvent } from "./proto/events.ts";
import { Refusal } from "./proto/refusal.ts";
import { flushAfterMs, keepTime } from "./recorder-keep.ts";
import { keepReports } from "./reports-keep.ts";
import type { Newcomer } from "./swarm/newcomers.ts";
import { isQuiet, sentence, stopGraceMs, type Effect } from "./swarm/react.ts";
import { createRecorder, type Recorder } from "./swarm/record.ts";
import { killAll } from "./swarm/requests.ts";
import { judge } from "./swarm/restarts.ts";
import { apply, emptySwarm, hasEnded, type SwarmState } from "./swarm/swarm.ts";
import { botStatus, swarmStatus, swarmTotals } from "./swarm/totals.ts";
import {
  backupLookEveryMs,
  keepTelemetry,
  pruneEveryMs,
  sampleEveryMs,
  thinEveryMs,
} from "./telemetry-keep.ts";
import { doorPath, keepWorkers, watchEveryMs, type Workers } from "./workers.ts";

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
  /** Saves and closes, and leaves the workers at play for the next manager. */
  handOver(): Promise<void>;
}

/** Longest time an orderly stop takes, in milliseconds: grace, SIGTERM, SIGKILL, and some for the system. */
const stopMaxMs = stopGraceMs + termGraceMs + 3000;

/** Milliseconds since 1970 that never jump: a corrected wall clock must not look like a minute of silence. */
const now = () => Math.round(performance.timeOrigin + performance.now());

/** What is open on the disk while a manager runs. */
interface Books {
  readonly places: StatePlaces;
  readonly store: Store;
  readonly lore: LoreStore | undefined;
  readonly series: Series | undefined;
}

/** Runs a manager until `stop`. Refuses: a second manager on the same state, a taken port, an address beyond this machine without a token. */
export async function runManager(options: ManagerOptions): Promise<RunningManager> {
  const places = statePlaces(options.state_file);
  const store = await openStore(places.database, now());
  for (const line of store.told) options.log(line);
  // After the swarm's own, so that only its one manager gets so far.
  const lore = await openLoreStore(places.lore, options.log);
  const series = await openSeries(places.series, options.log);
  const books = { places, store, lore, series };
  try {
    return await manage(options, books);
  } catch (error) {
    close(books);
    throw error;
  }
}

function close({ store, lore, series }: Books): void {
  store.close();
  lore?.close();
  series?.close();
}

async function manage(options: ManagerOptions, books: Books): Promise<RunningManager> {
  const { log, version } = options;
  const { places, store } = books;
  const complain = (error: unknown) =>
    log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const { state, heard } = recall(options, store);
  const folderOf = (bot: string) => join(places.bots, bot);
  let ending: Promise<void> | undefined;

  const listeners: ((event: SwarmEvent) => void)[] = [(event) => tellLog(event, log)];
  const recorder: Recorder = createRecorder(
    {
      state,
      store: (batch) => store.append(batch),
      perform: (effect) => perform(effect),
      follow: (event) => judge(state, event, options.restart, Math.random),
      told: (event) => listeners.forEach((told) => told(event)),
      kept: (kept) => lines.acknowledge(kept),
      complain,
      now,
    },
    heard,
  );
  const tell: typeof lines.tell = (bot, message) => lines.tell(bot, message);
  const commons = keepCommons({ store: books.lore, tell, log, complain, now });
  const dialling = keepDialling(options.logins_per_second ?? undefined, tell, now);
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
    ticksOf: startTicks,
    ofGame: commons.heard,
    ofDialling: dialling.heard,
  });
  const cgroups = openCgroups(places.bots);
  const limits = keepLimits({
    cgroups,
    limits: {
      memoryMb: options.max_memory_per_bot ?? undefined,
      cpuPercent: options.max_cpu_per_bot ?? undefined,
    },
    state,
    now,
    happened: recorder.happened,
    log,
  });
  const workers: Workers = keepWorkers({
    command: options.workerCommand,
    folderOf,
    state,
    recorder,
    lines,
    now,
    begun: limits.started,
    whyEnded: limits.ended,
  });
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const door = createDoor({
    state,
    recorder,
    lines,
    now,
    newToken: () => randomBytes(32).toString("hex"),
    hash,
    later: (ms, work) => void setTimeout(work, ms).unref(),
  });
  const perform = (effect: Effect) => {
    if (effect.type === "start") return workers.start(effect.bot);
    if (effect.type === "welcome" || effect.type === "order") return lines.perform(effect);
    const joined = state.bots.get(effect.bot)?.origin === "joined";
    return joined ? door.perform(effect) : workers.perform(effect);
  };

  const about = () => ({ version, degraded: recorder.degraded() });
  const status = () => swarmStatus(state, about(), now());
  const totals = () => swarmTotals(state, about(), now());
  const telemetry = keepTelemetry({
    series: books.series,
    store,
    snapshotFile: places.snapshot,
    now,
    complain,
    status,
  });
  const local = localSwarm({
    state,
    recorder,
    about,
    now,
    prepare: (newcomers) => prepare(places.bots, newcomers, ending !== undefined),
    wait: (ms) => Bun.sleep(ms),
    readNamed: (name) => readFrom(options.config_dir, name, log),
    plainConfig: () => BotConfig.parse({}),
    digest: hash,
    eventsOf: store.eventsOf,
    readLog: (bot, offset, limit) => readLog(folderOf(bot), offset, limit),
    tailLog: (bot, count) => tailLog(folderOf(bot), count),
    series: { query: telemetry.query, intervalSeconds: sampleEveryMs / 1000 },
    loginsPerSecond: options.logins_per_second ?? undefined,
  });
  let listening: Listening | undefined;
  const live = createLive({
    status,
    totals,
    bot: (id) => (state.bots.has(id) ? botStatus(state, id, now()) : undefined),
    viewers: () => listening?.viewers() ?? 0,
    publish: (text) => listening?.publish(text),
    firstRev: now(),
  });
  const time = keepTime({ state, recorder, now });
  const reports = keepReports(state, store.saveReports, complain);
  listeners.push(local.told, live.told, reports.told, time.told, (event) => {
    const bot = state.bots.get(event.bot);
    if (!bot || hasEnded(bot) || event.type === "unlinked") dialling.forget(event.bot);
    if (!bot || hasEnded(bot)) commons.ended(event.bot);
  });

  const app = faces({
    swarm: local.swarm,
    door,
    status,
    totals,
    seq: () => state.seq,
    now,
    seriesIntervalSeconds: sampleEveryMs / 1000,
    version,
    complain,
  });
  const { needed_for, token_file } = options.auth;
  const token = needed_for === "nothing" && token_file === null ? undefined : managerToken(token_file);
  listening = listen({ ...options, token, app: (request) => app.fetch(request), door, live });
  if (state.bots.size > 0) log(`remembers ${state.bots.size} bots from ${options.state_file}`);
  const restored = store.told.length > 0;
  takeOver({ state, recorder, workers, botsFolder: places.bots, restored, now, log });
  door.await(options.orphan_grace * 1000);
  await workers.open(socketPath);
  recorder.flush();

  const health = createHealth({
    state,
    recorder,
    patience: {
      silenceMs: options.bot_timeout * 1000,
      progressMs: options.progress_timeout === null ? undefined : options.progress_timeout * 1000,
    },
    now,
  });
  const every = (ms: number, work: () => void) => setInterval(work, ms);
  const timers = [
    every(livePaceMs, live.flush),
    every(options.status_broadcast_interval * 1000, live.heartbeat),
    every(saveEveryMs, () => {
      reports.save();
      commons.save();
      if (recorder.degraded() !== undefined) recorder.flush();
    }),
    every(sayEveryMs, commons.say),
    every(watchEveryMs, workers.watch),
    every(healthEveryMs, health),
    every(sampleEveryMs, telemetry.sample),
    every(pruneEveryMs, telemetry.prune),
    every(thinEveryMs, telemetry.thin),
    every(backupLookEveryMs, telemetry.backup),
    every(options.auto_save_interval * 1000, telemetry.snapshot),
    every(options.health_check_interval * 1000, () => {
      limits.look();
      for (const bot of state.bots.values())
        if (bot.origin === "spawned" && !hasEnded(bot)) trimLog(folderOf(bot.id));
    }),
  ];

  const end = async (stopBots: () => Promise<void>) => {
    await stopBots();
    timers.forEach(clearInterval);
    time.stop();
    dialling.stop();
    live.flush();
    recorder.flush();
    reports.save();
    telemetry.snapshot();
    commons.save();
    await listening.stop();
    await workers.stop();
    cgroups?.close();
    close(books);
  };
  const stopBots = async () => {
    log("stopping: every bot is told to log off");
    // They end even when the disk is full and their end cannot be stored.
    for (const event of killAll(state, "the manager stops", now())) recorder.happened(event);
    const deadline = performance.now() + stopMaxMs;
    while (!isQuiet(state) && performance.now() < deadline) await Bun.sleep(flushAfterMs);
  };
  const finish = (how: () => Promise<void>) => (ending ??= end(how).then(() => log("stopped")));
  return {
    url: listening.url,
    dashboardUrl: listening.dashboardUrl,
    stop: () => finish(stopBots),
    handOver: () => finish(async () => log("leaving the bots at play for the next manager")),
  };
}

/** The state as the store tells it. */
function recall(options: ManagerOptions, store: Store) {
  const spawnParallel = options.spawn_parallel || 2 * availableParallelism();
  const state: SwarmState = emptySwarm({ maxBots: options.max_bots, spawnParallel, at: now() });
  const { events, reports, heard, lastSeq } = store.load();
  for (const event of events) apply(state, event);
  for (const { bot, at, report } of reports) {
    // The last words of a bot that ended are in its ending already, and may be newer.
    const known = state.bots.get(bot);
    if (known && known.reportAt <= at) apply(state, { type: "reported", bot, report, at });
  }
  state.seq = lastSeq;
  return { state, heard };
}

function prepare(bots: string, newcomers: readonly Newcomer[], stopping: boolean): void {
  if (stopping) throw new Refusal("unavailable", "The manager is stopping");
  try {
    for (const { event, config } of newcomers) prepareFolder(bots, event.bot, config);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const full = (error as { code?: string }).code === "ENOSPC";
    throw new Refusal(full ? "disk_full" : "unavailable", `Cannot write the bots' folders: ${why}`);
  }
}

function readFrom(folder: string | null, name: string, log: (line: string) => void): BotConfig {
  if (folder === null)
    throw new Refusal("bad_input", `No configuration can be named: this manager has no config_dir`);
  return readNamed(folder, name, log);
}

function tellLog(event: SwarmEvent, log: (line: string) => void): void {
  if (isLifecycle(event)) log(sentence(event));
  else if (event.type === "noted" && event.severity !== "info")
    log(`${event.bot} ${event.severity}: ${event.text}`);
}
