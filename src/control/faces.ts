/** The ways in that share the manager's port: a new one is a line here. */
import type { Hono } from "hono";
import type { Swarm } from "../proto/operations.ts";
import type { Door } from "./door.ts";
import { answer, httpFace } from "./http.ts";
import { mountPage } from "./page.ts";

export interface FacesParts {
  readonly swarm: Swarm;
  readonly door: Door;
  readonly version: string;
  readonly uptimeSeconds: () => number;
  readonly complain: (error: unknown) => void;
}

/** Everything that answers a plain HTTP request. */
export function faces({ swarm, door, version, uptimeSeconds, complain }: FacesParts): Hono {
  const app = httpFace(swarm, complain);
  door.mount(app);
  mountPage(app);
  app.get("/health", () => answer({ status: "ok", version, uptime: uptimeSeconds() }));
  return app;
}
