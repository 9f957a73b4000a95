import { afterEach, expect, test } from "bun:test";
import { createLive, sinceOf } from "../src/control/live.ts";
import type { LiveMessage } from "../src/proto/events.ts";
import type { LiveState } from "../src/proto/live-fold.ts";
import { publishTo, sockets, viewersOf, type Role } from "../src/sockets.ts";
import { createPretence } from "./doubles/pretence.ts";
import { rawViewer } from "./doubles/viewer.ts";
import { watch, type Watcher } from "./doubles/watcher.ts";

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** A server with nothing but the sockets, over a pretended swarm. A worker's words are written down. */
function serve(bots: number) {
  const swarm = createPretence(bots, 1);
  const words: string[] = [];
  const server: Bun.Server<Role> = Bun.serve<Role>({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request, self) {
      const url = new URL(request.url);
      const data: Role =
        url.pathname === "/ws/worker"
          ? { kind: "worker", bot: "a" }
          : { kind: "viewer", topic: "swarm", since: sinceOf(url) };
      return self.upgrade(request, { data }) ? undefined : new Response();
    },
    websocket: sockets({
      max_bots: bots,
      door: { opened: () => ({ heard: (text) => words.push(text), closed: () => words.push("closed") }) },
      live: { greeting: (since) => live.greeting(since) },
      terminals: {
        watch() {
          throw new Error("no terminals here");
        },
      },
    }),
  });
  endings.push(() => server.stop(true));
  const live = createLive({
    ...swarm,
    viewers: () => viewersOf([server], "swarm"),
    publish(topic, text) {
      if (topic === "swarm") last = text;
      publishTo([server], topic, text);
    },
    firstRev: 1,
  });
  let last = "";
  const tellAll = () => {
    for (const id of swarm.ids()) live.told(swarm.report(id));
    live.flush();
  };
  const viewers = () => viewersOf([server], "swarm");
  return {
    port: server.port!,
    url: `http://127.0.0.1:${server.port}`,
    live,
    swarm,
    words,
    tellAll,
    viewers,
    lastTold: () => last,
  };
}

async function reader(url: string, knows?: LiveState): Promise<Watcher> {
  const watcher = await watch(url, knows);
  endings.push(watcher.leave);
  return watcher;
}

/** In front of a text of more than 125 and up to 65,535 bytes. */
const frameHeadBytes = 4;

async function until(what: string, look: () => boolean) {
  for (let tries = 0; tries < 1000; tries++) {
    if (look()) return;
    await Bun.sleep(5);
  }
  throw new Error(`Never: ${what}`);
}

test("ten viewers that do not read are cut off, ten that read know all, and memory stays bounded", async () => {
  const { port, url, live, swarm, tellAll, viewers } = serve(111);
  const stalled = Array.from({ length: 10 }, () => rawViewer(port, { stalled: true }));
  endings.push(() => stalled.forEach((viewer) => viewer.leave()));
  const healthy = await Promise.all(Array.from({ length: 10 }, () => reader(url)));
  await until("all are here", () => viewers() === 20);
  Bun.gc(true);
  const before = process.memoryUsage.rss();
  let [told, grown] = [0, 0];
  while (viewers() > 10 && told < 1000) {
    tellAll();
    live.heartbeat();
    told += 2;
    grown = Math.max(grown, process.memoryUsage.rss() - before);
    await until("the healthy have heard it", () => healthy.every(({ heard }) => heard === told + 1));
  }
  expect(viewers()).toBe(10);
  for (const { state } of healthy) expect([...state!.bots.values()]).toEqual(swarm.status().bots);
  // Ten backlogs of a MiB each, ten readers in this same process, and the garbage of making texts.
  expect(grown / 2 ** 20).toBeLessThan(150);
});

test("viewers who come, leave and come back while much is told fold to the same state", async () => {
  const { url, live, swarm, tellAll } = serve(20);
  const all = [await reader(url)];
  for (let round = 0; round < 30; round++) {
    tellAll();
    const coming = reader(url);
    if (round % 7 === 6) live.heartbeat();
    tellAll();
    const came = await coming;
    tellAll();
    if (round % 2) {
      const { state } = came;
      await came.leave();
      tellAll();
      const back = await reader(url, state!);
      expect(back.greeting!.type).toBe("changes");
      all.push(back);
    } else all.push(came);
  }
  tellAll();
  const { rev } = JSON.parse(live.greeting()) as LiveMessage;
  await until("all have heard the last", () => all.every(({ state }) => state!.rev === rev));
  for (const { state } of all) expect([...state!.bots.values()]).toEqual(swarm.status().bots);
});

test("a viewer that says much, or much at once, is cut off; a sign of life now and then is none of our business", async () => {
  const { port, url } = serve(1);
  const polite = await reader(url);
  for (let times = 0; times < 10; times++) polite.say("ping");
  const talker = await reader(url);
  for (let times = 0; times < 100; times++) talker.say("x");
  expect(await talker.closed).toBe(1008);
  const shouter = await reader(url);
  shouter.say("x".repeat(5000));
  expect(await shouter.closed).toBe(1008);
  const pinger = rawViewer(port);
  await pinger.head;
  for (let times = 0; times < 100; times++) pinger.say(9, "");
  await pinger.closed;
  expect(await Promise.race([polite.closed, Bun.sleep(20).then(() => "open")])).toBe("open");
});

test("a worker may talk as much as its protocol lets it", async () => {
  const { port, words } = serve(1);
  const worker = rawViewer(port, { path: "/ws/worker" });
  await worker.head;
  for (let times = 0; times < 200; times++) worker.say(1, "x".repeat(2000));
  await until("all is heard", () => words.length === 200);
  worker.leave();
  await until("its end is heard", () => words.at(-1) === "closed");
});

test("what is told is deflated for those who can inflate it, unless they are many", async () => {
  const { port, tellAll, viewers, lastTold } = serve(111);
  const [able, plain] = [rawViewer(port, { deflate: true }), rawViewer(port)];
  endings.push(() => [able, plain].forEach((viewer) => viewer.leave()));
  expect(await able.head).toContain("permessage-deflate");
  expect(await plain.head).not.toContain("permessage-deflate");
  await until("both are here", () => viewers() === 2 && able.bytes() > 1000 && plain.bytes() > 1000);
  const before = [able.bytes(), plain.bytes()] as const;
  tellAll();
  const whole = () => lastTold().length + frameHeadBytes;
  await until("both have heard", () => plain.bytes() === before[1] + whole() && able.bytes() > before[0]);
  expect(able.bytes() - before[0]).toBeLessThan(whole() / 3);
  const crowd = Array.from({ length: 60 }, () => rawViewer(port));
  endings.push(() => crowd.forEach((viewer) => viewer.leave()));
  await until("the crowd is here", () => viewers() === 62);
  const later = [able.bytes(), plain.bytes()] as const;
  tellAll();
  await until("plain has heard", () => plain.bytes() === later[1] + whole());
  await until("able has heard as many bytes", () => able.bytes() === later[0] + whole());
});
