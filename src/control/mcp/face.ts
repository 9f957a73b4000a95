/** The manager's /mcp. All that speaks the protocol is loaded when somebody first asks for it: most managers never need it. */
import type { Hono } from "hono";
import type { SwarmEvent } from "../../proto/events.ts";
import type { Swarm } from "../../proto/operations.ts";
import { answerHeaders } from "../problem.ts";
import type { McpHttp } from "./http.ts";
import type { Change } from "./updates.ts";

export const mcpPath = "/mcp";
/** `/mcp?read-only`: an assistant that is given this address has no tool that changes something. */
export const readOnlyWord = "read-only";

export interface McpFaceParts {
  readonly swarm: Swarm;
  readonly version: string;
  /** A word that nobody can guess. */
  readonly newId: () => string;
  /** Milliseconds since 1970 that never go back. */
  readonly now: () => number;
  readonly later: (ms: number, work: () => void) => () => void;
  readonly complain: (error: unknown) => void;
}

export interface McpFace {
  mount(app: Hono): void;
  /** Must hear of every event. */
  told(event: SwarmEvent): void;
  /** Ends every session and stream. */
  close(): Promise<void>;
}

export function createMcpFace(parts: McpFaceParts): McpFace {
  const listeners = new Set<(change: Change) => void>();
  const changes = (listener: (change: Change) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  let http: Promise<McpHttp> | undefined;
  const load = async () => {
    const [{ createMcpHttp }, { createMcpServer }, { followResources }] = await Promise.all([
      import("./http.ts"),
      import("./server.ts"),
      import("./updates.ts"),
    ]);
    return createMcpHttp({
      ...parts,
      makeServer: (_, request) => createMcpServer({ ...parts, readOnly: isReading(request), changes }),
      changes: (changed) => followResources(changes, parts.later, changed),
    });
  };
  return {
    mount(app) {
      app.on(["GET", "POST", "DELETE"], mcpPath, async ({ req }) => {
        const answer = await (await (http ??= load())).fetch(req.raw);
        for (const [name, value] of Object.entries(answerHeaders))
          if (!answer.headers.has(name)) answer.headers.set(name, value);
        return answer;
      });
    },
    told({ type, bot }) {
      if (type !== "heard") for (const listener of listeners) listener({ bot });
    },
    close: async () => (await http)?.close(),
  };
}

const isReading = ({ url }: Request): boolean => new URL(url).searchParams.has(readOnlyWord);
