/** The line of somebody who looks on: a WebSocket to a manager, dialled again when it breaks, that says why when it may not be. */
import { z } from "zod";
import { Problem, Refusal } from "../proto/refusal.ts";

/** A dial, and the question why it was refused, have this long, in milliseconds. */
export const dialMaxMs = 10_000;
/** Shortest and longest wait before the line is dialled again, in milliseconds; it doubles from one to the next. */
export const dialAgainMinMs = 250;
export const dialAgainMaxMs = 10_000;
/** We ask so often whether the other side is still there, and take it for gone when it has not answered by the next time. */
export const pingEveryMs = 30_000;
/** Bytes of ours that may wait to be sent, above which nothing more is said. */
export const unsaidMaxBytes = 64 * 1024;
/** Bytes of a refusal that are read. */
const refusalMaxBytes = 16 * 1024;

export interface ViewerOptions<T> {
  /** Where to dial this time (http: or https:, the scheme of WebSockets is put in its place). */
  readonly url: () => URL;
  readonly token: string | undefined;
  readonly schema: z.ZodType<T>;
  /** Characters of one message, at most. */
  readonly messageMaxChars: number;
  /** Whether it is dialled again when it breaks. */
  readonly again: boolean;
  readonly told: (message: T) => void;
  readonly opened?: (() => void) | undefined;
  readonly closed?: ((reason: string, final: boolean) => void) | undefined;
  /** How long to wait before the nth dial in a row that leads nowhere, from 0. */
  readonly waitMs?: (times: number) => number;
}

export interface Viewer<S> {
  /** False when there is no line just now. */
  say(message: S): boolean;
  close(): void;
}

/** Doubles up to its most; up to a quarter less by chance, so that those who lost the same manager do not all come at once. */
export const againMs = (times: number): number =>
  Math.min(dialAgainMaxMs, dialAgainMinMs * 2 ** Math.min(times, 20)) * (1 - Math.random() / 4);

/** Why a line is no more, and whether dialling again would be of any use. */
interface End {
  readonly refusal: Refusal;
  readonly mayPass: boolean;
}

/**
 * Dials; there is a line when it settles. Throws Refusal "manager_unreachable" when nobody answers, or what the manager refuses it
 * with, such as "not_found". Once there was a line, whatever befalls it is told to `closed`.
 */
export async function dialViewer<T, S = never>(options: ViewerOptions<T>): Promise<Viewer<S>> {
  const { waitMs = againMs } = options;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let times = 0;

  const dial = async (): Promise<End | undefined> => {
    const url = options.url();
    // Headers are not in a browser's sockets, nor in their types; Bun and Deno have them. A token may hold what no subprotocol may.
    const line = new WebSocket(socketAddress(url), headersOf(options.token) as never);
    if (!(await isOpen(line))) return whyRefused(url, options.token);
    if (isOver) {
      line.close(1000);
      return undefined;
    }
    socket = line;
    times = 0;
    options.opened?.();
    listen(line, options, (end) => {
      socket = undefined;
      if (!isOver) ended(end);
    });
    return undefined;
  };
  const ended = ({ refusal, mayPass }: End) => {
    const goesOn = mayPass && options.again;
    if (!goesOn) isOver = true;
    options.closed?.(refusal.message, !goesOn);
    if (goesOn) later();
  };
  const later = () => {
    timer = setTimeout(() => void dialAgain(), waitMs(times++));
  };
  const dialAgain = async () => {
    const end = await dial();
    if (!end || isOver) return;
    if (end.mayPass) later();
    else ended(end);
  };

  const end = await dial();
  if (end) throw end.refusal;
  return {
    say(message) {
      if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount > unsaidMaxBytes) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
    close() {
      isOver = true;
      clearTimeout(timer);
      socket?.close(1000);
    },
  };
}

function socketAddress(url: URL): URL {
  const address = new URL(url);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address;
}

const headersOf = (token: string | undefined) => ({
  headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
});

function isOpen(line: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    const late = setTimeout(() => line.close(), dialMaxMs);
    const settle = (open: boolean) => {
      clearTimeout(late);
      resolve(open);
    };
    line.onopen = () => settle(true);
    line.onclose = () => settle(false);
    // It is closed, too.
    line.onerror = () => {};
  });
}

/** Hands on what comes until the line ends, once. */
function listen<T>(
  line: WebSocket,
  { schema, messageMaxChars, told }: ViewerOptions<T>,
  ended: (end: End) => void,
): void {
  let isAnswering = true;
  const pings = setInterval(() => {
    if (!isAnswering) return finish({ refusal: gone("it does not answer any more"), mayPass: true });
    // Bun's sockets can ask; for others the system's own keep-alive has to do.
    isAnswering = !("ping" in line);
    (line as { ping?: () => void }).ping?.();
  }, pingEveryMs);
  line.addEventListener("pong" as "message", () => (isAnswering = true));
  let isOver = false;
  function finish(end: End): void {
    if (isOver) return;
    isOver = true;
    clearInterval(pings);
    line.close();
    ended(end);
  }
  const foreign = (what: string): End => ({
    refusal: new Refusal("manager_unreachable", `What answers there speaks another language: ${what}`),
    mayPass: false,
  });
  line.onmessage = ({ data }) => {
    if (isOver) return;
    isAnswering = true;
    if (typeof data !== "string" || data.length > messageMaxChars)
      return finish(foreign(`a message above ${messageMaxChars} characters, or none of text`));
    const message = schema.safeParse(parsed(data));
    if (message.success) told(message.data);
    else finish(foreign(z.prettifyError(message.error).split("\n", 1)[0]!));
  };
  line.onclose = ({ reason }) => finish({ refusal: gone(reason || "the line broke"), mayPass: true });
}

const gone = (why: string) => new Refusal("manager_unreachable", `The manager is gone: ${why}`);

/** A refused upgrade tells a WebSocket nothing; the same address asked plainly says what is wrong. */
async function whyRefused(url: URL, token: string | undefined): Promise<End> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, {
      ...headersOf(token),
      // A manager sends nobody elsewhere, and the token is for nobody else.
      redirect: "manual",
      signal: AbortSignal.timeout(dialMaxMs),
    });
    text = await beginning(answer);
  } catch (error) {
    const why = (error as Error).name === "TimeoutError" ? "it does not answer" : "nothing listens there";
    return {
      refusal: new Refusal("manager_unreachable", `Cannot reach the manager at ${url.origin}: ${why}`),
      mayPass: true,
    };
  }
  const problem = Problem.safeParse(parsed(text));
  if (!problem.success)
    return {
      refusal: new Refusal(
        "manager_unreachable",
        `What answers at ${url.origin} has no ${url.pathname} (HTTP ${answer.status})`,
      ),
      mayPass: answer.status >= 500,
    };
  const { code, detail, status } = problem.data;
  // 400: let in by now, and told that the address is for WebSockets.
  return {
    refusal: new Refusal(code, detail),
    mayPass: status === 400 || status === 429 || status >= 500,
  };
}

async function beginning({ body }: Response): Promise<string> {
  let text = "";
  if (!body) return text;
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > refusalMaxBytes) break;
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
