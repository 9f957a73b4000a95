/** Passwords that can be told from all other text, and every place where they must not be. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { Field } from "./field.ts";
import { argvOf } from "./processes.ts";

/** Every kind of password that a bot can have; no more than the 20 characters that a game takes. */
export const canaries = {
  account: "canary-account-7f3a",
  caller: "canary-caller-91cd",
  game: "canary-game-5e20",
} as const;

export const canaryConfig = {
  character: { password: canaries.account },
  connection: { character_password: canaries.caller, game_password: canaries.game },
};

/** Where a password belongs: in its bot's own two files, and in the host's books. */
const belongs = /\/bots\/[^/]+\/(bot\.yaml|identity\.json)$|\/host\.db[^/]*$/;

const hit = (text: string) => Object.values(canaries).some((canary) => text.includes(canary));

export interface Leaks {
  /** How many places were looked at. */
  readonly looked: number;
  /** Where one was found. */
  readonly found: readonly string[];
}

/** Files, argument lists, environments, logs, and whatever the manager answers or shows. */
export async function lookForLeaks(field: Field): Promise<Leaks> {
  const places = [
    ...filesIn(field.folder).flatMap((path): [string, string][] =>
      belongs.test(path) ? [] : [[relative(field.folder, path), readFileSync(path, "latin1")]],
    ),
    ...readdirSync("/proc").flatMap((pid): [string, string][] =>
      /^\d+$/.test(pid) ? [[`arguments of ${pid}`, argvOf(pid).join(" ")]] : [],
    ),
    ...field.workers().map(({ pid, bot }): [string, string] => [`environment of ${bot}`, environOf(pid)]),
    ["what the manager logs", field.log()] as const,
    ["what /ws/swarm shows", await firstShown(field)] as const,
    ...(await answers(field)),
  ];
  return { looked: places.length, found: places.flatMap(([name, text]) => (hit(text) ? [name] : [])) };
}

export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile());

function environOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return ""; // it ended while we looked
  }
}

async function answers(field: Field): Promise<[string, string][]> {
  const { bots } = await field.status();
  const paths = [
    "/swarm/status",
    "/swarm/timeseries",
    "/openapi.json",
    "/health",
    ...bots.flatMap(({ bot_id: id }) =>
      ["status", "config", "events?limit=1000", "logs", "logs/tail?lines=1000"].map(
        (what) => `/bot/${id}/${what}`,
      ),
    ),
  ];
  return Promise.all(
    paths.map(async (path): Promise<[string, string]> => {
      const { status, body } = await field.ask("GET", path);
      if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${JSON.stringify(body)}`);
      return [path, JSON.stringify(body)];
    }),
  );
}

function firstShown(field: Field): Promise<string> {
  const socket = new WebSocket(`${field.url.replace("http", "ws")}/ws/swarm`);
  return new Promise((resolve, reject) => {
    socket.addEventListener("error", () => reject(new Error("/ws/swarm cannot be watched")));
    socket.addEventListener("message", ({ data }) => {
      resolve(String(data));
      socket.close();
    });
  });
}

/** Permission bits, in octal, of what is not for others, and what was wanted. */
export function openModes(field: Field): string[] {
  return readdirSync(field.state, { recursive: true, encoding: "utf8" }).flatMap((name) => {
    const path = join(field.state, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    // The host and what the test itself wrote are none of the manager's.
    if (!stat || /^(host\.db|manager\.yaml|copy-|home$)/.test(name)) return [];
    const wanted = stat.isDirectory() ? 0o700 : 0o600;
    const mode = stat.mode & 0o777;
    return mode === wanted ? [] : [`${name}: ${mode.toString(8)}, not ${wanted.toString(8)}`];
  });
}

/** Sockets in Linux' abstract namespace, which has no owner and no mode, that belong to nobody but us. */
export const abstractSockets = () =>
  readFileSync("/proc/net/unix", "latin1")
    .split("\n")
    .filter((line) => /@.*bbsbot/i.test(line));
