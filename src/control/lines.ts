/** The manager's lines to its workers, one each, whatever carries them. What comes in is checked here, once. */
import type { Heard } from "../proto/batch.ts";
import type { SwarmEvent } from "../proto/events.ts";
import { WorkerMessage } from "../proto/link.ts";
import { linkMessageMaxBytes, linkVersion, type ManagerMessage } from "../proto/orders.ts";
import {
  eventOf,
  isOfAdvice,
  isOfDialling,
  isOfGame,
  isOfTerminal,
  type AdviceMessage,
  type DialMessage,
  type GameMessage,
  type RecountMessage,
  type TerminalMessage,
} from "../swarm/messages.ts";
import type { Effect } from "../swarm/react.ts";
import type { Recorder } from "../swarm/record.ts";
import type { SwarmState } from "../swarm/swarm.ts";

/** One way to one worker. None of these throw. */
export interface Line {
  /** False when the worker cannot be told any more. */
  send(message: ManagerMessage): boolean;
  /** Closes it. `refused`: the worker had better not come again. */
  close(refused?: string): void;
}

/** What each welcome tells. */
export interface WelcomeTerms {
  readonly maxCpu: number | undefined;
  /** The Unix socket where spawned workers come back. */
  readonly door: string | undefined;
  readonly orphanGraceMs: number;
}

export interface LinesParts {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly now: () => number;
  readonly terms: WelcomeTerms;
  /** When a process of this machine began, in ticks. */
  readonly ticksOf: (pid: number) => number | undefined;
  /** Hears what workers say of their game, of their way to it, for those who watch, to their model, and of what they chose. */
  readonly ofGame: (bot: string, message: GameMessage) => void;
  readonly ofDialling: (bot: string, message: DialMessage) => void;
  readonly ofTerminal: (bot: string, message: TerminalMessage) => void;
  readonly ofAdvice: (bot: string, message: AdviceMessage) => void;
  readonly ofChoices: (bot: string, message: RecountMessage) => void;
  /** A worker was welcomed on a new line: whatever it was told on a former one is to be told again. */
  readonly welcomed: (bot: string) => void;
}

export interface Lines {
  /** From now on this is the bot's line; a former one is closed. */
  attach(bot: string, line: Line): void;
  /** Forgets the line; false when the bot has another one by now. */
  detach(bot: string, line: Line): boolean;
  isOpen(bot: string): boolean;
  /** A message, already parsed from JSON, and how long its text was in bytes if known. */
  heard(bot: string, line: Line, message: unknown, bytes?: number): void;
  /** The worker broke the rules: it is recorded and cut off, and nothing more is taken from it. */
  broken(bot: string, line: Line, reason: string): void;
  /** Tells a bot, if it is there. */
  tell(bot: string, message: ManagerMessage): void;
  /** Tells workers which of their messages are kept for good. */
  acknowledge(heard: readonly Heard[]): void;
  /** Closes the bot's line. */
  close(bot: string, refused?: string): void;
  /** Tells a worker what an event asks it to be told. */
  perform(effect: Extract<Effect, { type: "welcome" | "order" }>): void;
}

interface Entry {
  readonly line: Line;
  heardHello: boolean;
  deaf: boolean;
  /** A numbered message could not be taken: the worker must begin again where we stopped. */
  missed: boolean;
}

/** Lines for the bots of `state`. */
export function createLines(parts: LinesParts): Lines {
  const { state, recorder, now } = parts;
  const open = new Map<string, Entry>();

  const broken: Lines["broken"] = (bot, line, reason) => {
    const entry = open.get(bot);
    if (entry?.line !== line || entry.deaf) return;
    entry.deaf = true;
    recorder.happened({ type: "cutOff", bot, reason, at: now() });
  };

  function hello(bot: string, entry: Entry, message: Extract<WorkerMessage, { type: "hello" }>): void {
    const known = state.bots.get(bot);
    if (entry.heardHello) return broken(bot, entry.line, "the worker said hello twice");
    entry.heardHello = true;
    // A stranger who speaks for a bot that has its worker is sent away; the worker is not to blame.
    if (known?.session !== undefined && known.session !== message.session) {
      entry.deaf = true;
      return entry.line.close("another worker is this bot");
    }
    // When it began is known best from its start: a late hello may be of one that is gone, and another has its pid by now.
    const ticks = known?.pid === message.pid ? known.ticks : undefined;
    const event = eventOf(state, bot, message, now(), ticks ?? parts.ticksOf(message.pid));
    if (event?.type === "cutOff") entry.deaf = true;
    pass(bot, event);
  }

  function pass(bot: string, event: SwarmEvent | undefined, n?: number): void {
    if (!event) return;
    const session = state.bots.get(bot)?.session;
    if (n === undefined || session === undefined) return recorder.happened(event);
    const entry = open.get(bot);
    if (entry?.missed) return;
    if (recorder.heard(event, { session, n }) === "full" && entry) entry.missed = true;
  }

  return {
    broken,
    attach(bot, line) {
      const former = open.get(bot)?.line;
      open.set(bot, { line, heardHello: false, deaf: false, missed: false });
      // Last: by now its end means nothing.
      former?.close();
    },
    detach(bot, line) {
      return open.get(bot)?.line === line && open.delete(bot);
    },
    isOpen: (bot) => open.has(bot),
    heard(bot, line, message, bytes = lengthOf(message)) {
      const entry = open.get(bot);
      if (entry?.line !== line || entry.deaf) return;
      if (bytes > linkMessageMaxBytes)
        return broken(
          bot,
          line,
          `the worker sent a message of ${bytes} bytes; the most is ${linkMessageMaxBytes}`,
        );
      const parsed = WorkerMessage.safeParse(message);
      if (!parsed.success)
        return broken(bot, line, `the worker sent what is no message: ${firstIssue(parsed.error)}`);
      const said = parsed.data;
      if (said.type === "hello") return hello(bot, entry, said);
      if (!entry.heardHello) return broken(bot, line, "the worker spoke before its hello");
      const event = eventOf(state, bot, said, now());
      if (!event) return;
      if (isOfGame(said)) parts.ofGame(bot, said);
      if (isOfDialling(said)) parts.ofDialling(bot, said);
      if (isOfTerminal(said)) parts.ofTerminal(bot, said);
      if (isOfAdvice(said)) parts.ofAdvice(bot, said);
      if (said.type === "recounted") parts.ofChoices(bot, said);
      pass(bot, event, "n" in said ? said.n : undefined);
    },
    tell: (bot, message) => void open.get(bot)?.line.send(message),
    acknowledge(heard) {
      // A former worker's numbers are not its successor's, who has the bot's line by now.
      for (const { bot, session, upTo } of heard)
        if (state.bots.get(bot)?.session === session) open.get(bot)?.line.send({ type: "ack", n: upTo });
      for (const { line, missed } of open.values()) if (missed) line.close();
    },
    close: (bot, refused) => open.get(bot)?.line.close(refused),
    perform(effect) {
      const line = open.get(effect.bot)?.line;
      // What cannot be told stays queued: the worker is ending, or will dial again and be told then.
      if (effect.type === "order") return void line?.send({ type: "order", order: effect.order });
      if (!line) return;
      const { maxCpu, door, orphanGraceMs } = parts.terms;
      const bot = state.bots.get(effect.bot);
      line.send({
        type: "welcome",
        version: linkVersion,
        heard: recorder.keptUpTo(effect.bot, bot?.session ?? ""),
        ...(effect.carried && { carried: effect.carried }),
        ...(maxCpu !== undefined && { max_cpu: maxCpu }),
        ...(door !== undefined && bot?.origin === "spawned" && { door }),
        orphan_grace: orphanGraceMs,
      });
      parts.welcomed(effect.bot);
    },
  };
}

/** Characters of a message's texts: what a schema would let go on for too long. Its numbers and names are few. */
function lengthOf(message: unknown): number {
  if (typeof message !== "object" || message === null) return 0;
  let length = 0;
  for (const value of Object.values(message)) if (typeof value === "string") length += value.length;
  return length;
}

const firstIssue = (error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }) => {
  const [issue] = error.issues;
  return `${issue?.path.join(".") ?? ""} ${issue?.message ?? "unknown"}`.trim().slice(0, 200);
};
