/** `bbsbot doctor`: what on this machine, and about the manager, would keep a swarm from running well. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import process from "node:process";
import type { DoctorAt, Finding } from "./control/console/doors.ts";
import { askHealth } from "./io/health.ts";
import { diskFree, filesMax, groupLimits, memoryFree } from "./io/machine.ts";
import { callUp, isFree } from "./io/reachable.ts";
import { clientToken, defaultTokenFile } from "./io/token.ts";
import { Refusal } from "./proto/refusal.ts";

/** One look takes so long at most, in milliseconds, and all of them together not much longer. */
export const lookMaxMs = 5000;
/** The swarm that a machine should be able to carry. */
const botsWanted = 111;
/** What a bot takes: open files of the manager and of itself, and bytes of memory of its own, with some to spare. */
const filesEach = 4;
const filesBeside = 100;
const memoryEach = 40e6;
/** A manager writes down every event. */
const diskBadBytes = 100e6;
const diskPoorBytes = 1e9;
/** Clocks that differ by more make times hard to compare, in milliseconds. */
const skewPoorMs = 5000;
/** Where the status page is, beside the manager's own port. */
const dashboardPort = 3000;

type Verdict = Omit<Finding, "what">;
const good = (told: string): Verdict => ({ how: "good", told });
const poor = (told: string): Verdict => ({ how: "poor", told });
const bad = (told: string): Verdict => ({ how: "bad", told });

/** Looks at everything at once. */
export async function examine(at: DoctorAt, version: string): Promise<Finding[]> {
  const looks: [what: string, look: () => Verdict | Promise<Verdict>][] = [
    ["program", () => programOf(version)],
    ["open files", () => judgeFiles(filesMax())],
    ["memory", () => judgeMemory(memoryFree(), groupLimits().memoryLeft)],
    ["processors", () => judgeCores(availableParallelism(), groupLimits().cores)],
    ["disk", () => judgeDisk(process.cwd())],
    ["token", () => tokenOf(at)],
    ["manager", () => managerOf(at, version)],
    ["terminal", () => judgeTerminal(process.env, process.stdout.isTTY === true)],
  ];
  const { game } = at;
  if (game) looks.push(["game server", () => gameOf(game)]);
  return Promise.all(looks.map(([what, look]) => bounded(what, look)));
}

async function bounded(what: string, look: () => Verdict | Promise<Verdict>): Promise<Finding> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Verdict>((resolve) => {
    // What it waits for itself ends by then, and says more.
    timer = setTimeout(() => resolve(poor(`no answer within ${lookMaxMs / 1000} s`)), lookMaxMs + 1000);
  });
  try {
    return { what, ...(await Promise.race([look(), late])) };
  } finally {
    clearTimeout(timer);
  }
}

function programOf(version: string): Verdict {
  const told = `bbsbot ${version} on ${process.platform} ${process.arch}, "${process.execPath}"`;
  return process.platform === "linux"
    ? good(told)
    : poor(`${told}: limits of each bot's memory and time are kept on Linux only`);
}

export function judgeFiles(most: number | undefined): Verdict {
  if (most === undefined) return poor("how many may be open cannot be told here");
  const bots = Math.max(0, Math.floor((most - filesBeside) / filesEach));
  const told = `${most === Infinity ? "any number" : most} may be open, enough for ${bots === Infinity ? "any number of" : bots} bots`;
  return bots >= botsWanted ? good(told) : bad(`${told}; raise it: ulimit -n ${botsWanted * filesEach * 10}`);
}

export function judgeMemory(free: number | undefined, groupLeft: number | undefined): Verdict {
  if (free === undefined) return poor("how much is free cannot be told here");
  const left = Math.min(free, groupLeft ?? Infinity);
  const bots = Math.floor(left / memoryEach);
  const whose = left < free ? "left to us by the group we are in (memory.max)" : "free";
  const told = `${megabytes(left)} ${whose}, enough for about ${bots} bots`;
  if (bots >= botsWanted) return good(told);
  const less = "start fewer, or raise the limit";
  return bots < 1 ? bad(`${told}; ${less}`) : poor(`${told}; ${less}`);
}

export function judgeCores(cores: number, granted: number | undefined): Verdict {
  const ours = Math.min(cores, granted ?? Infinity);
  const told =
    granted !== undefined && granted < cores
      ? `${ours} of ${cores} cores are granted to us (cpu.max)`
      : `${cores} cores`;
  return ours >= 1 ? good(told) : poor(`${told}: many bots will start slowly`);
}

export function judgeDisk(folder: string): Verdict {
  try {
    const free = diskFree(folder);
    const told = `${megabytes(free)} free in "${folder}", where a manager started here keeps its swarm`;
    if (free >= diskPoorBytes) return good(told);
    const more = "make room, or name another place (--state-file)";
    return free < diskBadBytes ? bad(`${told}; ${more}`) : poor(`${told}; ${more}`);
  } catch (error) {
    const { code = "unknown" } = error as { code?: string };
    return poor(
      `a manager started here could not keep its swarm in "${folder}" (${code}); --state-file names another place`,
    );
  }
}

function tokenOf({ url, tokenFile }: DoctorAt): Verdict {
  if (tokenFile === undefined && process.env["BBSBOT_TOKEN"]) return good("from BBSBOT_TOKEN");
  const file = tokenFile ?? defaultTokenFile();
  if (tokenFile === undefined && !existsSync(file))
    return good(`none in "${file}" yet; a manager on this machine makes it`);
  try {
    clientToken(url, file);
    return good(`"${file}", for its owner only`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return bad(error.message);
  }
}

async function managerOf({ url }: DoctorAt, version: string): Promise<Verdict> {
  const asked = await askHealth(url, lookMaxMs);
  switch (asked.type) {
    case "nobody":
      return noManager(url);
    case "silent":
      return bad(`something listens at ${url} and does not answer; it may be stopped or overloaded`);
    case "stranger":
      return bad(`what answers at ${url} is no bbsbot manager (HTTP ${asked.status}); --url names another`);
    case "manager": {
      const { health, ahead } = asked;
      const told = `version ${health.version} at ${url}`;
      if (health.status !== "ok")
        return bad(`${told} is degraded: ${health.reason ?? "it does not say why"}`);
      if (health.version !== version)
        return poor(`${told}, but this is ${version}: restart it with this program`);
      if (Math.abs(ahead) > skewPoorMs)
        return poor(`${told}; its clock differs by ${Math.round(ahead / 1000)} s`);
      return good(`${told}, healthy`);
    }
  }
}

/** None is there: whether one could be started. */
async function noManager(url: string): Promise<Verdict> {
  const { hostname, port } = new URL(url);
  const nobody = `none answers at ${url}`;
  if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname))
    return bad(`${nobody}; is it running, and the way to it open?`);
  const wanted = port === "" ? 80 : Number(port);
  if (!(await isFree(wanted)))
    return bad(`${nobody}, and port ${wanted} is taken by another program; --port names another`);
  const dashboard = (await isFree(dashboardPort))
    ? ""
    : ` (port ${dashboardPort} is taken: the status page is on its own port then)`;
  return poor(`${nobody}; "bbsbot manager" starts one, port ${wanted} is free${dashboard}`);
}

export function judgeTerminal(env: Readonly<Record<string, string | undefined>>, isTty: boolean): Verdict {
  if (!isTty) return good("standard output is no terminal: plain text, no colours unless asked for");
  const term = env["TERM"] ?? "";
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  const told = `TERM is "${term}", the locale "${locale}"`;
  if (term === "" || term === "dumb")
    return poor(`${told}: "top" and "attach" need a terminal that can move its cursor`);
  if (!/utf-?8/i.test(locale))
    return poor(`${told}: a game's lines and boxes need UTF-8, such as LANG=C.UTF-8`);
  return good(`${told}${env["NO_COLOR"] ? ", no colours (NO_COLOR)" : ""}`);
}

async function gameOf({ host, port }: { host: string; port: number }): Promise<Verdict> {
  const answered = await callUp(host, port, lookMaxMs);
  const where = `${host}:${port}`;
  switch (answered.type) {
    case "spoke":
      return good(`${where} answers after ${answered.ms} ms`);
    case "silent":
      return poor(`${where} takes the call and says nothing; it may be full, or no game server`);
    case "refused":
      return bad(
        `${where} cannot be reached (${answered.why}); is it running, and connection.host and port right?`,
      );
  }
}

const megabytes = (bytes: number) =>
  bytes >= 10e9 ? `${Math.round(bytes / 1e9)} GB` : `${Math.round(bytes / 1e6)} MB`;
