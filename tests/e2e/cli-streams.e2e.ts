/** logs, events and watch of the built program, over a real manager with real bots in a real game: in pipes and on a terminal. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { steering } from "../doubles/hostile.ts";
import { binary, processesWith, run, scratch, start, until, words, type Running } from "./harness.ts";

const { folder, remove } = scratch();
const env = { XDG_STATE_HOME: folder, HOME: folder };
let host: Running;
let manager: Running;
let url: string;
const command = (line: string) => run([...words(line), "--url", url], { env, cwd: folder });
const linesOf = (text: string) => text.split("\n").slice(0, -1);
const json = (text: string) => linesOf(text).map((line) => JSON.parse(line) as Record<string, unknown>);

beforeAll(async () => {
  host = await start([...words("host --json --port 0 --seed 11 --db"), join(folder, "host.db")], { env });
  const config = `connection: { host: 127.0.0.1, port: ${Number(host.first["port"])} }\npace: { keys_per_second: 200 }\n`;
  writeFileSync(join(folder, "bot.yaml"), config);
  const line = words("manager --json --port 0 --no-dashboard-port --max-bots 12 --state-file swarm.db");
  manager = await start(line, { env, cwd: folder });
  url = String(manager.first["url"]);
  expect((await command("spawn-swarm --count 2 --config bot.yaml")).code).toBe(0);
  await until("both at play", async () => {
    const { stdout } = await command("events --types playing --json");
    return linesOf(stdout).length >= 2;
  });
}, 30_000);

afterAll(async () => {
  await manager?.stop();
  await host?.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
}, 20_000);

/** A command that goes on, in a pipe; what it wrote, and its end. */
function going(line: string) {
  const child = Bun.spawn([binary, ...words(line), "--url", url], {
    env: { ...env, PATH: process.env["PATH"] ?? "", NO_COLOR: "1" },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const told = { out: "", err: "" };
  const copy = async (from: ReadableStream<Uint8Array>, to: "out" | "err") => {
    for await (const bytes of from) told[to] += new TextDecoder().decode(bytes);
  };
  const copied = Promise.all([copy(child.stdout, "out"), copy(child.stderr, "err")]);
  return {
    told,
    async end(signal: NodeJS.Signals = "SIGINT") {
      child.kill(signal);
      const code = await child.exited;
      await copied;
      return code;
    },
  };
}

test("logs of one bot and of all are told, by time, as text and as JSON", async () => {
  const one = await command("logs bot_000");
  expect(one).toMatchObject({ code: 0, stderr: "" });
  expect(one.stdout).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z playing as /m);
  const all = json((await command("logs all --json")).stdout);
  expect(new Set(all.map(({ bot_id }) => bot_id))).toEqual(new Set(["bot_000", "bot_001"]));
  const times = all.map(({ at }) => Number(at));
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(await command("logs nobody")).toMatchObject({
    code: 5,
    stdout: "",
    stderr: 'There is no bot "nobody"\n',
  });
});

test("who follows logs and events hears of a bot that comes later, until Ctrl-C, which is status 130", async () => {
  const logs = going("logs all -f --json -n 0");
  const events = going("events bot_* -f --json -n 0 --types spawned,playing,noted");
  const watch = going("watch --json");
  await until("it watches", () => watch.told.err.includes("Watching"));
  expect((await command("spawn bot.yaml --bot-id bot_late")).code).toBe(0);
  const late = (text: string) => text.includes('"bot_late"');
  await until("all three know", () => late(logs.told.out) && late(events.told.out) && late(watch.told.out));
  expect(await Promise.all([logs.end(), events.end(), watch.end("SIGTERM")])).toEqual([130, 130, 143]);
  expect(json(watch.told.out)).toContainEqual({
    at: expect.any(Number),
    bot_id: "bot_late",
    field: "state",
    to: expect.any(String),
  });
  expect(json(events.told.out).map(({ type }) => type)).toContain("spawned");
  expect(json(logs.told.out).length).toBeGreaterThan(0);
}, 20_000);

test("followed events are those of the history, none twice and none missing", async () => {
  const events = going("events -f --json -n 50 --types traded");
  await until("trades", () => linesOf(events.told.out).length > 120, 15_000);
  await events.end();
  const heard = linesOf(events.told.out);
  expect(new Set(heard).size).toBe(heard.length);
  const { stdout } = await command(`events --json --types traded -n 5000`);
  const kept = linesOf(stdout);
  const from = kept.indexOf(heard[0]!);
  // Of one millisecond either may be told first.
  const stretch = kept.slice(from, from + heard.length - 20);
  expect(stretch.filter((line) => !heard.includes(line))).toEqual([]);
}, 25_000);

test("a pipe that is closed ends each of them with status 0, and says nothing", async () => {
  for (const line of ["events -f", "events -n 5000", "logs all -f", "attach bot_000", "export events"]) {
    const child = Bun.spawn(["bash", "-c", `set -o pipefail; '${binary}' ${line} --url ${url} | head -n 1`], {
      env: { ...env, PATH: process.env["PATH"] ?? "" },
      stdout: "pipe",
      stderr: "pipe",
      timeout: 10_000,
    });
    // A log says little once the bot plays: something has to be written for the end to be noticed.
    if (line.startsWith("logs")) await command("restart bot_000 --yes");
    const [out, err, code] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
      child.exited,
    ]);
    expect([line, linesOf(out).length, err, code]).toEqual([line, 1, "", 0]);
  }
}, 40_000);

test("on a terminal they are in colour, unless NO_COLOR says otherwise, and steer it no further", async () => {
  for (const [name, line] of [
    ["events", "events -n 5"],
    ["logs", "logs all -n 5"],
  ] as const)
    for (const colour of [true, false]) {
      let seen = "";
      const { TERM: _, ...plain } = { TERM: "", ...env, PATH: process.env["PATH"] ?? "" };
      const child = Bun.spawn([binary, ...words(line), "--url", url], {
        env: { ...plain, TERM: "xterm-256color", ...(colour ? {} : { NO_COLOR: "1" }) },
        terminal: {
          cols: 80,
          rows: 24,
          data: (_terminal, bytes) => void (seen += new TextDecoder().decode(bytes)),
        },
      });
      expect(await child.exited).toBe(0);
      await until("it is read", () => /bot_\w+/.test(seen));
      expect([name, colour, seen.includes("\u001b[")]).toEqual([name, colour, colour]);
      expect(steering(seen.replaceAll("\r\n", "\n"))).toEqual([]);
    }
}, 20_000);

test("a manager that is not there is status 4 for each of them", async () => {
  for (const line of ["logs all", "events -f", "watch", "screen a", "attach a", "export bots"]) {
    const refused = await run([...words(line), "--url", "http://127.0.0.1:9"], { env });
    expect([line, refused.code, refused.stdout]).toEqual([line, 4, ""]);
    expect(refused.stderr).toContain("Cannot reach the manager at http://127.0.0.1:9");
  }
}, 20_000);
