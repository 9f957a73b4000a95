/** A viewer of a bot's terminal or of the swarm's events: it writes down what it hears, each message past its schema. */
import type { z } from "zod";

export interface Onlooker<T> {
  readonly heard: T[];
  /** The code with which the connection was closed. */
  readonly closed: Promise<number>;
  say(word: unknown): void;
  /** Waits until it has heard that. */
  until(wanted: (heard: readonly T[]) => boolean): Promise<void>;
  leave(): Promise<number>;
}

/** Longest wait for what should come at once. */
const patienceMs = 5000;

/** Dials `base` (http://…) and `path`; settles when the line is open, and rejects when it is not to be had. */
export async function lookOn<T>(
  base: string,
  path: string,
  schema: z.ZodType<T>,
  headers: Record<string, string> = {},
): Promise<Onlooker<T>> {
  const socket = new WebSocket(base.replace("http", "ws") + path, { headers } as never);
  const heard: T[] = [];
  let look = () => {};
  socket.onmessage = ({ data }) => {
    heard.push(schema.parse(JSON.parse(String(data))));
    look();
  };
  const closed = new Promise<number>((resolve) => (socket.onclose = ({ code }) => resolve(code)));
  const opened = new Promise<boolean>((resolve) => (socket.onopen = () => resolve(true)));
  if (!(await Promise.race([opened, closed.then(() => false)])))
    throw new Error(`Not let in to ${path}: closed with ${await closed}`);
  return {
    heard,
    closed,
    say: (word) => socket.send(typeof word === "string" ? word : JSON.stringify(word)),
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () =>
            reject(
              new Error(
                `Never heard: ${String(wanted)}, but ${JSON.stringify(heard.slice(-5)).slice(0, 1000)}`,
              ),
            ),
          patienceMs,
        );
        look = () => {
          if (!wanted(heard)) return;
          clearTimeout(timer);
          resolve();
        };
        look();
      }),
    leave() {
      socket.close();
      return closed;
    },
  };
}
