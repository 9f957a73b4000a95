/** A viewer of /ws/swarm as programs are: it folds what it is told. */
import type { LiveMessage } from "../../src/proto/events.ts";
import { foldLive, type LiveState } from "../../src/proto/live-fold.ts";

export interface Watcher {
  state: LiveState | undefined;
  /** What it was greeted with, and how many messages it heard, that one among them. */
  greeting: LiveMessage | undefined;
  heard: number;
  /** The code with which the connection was closed. */
  readonly closed: Promise<number>;
  say(text: string): void;
  leave(): Promise<number>;
}

/** Dials the manager at `base` (http://…), and has been greeted when this settles. With what it `knows`, it asks for the rest only. */
export async function watch(base: string, knows?: LiveState): Promise<Watcher> {
  const since = knows ? `?since=${knows.rev}` : "";
  const socket = new WebSocket(`${base.replace("http", "ws")}/ws/swarm${since}`);
  const watcher: Watcher = {
    state: knows,
    greeting: undefined,
    heard: 0,
    closed: new Promise((resolve) => (socket.onclose = ({ code }) => resolve(code))),
    say: (text) => socket.send(text),
    leave() {
      socket.close();
      return watcher.closed;
    },
  };
  const greeted = new Promise<boolean>((resolve) => {
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as LiveMessage;
      watcher.greeting ??= message;
      watcher.heard++;
      watcher.state = foldLive(watcher.state, message);
      resolve(true);
    };
  });
  if (!(await Promise.race([greeted, watcher.closed.then(() => false)])))
    throw new Error(`Not let in to ${base}: closed with ${await watcher.closed}`);
  return watcher;
}
