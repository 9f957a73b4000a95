/** An assistant of either era in front of our MCP server, all in one process; the clock and the user are the test's. */
import { Client, InMemoryTransport } from "@modelcontextprotocol/client";
import { serveStdio } from "@modelcontextprotocol/server/stdio";
import { createMcpServer, type McpParts } from "../../../src/control/mcp/server.ts";
import { followResources, type Change } from "../../../src/control/mcp/updates.ts";
import type { OperationName, Swarm } from "../../../src/proto/operations.ts";
import { scribe } from "../../doubles/scribe.ts";

export const eras = ["legacy", "modern"] as const;
export type Era = (typeof eras)[number];
type Answer = { action: "accept" | "decline" | "cancel"; content?: Record<string, boolean> };

export interface RigSetting {
  readonly era?: Era;
  readonly readOnly?: boolean;
  /** In place of what the scribe answers. */
  readonly swarm?: { readonly [K in OperationName]?: (input: never) => unknown };
  /** What the user says when asked; without it the client cannot ask. */
  readonly user?: (message: string) => Answer;
}

/** A clock and timers that the test turns. */
export function turnedClock() {
  let at = 1_700_000_000_000;
  const timers: { at: number; work: () => void }[] = [];
  return {
    now: () => at,
    later: (ms: number, work: () => void) => void timers.push({ at: at + ms, work }),
    waiting: () => timers.length,
    pass(ms: number) {
      at += ms;
      for (const timer of timers.splice(0))
        if (timer.at > at) timers.push(timer);
        else timer.work();
    },
  };
}

/** A client that has connected. */
export async function assistant({
  era = "legacy",
  readOnly = false,
  swarm: change = {},
  user,
}: RigSetting = {}) {
  const clock = turnedClock();
  const { swarm: base, asked } = scribe();
  const listeners = new Set<(change: Change) => void>();
  const complaints: unknown[] = [];
  const replaced = Object.fromEntries(
    Object.entries(change).map(([name, answer]) => [
      name,
      async (input: never) => {
        asked.push([name as OperationName, input]);
        return answer(input);
      },
    ]),
  );
  const parts: McpParts = {
    swarm: { ...base, ...replaced } as Swarm,
    readOnly,
    version: "0.0.0-test",
    changes(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    now: clock.now,
    later: clock.later,
    complain: (error) => complaints.push(error),
  };
  const [near, far] = InMemoryTransport.createLinkedPair();
  const served = serveStdio(
    ({ era: spoken }) => {
      const server = createMcpServer(parts);
      if (spoken === "modern")
        followResources(parts.changes, parts.later, (uri) => void server.server.sendResourceUpdated({ uri }));
      return server;
    },
    { transport: far },
  );
  const client = new Client(
    { name: "rig", version: "1" },
    {
      versionNegotiation: { mode: era === "modern" ? { pin: "2026-07-28" } : "legacy" },
      capabilities: user ? { elicitation: { form: {} } } : {},
    },
  );
  const questions: string[] = [];
  if (user)
    client.setRequestHandler("elicitation/create", ({ params: { message } }) => {
      questions.push(message);
      return user(message);
    });
  await client.connect(near);
  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const { structuredContent, content, isError } = await client.callTool({ name, arguments: args });
    const [first] = content as { type: string; text: string }[];
    return {
      value: structuredContent as Record<string, unknown>,
      text: first?.text ?? "",
      isError: isError === true,
    };
  };
  return {
    client,
    call,
    asked,
    questions,
    clock,
    complaints,
    listeners,
    change: (bot?: string) => listeners.forEach((told) => told(bot === undefined ? {} : { bot })),
    async close() {
      await client.close();
      await served.close();
    },
  };
}
export type Assistant = Awaited<ReturnType<typeof assistant>>;
