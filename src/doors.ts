/** Flags to running processes: what is printed first, which signals end them, with which status. Each door loads only its own root. */
import { availableParallelism, homedir } from "node:os";
import { createHash } from "node:crypto";
import { basename, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { HostFlags, ManagerFlags, WorkerFlags } from "./control/console/doors.ts";
import { exits } from "./control/console/exits.ts";
import type { Ending } from "./play.ts";
import { grouped, type Console } from "./control/console/terminal.ts";
import { logTo } from "./log.ts";
import { loadBot } from "./io/bot-file.ts";
import { clientToken } from "./io/token.ts";
import { loadYaml } from "./io/yaml.ts";
import type { HostQuestion, HostRequest } from "./proto/host-admin.ts";
import { ManagerConfig } from "./proto/manager-config.ts";
import { jsonLine, printable } from "./proto/printable.ts";
import { Refusal } from "./proto/refusal.ts";

/**
 * Settles when this process is asked to end, with the exit status for it: by Ctrl-C (130), by its terminal's end (129), by a
 * polite signal (0), or because the process that started it and kept a channel to it is gone (0).
 */
export function untilAsked(): Promise<number> {
  return new Promise((ask) => {
    process.on("SIGINT", () => ask(exits.interrupted));
    process.on("SIGHUP", () => ask(exits.hungUp));
    process.on("SIGTERM", () => ask(exits.ok));
    if (process.connected) process.on("disconnect", () => ask(exits.ok));
  });
}

/** How this very program is started again: the compiled binary itself, or Bun with the source. */
export function selfCommand(): string[] {
  // A replaced or removed file would leave execPath dangling, while /proc/self/exe still leads to the running program.
  if (Bun.isStandaloneExecutable) {
    return [process.platform === "linux" ? "/proc/self/exe" : process.execPath];
  }
  // With the flags that Bun itself was given, such as those for a profile.
  return [process.execPath, ...process.execArgv, fileURLToPath(new URL("cli.ts", import.meta.url).href)];
}

export async function managerDoor(flags: ManagerFlags, console: Console, version: string): Promise<number> {
  if (!("Bun" in globalThis)) throw new Refusal("unavailable", "The manager needs Bun");
  // Before anything is printed: whoever reads that we are ready may ask us to end at once.
  const asked = untilAsked();
  const upgrading = new Promise<"handOver">((ask) => process.on("SIGUSR2", () => ask("handOver")));
  const { runManager } = await import("./server.ts");
  const { manager: fromFile } = flags.config
    ? loaded(flags.config, ManagerConfig, console)
    : ManagerConfig.parse({});
  const running = await runManager({
    ...fromFile,
    host: flags.host ?? fromFile.host,
    port: flags.port ?? fromFile.port,
    dashboard_port:
      flags.dashboardPort === false
        ? null
        : typeof flags.dashboardPort === "number"
          ? flags.dashboardPort
          : fromFile.dashboard_port,
    page_read_only: flags.pageReadOnly ?? fromFile.page_read_only,
    state_file: flags.stateFile ?? fromFile.state_file,
    max_bots: flags.maxBots ?? fromFile.max_bots,
    bots_per_worker: flags.pack ?? fromFile.bots_per_worker,
    config_dir: flags.configDir ?? fromFile.config_dir,
    orphan_grace: flags.orphanGrace ?? fromFile.orphan_grace,
    auth: { ...fromFile.auth, token_file: flags.tokenFile ?? fromFile.auth.token_file },
    spawn_parallel: fromFile.spawn_parallel || 2 * availableParallelism(),
    version,
    workerCommand: { argv: selfCommand(), argv0: "bbsbot" },
    log: logTo(console, flags.json),
  });
  console.out(
    flags.json
      ? `${jsonLine({ event: "listening", url: running.url, dashboard_url: running.dashboardUrl })}\n`
      : `Manager at ${running.url}, status page at ${running.dashboardUrl ?? running.url}\n`,
  );
  const wish = await Promise.race([asked, upgrading]);
  if (wish !== "handOver") {
    await running.stop();
    return wish;
  }
  await running.handOver();
  // Workers look for the next manager when their lines to this one break: with its end, and it would wait for theirs.
  process.exit(0);
}

export async function hostDoor(flags: HostFlags, console: Console): Promise<number> {
  const asked = untilAsked();
  const [{ runHost }, { planHost }] = await Promise.all([import("./host.ts"), import("./host-plan.ts")]);
  const { plan, warnings } = planHost(flags);
  for (const warning of warnings) console.err(`${printable(warning)}\n`);
  const running = await runHost({ ...plan, log: logTo(console, flags.json) });
  const letters = plan.games.map(({ letter }) => letter).join("");
  console.out(
    flags.json
      ? `${jsonLine({ event: "listening", port: running.port })}\n`
      : `TradeWars 2002 at ${plan.bind} port ${running.port}, games ${letters}\n`,
  );
  const status = await asked;
  await running.stop();
  return status;
}

export async function askHostDoor(db: string, request: HostRequest): Promise<unknown> {
  const { askHost } = await import("./host-admin.ts");
  const answer = await askHost(db, request);
  if (!answer) throw new Refusal("unavailable", `No host is running with "${db}"`);
  return answer.result;
}

export async function inspectHostDoor(db: string, game: string, what: HostQuestion): Promise<unknown> {
  const { askHost, inspectSaved } = await import("./host-admin.ts");
  const answer = await askHost(db, { op: "inspect", game, what });
  return answer ? answer.result : inspectSaved(db, game, what, Date.now());
}

export async function workerDoor(flags: WorkerFlags, console: Console): Promise<number> {
  const { runWorker } = await import("./bot.ts");
  const { value: config, warnings, place } = loadBot(flags.config);
  const log = logTo(console, flags.json);
  for (const warning of warnings) log(warning);
  return runWorker({
    config,
    configName: flags.config,
    place,
    botId: flags.botId,
    managerUrl: flags.manager,
    managerToken: flags.manager === undefined ? undefined : clientToken(flags.manager, flags.tokenFile),
    folder: flags.stateDir ?? workerFolder(flags.config),
    record: flags.record,
    log,
    ended: (ending) =>
      console.out(
        flags.json
          ? `${jsonLine(ending)}\n`
          : `${printable(`${ending.how}: ${ending.reason}; ${earned(ending)}`)}\n`,
      ),
  });
}

const earned = ({ report }: Ending) =>
  `${grouped(report.credits - report.credits_start)} credits earned in ${grouped(report.turns_executed)} turns, ` +
  `${grouped(report.trades_executed)} trades, ${grouped(report.credits)} credits in hand`;

/** Where a worker started by hand keeps who it is: one folder for each configuration file. */
function workerFolder(configFile: string): string {
  const state = process.env["XDG_STATE_HOME"] || join(homedir(), ".local/state");
  const stem = basename(configFile).replace(/\.ya?ml$/i, "");
  const mark = createHash("sha256").update(resolve(configFile)).digest("hex").slice(0, 8);
  return join(state, "bbsbot/workers", `${stem}-${mark}`);
}

function loaded<S extends typeof ManagerConfig>(file: string, schema: S, console: Console) {
  const { value, warnings } = loadYaml(file, schema);
  for (const warning of warnings) console.err(`${printable(warning)}\n`);
  return value;
}
