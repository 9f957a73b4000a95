/** The manager's lines to its workers, one each, whatever carries them. What comes in is checked here, once. */
import type { SwarmEvent } from "../proto/events.ts";
import { linkMessageMaxBytes, linkVersion, type ManagerMessage } from "../proto/orders.ts";
import { WorkerMessage } from "../proto/link.ts";
import { eventOf, isOfGame, type GameMessage } from "../swarm/messages.ts";
import type { Effect } from "../swarm/react.ts";
import type { SwarmState } from "../swarm/swarm.ts";

/** One way to one worker. None of these throw. */
export interface Line {
  /** False when the worker cannot be told any more. */
  send(message: ManagerMessage): boolean;
  /** Ends the worker if it has not ended by itself in `graceMs`. */
  end(graceMs: number): void;
  /** Ends it now. */
  cut(): void;
}

export interface Lines {
  /** From now on this is the bot's line; a former one is forgotten. */
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
  /** Carries out the effects that concern a worker which is there. */
  perform(effect: Exclude<Effect, { type: "start" }>): void;
}

/** Lines for the bots of `state`; what workers say is passed to `happened`, and what they say of their game to `ofGame` as well. */
export function createLines(
  state: Readonly<SwarmState>,
  happened: (event: SwarmEvent) => void,
  now: () => number,
  ofGame: (bot: string, message: GameMessage) => void,
): Lines {
  const open = new Map<
    string,
    { readonly line: Line; readonly heardHello: boolean; readonly deaf: boolean }
  >();

  const broken: Lines["broken"] = (bot, line, reason) => {
    const entry = open.get(bot);
    if (entry?.line !== line || entry.deaf) return;
    open.set(bot, { ...entry, deaf: true });
    happened({ type: "cutOff", bot, reason, at: now() });
  };

  return {
    broken,
    attach: (bot, line) => void open.set(bot, { line, heardHello: false, deaf: false }),
    detach(bot, line) {
      return open.get(bot)?.line === line && open.delete(bot);
    },
    isOpen: (bot) => open.has(bot),
    heard(bot, line, message, bytes = JSON.stringify(message)?.length ?? 0) {
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
      const isHello = parsed.data.type === "hello";
      if (isHello === entry.heardHello)
        return broken(
          bot,
          line,
          isHello ? "the worker said hello twice" : "the worker spoke before its hello",
        );
      if (isHello) open.set(bot, { ...entry, heardHello: true });
      const event = eventOf(state, bot, parsed.data, now());
      if (!event) return;
      if (isOfGame(parsed.data)) ofGame(bot, parsed.data);
      happened(event);
    },
    tell: (bot, message) => void open.get(bot)?.line.send(message),
    perform(effect) {
      const line = open.get(effect.bot)?.line;
      switch (effect.type) {
        case "welcome":
          line?.send({ type: "welcome", version: linkVersion });
          return;
        case "order":
          // An order that cannot be told stays queued: the worker is ending, or will dial again and be told then.
          line?.send({ type: "order", order: effect.order });
          return;
        case "end":
          if (line) line.end(effect.graceMs);
          else happened({ type: "left", bot: effect.bot, at: now() });
          return;
        case "cut":
          if (line) line.cut();
          else happened({ type: "left", bot: effect.bot, at: now() });
      }
    },
  };
}

const firstIssue = (error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }) => {
  const [issue] = error.issues;
  return `${issue?.path.join(".") ?? ""} ${issue?.message ?? "unknown"}`.trim().slice(0, 200);
};
