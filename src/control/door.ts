/** The way in for workers that were started by hand: they register over HTTP, then dial a WebSocket with the token they got. */
import type { Hono } from "hono";
import type { z } from "zod";
import { RegisterRequest, type RegisterReply } from "../proto/link.ts";
import type { ManagerMessage } from "../proto/orders.ts";
import { Refusal } from "../proto/refusal.ts";
import type { Recorder } from "../swarm/record.ts";
import { joinBot, knownBot } from "../swarm/requests.ts";
import { hasEnded, type SwarmState } from "../swarm/swarm.ts";
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
  readonly later: (ms: number, work: () => void) => void;
}

export interface Door {
  /** POST /worker/register. */
  mount(app: Hono): void;
  /** The bot that the dialled address proves to be; refuses anyone else. */
  admit(url: URL): string;
  /** A worker's socket opened: what to do with its words and its end. */
  opened(bot: string, socket: WorkerSocket): { heard(text: string): void; closed(): void };
}

/** A door for the bots of `state`. Tokens live as long as this manager. */
export function createDoor({ state, recorder, lines, now, newToken, later }: DoorParts): Door {
  const tokens = new Map<string, string>();
  /** When each bot's connection last broke. */
  const brokenAt = new Map<string, number>();
  return {
    mount(app) {
      app.post("/worker/register", async (c) => {
        const request = parseInput(RegisterRequest, await readBody(c.req.raw, bodyMaxBytes));
        const joined = joinBot(state, request, now());
        recorder.request([joined]);
        const token = newToken();
        tokens.set(joined.bot, token);
        later(firstDialMaxMs, () => {
          const bot = knownBot(state, joined.bot);
          const neverCame = tokens.get(bot.id) === token && bot.registeredAt === undefined;
          if (neverCame && !hasEnded(bot)) recorder.happened({ type: "lost", bot: bot.id, at: now() });
        });
        const ws = new URL(workerSocketPath, c.req.url);
        ws.protocol = "ws:";
        ws.searchParams.set("bot_id", joined.bot);
        ws.searchParams.set("token", token);
        return answer({ bot_id: joined.bot, token, ws: ws.href } satisfies z.infer<typeof RegisterReply>);
      });
    },
    admit(url) {
      const bot = url.searchParams.get("bot_id") ?? "";
      const kept = tokens.get(bot);
      if (kept === undefined || !sameSecret(url.searchParams.get("token") ?? "", kept))
        throw new Refusal("forbidden", "The bot id and its token do not belong together; register first");
      if (hasEnded(knownBot(state, bot)))
        throw new Refusal("conflict", `Bot "${bot}" has ended; register again`);
      return bot;
    },
    opened(bot, socket) {
      const line = socketLine(socket, later);
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
          const bye = knownBot(state, bot);
          if (bye.killed !== undefined || hasEnded(bye))
            return recorder.happened({ type: "left", bot, at: now() });
          const closedAt = now();
          brokenAt.set(bot, closedAt);
          later(redialGraceMs, () => {
            const stillAway = brokenAt.get(bot) === closedAt && !lines.isOpen(bot);
            if (stillAway && !hasEnded(knownBot(state, bot)))
              recorder.happened({ type: "lost", bot, at: now() });
          });
        },
      };
    },
  };
}

function socketLine(socket: WorkerSocket, later: DoorParts["later"]): Line {
  return {
    send(message: ManagerMessage) {
      socket.send(JSON.stringify(message));
      return true;
    },
    end: (graceMs) => later(graceMs, () => socket.close(1000, "told to stop")),
    cut: () => socket.close(1008, "cut off"),
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
