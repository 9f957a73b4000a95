/** What happens on the manager's WebSockets: viewers of /ws/swarm, who listen, and workers of /ws/worker, who talk. */
import type { Door } from "./control/door.ts";
import { viewerBacklogMaxBytes, type Live } from "./control/live.ts";
import { linkMessageMaxBytes } from "./proto/orders.ts";

/**
 * What a socket is for. `worker` has its ears once it is open. Of a viewer: the last revision that it knows, if any, and what it
 * said in the minute that began at `said.since`, by `performance.now`.
 */
export type Role =
  | { kind: "viewer"; since?: number | undefined; said?: { words: number; since: number } }
  | { kind: "worker"; bot: string; ears?: { heard(text: string): void; closed(): void } };

/** What every viewer hears. */
const topic = "swarm";

/**
 * Seconds without a byte from the other side, a pong included, after which it is taken for dead. Bun pings shortly before. Long
 * enough for a laptop's lid and a stopped process; one that takes no bytes while there is something to tell is cut off sooner.
 */
const silenceMaxSeconds = 120;

/** A viewer has nothing to say; some libraries send a sign of life all the same. So many a minute, each of so many bytes. */
const wordsPerMinuteMax = 60;
const wordMaxBytes = 1024;

export interface SocketParts {
  readonly door: Pick<Door, "opened">;
  readonly live: Pick<Live, "greeting">;
  readonly max_bots: number;
}

export function sockets({ door, live, max_bots }: SocketParts): Bun.WebSocketHandler<Role> {
  const hear = (socket: Bun.ServerWebSocket<Role>, bytes: number) => {
    const role = socket.data;
    if (role.kind !== "viewer") return;
    const at = performance.now();
    if (!role.said || at - role.said.since > 60_000) role.said = { words: 0, since: at };
    role.said.words++;
    if (bytes > wordMaxBytes || role.said.words > wordsPerMinuteMax)
      socket.close(1008, "A viewer has nothing to say");
  };
  return {
    // Above the limit of a message, so that a worker who sends too much is told of rather than just dropped.
    maxPayloadLength: 2 * linkMessageMaxBytes,
    backpressureLimit: viewerBacklogMaxBytes(max_bots),
    closeOnBackpressureLimit: true,
    // One compressor for all, which remembers nothing: a fifth of the bytes, and no memory for each viewer.
    perMessageDeflate: { compress: "shared", decompress: "shared" },
    idleTimeout: silenceMaxSeconds,
    sendPings: true,
    open(socket) {
      const role = socket.data;
      if (role.kind === "worker") {
        role.ears = door.opened(role.bot, socket);
        return;
      }
      socket.send(live.greeting(role.since));
      socket.subscribe(topic);
    },
    message(socket, message) {
      if (socket.data.kind === "worker") socket.data.ears?.heard(String(message));
      else hear(socket, message.length);
    },
    ping: (socket, data) => hear(socket, data.length),
    close(socket) {
      if (socket.data.kind === "worker") socket.data.ears?.closed();
    },
  };
}

/**
 * Bytes that are deflated for one telling, over all viewers, for each gets a copy deflated for itself: about 12 ms of work. Where
 * that does not do, since there are many viewers or much to tell, the text goes as it is, which costs next to nothing.
 */
const deflatedMaxBytes = 1024 * 1024;

/** How many hear what is told. */
export const viewersOf = (servers: readonly Bun.Server<Role>[]): number =>
  servers.reduce((sum, server) => sum + server.subscriberCount(topic), 0);

/** Tells a text to every viewer. */
export function publishTo(servers: readonly Bun.Server<Role>[], text: string): void {
  const deflated = text.length * viewersOf(servers) <= deflatedMaxBytes;
  for (const server of servers) server.publish(topic, text, deflated);
}
