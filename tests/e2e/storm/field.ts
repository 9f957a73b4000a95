/**
 * A whole installation that may be ill-treated: a host, a proxy before it, a manager that can be killed and started again
 * on the same port and state, and its workers. Everything is in one scratch folder, on loopback, and ended by `close`.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { BotConfig } from "../../../src/proto/config.ts";
import type { BotStatus, SwarmStatus } from "../../../src/proto/status.ts";
import { binary, processesWith, scratch, start, until, words, type Running } from "../harness.ts";
import { isAlive, signal, workersIn, type WorkerProcess } from "./processes.ts";
import { startProxy, type Proxy } from "./proxy.ts";

/** The program under test; BBSBOT_BINARY names another build of it. */
const program = process.env["BBSBOT_BINARY"] ?? binary;
/** Longest time any one question to the manager may take. */
const answerMaxMs = 10_000;

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface FieldOptions {
  /** Milliseconds before each answer of the host; real servers take 150, and the processor has time for other things then. */
  readonly latencyMs?: number;
  /** More flags of the host. */
  readonly host?: readonly string[];
  /** Keys of manager.yaml besides those that the field needs itself. */
  readonly manager?: Readonly<Record<string, unknown>>;
  /** Where the manager's state lies, when not in the field's own folder. */
  readonly stateFolder?: string;
  readonly stateFile?: string;
}

export interface Field {
  /** Everything is in here. */
  readonly folder: string;
  /** Where the manager's state lies: `folder` unless said otherwise. */
  readonly state: string;
  readonly proxy: Proxy;
  /** The host's own, for bots that are to reach it without the proxy. */
  readonly hostPort: number;
  readonly url: string;
  manager(): Running;
  /** Answers when the manager has said that it listens. */
  startManager(): Promise<Running>;
  stopManager(by: NodeJS.Signals): Promise<number>;
  /** Throws when the manager cannot be reached, or breaks off. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  status(): Promise<SwarmStatus>;
  bot(id: string): Promise<BotStatus>;
  config(more?: Partial<Record<keyof BotConfig, object>>): object;
  /** Starts so many bots and gives their ids; does not wait for them. */
  spawn(count: number, more?: Partial<Record<keyof BotConfig, object>>): Promise<string[]>;
  /** Waits until every bot plays: RUNNING, its line up. */
  allPlaying(maxMs?: number): Promise<SwarmStatus>;
  workers(): WorkerProcess[];
  /** Everything that a manager of this field has logged. */
  log(): string;
  close(): Promise<void>;
}

export const plays = (bot: BotStatus) => bot.state === "RUNNING" && bot.linked;

export async function makeField(options: FieldOptions = {}): Promise<Field> {
  const { folder, remove } = scratch();
  // Bots' folders are their owner's alone, and so is what holds them.
  chmodSync(folder, 0o700);
  const state = options.stateFolder ?? folder;
  const env = { XDG_STATE_HOME: join(folder, "home") };
  mkdirSync(env.XDG_STATE_HOME, { recursive: true });
  const run = (argv: readonly string[]) => start(argv, { command: [program], env });
  const host = await run([
    ...words(`host --json --port 0 --seed 11 --turns-per-day 1000000 --latency ${options.latencyMs ?? 0}`),
    ...(options.host ?? []),
    "--db",
    join(folder, "host.db"),
  ]);
  const hostPort = Number(host.first["port"]);
  const proxy = await startProxy(hostPort, await freePort());
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const yaml = join(folder, "manager.yaml");
  const settings = {
    port,
    dashboard_port: null,
    state_file: join(state, options.stateFile ?? "swarm.db"),
    ...options.manager,
  };
  writeFileSync(yaml, JSON.stringify({ manager: settings }));
  const managers: Running[] = [];
  const manager = () => {
    const last = managers.at(-1);
    if (!last) throw new Error("No manager has been started");
    return last;
  };
  const token = () => {
    const file = join(env.XDG_STATE_HOME, "bbsbot/token");
    return existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  };

  const ask: Field["ask"] = async (method, path, body, headers) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization: `Bearer ${token()}`,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMaxMs),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const good = async <T>(path: string): Promise<T> => {
    const { status, body } = await ask("GET", path);
    if (status !== 200) throw new Error(`GET ${path} was answered ${status}: ${JSON.stringify(body)}`);
    return body as T;
  };
  const config: Field["config"] = (more = {}) => ({
    ...more,
    connection: { host: "127.0.0.1", port: proxy.port, ...more.connection },
  });
  const field: Field = {
    folder,
    state,
    proxy,
    hostPort,
    url,
    manager,
    async startManager() {
      const running = await run([...words("manager --json --config"), yaml]);
      managers.push(running);
      return running;
    },
    stopManager: (by) => manager().stop(by),
    ask,
    status: () => good("/swarm/status"),
    bot: (id) => good(`/bot/${id}/status`),
    config,
    async spawn(count, more) {
      const { status, body } = await ask("POST", "/swarm/spawn-batch", { configs: [config(more)], count });
      if (status !== 201) throw new Error(`The batch was answered ${status}: ${JSON.stringify(body)}`);
      return body["bot_ids"] as string[];
    },
    allPlaying: (maxMs = 60_000) =>
      until(
        "every bot plays",
        async () => {
          const all = await field.status();
          return all.bots.every(plays) && all;
        },
        maxMs,
      ),
    workers: () => workersIn(state),
    log: () => managers.map((each) => each.log()).join(""),
    async close() {
      const last = managers.at(-1);
      if (last && isAlive(last.pid)) {
        // A manager that hangs must not make its test hang.
        const certain = setTimeout(() => signal(last.pid, "SIGKILL"), 15_000);
        await last.stop();
        clearTimeout(certain);
      }
      for (const { pid } of workersIn(state)) signal(pid, "SIGKILL");
      await proxy.stop();
      await host.stop();
      await until("every process of the field gone", () => processesWith(folder).length === 0, 5000);
      remove();
    },
  };
  return field;
}

/** Below the ports that the system gives to outgoing connections: nobody takes it while its owner is dead. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 15_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
