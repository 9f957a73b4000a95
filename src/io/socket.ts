/** A telnet connection to a game: dials, hands over bytes, never holds more unsent bytes than it says. node:net, so Bun and Deno alike. */
import { createConnection } from "node:net";

export interface Socket {
  write(bytes: Uint8Array): void;
  /** Ends in good order: what was written is still sent. */
  end(): void;
  /** Ends at once with RST: what was written and not yet sent is thrown away, so that nothing stale reaches the game. */
  reset(): void;
}

export interface SocketHandler {
  connected(socket: Socket): void;
  data(bytes: Uint8Array): void;
  /** Called once, whatever ended it; `reason` is for people. */
  closed(reason: string): void;
}

export const dialTimeoutMs = 10_000;
/** A bot writes a few bytes a second; a host that takes none of this much is dead. */
export const unsentMaxBytes = 64 * 1024;
const keepAliveAfterMs = 15_000;

/** Dials. All that happens comes through the handler, failures too. */
export function dial(host: string, port: number, handler: SocketHandler): { abandon(): void } {
  const socket = createConnection({ host, port });
  let over = false;
  const close = (reason: string) => {
    if (over) return;
    over = true;
    clearTimeout(patience);
    handler.closed(reason);
  };
  const abort = (reason: string) => {
    socket.resetAndDestroy();
    close(reason);
  };
  const patience = setTimeout(() => abort(`no answer within ${dialTimeoutMs / 1000} s`), dialTimeoutMs);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, keepAliveAfterMs);
  socket.on("connect", () => {
    clearTimeout(patience);
    handler.connected({
      write(bytes) {
        if (over) return;
        socket.write(bytes);
        if (socket.writableLength > unsentMaxBytes) {
          abort(`the game took none of the last ${unsentMaxBytes / 1024} KB`);
        }
      },
      end: () => void socket.end(),
      reset: () => abort("reset"),
    });
  });
  socket.on("data", (bytes) => {
    if (!over) handler.data(typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes);
  });
  socket.on("error", (error) => close(reasonOf(error)));
  socket.on("close", () => close("closed by the game"));
  return { abandon: () => abort("abandoned") };
}

const plainWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset by the game",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the host's name cannot be resolved now",
  EHOSTUNREACH: "no route to the host",
  ENETUNREACH: "the network cannot be reached",
  ETIMEDOUT: "no answer",
  EPIPE: "closed by the game",
};

function reasonOf(error: Error & { code?: string }): string {
  // Both addresses of "localhost" failing comes as one error that holds two.
  const code = error.code ?? (error as { errors?: { code?: string }[] }).errors?.[0]?.code;
  return (code && plainWords[code]) ?? (error.message || "connection failed");
}
