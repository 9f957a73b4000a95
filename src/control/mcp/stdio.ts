/** The protocol on one pair of pipes, in the era that the client begins with. What was asked before the end is answered yet. */
import type { JSONRPCMessage, McpServer, Transport } from "@modelcontextprotocol/server";
import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { messageMaxBytes } from "./http.ts";

/** Once the client says no more, its answers are waited for so long, in milliseconds. */
export const lastAnswersMaxMs = 10_000;
/** Streams of changes that one client may have open. */
export const listenersPerLine = 32;

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
  const unanswered = new Set<string | number>();
  let isLast = false;
  /** Whether its client listens to changes: perhaps before there is a server, for that may be its first word. */
  let isListening = false;
  let listened: () => void = () => {};

  const endIfAnswered = () => {
    if (isLast && unanswered.size === 0) void wire.close();
  };
  const heard = (message: JSONRPCMessage) => {
    if (!("method" in message)) return;
    if (message.method === "subscriptions/listen") {
      isListening = true;
      listened();
    } else if ("id" in message) unanswered.add(message.id);
    else if (message.method === "notifications/cancelled")
      unanswered.delete(message.params?.["requestId"] as string | number);
  };
  const counted: Transport = {
    start() {
      wire.onmessage = (message) => {
        heard(message);
        counted.onmessage?.(message);
      };
      wire.onerror = (error) => counted.onerror?.(error);
      wire.onclose = () => {
        counted.onclose?.();
        end();
      };
      return wire.start();
    },
    async send(message) {
      await wire.send(message);
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
