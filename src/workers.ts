/** The workers of this machine: started here, or adopted from a former manager; each a process that has a line to us, or dials for one. */
import { createHash } from "node:crypto";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Line, Lines } from "./control/lines.ts";
import type { Hands } from "./hands.ts";
import type { LineCaller } from "./io/line-server.ts";
import { termGraceMs, type WorkerProcess } from "./io/process.ts";
import { WorkerMessage } from "./proto/link.ts";
import { linkMessageMaxBytes } from "./proto/orders.ts";
import { eventOf } from "./swarm/messages.ts";
import type { Effect } from "./swarm/react.ts";
import type { Recorder } from "./swarm/record.ts";
import { hasEnded, hasProcess, type Bot, type SwarmState } from "./swarm/swarm.ts";

/** A bot that is to leave a process which it shares has so long, in milliseconds; it is told so often, while it has no line; then the process is ended. */
const dropMaxMs = 2 * termGraceMs;
const dropTries = 3;
/** Pace at which adopted workers that are away are looked for, in milliseconds. */
export const watchEveryMs = 200;
/** Bytes that may wait for a worker that does not read: what its game told others comes in pieces of 64 KB, one at a time. */
const backlogMaxBytes = 4 * 1024 * 1024;
/** The last lines of a crashed worker's log that are kept, and their characters. */
const lastLines = 20;
const lastLinesMaxChars = 2000;
/** Longest path that a Unix socket can have, with room to spare. */
const socketPathMaxBytes = 100;

export interface WorkersParts {
  readonly hands: Hands;
  readonly folderOf: (bot: string) => string;
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly lines: Lines;
  readonly now: () => number;
  /** Hears of each process, so that limits can be set on it. */
  readonly begun: (bot: string, pid: number, packed: boolean) => void;
  /** What the limits know of a process's end. */
  readonly whyEnded: (bot: string) => string | undefined;
}

export interface Workers {
  start(bot: string): void;
  perform(effect: Extract<Effect, { type: "end" | "cut" }>): void;
  /** A worker is gone that is no child of ours; what it still had to say is read from its folder. */
  goneUnseen(bot: Readonly<Bot>, words: string): void;
  /** Whether the bot's process is there, and the bot in it. */
  isHere(bot: Readonly<Bot>): boolean;
  /** Looks for adopted workers that have ended. */
  watch(): void;
  /** Opens the door for workers that come back. Rejects when the system refuses. */
  open(path: string): Promise<void>;
  stop(): Promise<void>;
}

/** The socket of a swarm whose things lie in `folder`: in it, or where the path is too long for a socket, in a folder of this user's own. */
export function doorPath(folder: string): string {
  const path = join(folder, "manager.sock");
  if (Buffer.byteLength(path) <= socketPathMaxBytes) return path;
  const mark = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  return join(tmpdir(), `bbsbot-${userInfo().uid}`, `${mark}.sock`);
}

export function keepWorkers(parts: WorkersParts): Workers {
  const { hands, state, recorder, lines, now, folderOf } = parts;
  /** Bots whose process is our own child: the system tells us of its end. */
  const children = new Set<string>();
  /** Call off what is still to be done to end a worker. */
  const ends = new Map<string, () => void>();
  let stopDoor: (() => Promise<void>) | undefined;

  function start(bot: string): void {
    const folder = folderOf(bot);
    try {
      const line: WorkerProcess = hands.startWorker(bot, folder, {
        heard: (message) => lines.heard(bot, line, message),
        closed() {
          // From a process that it shares nobody tells its own end any more.
          if (line.packed) children.delete(bot);
          unlinked(bot, line);
        },
        exited(code, signal, words) {
          children.delete(bot);
          lines.detach(bot, line);
          // Where the channel broke first, its end may have been seen already, and another have been started.
          if (isOf(bot, line.pid)) gone(bot, code, signal, words);
        },
      });
      const { pid, ticks, packed } = line;
      children.add(bot);
      parts.begun(bot, pid, packed === true);
      lines.attach(bot, line);
      recorder.happened({
        type: "started",
        bot,
        pid,
        ...(ticks !== undefined && { ticks }),
        ...(packed && { packed }),
        at: now(),
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      recorder.happened({ type: "startFailed", bot, reason, at: now() });
    }
  }

  /** Whether that is the process which the bot has now. */
  function isOf(bot: string, pid: number): boolean {
    const known = state.bots.get(bot);
    return known !== undefined && hasProcess(known) && known.pid === pid;
  }

  function unlinked(bot: string, line: Line): void {
    if (lines.detach(bot, line)) recorder.happened({ type: "unlinked", bot, at: now() });
  }

  function gone(bot: string, code: number | null, signal: string | null, words?: string): void {
    ends.get(bot)?.();
    ends.delete(bot);
    readLastWords(bot);
    const known = state.bots.get(bot);
    const why = words ?? parts.whyEnded(bot);
    const wordless = known && !hasEnded(known) && known.killed === undefined && known.again === undefined;
    const log = wordless
      ? hands.tailLog(folderOf(bot), lastLines).lines.join("\n").slice(-lastLinesMaxChars)
      : "";
    recorder.happened({
      type: "exited",
      bot,
      code,
      signal,
      ...(why !== undefined && { words: why }),
      ...(log !== "" && { log }),
      at: now(),
    });
  }

  function goneUnseen(bot: Readonly<Bot>, words: string): void {
    const isWanted = !hasEnded(bot) && bot.killed === undefined && bot.again === undefined;
    // Never welcomed, it ended because its manager had: that is no crash of its own.
    if (bot.process === "starting" && isWanted) {
      const reason = "its start was cut short";
      recorder.happened({ type: "restartAsked", bot: bot.id, reason, fresh: false, at: now() });
    }
    gone(bot.id, null, null, parts.whyEnded(bot.id) ?? words);
  }

  /** What a worker had told nobody when it ended lies in its folder. */
  function readLastWords(bot: string): void {
    const left = hands.readOutbox(folderOf(bot));
    if (!left || left.session !== state.bots.get(bot)?.session) return;
    for (const message of left.messages) {
      const event = eventOf(state, bot, message, now());
      if (!event) continue;
      const n = "n" in message ? message.n : undefined;
      const isTaken = n !== undefined && recorder.heard(event, { session: left.session, n }) !== "full";
      // There is no asking it again: how it ended counts, however much waits for the disk.
      if (!isTaken && (message.type === "ended" || message.type === "report")) recorder.happened(event);
    }
  }

  /** One end for each bot: what was still to be done for another is called off. */
  function endLater(bot: string, ms: number, work: () => void): void {
    ends.get(bot)?.();
    ends.set(bot, hands.later(ms, work));
  }

  function endSoon(bot: string, graceMs: number): void {
    const { pid, ticks, packed } = state.bots.get(bot) ?? {};
    if (pid === undefined) return;
    endLater(bot, graceMs, () => {
      if (packed) return drop(bot, dropTries);
      hands.signalWorker(pid, ticks, "SIGTERM");
      endLater(bot, termGraceMs, () => hands.signalWorker(pid, ticks, "SIGKILL"));
    });
  }

  /** Out of a process that it shares, at once; a process that does not react ends with all who are in it. */
  function drop(bot: string, tries: number): void {
    lines.tell(bot, { type: "drop" });
    endLater(bot, dropMaxMs, () => {
      const { pid, ticks, linked } = state.bots.get(bot) ?? {};
      // Without a line it has not heard of it, and calls within a second.
      if (!linked && tries > 1) return drop(bot, tries - 1);
      if (pid !== undefined) hands.signalWorker(pid, ticks, "SIGKILL");
    });
  }

  function isHere({ id, pid, ticks, packed }: Readonly<Bot>): boolean {
    if (pid === undefined) return false;
    return packed ? hands.isSeated(folderOf(id), pid, ticks) : hands.isThere(pid, ticks);
  }

  function watch(): void {
    for (const bot of state.bots.values()) {
      if (bot.origin !== "spawned" || !hasProcess(bot) || bot.linked || children.has(bot.id)) continue;
      if (isHere(bot)) continue;
      goneUnseen(bot, "the worker ended, seen by nobody");
    }
  }

  /** A worker that has lost its manager dials here. Only our own user can reach this; the hello says who it is. */
  function welcomed(caller: LineCaller) {
    const line: Line = { send: (message) => caller.send(message), close: () => caller.close() };
    let bot: string | undefined;
    return {
      line(text: string) {
        const message = readJson(text);
        if (bot !== undefined) {
          if (message === undefined) lines.broken(bot, line, "the worker sent what is no JSON");
          else lines.heard(bot, line, message, Buffer.byteLength(text));
          return;
        }
        const hello = WorkerMessage.safeParse(message);
        if (!hello.success || hello.data.type !== "hello" || !isExpected(hello.data)) return caller.close();
        bot = hello.data.bot_id;
        lines.attach(bot, line);
        lines.heard(bot, line, message, Buffer.byteLength(text));
      },
      closed() {
        if (bot === undefined) return;
        unlinked(bot, line);
        // Most often its process has just ended.
        hands.later(20, watch);
      },
    };
  }

  function isExpected({ bot_id, pid, session }: { bot_id: string; pid: number; session: string }): boolean {
    const known = state.bots.get(bot_id);
    return isOf(bot_id, pid) && known?.origin === "spawned" && (known.session ?? session) === session;
  }

  return {
    start,
    goneUnseen,
    isHere,
    watch,
    perform(effect) {
      if (effect.type === "end") return endSoon(effect.bot, effect.graceMs);
      const { pid, ticks, packed } = state.bots.get(effect.bot) ?? {};
      if (packed) return drop(effect.bot, dropTries);
      if (pid !== undefined) hands.signalWorker(pid, ticks, "SIGKILL");
    },
    async open(path) {
      const limits = {
        lineMaxBytes: 2 * linkMessageMaxBytes,
        backlogMaxBytes,
        callersMax: state.maxBots + 100,
      };
      const server = await hands.listenLines(path, limits, welcomed);
      stopDoor = () => server.stop();
    },
    async stop() {
      for (const callOff of ends.values()) callOff();
      await stopDoor?.();
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Theirs to have sent it: told to the caller as undefined, which JSON cannot be.
    return undefined;
  }
}
