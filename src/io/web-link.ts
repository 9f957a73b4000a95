/** The worker's end of its link to a manager that did not spawn it: registers over HTTP, then speaks over a WebSocket. */
import type { z } from "zod";
import { RegisterReply, type RegisterRequest, type WorkerMessage } from "../proto/link.ts";
import { linkMessageMaxBytes, linkVersion, ManagerMessage } from "../proto/orders.ts";
import { Refusal } from "../proto/refusal.ts";
import type { Link, LinkHandler } from "./link.ts";

const redialFirstMs = 250;
const redialMaxMs = 5_000;
/** What was seen while the manager was away, told when it is back: so many messages of it. */
const untoldMax = 64;
/** A manager that stays away longer than this is given up. */
export const managerPatienceMs = 120_000;
const registerTimeoutMs = 10_000;

/** Registers over HTTP, then speaks over a WebSocket, dialling again when it breaks. Throws Refusal "manager_unreachable". */
export async function webLink(
  managerUrl: string,
  request: z.input<typeof RegisterRequest>,
  handler: LinkHandler,
): Promise<Link> {
  const first = await register(managerUrl, request);
  const { bot_id } = first;
  let url = socketAddress(managerUrl, first);
  let socket: WebSocket | undefined;
  let closing = false;
  let brokenSince: number | undefined;
  let redialMs = redialFirstMs;
  // What a manager that meets this worker again has to be told.
  let shares: WorkerMessage | undefined;
  let claim: WorkerMessage | undefined;
  let playing: WorkerMessage | undefined;
  let latestReport: WorkerMessage | undefined;
  let finalWord: WorkerMessage | undefined;
  const untold: WorkerMessage[] = [];

  const send = (message: WorkerMessage) => {
    if (message.type === "shares") shares = message;
    if (message.type === "claim") claim = message;
    if (message.type === "playing") playing = message;
    if (message.type === "report") latestReport = message;
    if (message.type === "ended") finalWord = message;
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
    else if (message.type === "lore" && untold.length < untoldMax) untold.push(message);
  };
  const open = () => {
    const dialled = new WebSocket(url);
    let opened = false;
    socket = dialled;
    dialled.onopen = () => {
      opened = true;
      brokenSince = undefined;
      redialMs = redialFirstMs;
      send({ type: "hello", version: linkVersion, bot_id, pid: request.pid });
      for (const message of [shares, playing, latestReport, claim, ...untold.splice(0), finalWord])
        if (message) send(message);
    };
    dialled.onmessage = ({ data }) => {
      if (typeof data !== "string" || data.length > linkMessageMaxBytes) return;
      const parsed = ManagerMessage.safeParse(parseJson(data));
      if (parsed.success) handler.message(parsed.data);
    };
    dialled.onclose = ({ code, reason }) => {
      if (closing) return;
      if (code === 1008) return handler.lost(`the manager turned this bot away: ${reason}`);
      brokenSince ??= performance.now();
      if (performance.now() - brokenSince > managerPatienceMs) return handler.lost("the manager is gone");
      setTimeout(opened ? open : () => void comeBack(), redialMs);
      redialMs = Math.min(redialMaxMs, redialMs * 2);
    };
  };
  /** A manager that was started anew knows nothing of our token: the same bot registers again. */
  const comeBack = async () => {
    try {
      url = socketAddress(managerUrl, await register(managerUrl, { ...request, bot_id }));
    } catch {
      // Not there yet, or it still has us: the old token is tried again, for as long as patience lasts.
    }
    if (!closing) open();
  };
  open();
  return {
    botId: bot_id,
    send,
    close: async () => {
      closing = true;
      const last = socket;
      if (!last || last.readyState !== WebSocket.OPEN) return;
      // The closing handshake comes after what was sent, so it tells that all of it has arrived.
      await new Promise<void>((resolve) => {
        last.onclose = () => resolve();
        last.close(1000);
        setTimeout(resolve, 1000);
      });
    },
  };
}

function socketAddress(managerUrl: string, { bot_id, token, ws }: z.output<typeof RegisterReply>): URL {
  const url = new URL(ws, managerUrl);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  url.searchParams.set("bot_id", bot_id);
  url.searchParams.set("token", token);
  return url;
}

async function register(managerUrl: string, request: z.input<typeof RegisterRequest>) {
  let answer: Response;
  try {
    answer = await fetch(new URL("/worker/register", managerUrl), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(registerTimeoutMs),
    });
  } catch (error) {
    throw new Refusal("manager_unreachable", `Cannot reach the manager at ${managerUrl}: ${causeOf(error)}`);
  }
  const body = parseJson(await answer.text());
  if (!answer.ok) {
    const detail = (body as { detail?: string } | undefined)?.detail ?? `status ${answer.status}`;
    throw new Refusal("manager_unreachable", `The manager at ${managerUrl} refused this bot: ${detail}`);
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
