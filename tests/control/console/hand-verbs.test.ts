import { expect, test } from "bun:test";
import { csvLine } from "../../../src/control/console/csv.ts";
import { keysFrom } from "../../../src/control/console/keys.ts";
import { since } from "../../../src/control/console/since.ts";
import { BotConfig } from "../../../src/proto/config.ts";
import type { Doors } from "../../../src/control/console/doors.ts";
import type { Swarm } from "../../../src/proto/operations.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import { typed } from "../../doubles/console.ts";
import { hostile, steering } from "../../doubles/hostile.ts";
import { bot, rows as points } from "../../doubles/scribe.ts";

const shot = {
  rows: ["Sector  : 1", "", `x${hostile.slice(0, 70)}`, "", ""],
  cursor: { row: 0, column: 0 },
  at: 5,
};
const over = (swarm: Partial<Swarm>, more: Partial<Doors> = {}) => ({
  doors: { swarm: async () => swarm as Swarm, ...more },
});

test("a screen is its rows; that it is an old one is said beside it", async () => {
  const live = await typed("screen a");
  expect(live).toMatchObject({
    status: 0,
    out: "Sector  : 1\n",
    err: "",
    asked: [["botScreen", { bot_id: "a" }]],
  });
  const old = await typed(
    "screen a",
    over({ botScreen: async () => ({ bot_id: "a", ...shot, live: false }) }),
  );
  expect(old.out.split("\n").slice(0, 2)).toEqual(["Sector  : 1", ""]);
  expect(old.out.split("\n").length).toBe(4);
  expect(old.err).toBe("a has no line to its game: this was seen at 1970-01-01T00:00:00.005Z\n");
  expect(JSON.parse((await typed("screen a --json")).out)).toMatchObject({ bot_id: "a", live: true });
  for (const flags of ["", " --json"]) {
    const { out } = await typed(
      `screen a${flags}`,
      over({ botScreen: async () => ({ bot_id: "a", ...shot, live: true }) }),
    );
    expect(steering(out)).toEqual([]);
  }
});

test("keys are sent with what their escapes mean, and the screen after them is shown", async () => {
  const sent = await typed(["send", "a", "m 852\\e\\x41\\\\", "--enter"]);
  expect(sent).toMatchObject({ status: 0, out: "Sector  : 1\n" });
  expect(sent.asked).toEqual([["sendKeys", { bot_id: "a", keys: "m 852\u001bA\\\r", quiet_ms: 500 }]]);
  expect(keysFrom("\\r\\n\\t\\b", false)).toBe("\r\r\t\b");
  for (const wrong of ["\\q", "\\x4", "\\", "", "x".repeat(2001)])
    expect(() => keysFrom(wrong, false)).toThrow(Refusal);
  expect((await typed(["send", "a", "\\q"])).status).toBe(2);
  expect((await typed(["send", "A!", "x"])).status).toBe(2);
});

test("a cell of CSV holds anything, and is no formula", () => {
  expect(csvLine(["a", 1, -5, true, undefined, null])).toBe("a,1,-5,true,,\r\n");
  expect(csvLine(['say "hi", you', "two\nlines"])).toBe('"say ""hi"", you",two·lines\r\n');
  expect(csvLine(["=1+1", "+1", "-1", "@x", "'x", " =1"])).toBe("'=1+1,'+1,'-1,'@x,'x, =1\r\n");
  expect(csvLine(["=a,b", { k: "=v" }])).toBe('"\'=a,b","{""k"":""=v""}"\r\n');
  expect(steering(csvLine([hostile, { hostile }]).replaceAll("\r\n", ""))).toEqual([]);
});

/** A manager with many bots, events and points, told a page at a time. */
function large(count: number) {
  const asked: string[] = [];
  const page = <T>(all: readonly T[], limit: number, cursor = "0") => {
    const to = Number(cursor) + limit;
    return { found: all.slice(Number(cursor), to), ...(to < all.length && { next_cursor: String(to) }) };
  };
  const all = Array.from({ length: count }, (_, n) => n);
  const swarm: Partial<Swarm> = {
    async listBots({ limit, cursor }) {
      asked.push("bots");
      const { found, ...next } = page(all, limit, cursor);
      return {
        matched: count,
        bots: found.map((n) => ({ ...bot, bot_id: `b${n}`, trader: '=cmd|" /C calc"' })),
        ...next,
      };
    },
    async swarmEvents({ limit, cursor, types }) {
      asked.push(types?.join() ?? "events");
      const { found, ...next } = page(all, limit, cursor);
      const events = found.map((n) => ({
        type: "traded",
        bot: "b",
        at: n,
        severity: "info" as const,
        text: `-${n}`,
        sector: n,
        credits: -n,
      }));
      return { events, ...next };
    },
    async timeSeries({ since = 0, until = Infinity, points: most, bot_id }) {
      asked.push(bot_id ?? "swarm");
      const found = all
        .map((n) => ({ ...points[0]!, at: n * 1000 }))
        .filter(({ at }) => at >= since && at <= until);
      const each = Math.ceil(found.length / most);
      return {
        interval_seconds: 1,
        rows: found.filter((_, n) => n % each === each - 1 || n === found.length - 1),
      };
    },
  };
  return { ...over(swarm), asked };
}
const linesOf = (out: string) => out.trimEnd().split(/\r?\n/);

test("every bot, event and trade is exported, page by page, in each format", async () => {
  for (const what of ["bots", "events", "trades"]) {
    const { asked, ...scene } = large(2500);
    const csv = linesOf((await typed(`export ${what}`, scene)).out);
    expect([csv.length, asked.length]).toEqual([2501, 3]);
    expect((JSON.parse((await typed(`export ${what} --format json`, scene)).out) as unknown[]).length).toBe(
      2500,
    );
    const lines = linesOf((await typed(`export ${what} --format ndjson`, scene)).out);
    expect(lines.map((line) => JSON.parse(line) as unknown).length).toBe(2500);
  }
  const { asked, ...scene } = large(1);
  expect(linesOf((await typed("export trades", scene)).out)).toEqual([
    "at,bot,sector,product,units,credits,text",
    "1970-01-01T00:00:00.000Z,b,0,,,0,'-0",
  ]);
  expect(asked).toEqual(["traded"]);
  expect(linesOf((await typed("export events", scene)).out)[1]).toBe(
    '1970-01-01T00:00:00.000Z,b,traded,info,\'-0,"{""sector"":0,""credits"":0}"',
  );
  expect((await typed("export bots", scene)).out).toContain(`"'=cmd|"" /C calc"""`);
  expect((await typed("export bots --json", large(0))).out).toBe("[\n]\n");
});

test("a time series longer than one answer is exported without a hole or a double, for the swarm or each bot", async () => {
  const { asked, ...scene } = large(12_345);
  const ats = linesOf((await typed("export timeseries --format ndjson", scene)).out).map(
    (line) => (JSON.parse(line) as { at: number }).at,
  );
  expect(ats).toEqual(Array.from({ length: 12_345 }, (_, n) => n * 1000));
  expect(new Set(asked)).toEqual(new Set(["swarm"]));
  const each = large(3);
  const lines = linesOf((await typed("export timeseries all --until 1970-01-01T00:00:01Z", each)).out);
  expect(lines.slice(1).map((line) => line.split(",").slice(0, 2).join())).toEqual(
    ["b0", "b1", "b2"].flatMap((id) => [0, 1].map((n) => `${id},1970-01-01T00:00:0${n}.000Z`)),
  );
});

test("an export into a file is whole, and says how much it was", async () => {
  const files = new Map<string, string>();
  const writeFile: Doors["writeFile"] = async (path, chunks, replace) => {
    if (files.has(path) && !replace) throw new Refusal("conflict", `"${path}" is there already`);
    let text = "";
    for await (const chunk of chunks) text += chunk;
    files.set(path, text);
  };
  const scene = large(1200);
  const into = { doors: { ...scene.doors, writeFile } };
  expect(await typed("export events --out e.csv", into)).toMatchObject({
    status: 0,
    out: "",
    err: '1200 rows written to "e.csv"\n',
  });
  expect(linesOf(files.get("e.csv")!).length).toBe(1201);
  expect((await typed("export events --out e.csv", into)).status).toBe(1);
  expect((await typed("export events --out e.csv --replace", into)).status).toBe(0);
  expect((await typed("export nothing", into)).status).toBe(2);
});

test("a pipe that nobody reads any more ends an export well, and asks for no more pages", async () => {
  const { asked, doors } = large(100_000);
  let taken = 0;
  const drained = async () => ++taken < 3;
  const { stage } = await import("../../doubles/console.ts");
  const tty = { ...stage().doors.tty, drained };
  expect((await typed("export events", { doors: { ...doors, tty } })).status).toBe(0);
  expect(asked.length).toBeLessThan(6);
});

test("moments are typed as so long ago or as dates", () => {
  expect([since("10m")(3_600_000), since("2h")(3_600_000), since("1.5s")(10_000)]).toEqual([
    3_000_000, 0, 8500,
  ]);
  expect(since("2038-11-23T02:30Z")(0)).toBe(Date.UTC(2038, 10, 23, 2, 30));
  for (const wrong of ["", "10", "soon", "10x", "2038-13-45", "m"])
    expect(() => since(wrong)).toThrow("Expected a time");
});

test("the doctor's findings are told with marks, and status 1 where one is bad", async () => {
  const finding = { what: "memory", how: "poor", told: `little ${hostile}` } as const;
  const doctor =
    (how: "good" | "bad"): Doors["doctor"] =>
    async (at) => [{ what: "at", how, told: JSON.stringify(at) }, finding];
  const well = await typed("doctor --color always", { doors: { doctor: doctor("good") } });
  expect([well.status, linesOf(well.out).length, steering(well.out)]).toEqual([0, 3, []]);
  const ill = await typed("doctor --json --url http://localhost:9", { doors: { doctor: doctor("bad") } });
  const { findings } = JSON.parse(ill.out) as { findings: { what: string; told: string }[] };
  expect(findings.map(({ what }) => what)).toEqual(["settings", "at", "memory"]);
  expect([ill.status, findings[1]!.told, steering(ill.out)]).toEqual([1, '{"url":"http://localhost:9"}', []]);
  const ofBot = (trading: object) =>
    typed("doctor --config b.yaml", {
      doors: {
        doctor: doctor("good"),
        checkConfig: async (file) => ({ file, kind: "bot", complaints: [], warnings: [] }),
        readBotConfig: async () => BotConfig.parse({ connection: { host: "game.test" }, trading }),
      },
    });
  expect((await ofBot({})).out).toContain('"game":{"host":"game.test","port":2002}}');
  expect((await ofBot({ strategy: "ai" })).out).toContain('"llm":{"provider":"ollama"');
  const value = { manager: { state_file: "/far/swarm.db", max_bots: 7, llm: { provider: "google" } } };
  const manager = await typed("doctor --config m.yaml", {
    doors: {
      doctor: doctor("good"),
      checkConfig: async (file) => ({ file, kind: "manager", complaints: [], warnings: [] }),
      showConfig: async () => ({ value, yaml: "", warnings: [] }),
    },
  });
  expect(manager.out).toContain('"state_file":"/far/swarm.db"');
  expect(manager.out).toContain('},"llm":{"provider":"google"');
});

test("settings that are wrong are a finding, and the rest is looked at all the same", async () => {
  const settings = async () => {
    throw new Refusal("bad_input", "cli.yaml:1:1: url: expected an address");
  };
  const { status, out } = await typed("doctor", { doors: { settings, doctor: async () => [] } });
  expect([status, out]).toEqual([1, "bad   settings  cli.yaml:1:1: url: expected an address\n"]);
});
