import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { sortKeys, type Sort, type SortKey } from "../../src/proto/operations/looking.ts";
import { botStates, type BotReport, type BotStatus } from "../../src/proto/status.ts";
import { compareIds, pageOf, speaksOf, type Mark } from "../../src/swarm/listing.ts";
import { botOf, newSwarm, playing, report, stage, type Stage } from "./stories.ts";
import { statusOf } from "../../src/swarm/totals.ts";

const at = 600_000;

/** A swarm of these reports; undefined for a bot that has told nothing. */
function swarmOf(reports: readonly (Partial<BotReport> | undefined)[]): Stage {
  const on = stage(newSwarm({ maxBots: 5000, spawnParallel: 5000 }));
  reports.forEach((told, index) => {
    const bot = `b${index}`;
    on.at = 1000 + 100 * (index % 7);
    playing(on, bot, on.at);
    if (told) on.happened({ type: "reported", bot, report: report(told), at: 2000 + index });
    if (index % 3 === 0)
      on.happened({ type: "measured", bot, memory_mb: 40 + (index % 5), cpu_percent: 1, at });
    if (index % 11 === 1) on.happened({ type: "exited", bot, code: 1, signal: null, at: 5000 });
  });
  return on;
}

const all = ({ state }: Stage) => [...state.bots.values()];

/** All pages one after the other. */
function listed(on: Stage, sort: Sort, limit: number, between: (page: number) => void = () => {}): string[] {
  const ids: string[] = [];
  let mark: Mark | undefined;
  for (let page = 0; page < 100; page++) {
    const { bots, next } = pageOf(on.state, all(on), { sort, limit }, at + 1000 * page, mark);
    expect(bots.length).toBeLessThanOrEqual(limit);
    ids.push(...bots.map(({ id }) => id));
    if (!next) return ids;
    // As it comes back from a person.
    mark = JSON.parse(JSON.stringify(next)) as Mark;
    between(page);
  }
  throw new Error("It does not end");
}

const anyReport = fc.option(
  fc.record({
    trader: fc.option(fc.constantFrom("Zed", "amy", "Bo", "Çelik \u2588"), { nil: undefined }),
    sector: fc.integer({ min: 1, max: 4 }),
    credits: fc.integer({ min: 0, max: 3 }),
    bank: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
    turns_executed: fc.constantFrom(0, 60, 100),
    trades_executed: fc.integer({ min: 0, max: 2 }),
    experience: fc.integer({ min: 0, max: 2 }),
    troubles: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
  }),
  { nil: undefined },
);
const reports = fc.array(
  anyReport.map((told) =>
    told === undefined
      ? told
      : (Object.fromEntries(
          Object.entries(told).filter(([, value]) => value !== undefined),
        ) as Partial<BotReport>),
  ),
  { maxLength: 25 },
);
const keyWithField = sortKeys.filter((key) => key !== "struggling" && key !== "bot_id");

/** What people see by which they would sort. */
function shown(status: BotStatus, key: Exclude<SortKey, "struggling">): number | string | undefined {
  if (key === "state") return botStates.indexOf(status.state);
  return key === "trader" ? status.trader?.toLowerCase() : status[key];
}

describe("bots are listed", () => {
  test("by what is told of them, up or down, those without it last, equals by their ids", () => {
    fc.assert(
      fc.property(reports, fc.constantFrom(...keyWithField), fc.boolean(), (told, key, down) => {
        const on = swarmOf(told);
        const ids = listed(on, down ? `-${key}` : key, 1000);
        expect(ids.toSorted()).toEqual(
          all(on)
            .map(({ id }) => id)
            .toSorted(),
        );
        const rows = ids.map((id) => ({ id, value: shown(statusOf(botOf(on, id), at), key) }));
        for (const [index, row] of rows.slice(1).entries()) {
          const before = rows[index]!;
          if (row.value === before.value) expect(compareIds(before.id, row.id)).toBeLessThan(0);
          else if (row.value !== undefined) {
            expect(before.value).toBeDefined();
            expect(before.value! < row.value).toBe(!down);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test("page by page as all at once, whatever the time does meanwhile", () => {
    fc.assert(
      fc.property(
        reports,
        fc.constantFrom(...sortKeys),
        fc.boolean(),
        fc.integer({ min: 1, max: 7 }),
        (told, key, down, limit) => {
          const on = swarmOf(told);
          const sort: Sort = down ? `-${key}` : key;
          expect(listed(on, sort, limit)).toEqual(listed(on, sort, 1000));
        },
      ),
      { numRuns: 200 },
    );
  });

  test("once each, though others come, go and earn between two pages", () => {
    const on = swarmOf(Array.from({ length: 20 }, (_, index) => ({ credits: index % 4 })));
    const ids = listed(on, "-credits", 6, (page) => {
      playing(on, `late${page}`, 3000);
      on.happened({ type: "reported", bot: "b3", report: report({ credits: 900 }), at: 4000 });
      on.state.bots.delete("b1");
    });
    expect(new Set(ids).size).toBe(ids.length);
    const others = ids.filter((id) => !id.startsWith("late"));
    // One that is off the list, one that had been told before it earned.
    expect(others.toSorted()).toEqual(
      Array.from({ length: 20 }, (_, index) => `b${index}`)
        .filter((id) => id !== "b1")
        .toSorted(),
    );
  });

  test("ids by their numbers, as people count", () => {
    const ids = ["bot_1000", "bot_999", "a10b2", "a9b10", "a9b9", "bot", "b01", "b1", "b-1", "bot_999a"];
    expect(ids.toSorted(compareIds)).toEqual([
      "a9b9",
      "a9b10",
      "a10b2",
      "b-1",
      "b01",
      "b1",
      "bot",
      "bot_999",
      "bot_999a",
      "bot_1000",
    ]);
    const id = fc.string({ unit: fc.constantFrom("a", "_", "0", "1", "9"), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareIds(a, b)) + Math.sign(compareIds(b, a))).toBe(0);
        if (compareIds(a, b) < 0 && compareIds(b, c) < 0) expect(compareIds(a, c)).toBeLessThan(0);
      }),
      { numRuns: 3000 },
    );
  });
});

test("a page of ten times as many bots takes hardly more than ten times as long", () => {
  const shuffled = (count: number) =>
    swarmOf(Array.from({ length: count }, (_, index) => ({ credits: (index * 7919) % 5003 })));
  const timed = (on: ReturnType<typeof swarmOf>, sort: Sort) => {
    const bots = all(on);
    const once = () => {
      const begun = performance.now();
      pageOf(on.state, bots.filter(speaksOf("")), { sort, limit: 100 }, at);
      return performance.now() - begun;
    };
    return Math.min(...Array.from({ length: 8 }, once));
  };
  const [few, many] = [shuffled(500), shuffled(5000)];
  for (const sort of ["-credits", "bot_id", "trader", "struggling"] as const) {
    timed(few, sort);
    expect([sort, timed(many, sort) < 60 * timed(few, sort)]).toEqual([sort, true]);
  }
});

test("a query finds its words anywhere in what is known of a bot, in whatever case", () => {
  const on = swarmOf([{ trader: "Captain Zyrain", activity: "trade at 852" }, {}]);
  on.request([
    {
      type: "reconfigured",
      bot: "b1",
      config_name: "x",
      strategy: "explore",
      goal: "banking",
      turns_max: 0,
      labels: { team: "red" },
      config: {},
      at,
    },
  ]);
  const found = (query: string) =>
    all(on)
      .filter(speaksOf(query))
      .map(({ id }) => id);
  expect(found("  ")).toEqual(["b0", "b1"]);
  expect(found("zyrain TRADE")).toEqual(["b0"]);
  expect(found("team=red")).toEqual(["b1"]);
  expect(found("explore")).toEqual(["b1"]);
  // What crashed is told with its reason.
  expect(found("exit code")).toEqual(["b1"]);
  expect(found("zyrain explore")).toEqual([]);
});
