import { expect, test } from "bun:test";
import { runCommandLine } from "../../../src/control/console/program.ts";
import { linesWaitingMax, lookForReaderMs } from "../../../src/control/console/outlet.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import type { Swarm } from "../../../src/proto/operations.ts";
import { selects } from "../../../src/proto/selection.ts";
import { stage, type Scene } from "../../doubles/console.ts";
import { hostile, steering } from "../../doubles/hostile.ts";
import { bot } from "../../doubles/scribe.ts";
import { until } from "../../e2e/harness.ts";

const at = (second: number, text: string) =>
  `2038-11-23T02:30:${String(second).padStart(2, "0")}.000Z ${text}`;

/** A manager whose bots have these logs, kept as a file is: read in slices of bytes. */
function logs(texts: Record<string, string[]>) {
  const asked: string[] = [];
  let most = 0;
  let now = 0;
  const down = { is: false };
  const sizeOf = (lines: readonly string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);
  const slice = (bot_id: string, offset: number, limit: number, first: number) => {
    const all = texts[bot_id]!;
    const lines = all.slice(first, first + limit);
    return { bot_id, lines, offset, next_offset: offset + sizeOf(lines), size: sizeOf(all) };
  };
  const asking = async <T>(name: string, bot_id: string, answer: () => T): Promise<T> => {
    asked.push(name);
    most = Math.max(most, ++now);
    await Bun.sleep(0);
    now--;
    if (down.is) throw new Refusal("manager_unreachable", "Cannot reach the manager");
    if (!texts[bot_id]) throw new Refusal("not_found", `There is no bot "${bot_id}"`);
    return answer();
  };
  const swarm = {
    async listBots(selection: Parameters<Swarm["listBots"]>[0]) {
      const bots = Object.keys(texts).map((bot_id) => ({ ...bot, bot_id }));
      const meant = bots.filter(selects(selection));
      const from = Number(selection.cursor ?? 0);
      const next = from + 2 < meant.length ? { next_cursor: String(from + 2) } : {};
      return { matched: meant.length, bots: meant.slice(from, from + 2), ...next };
    },
    botLogTail: ({ bot_id, lines }: { bot_id: string; lines: number }) =>
      asking("tail", bot_id, () => {
        const first = Math.max(0, texts[bot_id]!.length - lines);
        return slice(bot_id, sizeOf(texts[bot_id]!.slice(0, first)), lines, first);
      }),
    botLogs: ({ bot_id, offset, limit }: { bot_id: string; offset: number; limit: number }) =>
      asking("slice", bot_id, () => {
        const start = Math.min(offset, sizeOf(texts[bot_id]!));
        let first = 0;
        for (let bytes = 0; bytes < start; first++) bytes += texts[bot_id]![first]!.length + 1;
        return slice(bot_id, start, limit, first);
      }),
  } as unknown as Swarm;
  return { swarm, asked, down, most: () => most };
}

/** Types a line at a stage over these logs. */
function type(line: string, texts: Record<string, string[]>, scene: Scene = {}) {
  const manager = logs(texts);
  const on = stage({ ...scene, doors: { swarm: async () => manager.swarm, ...scene.doors } });
  const status = runCommandLine(line.split(" "), on.doors);
  return { ...on, ...manager, status };
}
async function typed(line: string, texts: Record<string, string[]>, scene: Scene = {}) {
  const on = type(line, texts, scene);
  return { status: await on.status, ...on.told, most: on.most(), asked: on.asked };
}

test("one bot's log is shown as it is, its last lines, with dates", async () => {
  const a = [at(1, "playing as trader=x"), at(2, "in the game")];
  expect(await typed("logs a", { a })).toMatchObject({ status: 0, out: `${a.join("\n")}\n`, err: "" });
  expect((await typed("logs a -n 1", { a })).out).toBe(`${a[1]}\n`);
  expect((await typed("logs a -n 0", { a })).out).toBe("");
});

test("logs of several bots are one, by time, each line with its bot", async () => {
  const texts = { a: [at(1, "one"), at(4, "four")], b: [at(2, "two")], c: [at(3, "three")] };
  const { out } = await typed("logs all", texts);
  expect(out.split("\n").map((line) => line.replace(/  \S+/, ""))).toEqual([
    "a one",
    "b two",
    "c three",
    "a four",
    "",
  ]);
  expect((await typed("logs a b -n 2", texts)).out).toBe(`b  ${at(2, "two")}\na  ${at(4, "four")}\n`);
});

test("lines without a time belong to the one before, and are what a process died of", async () => {
  const a = [
    at(1, "in the game"),
    "TypeError: undefined is not a function",
    "    at play (x.ts:1)",
    at(9, "on"),
  ];
  const { out } = await typed("logs a --level error", { a });
  expect(out).toBe(
    "2038-11-23T02:30:01.000Z TypeError: undefined is not a function\n2038-11-23T02:30:01.000Z     at play (x.ts:1)\n",
  );
  // As older versions wrote them.
  expect((await typed("logs a --json", { a: ["02:30:01 warning text=late"] })).out).toBe(
    '{"bot_id":"a","at":null,"level":"warning","text":"warning text=late"}\n',
  );
});

test("level, expression and moment leave out what is not asked for, however far back it is", async () => {
  const noise = Array.from({ length: 1500 }, (_, n) => at(20, `noise ${n}`));
  const a = [at(5, "warning text=early"), at(10, "error text=lost"), at(11, "warning text=hm"), ...noise];
  expect((await typed("logs a --level error", { a })).out).toBe(`${a[1]}\n`);
  expect((await typed("logs a --grep hm|early -n 1", { a })).out).toBe(`${a[2]}\n`);
  const since = await typed("logs a --since 2038-11-23T02:30:11Z", { a });
  expect(since.out.split("\n").length).toBe(1502);
  expect((await typed("logs a --grep (", { a })).status).toBe(2);
  expect((await typed("logs a --since yesterday", { a })).status).toBe(2);
});

test("as JSON each line is an object", async () => {
  const { out } = await typed("logs all --json", { a: [at(1, "warning text=x")], b: [at(2, "on")] });
  expect(
    out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown),
  ).toEqual([
    { bot_id: "a", at: Date.UTC(2038, 10, 23, 2, 30, 1), level: "warning", text: "warning text=x" },
    { bot_id: "b", at: Date.UTC(2038, 10, 23, 2, 30, 2), level: "info", text: "on" },
  ]);
});

test("a bot that is not there is exit status 5, among others too", async () => {
  expect(await typed("logs nobody", { a: [] })).toMatchObject({
    status: 5,
    err: 'There is no bot "nobody"\n',
  });
  expect((await typed("logs a nobody", { a: [] })).status).toBe(5);
});

test("no more than eight are asked at one moment", async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`b${n}`, [at(1, `${n}`)]]));
  const { out, most } = await typed("logs all", many);
  expect(out.split("\n").length).toBe(51);
  expect(most).toBe(8);
});

test("who follows hears what is written, once, from a log that is cut back, too, and from bots that come later", async () => {
  const texts: Record<string, string[]> = { a: [at(1, "one")] };
  const on = type("logs all -f", texts);
  const shows = (count: number) =>
    until(`${count} lines`, () => {
      on.pass(1000);
      return on.told.out.split("\n").length - 1 >= count;
    });
  await shows(1);
  texts["a"]!.push(at(2, "two"), at(3, "three"));
  await shows(3);
  // Cut back to its last line, and written on.
  texts["a"] = [at(3, "three"), at(4, "four")];
  await shows(4);
  texts["b"] = [at(5, "five")];
  await shows(5);
  // A new process in a new folder.
  texts["a"] = [at(6, "six")];
  await shows(6);
  on.interrupt();
  expect(await on.status).toBe(130);
  const heard = Array.from(on.told.out.matchAll(/(\w+)$/gm), ([word]) => word);
  expect(heard).toEqual("one two three four five six".split(" "));
  expect([on.listening(), on.alarms()]).toEqual([0, 0]);
});

test("who follows waits for a manager that is gone, and says so once", async () => {
  const texts = { a: [at(1, "one")] };
  const on = type("logs a -f", texts);
  await until("shown", () => on.told.out !== "");
  on.down.is = true;
  await until("told", () => (on.pass(6000), on.told.err !== ""));
  for (let times = 0; times < 5; times++) {
    on.pass(6000);
    await Bun.sleep(1);
  }
  texts.a.push(at(2, "two"));
  on.down.is = false;
  await until("it goes on", () => (on.pass(6000), on.told.out.includes("two")));
  on.interrupt();
  expect(await on.status).toBe(130);
  expect(on.told.err).toBe("Cannot reach the manager; waiting for it\nThe manager is back\n");
});

test("one bot that is taken off the list ends what follows it", async () => {
  const texts: Record<string, string[]> = { a: [at(1, "one")] };
  const on = type("logs a -f", texts);
  await until("shown", () => on.told.out !== "");
  delete texts["a"];
  await until("told", () => (on.pass(1000), on.told.err !== ""));
  expect([await on.status, on.told.err]).toEqual([0, "a is gone\n"]);
});

test("a reader who goes away ends it well, a slow one gets all", async () => {
  const a = Array.from({ length: 900 }, (_, n) => at(1, `${n}`));
  const { doors } = stage();
  let reads = 0;
  const gone = { ...doors.tty, drained: async () => ++reads < 2 };
  expect((await typed("logs a -n 900 -f", { a }, { doors: { tty: gone } })).status).toBe(0);
  const slow = { ...doors.tty, drained: () => Bun.sleep(1).then(() => true) };
  const b = Array.from({ length: linesWaitingMax + 5000 }, (_, n) => at(1, `${n}`));
  const all = await typed(`logs b -n ${b.length}`, { b }, { doors: { tty: slow } });
  expect([all.out.length, all.err]).toEqual([b.join("\n").length + 1, ""]);
});

test("a reader who goes away while nothing happens is noticed, too", async () => {
  let isRead = true;
  const on = stage();
  const { swarm } = logs({ a: [at(1, "one")] });
  const doors = {
    ...on.doors,
    swarm: async () => swarm,
    tty: { ...on.doors.tty, isRead: async () => isRead },
  };
  const status = runCommandLine(["logs", "a", "-f"], doors);
  await until("shown", () => on.told.out !== "");
  isRead = false;
  on.pass(lookForReaderMs);
  expect([await status, on.told.err]).toEqual([0, ""]);
});

test("nothing in a log steers a terminal", async () => {
  const a = [at(1, hostile), hostile];
  for (const flags of ["", " --json", " --color always"]) {
    const { out, err } = await typed(`logs a b${flags}`, { a, b: a });
    expect(steering(out + err)).toEqual([]);
    expect(out).toContain("here");
    // Escaped, and not lost: a program reads what was written.
    if (flags === " --json")
      expect((JSON.parse(out.split("\n", 1)[0]!) as { text: string }).text).toContain("\u009b31m");
  }
});
