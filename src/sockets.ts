/** What happens on the manager's WebSockets: viewers of the swarm and of its events, who listen; viewers of terminals and workers, who talk. */
import type { Auth } from "./control/auth.ts";
import { workerSocketPath, type Door } from "./control/door.ts";
import {
  liveSocketPath,
  liveTopicOf,
  liveTopics,
  sinceOf,
  viewerBacklogMaxBytes,
  viewersMax,
  type Live,
  type LiveTopic,
} from "./control/live.ts";
import { seated, type ViewerEars } from "./control/terminal/socket.ts";
import type { Terminals } from "./control/terminals.ts";
import { feedSeverity, feedSocketPath, type Severity } from "./proto/feed.ts";
import { linkMessageMaxBytes } from "./proto/orders.ts";
import { Refusal } from "./proto/refusal.ts";
import { terminalSocketBot } from "./proto/terminal-view.ts";

/** What all viewers of a kind hear: the swarm, or events from a severity on. */
export type Topic = LiveTopic | Severity;

/**
 * What a socket is for. `worker` and `terminal` have their ears once they are open. Of a viewer: the last revision that it knows,
 * if any, and what it said in the minute that began at `said.since`, by `performance.now`.
 */
export type Role =
  | {
      kind: "viewer";
      topic: Topic;
      since?: number | undefined;
      said?: { words: number; since: number };
    }
  | { kind: "terminal"; bot: string; mayNotType: string | undefined; ears?: ViewerEars | undefined }
  | { kind: "worker"; bot: string; ears?: { heard(text: string): void; closed(): void } };

export interface RoleParts {
  readonly door: Pick<Door, "admit">;
  readonly terminals: Pick<Terminals, "admit">;
  readonly auth: Pick<Auth, "check">;
  readonly viewers: (topic: Topic) => number;
}

/** What a socket at this address would be for; undefined where no socket is. Refuses one too many, and who is no worker of ours. */
export function roleOf(url: URL, headers: Headers, parts: RoleParts): Role | undefined {
  const { pathname: path } = url;
  if (path === workerSocketPath) return { kind: "worker", bot: parts.door.admit(url) };
  const topic =
    path === liveSocketPath ? liveTopicOf(url) : path === feedSocketPath ? feedSeverity(url) : undefined;
  if (topic) {
    if (parts.viewers(topic) >= viewersMax)
      throw new Refusal("unavailable", `${viewersMax} viewers are here already`);
    return { kind: "viewer", topic, since: sinceOf(url) };
  }
  const bot = terminalSocketBot(path);
  if (bot === undefined) return undefined;
  parts.terminals.admit(bot);
  return { kind: "terminal", bot, mayNotType: whyNot(() => parts.auth.check("POST", path, headers)) };
}

/** Why something is refused; undefined when it is not. */
function whyNot(attempt: () => void): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message.slice(0, reasonMaxChars);
    throw error;
  }
}
/** Characters of a reason, as `TerminalTold` has it. */
const reasonMaxChars = 400;

/**
 * Seconds without a byte from the other side, a pong included, after which it is taken for dead. Bun pings shortly before. Long
 * enough for a laptop's lid and a stopped process; one that takes no bytes while there is something to tell is cut off sooner.
 */
const silenceMaxSeconds = 120;

/** A viewer of the swarm has nothing to say; some libraries send a sign of life all the same. So many a minute, each of so many bytes. */
const wordsPerMinuteMax = 60;
const wordMaxBytes = 1024;

export interface SocketParts {
  readonly door: Pick<Door, "opened">;
  readonly live: Pick<Live, "greeting">;
  readonly terminals: Pick<Terminals, "watch">;
  readonly max_bots: number;
}

type Socket = Bun.ServerWebSocket<Role>;

export function sockets({ door, live, terminals, max_bots }: SocketParts): Bun.WebSocketHandler<Role> {
  const hear = (socket: Socket, bytes: number) => {
    const role = socket.data;
    if (role.kind !== "viewer") return;
    const at = performance.now();
    if (!role.said || at - role.said.since > 60_000) role.said = { words: 0, since: at };
    role.said.words++;
    if (bytes > wordMaxBytes || role.said.words > wordsPerMinuteMax)
      socket.close(1008, "A viewer has nothing to say");
  };
  const opened = (socket: Socket) => {
    const role = socket.data;
    switch (role.kind) {
      case "worker":
        role.ears = door.opened(role.bot, socket);
        return;
      case "terminal":
        role.ears = seatedOrSentAway(terminals, role, socket);
        return;
      case "viewer":
        if (liveTopics.some((one) => one === role.topic)) socket.send(live.greeting(role.since));
        socket.subscribe(role.topic);
    }
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
    open: opened,
    message(socket, message) {
      if (socket.data.kind === "viewer") hear(socket, message.length);
      else socket.data.ears?.heard(String(message));
    },
    ping(socket, data) {
      if (socket.data.kind === "terminal") socket.data.ears?.pinged();
      else hear(socket, data.length);
    },
    close(socket) {
      if (socket.data.kind !== "viewer") socket.data.ears?.closed();
    },
  };
}

/** Since it was let in the bot may have gone, or others may have come. */
function seatedOrSentAway(
  terminals: SocketParts["terminals"],
  role: Extract<Role, { kind: "terminal" }>,
  socket: Socket,
): ViewerEars | undefined {
  try {
    return seated(terminals, role, socket, () => performance.now());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    socket.close(1013, error.message.slice(0, closeReasonMaxBytes));
    return undefined;
  }
}
/** What RFC 6455 leaves for a reason, less what characters beyond ASCII take. */
const closeReasonMaxBytes = 100;

/**
 * Bytes that are deflated for one telling, over all viewers, for each gets a copy deflated for itself: about 12 ms of work. Where
 * that does not do, since there are many viewers or much to tell, the text goes as it is, which costs next to nothing.
 */
const deflatedMaxBytes = 1024 * 1024;

/** How many hear what is told. */
export const viewersOf = (servers: readonly Bun.Server<Role>[], topic: Topic): number =>
  servers.reduce((sum, server) => sum + server.subscriberCount(topic), 0);

/** Tells a text to every viewer. */
export function publishTo(servers: readonly Bun.Server<Role>[], topic: Topic, text: string): void {
  const deflated = text.length * viewersOf(servers, topic) <= deflatedMaxBytes;
  for (const server of servers) server.publish(topic, text, deflated);
}
