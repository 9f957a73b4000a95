import { expect, test } from "bun:test";
import { createFeed, feedBatchMax, feedBatchMaxChars } from "../../src/control/feed.ts";
import type { SwarmEvent } from "../../src/proto/events.ts";
import { toldEvent } from "../../src/proto/event-words.ts";
import { FeedTold, type Severity } from "../../src/proto/feed.ts";
import { spawned } from "../swarm/stories.ts";

function station(listeners = 1, severity: Severity = "info") {
  const batches: FeedTold[] = [];
  const on = { listeners, worded: 0, lastLength: 0 };
  const feed = createFeed({
    severity,
    listeners: () => on.listeners,
    publish(text) {
      on.lastLength = text.length;
      batches.push(FeedTold.parse(JSON.parse(text)));
    },
    inWords(event) {
      on.worded++;
      return toldEvent(event);
    },
  });
  return { on, feed, batches };
}
const traded = (credits: number): SwarmEvent => ({
  type: "traded",
  bot: "a",
  sector: 1,
  product: "Fuel Ore",
  units: 1,
  credits,
  at: credits,
});

test("what is kept is told in batches, oldest first; what only changes the present is not", () => {
  const { feed, batches } = station();
  feed.told(spawned("a"));
  feed.told({ type: "heard", bot: "a", at: 2 });
  feed.told({ type: "measured", bot: "a", memory_mb: 1, cpu_percent: 1, at: 2 });
  feed.told({ type: "handed", bot: "a", taken: true, at: 2 });
  feed.told(traded(5));
  feed.told({ type: "failed", bot: "a", reason: "no way", at: 9 });
  feed.flush();
  feed.flush();
  expect(batches).toHaveLength(1);
  expect(batches[0]).toMatchObject({
    type: "events",
    events: [
      { type: "spawned", bot: "a", at: 1, severity: "info" },
      { type: "traded", bot: "a", credits: 5 },
      { type: "failed", severity: "error", text: expect.stringContaining("no way") },
    ],
  });
  expect(batches[0]).not.toHaveProperty("missed");
});

test("while nobody listens nothing is kept or put into words", () => {
  const { feed, batches, on } = station(0);
  feed.told(traded(1));
  on.listeners = 1;
  feed.flush();
  feed.told(traded(2));
  on.listeners = 0;
  feed.flush();
  on.listeners = 1;
  feed.flush();
  expect([on.worded, batches]).toEqual([0, []]);
});

test("of too much at once the newest is told, and how many are missing; then all is well again", () => {
  const { feed, batches, on } = station();
  const count = 10 * feedBatchMax + 7;
  for (let n = 1; n <= count; n++) feed.told(traded(n));
  feed.flush();
  expect(batches[0]).toMatchObject({ missed: count - feedBatchMax });
  expect(batches[0]!.events.map(({ at }) => at)).toEqual(
    Array.from({ length: feedBatchMax }, (_, n) => count - feedBatchMax + 1 + n),
  );
  expect(on.worded).toBe(feedBatchMax);
  feed.told(traded(3));
  feed.flush();
  expect(batches[1]!.events).toHaveLength(1);
  expect(batches[1]).not.toHaveProperty("missed");
});

test("a batch is no longer than a slow line can take", () => {
  const { feed, batches, on } = station();
  for (let n = 0; n < 400; n++)
    feed.told({ type: "noted", bot: "a", severity: "info", text: "x".repeat(4000), at: n });
  feed.flush();
  expect(on.lastLength).toBeLessThan(feedBatchMaxChars + 100);
  const { events, missed } = batches[0]!;
  expect(events.length + missed!).toBe(400);
  expect(events.at(-1)!.at).toBe(399);
});

test("whoever wants only what is grave hears nothing else, and a flood of trades takes no place of it", () => {
  const { feed, batches } = station(1, "error");
  feed.told({ type: "failed", bot: "a", reason: "shot", at: 1 });
  for (let at = 0; at < 3 * feedBatchMax; at++) feed.told(traded(at));
  feed.told({ type: "timedOut", bot: "a", silence_seconds: 30, at: 2 });
  feed.flush();
  expect(batches).toMatchObject([{ events: [{ type: "failed" }] }]);
  expect(batches[0]!.missed).toBeUndefined();
});
