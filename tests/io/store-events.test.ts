import { afterAll, describe, expect, test } from "bun:test";
import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDb } from "../../src/io/db.ts";
import { apartMax, keptEvents, lookedAtMax } from "../../src/io/store-events.ts";
import { openStore, type Store } from "../../src/io/store.ts";
import type { KeptEvent, LifecycleEvent, Moment } from "../../src/proto/events.ts";
import { severities } from "../../src/proto/feed.ts";
import type { KeptAsked, KeptFound } from "../../src/proto/kept.ts";
import { keptIn } from "../doubles/kept.ts";
import { batch, traded } from "./batches.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-store-events-"));
let files = 0;
const newFile = () => join(folder, `${files++}`, "swarm.db");
afterAll(() => rmSync(folder, { recursive: true }));

/** Page by page to the end, looking at most so often. */
function paged(ask: (asked: KeptAsked) => KeptFound, asked: KeptAsked): KeptEvent[] {
  const events: KeptEvent[] = [];
  for (let after = asked.after, rounds = 0; rounds < 1000; rounds++) {
    const found = ask({ ...asked, after });
    expect(found.events.length).toBeLessThanOrEqual(asked.limit);
    events.push(...found.events);
    if (!found.next) return events;
    after = found.next;
  }
  throw new Error("It does not end");
}

const some = <T>(values: readonly T[]) => fc.constantFrom(...values);
const bot = some(["a", "b", "c"]);
// Few moments for many events, so that most share theirs; and not in order, for clocks are set back.
const at = fc.integer({ min: 1, max: 4 });
const lifecycle: fc.Arbitrary<LifecycleEvent> = fc.oneof(
  fc.record({ type: fc.constant("playing" as const), bot, at }),
  fc.record({ type: fc.constant("gaveUp" as const), bot, at, reason: fc.constant("x") }),
);
const moment: fc.Arbitrary<Moment> = fc.oneof(
  fc.tuple(bot, at).map(([id, when]) => traded(id, when)),
  fc.record({ type: fc.constant("noted" as const), bot, at, severity: some(severities), text: fc.string() }),
);
const asked: fc.Arbitrary<KeptAsked> = fc.record({
  bots: fc.oneof(
    fc.subarray(["a", "b", "c"]).map((ids) => new Set(ids)),
    // More than are looked up one by one.
    fc
      .subarray(["a", "b"])
      .map((ids) => new Set([...ids, ...Array.from({ length: apartMax }, (_, i) => `x${i}`)])),
    some([(id: string) => id !== "b", () => true]),
  ),
  types: fc.option(
    fc.subarray(["playing", "gaveUp", "noted", "traded"]).map((types) => new Set<string>(types)),
    {
      nil: undefined,
    },
  ),
  severity: fc.option(some(severities), { nil: undefined }),
  since: fc.option(at, { nil: undefined }),
  before: fc.option(at, { nil: undefined }),
  after: fc.option(
    fc.record({ at, memory: some(["events", "moments"] as const), key: fc.integer({ min: 1, max: 30 }) }),
    { nil: undefined },
  ),
  limit: fc.integer({ min: 1, max: 7 }),
});

test("kept events are found page by page without loss or doubles, as the plainest search finds them at once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(lifecycle, { maxLength: 30 }),
      fc.array(moment, { maxLength: 30 }),
      fc.array(asked, { minLength: 1, maxLength: 12 }),
      async (events, moments, questions) => {
        const store = await openStore(newFile(), 1);
        store.append(batch(1, events, { moments }));
        for (const question of questions)
          expect(paged(store.events, question)).toEqual(
            keptIn(events, moments, { ...question, limit: 1000 }).events,
          );
        store.close();
      },
    ),
    { numRuns: 60 },
  );
});

/** A store in which a great many events share a moment. */
async function crowded(): Promise<Store> {
  const store = await openStore(newFile(), 1);
  const moments = Array.from({ length: 2 * lookedAtMax }, (_, index) => traded(`b${index % 50}`, 1000));
  const note: Moment = { type: "noted", bot: "b7", at: 999, severity: "error", text: "robbed" };
  store.append(batch(1, [{ type: "playing", bot: "b7", at: 1000 }], { moments: [note, ...moments] }));
  return store;
}

describe("of a great many events", () => {
  test("one question looks at so many, and leads on from there though it found nothing", async () => {
    const store = await crowded();
    const question = { bots: (id: string) => id === "nobody", limit: 10 };
    const first = store.events(question);
    expect(first.events).toEqual([]);
    expect(first.next).toMatchObject({ at: 1000, memory: "moments" });
    let rounds = 1;
    for (let next = first.next; next; rounds++) next = store.events({ ...question, after: next }).next;
    expect(rounds).toBe(3);
    store.close();
  });

  test("those of few bots, and those that are grave, are found at once among them", async () => {
    const store = await crowded();
    const grave = store.events({ bots: () => true, severity: "warning", limit: 5 });
    expect(grave).toMatchObject({ events: [{ text: "robbed" }], next: undefined });
    const played = store.events({ bots: () => true, types: new Set(["playing"]), limit: 5 });
    expect(played).toMatchObject({ events: [{ type: "playing" }], next: undefined });
    const [one] = store.events({ bots: new Set(["b49"]), limit: 1 }).events;
    expect(one).toMatchObject({ bot: "b49" });
    store.close();
  });

  test("all are found, each once", async () => {
    const store = await crowded();
    const events = paged(store.events, { bots: () => true, limit: 997 });
    expect(events).toHaveLength(2 * lookedAtMax + 2);
    expect(events.filter(({ bot: id }) => id === "b49")).toHaveLength((2 * lookedAtMax) / 50);
    store.close();
  });
});

test("no search sorts or reads through a table: each goes along an index", async () => {
  const file = newFile();
  const store = await openStore(file, 1);
  store.close();
  const db = await openDb(file);
  const plans: string[] = [];
  const looking = {
    ...db,
    prepare(sql: string) {
      const values = (sql.match(/\?/g) ?? []).map(() => 1);
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
      plans.push(...plan.map((step) => String(step["detail"])));
      return db.prepare(sql);
    },
  };
  keptEvents(looking, { bots: new Set(["a"]), limit: 1 });
  keptEvents(looking, { bots: () => true, limit: 1 });
  keptEvents(looking, { bots: () => true, severity: "error", limit: 1 });
  db.close();
  expect(plans).toEqual([
    "SEARCH moments USING INDEX moments_of_bot (bot=? AND at>? AND at<?)",
    "SEARCH events USING INDEX events_of_bot (bot=? AND at>? AND at<?)",
    "SEARCH moments USING INDEX moments_by_time (at>? AND at<?)",
    "SEARCH events USING INDEX events_by_time (at>? AND at<?)",
    "SEARCH moments USING INDEX moments_grave (at>? AND at<?)",
    "SEARCH events USING INDEX events_by_time (at>? AND at<?)",
  ]);
});
