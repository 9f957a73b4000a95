/** The manager's doors to the network: its own port and the dashboard's, on this machine's loopback addresses unless asked for more. */
import { createHash } from "node:crypto";
import { networkInterfaces } from "node:os";
import { createAuth, type Auth } from "./control/auth.ts";
import type { Door } from "./control/door.ts";
import { guard, isLoopback, whoWeAre, type Ours } from "./control/guard.ts";
import type { Live } from "./control/live.ts";
import { HttpRefusal, refuse } from "./control/problem.ts";
import type { Terminals } from "./control/terminals.ts";
import type { Token } from "./io/token.ts";
import type { ManagerConfig } from "./proto/manager-config.ts";
import { Refusal } from "./proto/refusal.ts";
import { publishTo, roleOf, sockets, viewersOf, type Role, type Topic } from "./sockets.ts";

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly dashboard_port: number | null;
  readonly page_read_only: boolean;
  readonly max_bots: number;
  readonly auth: ManagerConfig["manager"]["auth"];
  /** Undefined where nothing needs it: with `needed_for: nothing`, a page that may write, and no file of one's own. */
  readonly token: Token | undefined;
  readonly log: (line: string) => void;
  readonly app: (request: Request) => Response | Promise<Response>;
  readonly door: Pick<Door, "admit" | "opened">;
  readonly live: Pick<Live, "greeting">;
  readonly terminals: Pick<Terminals, "admit" | "watch">;
}

export interface Listening {
  readonly url: string;
  readonly dashboardUrl: string | undefined;
  /** How many view /ws/swarm, or /ws/events. */
  viewers(topic: Topic): number;
  /** Tells a text to every one of them. */
  publish(topic: Topic, text: string): void;
  stop(): Promise<void>;
}

type Server = Bun.Server<Role>;

/** Who is let in; known once the ports are. */
interface Gate {
  readonly ours: Ours;
  readonly auth: Auth;
}

/**
 * Seconds without a byte after which an HTTP connection is closed: longer than any answer takes, so that only those who open
 * connections and say nothing are meant.
 */
export const idleMaxSeconds = 60;

/** Listens, or refuses: a taken port, or an address that others could reach without a token to ask of them. */
export function listen(options: ListenOptions): Listening {
  const { host, auth, token, log } = options;
  const beyond = !isLoopback(host);
  if (beyond) askForToken(host, auth, token);
  const addresses = addressesOf(host);
  const servers: Server[] = [];
  let gate: Gate | undefined;
  const open = (hostname: string, port: number) => {
    const server = serve(
      hostname,
      port,
      options,
      () => gate,
      (topic) => listening.viewers(topic),
    );
    servers.push(server);
    return server;
  };

  const main = openOrRefuse(() => open(addresses[0]!, options.port), addresses[0]!, options.port);
  const port = main.port!;
  for (const address of addresses.slice(1)) openIfFree(() => open(address, port));
  const dashboard = openDashboard(options, port, (wanted) => open(addresses[0]!, wanted));
  if (dashboard) for (const address of addresses.slice(1)) openIfFree(() => open(address, dashboard.port!));
  const names = ["localhost", "127.0.0.1", "::1", ...namesOf(host, addresses), ...auth.names];
  gate = {
    ours: whoWeAre(names, dashboard ? [port, dashboard.port!] : [port]),
    auth: createAuth({
      neededFor: beyond ? "everything" : auth.needed_for,
      token,
      pageReadOnly: options.page_read_only,
      cookie: { name: `bbsbot_${port}`, secret: cookieSecret(token) },
      now: () => performance.now(),
    }),
  };
  if (beyond)
    log(
      `listening beyond this machine, on "${host}": everything needs the token in "${token?.file}"; ` +
        "it is not encrypted on its way, so let something that speaks TLS stand before it",
    );

  const listening: Listening = {
    url: addressOf(isWildcard(host) ? "localhost" : addresses[0]!, port),
    dashboardUrl: dashboard && addressOf(isWildcard(host) ? "localhost" : addresses[0]!, dashboard.port!),
    viewers: (topic) => viewersOf(servers, topic),
    publish: (topic, text) => publishTo(servers, topic, text),
    async stop() {
      await Promise.all(servers.map((server) => server.stop(true)));
    },
  };
  return listening;
}

function serve(
  hostname: string,
  port: number,
  { app, door, live, terminals, max_bots }: ListenOptions,
  gate: () => Gate | undefined,
  viewers: (topic: Topic) => number,
): Server {
  return Bun.serve<Role>({
    hostname,
    port,
    idleTimeout: idleMaxSeconds,
    // Whoever reads a body counts, and refuses in words; what nobody reads is not kept.
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    async fetch(request, server) {
      try {
        const known = gate();
        if (!known) throw new Refusal("unavailable", "The manager is starting");
        guard(request.headers, known.ours);
        // After the guard: only now is it certain that there is a host to make a URL of.
        const url = new URL(request.url);
        const entered = known.auth.enter(request.method, url);
        if (entered) return entered;
        known.auth.check(request.method, url.pathname, request.headers);
        const data = roleOf(url, request.headers, { door, terminals, viewers, auth: known.auth });
        if (!data) return await app(request);
        if (server.upgrade(request, { data })) return undefined;
        throw new HttpRefusal(400, "bad_input", `${url.pathname} is for WebSockets`);
      } catch (error) {
        return refuse(error);
      }
    },
    error: (error) => refuse(error),
    websocket: sockets({ door, live, terminals, max_bots }),
  });
}

/** Beyond this machine nobody is known, so a token is asked of everybody: one that the operator has made and handed out. */
function askForToken(host: string, auth: ListenOptions["auth"], token: Token | undefined): void {
  if (auth.token_file !== null && token) return;
  throw new Refusal(
    "forbidden",
    `Cannot listen on "${host}": others than this machine's users could reach it; ` +
      "name a file with a token of your own (auth.token_file, --token-file), or use localhost",
  );
}

/** What a browser keeps in place of the token: other servers of the same host get it sent, too, and it must tell them nothing. */
const cookieSecret = (token: Token | undefined) =>
  createHash("sha256")
    .update(`bbsbot page\n${token?.secret ?? ""}`)
    .digest("hex");

const isWildcard = (host: string) => host === "0.0.0.0" || host === "::" || host === "[::]";

/** The addresses to listen on for a host name. */
function addressesOf(host: string): readonly string[] {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  return name === "localhost" ? ["127.0.0.1", "::1"] : [name];
}

/** Every address is named under which a manager that listens everywhere can be called. */
const namesOf = (host: string, addresses: readonly string[]) =>
  isWildcard(host)
    ? Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address))
    : addresses;

function openOrRefuse(open: () => Server, address: string, port: number): Server {
  try {
    return open();
  } catch (error) {
    throw new Refusal("unavailable", `Cannot listen on ${addressOf(address, port)}: ${whyNot(error)}`);
  }
}

/** IPv6 may be off, or another's: then the first address must do. */
function openIfFree(open: () => Server): Server | undefined {
  try {
    return open();
  } catch {
    // Nothing is lost: the first address answers under every name we print.
    return undefined;
  }
}

function openDashboard(
  { dashboard_port: wanted, log }: ListenOptions,
  port: number,
  open: (port: number) => Server,
): Server | undefined {
  if (wanted === null || wanted === port) return undefined;
  const server = openIfFree(() => open(wanted));
  if (!server) log(`port ${wanted} is taken: the dashboard is on the manager's own port ${port} only`);
  return server;
}

function whyNot(error: unknown): string {
  const { code } = error as { code?: string };
  if (code === "EADDRINUSE") return "the port is taken, perhaps by another manager";
  // For a name that leads nowhere the system says EINVAL.
  if (code === "EADDRNOTAVAIL" || code === "EINVAL") return "that is no address of this machine";
  return error instanceof Error ? error.message : String(error);
}

const addressOf = (host: string, port: number) => `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
