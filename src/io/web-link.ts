/** The worker's end of its link to a manager that did not spawn it: registers over HTTP, then speaks over a WebSocket. */
import type { z } from "zod";
import { RegisterReply, type RegisterRequest } from "../proto/link.ts";
import { linkMessageMaxBytes } from "../proto/orders.ts";
import { Problem, Refusal } from "../proto/refusal.ts";
import { createSession } from "../proto/session.ts";
import { createLink, type Dial, type Link, type LinkHandler } from "./link.ts";

const registerTimeoutMs = 10_000;
/**
 * A manager remembers a worker that was killed until it is sure that it is gone. Whoever was started in its place asks again so
 * often for so long, in milliseconds.
 */
export const takenMaxMs = 7000;
const askAgainMs = 1000;
/** The closing handshake has this long, in milliseconds. */
const endMaxMs = 1000;
/** The code with which a manager closes the line of a bot that it wants no more of. */
const turnedAway = 1008;

export interface WebLinkOptions {
  readonly managerUrl: string;
  /** Needed where the manager guards what changes something. */
  readonly managerToken: string | undefined;
  readonly request: z.input<typeof RegisterRequest>;
  /** As in proto/session.ts. */
  readonly session: string;
  readonly handler: LinkHandler;
  readonly wait?: (ms: number) => Promise<void>;
}

/** Registers and dials. Throws Refusal "manager_unreachable", or what the manager refuses it with, such as "unauthorized" or "conflict". */
export async function webLink(options: WebLinkOptions): Promise<Link> {
  const { managerUrl, request, handler } = options;
  const first = await registerFirst(options);
  const { bot_id: botId } = first;
  let url = socketAddress(managerUrl, first);
  /** A manager may know nothing of our token any more: then the same bot registers again. */
  const comeBack = async () => {
    try {
      url = socketAddress(managerUrl, await register(options, { ...request, bot_id: botId }));
    } catch {
      // Not there yet, or it still has us: the old token is tried again, for as long as it may stay away.
    }
  };
  let isKnown = true;
  const dial: Dial = (line) => {
    let abandoned = false;
    let giveUp = () => {};
    void (isKnown ? Promise.resolve() : comeBack()).then(() => {
      if (abandoned) return;
      isKnown = false;
      giveUp = webLine(url, {
        ...line,
        opened(opened) {
          isKnown = true;
          line.opened(opened);
        },
      });
    });
    return () => {
      abandoned = true;
      giveUp();
    };
  };
  return createLink({
    botId,
    session: createSession(options.session, botId, request.pid),
    handler,
    first: dial,
    again: () => dial,
  });
}

function webLine(url: URL, handler: Parameters<Dial>[0]): () => void {
  const socket = new WebSocket(url);
  socket.onopen = () =>
    handler.opened({
      send(message) {
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
      },
      // The closing handshake comes after what was sent, so it tells that all of it has arrived.
      end: () =>
        new Promise((resolve) => {
          const late = setTimeout(resolve, endMaxMs);
          socket.onclose = () => {
            clearTimeout(late);
            resolve();
          };
          socket.close(1000);
        }),
    });
  socket.onmessage = ({ data }) => {
    if (typeof data === "string" && data.length <= linkMessageMaxBytes) handler.heard(parseJson(data));
  };
  socket.onclose = ({ code, reason }) => {
    if (code === turnedAway) handler.closed(`The manager turned this bot away: ${reason}`, "final");
    else handler.closed("The manager is gone");
  };
  return () => {
    if (socket.readyState !== WebSocket.CLOSED) socket.close();
  };
}

function socketAddress(managerUrl: string, { bot_id, token, ws }: z.output<typeof RegisterReply>): URL {
  const url = new URL(ws, managerUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("bot_id", bot_id);
  url.searchParams.set("token", token);
  return url;
}

async function registerFirst(options: WebLinkOptions) {
  const { request, wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = options;
  for (let waitedMs = 0; ; waitedMs += askAgainMs) {
    try {
      return await register(options, request);
    } catch (error) {
      const mayPass = error instanceof Refusal && error.code === "conflict" && waitedMs < takenMaxMs;
      if (!mayPass) throw error;
    }
    await wait(askAgainMs);
  }
}

async function register(
  { managerUrl, managerToken }: WebLinkOptions,
  request: z.input<typeof RegisterRequest>,
) {
  let answer: Response;
  try {
    answer = await fetch(new URL("/worker/register", managerUrl), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(managerToken !== undefined && { authorization: `Bearer ${managerToken}` }),
      },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(registerTimeoutMs),
    });
  } catch (error) {
    throw new Refusal("manager_unreachable", `Cannot reach the manager at ${managerUrl}: ${causeOf(error)}`);
  }
  const body = parseJson(await answer.text());
  if (!answer.ok) {
    const { success, data } = Problem.safeParse(body);
    const code = success ? data.code : "manager_unreachable";
    const detail = success ? data.detail : `status ${answer.status}`;
    throw new Refusal(code, `The manager at ${managerUrl} refused this bot: ${detail}`);
  }
  return RegisterReply.parse(body);
}

function causeOf(error: unknown): string {
  const { code, cause, message } = error as { code?: string; cause?: { code?: string }; message?: string };
  const known = code ?? cause?.code;
  if (known === "ConnectionRefused" || known === "ECONNREFUSED") return "connection refused";
  return message ?? String(error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
