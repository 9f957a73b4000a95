/** The protocol on one pair of pipes, in the era that the client begins with. What was asked before the end is answered yet. */
import type { JSONRPCMessage, McpServer, Transport } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { messageMaxBytes } from "./http.ts";
import { unreadMaxBytes } from "./stream.ts";

/** Once the client says no more, its answers are waited for so long, in milliseconds. */
export const lastAnswersMaxMs = 10_000;
/** Streams of changes that one client may have open. */
export const listenersPerLine = 32;
/** Requests of one client that are being answered at one time. One more is refused, not kept: the answer to a question may be behind it. */
export const askedMax = 256;
/** What JSON-RPC says of a server's own troubles. */
const serverError = -32_000;

type Pipes = Required<ConstructorParameters<typeof StdioServerTransport>>;

export interface StdioParts {
  /** What the client writes. It must not end by itself: the library would drop what it has not answered. */
  readonly input: Pipes[0];
  readonly output: Pipes[1];
  readonly later: (ms: number, work: () => void) => () => void;
  /** A server for the line; `listens` tells when its client wants to hear of changes (the newer era only). */
  readonly makeServer: (listens: (listener: () => void) => void) => McpServer;
  readonly complain: (error: unknown) => void;
}

export interface StdioLine {
  /** Settles when the line is closed, from whichever side. */
  readonly ended: Promise<void>;
  /** Closes it once everything is answered: the client says no more. */
  finish(): void;
  close(): Promise<void>;
}

export function speakOnStdio(parts: StdioParts): StdioLine {
  const { input, output, later, makeServer, complain } = parts;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const wire = new StdioServerTransport(input, output, { maxBufferSize: messageMaxBytes });
  // Each answer on its way waits for the pipe to take it; how many there are is bounded by what is heard.
  output.setMaxListeners(0);
  const unanswered = new Set<string | number>();
  let isLast = false;
  let isHeld = false;
  /** Whether its client listens to changes: perhaps before there is a server, for that may be its first word. */
  let isListening = false;
  let listened: () => void = () => {};

  const endIfAnswered = () => {
    // What a client that did not read had written on is heard first.
    if (isLast && unanswered.size === 0 && !isHeld) void wire.close();
  };
  /** Hears a client that does not read no further, until it has read. */
  const slowDown = () => {
    if (isHeld || output.writableLength <= unreadMaxBytes) return;
    isHeld = true;
    input.pause();
    output.once("drain", () => {
      input.resume();
      later(0, () => {
        // By now what had been held has been heard.
        isHeld = false;
        endIfAnswered();
      });
    });
  };
  /** Whether a message is passed on. */
  const heard = (message: JSONRPCMessage): boolean => {
    if (!("method" in message)) return true;
    if (message.method === "subscriptions/listen") {
      isListening = true;
      listened();
    } else if ("id" in message) {
      if (unanswered.size >= askedMax) {
        void counted.send(tooMany(message.id));
        return false;
      }
      unanswered.add(message.id);
    } else if (message.method === "notifications/cancelled")
      unanswered.delete(message.params?.["requestId"] as string | number);
    return true;
  };
  const counted: Transport = {
    start() {
      wire.onmessage = (message) => {
        if (heard(message)) counted.onmessage?.(message);
      };
      wire.onerror = (error) => counted.onerror?.(error);
      wire.onclose = () => {
        counted.onclose?.();
        end();
      };
      return wire.start();
    },
    async send(message) {
      const sent = wire.send(message);
      slowDown();
      await sent;
      if (!("method" in message) && message.id !== undefined) unanswered.delete(message.id);
      endIfAnswered();
    },
    close: () => wire.close(),
  };
  const served = serveStdio(
    ({ era }) =>
      makeServer((listener) => {
        if (era === "legacy") return;
        listened = listener;
        if (isListening) listener();
      }),
    { transport: counted, onerror: complain, maxSubscriptions: listenersPerLine },
  );
  return {
    ended,
    finish() {
      isLast = true;
      endIfAnswered();
      const forget = later(lastAnswersMaxMs, () => void wire.close());
      void ended.then(forget);
    },
    close: () => served.close(),
  };
}

const tooMany = (id: string | number): JSONRPCMessage => ({
  jsonrpc: "2.0",
  id,
  error: { code: serverError, message: `${askedMax} requests are being answered already: try again` },
});
