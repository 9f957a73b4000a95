/** The manager's doors to the network: its own port and the dashboard's, on this machine's loopback addresses only. */
import { workerSocketPath, type Door } from "./control/door.ts";
import { guard, ourHosts } from "./control/guard.ts";
import { liveSocketPath, viewerBacklogMaxBytes, viewersMax, type Live } from "./control/live.ts";
import { batchBodyMaxBytes } from "./control/http.ts";
import { HttpRefusal, refuse } from "./control/problem.ts";
import { linkMessageMaxBytes } from "./proto/orders.ts";
import { Refusal } from "./proto/refusal.ts";

export interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly dashboard_port: number | null;
  readonly max_bots: number;
  readonly log: (line: string) => void;
  readonly app: (request: Request) => Response | Promise<Response>;
  readonly door: Door;
  readonly live: Live;
}

export interface Listening {
  readonly url: string;
  readonly dashboardUrl: string | undefined;
  viewers(): number;
  /** Tells a text to every viewer of /ws/swarm. */
  publish(text: string): void;
  stop(): Promise<void>;
}

/** What a socket is for. `worker` has its ears once it is open. */
type Role =
  { kind: "viewer" } | { kind: "worker"; bot: string; ears?: { heard(text: string): void; closed(): void } };
type Server = Bun.Server<Role>;

const topic = "swarm";

/** Listens, or refuses: a taken port, or an address that others than this machine's users could reach. */
export function listen(options: ListenOptions): Listening {
  const addresses = loopbackAddresses(options.host);
  const servers: Server[] = [];
  let ours: ReadonlySet<string> = new Set();
  const open = (hostname: string, port: number) => {
    const server = serve(
      hostname,
      port,
      options,
      () => ours,
      () => listening.viewers(),
    );
    servers.push(server);
    return server;
  };

  const main = openOrRefuse(() => open(addresses[0]!, options.port), addresses[0]!, options.port);
  const port = main.port!;
  for (const address of addresses.slice(1)) openIfFree(() => open(address, port));
  const dashboard = openDashboard(options, port, (wanted) => open(addresses[0]!, wanted));
  if (dashboard) for (const address of addresses.slice(1)) openIfFree(() => open(address, dashboard.port!));
  const names = ["localhost", "127.0.0.1", "::1", ...addresses];
  ours = ourHosts(names, dashboard ? [port, dashboard.port!] : [port]);

  const listening: Listening = {
    url: addressOf(addresses[0]!, port),
    dashboardUrl: dashboard && addressOf(addresses[0]!, dashboard.port!),
    viewers: () => servers.reduce((sum, server) => sum + server.subscriberCount(topic), 0),
    publish: (text) => servers.forEach((server) => server.publish(topic, text)),
    async stop() {
      await Promise.all(servers.map((server) => server.stop(true)));
    },
  };
  return listening;
}

function serve(
  hostname: string,
  port: number,
  { app, door, live, max_bots }: ListenOptions,
  ours: () => ReadonlySet<string>,
  viewers: () => number,
): Server {
  return Bun.serve<Role>({
    hostname,
    port,
    idleTimeout: 0,
    maxRequestBodySize: batchBodyMaxBytes + 1024,
    async fetch(request, server) {
      try {
        guard(request.headers, ours());
        const url = new URL(request.url);
        if (url.pathname !== liveSocketPath && url.pathname !== workerSocketPath) return await app(request);
        if (url.pathname === liveSocketPath && viewers() >= viewersMax)
          throw new Refusal("unavailable", `${viewersMax} viewers are here already`);
        const data: Role =
          url.pathname === liveSocketPath ? { kind: "viewer" } : { kind: "worker", bot: door.admit(url) };
        if (server.upgrade(request, { data })) return undefined;
        throw new HttpRefusal(400, "bad_input", `${url.pathname} is for WebSockets`);
      } catch (error) {
        return refuse(error);
      }
    },
    error: (error) => refuse(error),
    websocket: {
      // Above the limit of a message, so that a worker who sends too much is told of rather than just dropped.
      maxPayloadLength: 2 * linkMessageMaxBytes,
      backpressureLimit: viewerBacklogMaxBytes(max_bots),
      closeOnBackpressureLimit: true,
      idleTimeout: 0,
      open(socket) {
        const role = socket.data;
        if (role.kind === "worker") {
          role.ears = door.opened(role.bot, socket);
          return;
        }
        socket.send(live.greeting());
        socket.subscribe(topic);
      },
      message(socket, message) {
        // Viewers have nothing to say here; what they send is not kept.
        if (socket.data.kind === "worker") socket.data.ears?.heard(String(message));
      },
      close(socket) {
        if (socket.data.kind === "worker") socket.data.ears?.closed();
      },
    },
  });
}

/** The addresses for a host name: never one beyond this machine, for there is no token yet to ask of those outside. */
function loopbackAddresses(host: string): readonly string[] {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, "$1");
  if (name === "localhost") return ["127.0.0.1", "::1"];
  if (name === "::1" || /^127(\.\d{1,3}){3}$/.test(name)) return [name];
  throw new Refusal(
    "forbidden",
    `Cannot listen on "${host}": only this machine may reach a manager; use localhost, 127.0.0.1 or ::1`,
  );
}

function openOrRefuse(open: () => Server, address: string, port: number): Server {
  try {
    return open();
  } catch (error) {
    const why = isTaken(error) ? "the port is taken, perhaps by another manager" : String(error);
    throw new Refusal("unavailable", `Cannot listen on ${addressOf(address, port)}: ${why}`);
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

const isTaken = (error: unknown) => error instanceof Error && "code" in error && error.code === "EADDRINUSE";
const addressOf = (host: string, port: number) => `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
