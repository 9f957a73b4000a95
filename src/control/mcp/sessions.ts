/** Sessions of clients that speak the protocol of 2025: opened by `initialize`, each with a server of its own, until they leave or fall silent. */
import {
  isInitializeRequest,
  WebStandardStreamableHTTPServerTransport,
  type McpServer,
} from "@modelcontextprotocol/server";
import { boundedAnswer } from "./stream.ts";
import { createReplay } from "./replay.ts";
import { refuseMessage } from "./refused.ts";

/** Sessions at one time. Of one too many the one that was silent longest makes room: its client opens another. */
export const sessionsMax = 256;
/** A session in which nothing is asked and to which nobody listens is over after so many milliseconds. */
export const sessionIdleMs = 10 * 60_000;
const sweepMs = 30_000;
/** Answers and streams that one session may have open. */
export const streamsPerSession = 32;
/** On a stream where nothing is said, a comment every so many milliseconds: connections without a byte are closed. */
export const keepAliveMs = 15_000;
/** How long a client waits before it takes up a broken stream again. */
const retryMs = 1000;

export interface SessionsParts {
  /** A server for the session that a request opens, with nothing connected to it yet. */
  readonly makeServer: (opening: Request) => McpServer;
  /** A word that nobody can guess. */
  readonly newId: () => string;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly later: (ms: number, work: () => void) => () => void;
}

export interface Sessions {
  /** Answers a request, `body` being what it carries. */
  handle(request: Request, body: unknown): Promise<Response>;
  count(): number;
  /** Ends them all. */
  close(): Promise<void>;
}

interface Session {
  readonly id: string;
  readonly server: McpServer;
  readonly transport: WebStandardStreamableHTTPServerTransport;
  usedAt: number;
  /** Requests that are not answered to the end. */
  open: number;
}

export function createSessions({ makeServer, newId, now, later }: SessionsParts): Sessions {
  const sessions = new Map<string, Session>();
  let stopSweeping: (() => void) | undefined;

  const end = async (session: Session) => {
    sessions.delete(session.id);
    await session.server.close();
  };
  const sweep = () => {
    stopSweeping = undefined;
    for (const session of sessions.values())
      if (session.open === 0 && now() - session.usedAt >= sessionIdleMs) void end(session);
    sweepLater();
  };
  const sweepLater = () => {
    if (sessions.size > 0) stopSweeping ??= later(sweepMs, sweep);
  };
  /** Whether there is room for one more, which there is as long as anybody is silent. */
  const makeRoom = (): boolean => {
    if (sessions.size < sessionsMax) return true;
    const silent = [...sessions.values()].filter(({ open }) => open === 0);
    const longest = silent.sort((one, other) => one.usedAt - other.usedAt)[0];
    if (longest) void end(longest);
    return longest !== undefined;
  };

  const open = async (request: Request, body: unknown): Promise<Response> => {
    if (!makeRoom()) return refuseMessage(503, `${sessionsMax} sessions are open already`, body);
    const id = newId();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => id,
      keepAliveMs,
      retryInterval: retryMs,
      eventStore: createReplay(),
    });
    const server = makeServer(request);
    const session: Session = { id, server, transport, usedAt: now(), open: 0 };
    await server.connect(transport);
    const closed = transport.onclose;
    transport.onclose = () => {
      sessions.delete(id);
      closed?.();
    };
    sessions.set(id, session);
    sweepLater();
    const answer = await serve(session, request, body);
    if (!answer.ok) await end(session);
    return answer;
  };

  const serve = async (session: Session, request: Request, body: unknown): Promise<Response> => {
    session.usedAt = now();
    if (session.open >= streamsPerSession)
      return refuseMessage(429, `${streamsPerSession} requests of this session are open already`, body);
    session.open += 1;
    const done = () => {
      session.open -= 1;
      session.usedAt = now();
    };
    try {
      const answer = await session.transport.handleRequest(request, { parsedBody: body });
      return boundedAnswer(answer, done);
    } catch (error) {
      done();
      throw error;
    }
  };

  return {
    async handle(request, body) {
      const id = request.headers.get("mcp-session-id");
      if (id === null)
        return isInitializeRequest(body)
          ? open(request, body)
          : refuseMessage(400, "Open a session first: send initialize, then its Mcp-Session-Id", body);
      const session = sessions.get(id);
      return session
        ? serve(session, request, body)
        : refuseMessage(404, "Session not found: send initialize again", body, -32_001);
    },
    count: () => sessions.size,
    async close() {
      stopSweeping?.();
      await Promise.all([...sessions.values()].map(end));
    },
  };
}
