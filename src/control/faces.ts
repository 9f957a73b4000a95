/** The ways in that share the manager's port: a new one is a line here. */
import type { Hono } from "hono";
import type { SwarmTotals } from "../proto/events.ts";
import type { Swarm } from "../proto/operations.ts";
import type { BotStatus, SwarmStatus } from "../proto/status.ts";
import { cached } from "./cached.ts";
import { botAsBefore, mountSeries, swarmAsBefore } from "./compat.ts";
import type { Door } from "./door.ts";
import { answer, httpFace, type Gzip } from "./http.ts";
import type { McpFace } from "./mcp/face.ts";
import { mountMetrics } from "./metrics.ts";
import { mountDocument } from "./openapi.ts";
import { mountPage, type PageParts } from "./page.ts";

export interface FacesParts {
  readonly swarm: Swarm;
  readonly door: Pick<Door, "mount">;
  readonly page: PageParts;
  readonly mcp: Pick<McpFace, "mount">;
  /** How things are at this moment, without a wait. */
  readonly status: () => SwarmStatus;
  readonly totals: () => SwarmTotals;
  /** Number of the last lifecycle event: another one each time something happened that must be seen at once. */
  readonly seq: () => number;
  /** Milliseconds since 1970 that never go back. */
  readonly now: () => number;
  /** Seconds between two points of the time series. */
  readonly seriesIntervalSeconds: number;
  readonly version: string;
  readonly gzip: Gzip;
  readonly complain: (error: unknown) => void;
}

/** Everything that answers a plain HTTP request. */
export function faces(parts: FacesParts): Hono {
  const {
    swarm,
    door,
    page,
    status,
    totals,
    seq,
    now,
    seriesIntervalSeconds: interval,
    version,
    gzip,
    complain,
  } = parts;
  // Scripts ask for the whole status again and again, and it is the largest answer by far.
  const statusText = cached({
    make: () => JSON.stringify(swarmAsBefore(status(), interval)),
    now,
    stamp: seq,
  });
  const app = httpFace(swarm, complain, {
    ready: { swarmStatus: statusText },
    gzip,
    shown: (name, output) => (name === "botStatus" ? botAsBefore(output as BotStatus) : output),
  });
  mountSeries(app, swarm, interval, now);
  door.mount(app);
  parts.mcp.mount(app);
  mountPage(app, page);
  mountDocument(app, version);
  mountMetrics(app, swarm, totals);
  app.get("/health", () => answer(health(totals())));
  return app;
}

const health = ({ degraded, version, uptime_seconds }: SwarmTotals) => ({
  status: degraded === undefined ? "ok" : "degraded",
  version,
  uptime: uptime_seconds,
  ...(degraded !== undefined && { reason: degraded }),
});
