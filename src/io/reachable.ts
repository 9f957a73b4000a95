/** Whether something answers on a port, and whether a port is free. */
import { connect, createServer } from "node:net";

/** What became of a call: connected and spoken to, connected and left in silence, or why not connected. */
export type Answered = { type: "spoke"; ms: number } | { type: "silent" } | { type: "refused"; why: string };

/** Calls, waits for the first bytes, and hangs up: within so many milliseconds. */
export function callUp(host: string, port: number, maxMs: number): Promise<Answered> {
  const began = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let isThere = false;
    const settle = (answered: Answered) => {
      clearTimeout(late);
      socket.destroy();
      resolve(answered);
    };
    const late = setTimeout(
      () =>
        settle(isThere ? { type: "silent" } : { type: "refused", why: `no answer for ${maxMs / 1000} s` }),
      maxMs,
    );
    socket.once("connect", () => (isThere = true));
    socket.once("data", () => settle({ type: "spoke", ms: Math.round(performance.now() - began) }));
    socket.once("error", (error: Error & { code?: string }) =>
      settle({ type: "refused", why: error.code ?? error.message }),
    );
    socket.once("close", () => settle(isThere ? { type: "silent" } : { type: "refused", why: "closed" }));
  });
}

/** Whether a port of this machine could be listened on. */
export function isFree(port: number, host = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
