/** What the command line opens on: the processes it can start and the swarm it can speak to, handed in by the executable. */
import type { BotConfig } from "../../proto/config.ts";
import type { CheckedConfig, ShownConfig } from "../../proto/config-kinds.ts";
import type { ConfigKind } from "../../proto/kinds.ts";
import type { HostQuestion, HostRequest } from "../../proto/host-admin.ts";
import type { LiveMessage } from "../../proto/events.ts";
import type { FeedTold } from "../../proto/feed.ts";
import type { Llm } from "../../proto/llm-config.ts";
import type { ManagerConfig } from "../../proto/manager-config.ts";
import type { Swarm } from "../../proto/operations.ts";
import type { TerminalAsked, TerminalTold } from "../../proto/terminal-view.ts";
import type { Console } from "./terminal.ts";
import type { Tty } from "./tty.ts";
import type { Settings } from "./verb.ts";

/** Which manager, and what proves that one may command it: as the flags say, or undefined for what settings and environment say. */
export interface ManagerAt {
  readonly url: string;
  readonly tokenFile?: string | undefined;
}

/** What a viewer hears of its line; neither may throw. */
export interface Ears<T> {
  /** Each message, past its schema. */
  told(message: T): void;
  /** The line is there, or there again. */
  opened?(): void;
  /** The line is gone; it is dialled again unless it is `final`. */
  closed?(reason: string, final: boolean): void;
}

/** A line to the manager. */
export interface Viewing<S = never> {
  /** False when there is no line just now. */
  say(message: S): boolean;
  close(): void;
}

/** What `doctor` needs to know of a manager that is to be started. */
export type ManagerMeant = Pick<
  ManagerConfig["manager"],
  "state_file" | "max_bots" | "dashboard_port" | "host" | "port"
>;

/** What `doctor` is to look at beside this machine. */
export interface DoctorAt extends ManagerAt {
  readonly game?: { readonly host: string; readonly port: number } | undefined;
  /** Of the manager.yaml that is meant, in place of a manager's defaults. */
  readonly manager?: ManagerMeant | undefined;
  /** The model that bots are to be advised by. */
  readonly llm?: Llm | undefined;
}

/** One thing that `doctor` has looked at. */
export interface Finding {
  readonly what: string;
  readonly how: "good" | "poor" | "bad";
  /** What was found, and what to do about it, for people. */
  readonly told: string;
}

export interface McpFlags extends ManagerAt {
  readonly readOnly: boolean;
  /** Our own fixtures in place of the swarm, for the protocol's conformance suite: over HTTP at this port, 0 for any. */
  readonly conformance: boolean;
  readonly port: number;
}

export interface ManagerFlags {
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
  readonly dashboardPort?: number | false;
  readonly pageReadOnly?: boolean;
  readonly stateFile?: string;
  readonly maxBots?: number;
  readonly pack?: number;
  readonly configDir?: string;
  readonly tokenFile?: string;
  /** Seconds. */
  readonly orphanGrace?: number;
  readonly json?: boolean;
}

export interface WorkerFlags {
  readonly config: string;
  readonly botId?: string;
  readonly manager?: string;
  readonly tokenFile?: string;
  readonly stateDir?: string;
  readonly record?: string;
  readonly json?: boolean;
}

export interface HostFlags {
  readonly config?: string;
  readonly port?: number;
  readonly bind?: string;
  readonly games?: string;
  readonly sectors?: number;
  readonly seed?: number;
  readonly turnsPerDay?: number;
  readonly latency?: number;
  readonly clock?: number;
  readonly maxCallers?: number;
  readonly db?: string;
  readonly json?: boolean;
}

/** Where a host's games are, for those who ask about them. */
export interface HostAskFlags {
  readonly db: string;
}

export interface DemoFlags {
  readonly count: number;
  readonly seed: number;
  readonly turns: number;
  /** In each game; undefined for as many as count and turns call for, like the number of games. */
  readonly sectors?: number;
  readonly games?: number;
  /** Bots to a process; undefined for a process to each core. */
  readonly pack?: number;
  readonly port: number;
  readonly json?: boolean;
}

/** Each long-running door answers with the process's exit code when it is done. */
export interface Doors {
  readonly console: Console;
  readonly tty: Tty;
  readonly version: string;
  manager(flags: ManagerFlags): Promise<number>;
  worker(flags: WorkerFlags): Promise<number>;
  host(flags: HostFlags): Promise<number>;
  demo(flags: DemoFlags): Promise<number>;
  /** Explains recordings to stdout; 0 where nothing is left unexplained, else 1. Throws Refusal "bad_input". */
  explain(files: readonly string[], json: boolean): Promise<number>;
  /** Asks the host that is running with a database. Throws Refusal "unavailable" when there is none. */
  askHost(db: string, request: HostRequest): Promise<unknown>;
  /** The same for questions that the saved games can answer, too. */
  inspectHost(db: string, game: string, what: HostQuestion): Promise<unknown>;
  /** Which manager and which colours environment and settings file want. Throws Refusal "bad_input". */
  settings(): Promise<Settings>;
  /** Where the settings file is looked for, and whether it is there. */
  settingsFile(): Promise<{ readonly file: string; readonly found: boolean }>;
  /**
   * The manager at an address, behind HTTP; its token from a file, or from where it is usually found. An answer is waited for so long
   * and no longer, in milliseconds. Throws Refusal "bad_input".
   */
  swarm(url: string, tokenFile?: string, answerMaxMs?: number): Promise<Swarm>;
  /** /ws/swarm, /ws/events and a bot's terminal. The first two dial again by themselves. */
  live(at: ManagerAt, ears: Ears<LiveMessage>): Promise<Viewing>;
  feed(at: ManagerAt, ears: Ears<FeedTold>): Promise<Viewing>;
  terminal(at: ManagerAt, bot: string, ears: Ears<TerminalTold>): Promise<Viewing<TerminalAsked>>;
  /** Speaks the Model Context Protocol on stdin and stdout until its client goes; the exit status. */
  mcp(flags: McpFlags): Promise<number>;
  /** Looks at this machine, at the manager, and at a game server where one is named. */
  doctor(at: DoctorAt): Promise<Finding[]>;
  /** Writes a new file, or replaces one where `replace`; "-" is refused here. Throws Refusal "conflict" or "unavailable". */
  writeFile(path: string, chunks: AsyncIterable<string>, replace: boolean): Promise<void>;
  /** The files that words mean: a file itself, the YAML files of a folder, those that fit a pattern. Throws Refusal "bad_input" for none. */
  configFiles(words: readonly string[]): Promise<string[]>;
  /** YAML files and folders whose names begin as what is typed. */
  filesLike(typed: string): Promise<string[]>;
  /** A bot's configuration from a file, complaints already on stderr. Throws Refusal "bad_input". */
  readBotConfig(file: string): Promise<BotConfig>;
  /** What is wrong with a file, and what it holds without effect. */
  checkConfig(file: string, kind: ConfigKind | undefined): Promise<CheckedConfig>;
  /** A file without its secrets, resolved or as it is written; the defaults without a file. Throws Refusal "bad_input". */
  showConfig(file: string | undefined, kind: ConfigKind | undefined, resolved: boolean): Promise<ShownConfig>;
}
