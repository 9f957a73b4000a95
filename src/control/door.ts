/** The way in for workers that were started by hand: they register over HTTP, then dial a WebSocket with the token they got. */
import type { Hono } from "hono";
import type { z } from "zod";
import { RegisterRequest, type RegisterReply } from "../proto/link.ts";
import type { ManagerMessage } from "../proto/orders.ts";
import { Refusal } from "../proto/refusal.ts";
import { joinBot } from "../swarm/newcomers.ts";
import type { Recorder } from "../swarm/record.ts";
import type { Effect } from "../swarm/react.ts";
import { hasEnded, hasProcess, type SwarmState } from "../swarm/swarm.ts";
import { sameSecret } from "./guard.ts";
import { answer, bodyMaxBytes, readBody } from "./http.ts";
import type { Line, Lines } from "./lines.ts";
import { parseInput } from "./problem.ts";

/** A worker whose connection broke may dial again for this long, in milliseconds. */
export const redialGraceMs = 5000;
/** A worker that has registered has this long to dial, in milliseconds. */
export const firstDialMaxMs = 15_000;
export const workerSocketPath = "/ws/worker";

/** A worker's WebSocket, as far as it is used here. */
export interface WorkerSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface DoorParts {
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly lines: Lines;
  readonly now: () => number;
  /** 256 random bits as text. */
  readonly newToken: () => string;
  /** One way, so that what is stored opens nothing. */
  readonly hash: (token: string) => string;
  readonly later: (ms: number, work: () => void) => void;
}

export interface Door {
  /** POST /worker/register. */
  mount(app: Hono): void;
  /** The bot that the dialled address proves to be; refuses anyone else. */
  admit(url: URL): string;
  /** A worker's socket opened: what to do with its words and its end. */
  opened(bot: string, socket: WorkerSocket): { heard(text: string): void; closed(): void };
  /** Bots that were here under the former manager have so long to come back. */
  await(graceMs: number): void;
  /** Ends a bot that came in here. */
  perform(effect: Extract<Effect, { type: "end" | "cut" }>): void;
}

/** A door for the bots of `state` that were started by hand. A token is good for as long as its bot is not over, whoever manages. */
export function createDoor(parts: DoorParts): Door {
  const { state, recorder, lines, now, later } = parts;
  /** When each bot's connection last broke. */
  const brokenAt = new Map<string, number>();

  /** Gives a bot that is away some time. */
  function awaits(bot: string, graceMs: number): void {
    const since = now();
    brokenAt.set(bot, since);
    later(graceMs, () => {
      if (brokenAt.get(bot) !== since) return;
      brokenAt.delete(bot);
      const known = state.bots.get(bot);
      if (!lines.isOpen(bot) && known && hasProcess(known))
        recorder.happened({ type: "lost", bot, at: now() });
    });
  }

  return {
    mount(app) {
      app.post("/worker/register", async (c) => {
        const request = parseInput(RegisterRequest, await readBody(c.req.raw, bodyMaxBytes));
        const token = parts.newToken();
        const joined = joinBot(state, request, parts.hash(token), now());
        recorder.request([joined]);
        awaits(joined.bot, firstDialMaxMs);
        const ws = new URL(workerSocketPath, c.req.url);
        ws.protocol = "ws:";
        ws.searchParams.set("bot_id", joined.bot);
        ws.searchParams.set("token", token);
        return answer({ bot_id: joined.bot, token, ws: ws.href } satisfies z.infer<typeof RegisterReply>);
      });
    },
    admit(url) {
      const id = url.searchParams.get("bot_id") ?? "";
      const bot = state.bots.get(id);
      const given = parts.hash(url.searchParams.get("token") ?? "");
      if (bot?.tokenHash === undefined || !sameSecret(given, bot.tokenHash))
        throw new Refusal("forbidden", "The bot id and its token do not belong together; register first");
      if (hasEnded(bot)) throw new Refusal("conflict", `Bot "${id}" has ended; register again`);
      return id;
    },
    opened(bot, socket) {
      const line = socketLine(socket);
      brokenAt.delete(bot);
      lines.attach(bot, line);
      return {
        heard(text) {
          const message = readJson(text);
          if (message === undefined) lines.broken(bot, line, "the worker sent what is no JSON");
          else lines.heard(bot, line, message, text.length);
        },
        closed() {
          // When it has dialled again meanwhile, the old socket's end means nothing.
          if (!lines.detach(bot, line)) return;
          const bye = state.bots.get(bot);
          if (!bye) return;
          if (bye.killed !== undefined || hasEnded(bye))
            return recorder.happened({ type: "left", bot, at: now() });
          recorder.happened({ type: "unlinked", bot, at: now() });
          awaits(bot, redialGraceMs);
        },
      };
    },
    await(graceMs) {
      for (const bot of state.bots.values()) {
        if (bot.origin !== "joined" || !hasProcess(bot)) continue;
        // While no manager was there it could tell nobody anything: that is no silence of its own.
        recorder.happened({ type: "unlinked", bot: bot.id, at: now() });
        awaits(bot.id, graceMs);
      }
    },
    perform({ type, bot, ...effect }) {
      if (!lines.isOpen(bot)) return recorder.happened({ type: "left", bot, at: now() });
      if (type === "cut") return lines.close(bot, "cut off");
      const { tokenHash } = state.bots.get(bot) ?? {};
      later("graceMs" in effect ? effect.graceMs : 0, () => {
        const known = state.bots.get(bot);
        // By then somebody else may have come in under this name.
        if (known && known.tokenHash === tokenHash && hasProcess(known)) lines.close(bot);
      });
    },
  };
}

function socketLine(socket: WorkerSocket): Line {
  return {
    send(message: ManagerMessage) {
      socket.send(JSON.stringify(message));
      return true;
    },
    close: (refused) => socket.close(refused === undefined ? 1000 : 1008, refused ?? "bye"),
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
