/**
 * MCP over HTTP, both eras of it at one address: clients of 2025 open a session, those of 2026 ask each thing for itself and listen
 * to changes on a stream. Knows no tool; who may come this far was decided before.
 */
import {
  createMcpHandler,
  InMemoryServerEventBus,
  isJsonContentType,
  isLegacyRequest,
  readRequestBody,
  type McpRequestContext,
  type McpServer,
  type ServerEventBus,
} from "@modelcontextprotocol/server";
import { refuseMessage } from "./refused.ts";
import { createSessions, keepAliveMs, type SessionsParts } from "./sessions.ts";
import { boundedAnswer } from "./stream.ts";

/** Largest message, in bytes: a batch of configurations fits. */
export const messageMaxBytes = 8 * 1024 * 1024;
/** Streams of changes at one time, of all clients of the newer era together. */
export const listenersMax = 128;
/** Requests of the newer era that are being answered at one time, of all its clients together, beside those streams. */
export const exchangesMax = 256;
const parseError = -32_700;

export interface McpHttpParts extends Omit<SessionsParts, "makeServer"> {
  /** A server for the session that a request opens, or for one request. */
  readonly makeServer: (era: "legacy" | "modern", request: Request) => McpServer;
  /** Tells the address of each resource that changed, as long as somebody listens. The answer calls it off. */
  readonly changes: (changed: (uri: string) => void) => () => void;
  readonly complain: (error: unknown) => void;
}

export interface McpHttp {
  /** Answers one request. */
  fetch(request: Request): Promise<Response>;
  /** Tells listeners of the newer era that the server itself has changed. */
  readonly bus: ServerEventBus;
  /** Sessions that are open. */
  sessions(): number;
  /** Ends every session, stream and exchange. */
  close(): Promise<void>;
}

export function createMcpHttp(parts: McpHttpParts): McpHttp {
  const { makeServer, changes, complain } = parts;
  const sessions = createSessions({
    ...parts,
    makeServer: (request) => makeServer("legacy", request),
  });
  const bus = busOf(changes, complain);
  const makeModern = ({ requestInfo }: McpRequestContext) => {
    try {
      // Over HTTP there always is one.
      return makeServer("modern", requestInfo!);
    } catch (error) {
      // The library answers that something failed, and tells nobody what.
      complain(error);
      throw error;
    }
  };
  const modern = createMcpHandler(makeModern, {
    legacy: "reject",
    bus,
    keepAliveMs,
    maxSubscriptions: listenersMax,
    maxRequestBodySize: messageMaxBytes,
  });
  let exchanges = 0;
  const exchange = async (request: Request, body: unknown): Promise<Response> => {
    const counts = !isListening(body);
    if (counts && exchanges >= exchangesMax)
      return refuseMessage(429, `${exchangesMax} requests are being answered already: try again`, body);
    if (counts) exchanges += 1;
    const done = () => void (counts && (exchanges -= 1));
    try {
      return boundedAnswer(await modern.fetch(request, { parsedBody: body }), done);
    } catch (error) {
      done();
      throw error;
    }
  };
  return {
    bus,
    sessions: sessions.count,
    async fetch(request) {
      if (request.method !== "POST") return sessions.handle(request, undefined);
      const body = await bodyOf(request);
      if (body instanceof Response) return body;
      if (await isLegacyRequest(request, body)) return sessions.handle(request, body);
      return exchange(request, body);
    },
    async close() {
      await Promise.all([sessions.close(), modern.close()]);
    },
  };
}

/** Whether it asks for a stream of changes: those are counted by the library. */
const isListening = (body: unknown): boolean =>
  typeof body === "object" && body !== null && "method" in body && body.method === "subscriptions/listen";

/** The JSON that a request carries, or what is wrong with it. */
async function bodyOf(request: Request): Promise<unknown> {
  const type = request.headers.get("content-type");
  if (!isJsonContentType(type))
    return refuseMessage(415, "Send JSON (content-type: application/json)", undefined);
  const body = await readRequestBody(request, messageMaxBytes);
  if (body.tooLarge)
    return refuseMessage(413, `The message is larger than ${messageMaxBytes} bytes`, undefined);
  try {
    return JSON.parse(body.text) as unknown;
  } catch {
    return refuseMessage(400, "The message is not JSON", undefined, parseError);
  }
}

/** Asks for changes only while somebody listens: nothing is computed for nobody. */
function busOf(changes: McpHttpParts["changes"], complain: (error: unknown) => void): ServerEventBus {
  const bus = new InMemoryServerEventBus(complain);
  let stop: (() => void) | undefined;
  return {
    publish: (event) => bus.publish(event),
    subscribe(listener) {
      const leave = bus.subscribe(listener);
      stop ??= changes((uri) => bus.publish({ kind: "resource_updated", uri }));
      return () => {
        leave();
        if (bus.listenerCount > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}
