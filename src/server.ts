/** `bbsbot manager`: the swarm, and its faces on one port. */
import { randomUUID } from "node:crypto";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { saveEveryMs, sayEveryMs } from "./commons-keep.ts";
import { openBooks, type Books } from "./books.ts";
import { faces } from "./control/faces.ts";
import { createFeed, feedPaceMs, type Feed } from "./control/feed.ts";
import { createLive, livePaceMs, liveTopics, type Live } from "./control/live.ts";
import { localSwarm } from "./control/local.ts";
import { createMcpFace } from "./control/mcp/face.ts";
import { healthEveryMs } from "./health-keep.ts";
import { readBotText } from "./io/bot-file.ts";
import { listNamed, readNamed } from "./io/config-dir.ts";
import { laterIfThere } from "./io/later.ts";
import { draftFolder, useDraft, type WorkerCommand } from "./io/process.ts";
import { managerToken } from "./io/token.ts";
import { readLog, tailLog } from "./io/worker-log.ts";
import { listen, type Listening } from "./listen.ts";
import { pageFiles } from "./page-files.ts";
import { BotConfig } from "./proto/config.ts";
import { toldEvent } from "./proto/event-words.ts";
import { severities } from "./proto/feed.ts";
import type { ManagerConfig } from "./proto/manager-config.ts";
import { configTextName } from "./proto/operations/spawning.ts";
import { Refusal } from "./proto/refusal.ts";
import type { Newcomer } from "./swarm/newcomers.ts";
import { botStatus, swarmStatus, swarmTotals } from "./swarm/totals.ts";
import { keepSwarm, sha256, type SwarmKeep } from "./swarm-keep.ts";
import {
  backupLookEveryMs,
  keepTelemetry,
  pruneEveryMs,
  sampleEveryMs,
  thinEveryMs,
} from "./telemetry-keep.ts";
import { watchEveryMs } from "./workers.ts";

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

/** Milliseconds since 1970 that never jump: a corrected wall clock must not look like a minute of silence. */
const now = () => Math.round(performance.timeOrigin + performance.now());

/** Runs a manager until `stop`. Refuses: a second manager on the same state, a taken port, an address beyond this machine without a token. */
export async function runManager(options: ManagerOptions): Promise<RunningManager> {
  const books = await openBooks(options.state_file, now(), options.log);
  try {
    return await manage(options, books);
  } catch (error) {
    books.close();
    throw error;
  }
}

async function manage(options: ManagerOptions, books: Books): Promise<RunningManager> {
  const { log, version } = options;
  const complain = (error: unknown) =>
    log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  let ending: Promise<void> | undefined;
  const inside = keepSwarm({ options, books, log, complain, now });
  const { state, recorder, door } = inside;

  const about = () => ({ version, degraded: recorder.degraded() });
  const status = () => swarmStatus(state, about(), now());
  const totals = () => swarmTotals(state, about(), now());
  const { store, series, places } = books;
  const telemetry = keepTelemetry({ series, store, snapshotFile: places.snapshot, now, complain, status });
  const seriesIntervalSeconds = sampleEveryMs / 1000;
  const local = localSwarm({
    state,
    recorder,
    about,
    now,
    prepare: (newcomers) => prepare(places.bots, newcomers, ending !== undefined, complain),
    wait: (ms) => Bun.sleep(ms),
    readNamed: (name) => readFrom(options.config_dir, name, log),
    readText(text) {
      const { value, warnings } = readBotText(text, configTextName);
      warnings.forEach(log);
      return value;
    },
    plainConfig: () => BotConfig.parse({}),
    digest: sha256,
    events: store.events,
    readLog: (bot, offset, limit) => readLog(inside.folderOf(bot), offset, limit),
    tailLog: (bot, count) => tailLog(inside.folderOf(bot), count),
    series: { query: telemetry.query, intervalSeconds: seriesIntervalSeconds },
    terminals: inside.terminalAnswers,
    decisions: inside.decisions,
    atlas: inside.atlas,
    advisors: inside.advisors,
    loginsPerSecond: options.logins_per_second ?? undefined,
  });
  let listening: Listening | undefined;
  const live = createLive({
    status,
    totals,
    bot: (id) => (state.bots.has(id) ? botStatus(state, id, now()) : undefined),
    viewers: () => liveTopics.reduce((sum, topic) => sum + (listening?.viewers(topic) ?? 0), 0),
    publish: (topic, text) => listening?.publish(topic, text),
    firstRev: now(),
  });
  const feeds = severities.map((severity) =>
    createFeed({
      severity,
      listeners: () => listening?.viewers(severity) ?? 0,
      publish: (text) => listening?.publish(severity, text),
      inWords: toldEvent,
    }),
  );
  inside.tell(local.told);
  inside.tell(live.told);
  feeds.forEach((feed) => inside.tell(feed.told));

  const seq = () => state.seq;
  const swarm = local.swarm;
  const mcp = createMcpFace({ swarm, version, newId: randomUUID, now, later: laterIfThere, complain });
  inside.tell(mcp.told);
  const page = {
    files: pageFiles,
    gunzip: (bytes: Uint8Array<ArrayBuffer>) => Bun.gunzipSync(bytes),
    readOnly: options.page_read_only,
  };
  const app = faces({
    swarm,
    door,
    page,
    mcp,
    status,
    totals,
    seq,
    now,
    seriesIntervalSeconds,
    version,
    gzip: async (text) => new Uint8Array(await promisify(gzip)(text)),
    complain,
  });
  const { needed_for, token_file } = options.auth;
  const isAskedFor = needed_for !== "nothing" || options.page_read_only;
  const token = !isAskedFor && token_file === null ? undefined : managerToken(token_file);
  const { terminals } = inside;
  listening = listen({ ...options, token, app: (request) => app.fetch(request), door, live, terminals });
  const { url, dashboardUrl } = listening;
  if (options.config_dir !== null) tellNamed(options.config_dir, log);
  await inside.begin();
  const timers = startTimers(options, inside, live, feeds, telemetry);

  const end = async () => {
    timers.forEach(clearInterval);
    live.flush();
    feeds.forEach((feed) => feed.flush());
    telemetry.snapshot();
    await mcp.close();
    await listening.stop();
    await inside.end();
    books.close();
    log("stopped");
  };
  return {
    url,
    dashboardUrl,
    stop: () => (ending ??= inside.stopBots().then(end)),
    handOver() {
      log("leaving the bots at play for the next manager");
      return (ending ??= end());
    },
  };
}

/** All that a manager does at a pace. */
function startTimers(
  options: ManagerOptions,
  inside: SwarmKeep,
  live: Live,
  feeds: readonly Feed[],
  telemetry: ReturnType<typeof keepTelemetry>,
): ReturnType<typeof setInterval>[] {
  const { recorder, reports, commons } = inside;
  let told = recorder.degraded();
  const save = () => {
    reports.save();
    commons.save();
    if (recorder.degraded() !== undefined) recorder.flush();
    // No event says so.
    if (recorder.degraded() !== told) live.heartbeat();
    told = recorder.degraded();
  };
  const paces: readonly [ms: number, work: () => void][] = [
    [livePaceMs, live.flush],
    [feedPaceMs, () => feeds.forEach((feed) => feed.flush())],
    [options.status_broadcast_interval * 1000, live.heartbeat],
    [saveEveryMs, save],
    [sayEveryMs, commons.say],
    [watchEveryMs, inside.watch],
    [healthEveryMs, inside.lookAtHealth],
    [options.health_check_interval * 1000, inside.lookAtProcesses],
    [options.auto_save_interval * 1000, telemetry.snapshot],
    [sampleEveryMs, telemetry.sample],
    [pruneEveryMs, telemetry.prune],
    [thinEveryMs, telemetry.thin],
    [backupLookEveryMs, telemetry.backup],
  ];
  return paces.map(([ms, work]) => setInterval(work, ms));
}

/** Drafts what the newcomers' workers are to read. The answer puts it in its place, and throws nothing: the log has it by then. */
function prepare(
  bots: string,
  newcomers: readonly Newcomer[],
  stopping: boolean,
  complain: (error: unknown) => void,
): () => void {
  if (stopping) throw new Refusal("unavailable", "The manager is stopping");
  try {
    const folders = newcomers.map(({ event, config }) => draftFolder(bots, event.bot, config));
    return () => {
      try {
        folders.forEach(useDraft);
      } catch (error) {
        complain(error);
      }
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const full = (error as { code?: string }).code === "ENOSPC";
    throw new Refusal(full ? "disk_full" : "unavailable", `Cannot write the bots' folders: ${why}`);
  }
}

/** A folder that is not there may come later, so it stops nothing; whoever gave the wrong one wants to know. */
function tellNamed(folder: string, log: (line: string) => void): void {
  const from = resolve(folder);
  try {
    log(`${listNamed(folder).length} configurations to spawn from in "${from}"`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log(`warning: ${error.message}: "${from}"`);
  }
}

function readFrom(folder: string | null, name: string, log: (line: string) => void): BotConfig {
  if (folder === null)
    throw new Refusal("bad_input", `No configuration can be named: this manager has no config_dir`);
  return readNamed(folder, name, log);
}
