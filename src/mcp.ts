/** `bbsbot mcp`: a swarm's tools on this process's stdin and stdout, for the assistant that started it. The manager may come later. */
import process from "node:process";
import { PassThrough } from "node:stream";
import { remoteSwarm } from "./control/client.ts";
import type { ManagerAt, McpFlags } from "./control/console/doors.ts";
import type { Console } from "./control/console/terminal.ts";
import { createMcpServer } from "./control/mcp/server.ts";
import { speakOnStdio } from "./control/mcp/stdio.ts";
import { unreadMaxBytes } from "./control/mcp/stream.ts";
import { followResources } from "./control/mcp/updates.ts";
import { untilAsked } from "./doors.ts";
import { later } from "./io/later.ts";
import { clientToken } from "./io/token.ts";
import { followLive } from "./mcp-changes.ts";
import { operations, type OperationName, type Swarm } from "./proto/operations.ts";

/** Settles when the client has gone, or this process is asked to end; the exit status. */
export async function mcpDoor(flags: McpFlags, console: Console, version: string): Promise<number> {
  const asked = untilAsked();
  if (flags.conformance)
    return (await import("./mcp-fixtures.ts")).serveFixtures(flags.port, console, version, asked);
  const { stdin, stdout } = process;
  if (stdin.isTTY) console.err("Waiting for an MCP client on stdin; docs/mcp.md tells how to add one\n");
  const complain = (error: unknown) =>
    console.err(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  const input = new PassThrough();
  const changes = followLive(flags, later);
  const parts = {
    swarm: swarmAt(flags),
    readOnly: flags.readOnly,
    version,
    changes,
    now: Date.now,
    later,
    complain,
  };
  const line = speakOnStdio({
    input,
    output: stdout,
    later,
    complain,
    makeServer(listens) {
      const server = createMcpServer(parts);
      // Whoever does not read is told less: all that is told is that something changed.
      const tell = (uri: string) => {
        if (stdout.writableLength < unreadMaxBytes)
          void server.server.sendResourceUpdated({ uri }).catch(complain);
      };
      let unfollow: (() => void) | undefined;
      listens(() => (unfollow ??= followResources(changes, later, tell)));
      const closed = server.server.onclose;
      server.server.onclose = () => {
        unfollow?.();
        closed?.();
      };
      return server;
    },
  });
  stdin.pipe(input, { end: false });
  // What stands in the pipe is read first.
  stdin.once("end", () => setImmediate(line.finish));
  const status = await Promise.race([line.ended.then(() => 0), asked]);
  await line.close();
  stdin.destroy();
  return status;
}

/** The manager at an address. Its token is looked for at each request: a manager that is started later makes it then. */
function swarmAt({ url, tokenFile }: ManagerAt): Swarm {
  const ask = async (name: OperationName, input: unknown) =>
    remoteSwarm(url, fetch, clientToken(url, tokenFile))[name](input as never);
  const names = Object.keys(operations) as OperationName[];
  return Object.fromEntries(
    names.map((name) => [name, (input: unknown) => ask(name, input)]),
  ) as unknown as Swarm;
}
