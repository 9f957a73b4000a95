/** The line that takes its time: everything comes out, in order, and never too soon. */
import { afterEach, expect, test } from "bun:test";
import fc from "fast-check";
import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net";
import { createDelayQueue, createTrips, onTheWayMaxBytes, startDelayProxy } from "../../bench/delay-proxy.ts";
import { seeded } from "../cuts.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test("what goes in comes out in order, once, and not before the delay", () => {
  const step = fc.record({ passMs: fc.nat(20), bytes: fc.nat(100) });
  fc.assert(
    fc.property(fc.nat(50), fc.array(step), (delayMs, steps) => {
      const queue = createDelayQueue<number>(delayMs);
      const [wentIn, out]: [number[], number[]] = [[], []];
      let now = 0;
      const look = () => {
        for (const item of queue.due(now)) {
          expect(now - wentIn[item]!).toBeGreaterThanOrEqual(delayMs);
          out.push(item);
        }
      };
      for (const [index, { passMs, bytes }] of steps.entries()) {
        now += passMs;
        look();
        wentIn.push(now);
        queue.put(index, bytes, now);
        const under = steps.slice(out.length, index + 1);
        expect(queue.bytes()).toBe(under.reduce((sum, one) => sum + one.bytes, 0));
        expect(queue.nextAtMs()).toBe(wentIn[out.length]! + delayMs);
      }
      now += delayMs;
      look();
      expect(out).toEqual(steps.map((_, index) => index));
      expect([queue.bytes(), queue.nextAtMs()]).toEqual([0, undefined]);
    }),
  );
});

test("a round trip is a word and an answer, however many of each", () => {
  const trips = createTrips();
  trips.answered();
  expect(trips.count()).toBe(0);
  trips.asked();
  trips.asked();
  expect(trips.count()).toBe(0);
  trips.answered();
  trips.answered();
  expect(trips.count()).toBe(1);
  trips.asked();
  trips.answered();
  expect(trips.count()).toBe(2);
});

/** A server that takes one call, and the call, by way of a proxy. */
async function line(rttMs: number): Promise<{ caller: Socket; host: Socket; trips(): number }> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const proxy = await startDelayProxy((server.address() as AddressInfo).port, rttMs);
  ends.push(() => proxy.stop());
  const taken = new Promise<Socket>((resolve) => server.once("connection", resolve));
  const caller = connect(proxy.port, "127.0.0.1");
  const host = await taken;
  for (const end of [caller, host]) {
    end.on("error", () => end.destroy());
    ends.push(() => end.destroy());
  }
  return { caller, host, trips: proxy.trips };
}

const all = (socket: Socket, length: number) =>
  new Promise<Buffer>((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    socket.on("data", (bytes: Buffer) => {
      pieces.push(bytes);
      size += bytes.length;
      if (size >= length) resolve(Buffer.concat(pieces));
    });
  });

test("an echo takes a round trip at least, and is counted as one", async () => {
  const { caller, host, trips } = await line(40);
  host.on("data", (bytes: Buffer) => host.write(bytes));
  const began = performance.now();
  caller.write("hello");
  expect((await all(caller, 5)).toString()).toBe("hello");
  expect(performance.now() - began).toBeGreaterThanOrEqual(40);
  expect(trips()).toBe(1);
});

test("more bytes than may be under way come out whole and in order, both ways at once", async () => {
  const { caller, host } = await line(2);
  const chance = seeded(7);
  const bytes = Buffer.from(Array.from({ length: 2 ** 16 }, () => Math.floor(chance() * 256)));
  const great = Buffer.concat(Array.from({ length: (2 * onTheWayMaxBytes) / bytes.length }, () => bytes));
  const [there, back] = [all(host, great.length), all(caller, great.length)];
  caller.write(great);
  host.write(great);
  expect((await there).equals(great)).toBe(true);
  expect((await back).equals(great)).toBe(true);
});

test("who hangs up is heard on the other side, after the last words", async () => {
  const { caller, host } = await line(10);
  const words = all(caller, 4);
  const over = new Promise<void>((resolve) => caller.once("end", resolve));
  host.end("bye.");
  expect((await words).toString()).toBe("bye.");
  await over;
});
