/** A TCP server shell on node:net, for Bun and Deno alike: connections in, bytes both ways, an honest count of what is unsent. */
import { Refusal } from "../proto/refusal.ts";
import { createServer, type Socket } from "node:net";

/** One connection, seen from the server. */
export interface Incoming {
  write(bytes: Uint8Array): void;
  /** Bytes written that the other end has not taken yet. */
  unsent(): number;
  /** Stops and restarts the reading, so that a flood waits in the sender's own buffers. */
  pause(): void;
  resume(): void;
  /** Ends in good order: what was written is still sent, for as long as `endGraceMs`. */
  end(): void;
  /** Ends at once; what is unsent is thrown away. */
  reset(): void;
}

export interface IncomingHandler {
  data(bytes: Uint8Array): void;
  /** All that was written has been taken. */
  drained(): void;
  /** Called once, whatever ended it. */
  closed(): void;
}

export interface TcpServer {
  readonly port: number;
  /** Takes no more connections and ends those there are. */
  stop(): Promise<void>;
}

/** How long a connection that is being ended may take over its last bytes. */
export const endGraceMs = 2000;
const keepAliveAfterMs = 30_000;
/** Connections the system may hold for us while we are busy. */
const backlog = 512;

/** Listens; `port` 0 lets the system choose. Rejects with the system's error when the address cannot be had. */
export function listenTcp(
  at: { readonly port: number; readonly bind: string },
  connected: (incoming: Incoming) => IncomingHandler,
): Promise<TcpServer> {
  const open = new Set<Socket>();
  // A caller who shuts his side has hung up: there is no half-open play.
  const server = createServer({ allowHalfOpen: false, noDelay: true }, (socket) => {
    open.add(socket);
    socket.setKeepAlive(true, keepAliveAfterMs);
    const handler = connected(incomingOf(socket));
    socket.on("data", (bytes) =>
      handler.data(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes),
    );
    socket.on("drain", () => handler.drained());
    // What went wrong with a caller's line is the caller's affair; "close" follows.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      open.delete(socket);
      handler.closed();
    });
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return new Promise((resolve, reject) => {
    server.on("error", (error: Error & { code?: string }) => {
      const why = error.code === "EADDRINUSE" ? "the port is taken" : error.message;
      reject(new Refusal("unavailable", `Cannot listen on ${at.bind} port ${at.port}: ${why}`));
    });
    server.listen({ port: at.port, host: at.bind, backlog }, () => {
      const address = server.address();
      resolve({ port: typeof address === "object" && address ? address.port : at.port, stop });
    });
  });
}

function incomingOf(socket: Socket): Incoming {
  return {
    write: (bytes) => void (socket.destroyed || socket.write(bytes)),
    unsent: () => socket.writableLength,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    end() {
      socket.end();
      const patience = setTimeout(() => socket.destroy(), endGraceMs);
      socket.on("close", () => clearTimeout(patience));
    },
    reset: () => void socket.destroy(),
  };
}
