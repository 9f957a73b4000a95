/**
 * /ws/swarm by itself, in a process of its own so that what it takes can be told: the manager's telling and its sockets, over bots
 * that are pretended. `bun bench/ws-server.ts BOTS PACE`: each reports once a PACE of milliseconds times four, and a telling
 * follows each PACE, as in the manager with its 250. It says its port over IPC, and then what it took whenever it is asked.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { createLive } from "../src/control/live.ts";
import { publishTo, sockets, viewersOf, type Role } from "../src/sockets.ts";
import { createPretence, pretendedId } from "../tests/doubles/pretence.ts";

/** What the process took since it was last asked. */
export interface Took {
  readonly cpuPercent: number;
  readonly residentMb: number;
  readonly viewers: number;
  /** Longest time in our own code for one telling, and how late the event loop came, in milliseconds. */
  readonly tellingMaxMs: number;
  readonly delayP99Ms: number;
}

const [bots = 111, paceMs = 250] = process.argv.slice(2).map(Number);
const tellingsAReport = 4;
const tellingsAStatus = 20;

const swarm = createPretence(bots, 1);
const live = createLive({
  ...swarm,
  viewers: () => viewersOf([server], "swarm"),
  publish: (topic, text) => publishTo([server], topic, text),
  firstRev: 1,
});
const server: Bun.Server<Role> = Bun.serve<Role>({
  hostname: "127.0.0.1",
  port: 0,
  fetch: (request, self) =>
    self.upgrade(request, { data: { kind: "viewer", topic: "swarm" } })
      ? undefined
      : new Response("", { status: 400 }),
  websocket: sockets({
    max_bots: bots,
    live,
    door: { opened: () => ({ heard() {}, closed() {} }) },
    terminals: {
      watch() {
        throw new Error("no terminals here");
      },
    },
  }),
});

let tellingMaxMs = 0;
const timed = (work: () => void) => {
  const began = performance.now();
  work();
  tellingMaxMs = Math.max(tellingMaxMs, performance.now() - began);
};
let tellings = 0;
setInterval(() => {
  for (let bot = tellings % tellingsAReport; bot < bots; bot += tellingsAReport)
    live.told(swarm.report(pretendedId(bot)));
  timed(tellings++ % tellingsAStatus === 0 ? live.heartbeat : live.flush);
}, paceMs);

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let [cpu, since] = [process.cpuUsage(), performance.now()];
process.on("message", () => {
  const { user, system } = process.cpuUsage(cpu);
  const took: Took = {
    cpuPercent: (user + system) / 10 / (performance.now() - since),
    residentMb: process.memoryUsage.rss() / 2 ** 20,
    viewers: viewersOf([server], "swarm"),
    tellingMaxMs,
    delayP99Ms: delay.percentile(99) / 1e6,
  };
  [cpu, since, tellingMaxMs] = [process.cpuUsage(), performance.now(), 0];
  delay.reset();
  process.send?.(took);
});
process.on("disconnect", () => process.exit(0));
process.send?.(server.port);
