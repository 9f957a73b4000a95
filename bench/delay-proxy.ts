/**
 * A line that takes its time: a proxy on loopback that holds each direction's bytes back by the same delay, half a round trip. What goes in
 * comes out, in order, and never sooner than the delay. It counts round trips on the way.
 */
import { createConnection, createServer, type AddressInfo, type Socket } from "node:net";

/** Bytes on their way in one direction; who sends more has to wait, as on any line. */
export const onTheWayMaxBytes = 4 * 2 ** 20;

/** What is under way, one direction, oldest first. */
export interface DelayQueue<T> {
  /** `item` of so many bytes goes in at `nowMs`. */
  put(item: T, bytes: number, nowMs: number): void;
  /** What has been under way for the whole delay, in order; it is not there any more. */
  due(nowMs: number): T[];
  /** When the oldest is due; undefined when nothing is under way. */
  nextAtMs(): number | undefined;
  bytes(): number;
}

/** A queue of which nothing comes out before `delayMs` have passed. */
export function createDelayQueue<T>(delayMs: number): DelayQueue<T> {
  let waiting: { readonly item: T; readonly size: number; readonly atMs: number }[] = [];
  let bytes = 0;
  return {
    put(item, size, nowMs) {
      waiting.push({ item, size, atMs: nowMs + delayMs });
      bytes += size;
    },
    due(nowMs) {
      const first = waiting.findIndex(({ atMs }) => atMs > nowMs);
      const ready = first < 0 ? waiting : waiting.slice(0, first);
      waiting = first < 0 ? [] : waiting.slice(first);
      for (const { size } of ready) bytes -= size;
      return ready.map(({ item }) => item);
    },
    nextAtMs: () => waiting[0]?.atMs,
    bytes: () => bytes,
  };
}

/** Counts round trips: somebody wrote, and then the other side did. What is written ahead goes with the trip under way. */
export interface Trips {
  asked(): void;
  answered(): void;
  count(): number;
}

export function createTrips(): Trips {
  let trips = 0;
  let isOpen = false;
  return {
    asked: () => void (isOpen = true),
    answered() {
      if (isOpen) trips++;
      isOpen = false;
    },
    count: () => trips,
  };
}

export interface DelayProxy {
  readonly port: number;
  /** Round trips on all of its lines so far, as the caller sees them. */
  trips(): number;
  stop(): Promise<void>;
}

/** Listens on a loopback port of the system's choosing and passes on to `toPort`. `rttMs` is the round trip that it adds. */
export async function startDelayProxy(toPort: number, rttMs: number): Promise<DelayProxy> {
  const trips = createTrips();
  const ends = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (caller) => {
    const host = createConnection({ host: "127.0.0.1", port: toPort, allowHalfOpen: true });
    for (const end of [caller, host]) {
      ends.add(end);
      end.setNoDelay(true);
      end.on("close", () => ends.delete(end));
    }
    delayed(caller, host, rttMs / 2, { came: trips.asked });
    delayed(host, caller, rttMs / 2, { left: trips.answered });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    trips: trips.count,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const end of ends) end.destroy();
      }),
  };
}

/** What goes from one end to the other: bytes, and undefined for the end of them. */
function delayed(
  from: Socket,
  to: Socket,
  delayMs: number,
  watch: { readonly came?: () => void; readonly left?: () => void },
): void {
  const queue = createDelayQueue<Buffer | undefined>(delayMs);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const isFull = () => queue.bytes() + to.writableLength >= onTheWayMaxBytes;
  const goOn = () => {
    if (!isFull()) from.resume();
  };
  const release = () => {
    timer = undefined;
    for (const bytes of queue.due(performance.now())) {
      // To somebody who has gone nothing is written.
      if (to.destroyed) continue;
      if (bytes === undefined) to.end();
      else {
        to.write(bytes);
        watch.left?.();
      }
    }
    const next = queue.nextAtMs();
    // A timer may ring a little early: then nothing is due yet, and it is set again.
    if (next !== undefined) timer = setTimeout(release, Math.max(1, next - performance.now()));
    goOn();
  };
  const put = (bytes: Buffer | undefined) => {
    queue.put(bytes, bytes?.length ?? 0, performance.now());
    if (isFull()) from.pause();
    if (delayMs === 0) release();
    else timer ??= setTimeout(release, delayMs);
  };
  from.on("data", (bytes: Buffer) => {
    watch.came?.();
    put(bytes);
  });
  to.on("drain", goOn);
  // An end is under way like any byte, and so is a line that broke: the last words come first.
  let isOver = false;
  const over = () => {
    if (!isOver) put(undefined);
    isOver = true;
  };
  from.on("end", over);
  from.on("error", () => from.destroy());
  from.on("close", over);
}
