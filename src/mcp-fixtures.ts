/** `bbsbot mcp --conformance`: no swarm, but the conformance suite's fixtures behind the manager's own guard and transport. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Console } from "./control/console/terminal.ts";
import { guard, whoWeAre } from "./control/guard.ts";
import { mcpPath } from "./control/mcp/face.ts";
import { fixtures } from "./control/mcp/fixtures.ts";
import { createMcpHttp } from "./control/mcp/http.ts";
import { refuse } from "./control/problem.ts";
import { laterIfThere } from "./io/later.ts";
import { idleMaxSeconds } from "./listen.ts";

/** Serves until asked to end; the exit status. Says where on stdout, as a line of JSON. */
export async function serveFixtures(
  port: number,
  console: Console,
  version: string,
  asked: Promise<number>,
): Promise<number> {
  const complain = (error: unknown) => console.err(`error: ${String(error)}\n`);
  const makeServer = fixtures({
    publish: (event) => http.bus.publish(event),
    wait: (ms) => Bun.sleep(ms),
    key: randomBytes(32).toString("hex"),
    version,
  });
  const http = createMcpHttp({
    makeServer,
    newId: randomUUID,
    now: () => performance.now(),
    later: laterIfThere,
    changes: () => () => {},
    complain,
  });
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port,
    idleTimeout: idleMaxSeconds,
    async fetch(request) {
      try {
        guard(request.headers, ours);
        if (new URL(request.url).pathname !== mcpPath) return new Response(null, { status: 404 });
        return await http.fetch(request);
      } catch (error) {
        return refuse(error, complain);
      }
    },
  });
  const ours = whoWeAre(["localhost", "127.0.0.1", "::1"], [server.port!]);
  console.out(
    `${JSON.stringify({ event: "listening", url: `http://127.0.0.1:${server.port}${mcpPath}` })}\n`,
  );
  const status = await asked;
  await http.close();
  await server.stop(true);
  return status;
}
