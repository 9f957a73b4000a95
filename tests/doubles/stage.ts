/** A manager that is only pretended, with the real page before it: for browsers that are to see what no game would show. */
import { createFeed } from "../../src/control/feed.ts";
import { httpFace } from "../../src/control/http.ts";
import { createLive, liveTopicOf, liveTopics } from "../../src/control/live.ts";
import { mountPage } from "../../src/control/page.ts";
import { toldEvent } from "../../src/proto/event-words.ts";
import type { SwarmEvent } from "../../src/proto/events.ts";
import { feedSeverity, feedSocketPath, severities } from "../../src/proto/feed.ts";
import type { OperationName, OperationOutput, Swarm } from "../../src/proto/operations.ts";
import { pageFiles } from "../../src/page-files.ts";
import { publishTo, sockets, viewersOf, type Role } from "../../src/sockets.ts";
import type { Pretence } from "./pretence.ts";
import { replies, scribe } from "./scribe.ts";

export interface StageParts {
  readonly swarm: Pretence;
  readonly readOnly?: boolean;
  /** Answers other than the usual ones. */
  readonly answers?: { readonly [K in OperationName]?: OperationOutput<K> };
}

export interface Stage {
  readonly url: string;
  /** What the page asked for. */
  readonly asked: readonly [OperationName, unknown][];
  /** Tells it, on both lines. */
  tell(event: SwarmEvent): void;
  flush(): void;
  end(): Promise<void>;
}

/** Opens it on a free port. */
export function openStage({ swarm, readOnly = false, answers = {} }: StageParts): Stage {
  const { swarm: replying, asked } = scribe();
  const given = Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [name, async () => answer]),
  ) as Partial<Swarm>;
  const acting: Swarm = {
    ...replying,
    swarmStatus: async () => swarm.status(),
    botStatus: async ({ bot_id }) => swarm.bot(bot_id) ?? replies.botStatus,
    listBots: async () => ({ matched: swarm.ids().length, bots: [], ids: swarm.ids() }),
    ...given,
  };
  const app = httpFace(acting, (error) => {
    throw error;
  });
  mountPage(app, { files: pageFiles, gunzip: (bytes) => Bun.gunzipSync(bytes), readOnly });
  const live = createLive({
    ...swarm,
    viewers: () => liveTopics.reduce((sum, topic) => sum + viewersOf([server], topic), 0),
    publish: (topic, text) => publishTo([server], topic, text),
    firstRev: 1,
  });
  const feeds = severities.map((severity) =>
    createFeed({
      severity,
      listeners: () => viewersOf([server], severity),
      publish: (text) => publishTo([server], severity, text),
      inWords: toldEvent,
    }),
  );
  const server: Bun.Server<Role> = Bun.serve<Role>({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request, self) {
      const url = new URL(request.url);
      if (!url.pathname.startsWith("/ws/")) return app.fetch(request);
      const topic = url.pathname === feedSocketPath ? feedSeverity(url) : liveTopicOf(url);
      const isViewer = url.pathname === feedSocketPath || url.pathname === "/ws/swarm";
      if (isViewer && self.upgrade(request, { data: { kind: "viewer", topic } })) return undefined;
      return new Response("", { status: 404 });
    },
    websocket: sockets({
      max_bots: 5000,
      live,
      door: { opened: () => ({ heard() {}, closed() {} }) },
      terminals: {
        watch() {
          throw new Error("no terminals here");
        },
      },
    }),
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    asked,
    tell(event) {
      live.told(event);
      feeds.forEach((feed) => feed.told(event));
    },
    flush() {
      live.flush();
      feeds.forEach((feed) => feed.flush());
    },
    end: () => server.stop(true),
  };
}
