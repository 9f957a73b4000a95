/** `bbsbot doctor`: what on this machine, and about the manager, would keep a swarm from running well. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, resolve } from "node:path";
import process from "node:process";
import type { DoctorAt, Finding } from "./control/console/doors.ts";
import { remoteSwarm } from "./control/client.ts";
import { bad, good, judgeCores, judgeDisk, judgeFiles, judgeMemory, poor } from "./doctor-machine.ts";
import type { Taken, Verdict } from "./doctor-machine.ts";
import { modelOf } from "./doctor-model.ts";
import { askHealth } from "./io/health.ts";
import { filesMax, groupLimits, memoryFree } from "./io/machine.ts";
import { callUp, isFree } from "./io/reachable.ts";
import { clientToken, defaultTokenFile } from "./io/token.ts";
import { ManagerConfig } from "./proto/manager-config.ts";
import { Refusal } from "./proto/refusal.ts";

/** One look takes so long at most, in milliseconds, and all of them together not much longer. */
export const lookMaxMs = 5000;
/** Clocks that differ by more make times hard to compare, in milliseconds. */
const skewPoorMs = 5000;
/** The swarm that a machine should be able to carry, where no manager.yaml says how large it may be. */
const botsUsual = 111;

/** What a manager is like of which nothing is said. */
const usual = ManagerConfig.parse({}).manager;

/** Looks at everything at once. */
export async function examine(at: DoctorAt, version: string): Promise<Finding[]> {
  const bots = at.manager?.max_bots ?? botsUsual;
  const looks: [what: string, look: () => Verdict | Promise<Verdict>][] = [
    ["program", () => programOf(version)],
    ["open files", () => judgeFiles(filesMax(), bots)],
    ["memory", async () => judgeMemory(memoryFree(), groupLimits().memoryLeft, bots, await botTakes(at))],
    ["processors", () => judgeCores(availableParallelism(), groupLimits().cores)],
    ["disk", () => judgeDisk(dirname(resolve(at.manager?.state_file ?? usual.state_file)))],
    ["token", () => tokenOf(at)],
    ["manager", () => managerOf(at, version)],
    ["terminal", () => judgeTerminal(process.env, process.stdout.isTTY === true)],
  ];
  const { game, llm } = at;
  if (game) looks.push(["game server", () => gameOf(game)]);
  if (llm) looks.push(["model", () => modelOf(llm, lookMaxMs)]);
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

/** What a bot takes of this machine's memory, as the swarm that is there has measured it; undefined where there is none. */
async function botTakes({ url, tokenFile }: DoctorAt): Promise<Taken | undefined> {
  try {
    const hurried = (request: Request) => fetch(request, { signal: AbortSignal.timeout(lookMaxMs) });
    const { bots } = await remoteSwarm(url, hurried, clientToken(url, tokenFile)).swarmStatus({});
    const measured = bots.flatMap(({ memory_mb: mb }) => (mb === undefined ? [] : [mb]));
    if (measured.length === 0) return undefined;
    const mean = measured.reduce((sum, mb) => sum + mb, 0) / measured.length;
    return { bytes: mean * 1e6, bots: measured.length };
  } catch (error) {
    // That there is no manager, or none for us, is told elsewhere.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

async function managerOf({ url, manager = usual }: DoctorAt, version: string): Promise<Verdict> {
  const asked = await askHealth(url, lookMaxMs);
  switch (asked.type) {
    case "nobody":
      return noManager(url, manager.dashboard_port);
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
async function noManager(url: string, dashboardPort: number | null): Promise<Verdict> {
  const { hostname, port } = new URL(url);
  const nobody = `none answers at ${url}`;
  if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname))
    return bad(`${nobody}; is it running, and the way to it open?`);
  const wanted = port === "" ? 80 : Number(port);
  if (!(await isFree(wanted)))
    return bad(`${nobody}, and port ${wanted} is taken by another program; --port names another`);
  const dashboard =
    dashboardPort === null || (await isFree(dashboardPort))
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
