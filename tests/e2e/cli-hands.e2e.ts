/** screen, send, attach, export and doctor of the built program, with a bot in a real game, in pipes and on a terminal read by tmux. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  binary,
  getJson,
  processesWith,
  run,
  scratch,
  start,
  until,
  words,
  type Running,
} from "./harness.ts";
import { terminal, tmuxMissing, whyNoTmux, type Terminal } from "./tmux.ts";

const { folder, remove } = scratch();
const env = { XDG_STATE_HOME: folder, HOME: folder };
let host: Running;
let manager: Running;
let url: string;
const ends: (() => Promise<unknown>)[] = [];
const command = (line: string | string[]) =>
  run([...(typeof line === "string" ? words(line) : line), "--url", url], { env, cwd: folder });

beforeAll(async () => {
  host = await start([...words("host --json --port 0 --seed 11 --db"), join(folder, "host.db")], { env });
  const config = `connection: { host: 127.0.0.1, port: ${Number(host.first["port"])} }\npace: { keys_per_second: 50 }\n`;
  writeFileSync(join(folder, "bot.yaml"), config);
  const line = words("manager --json --port 0 --no-dashboard-port --state-file swarm.db");
  manager = await start(line, { env, cwd: folder });
  url = String(manager.first["url"]);
  await command("spawn bot.yaml --bot-id scout");
  await until("it plays", async () => (await getJson(`${url}/bot/scout/status`))["turns_executed"]);
}, 30_000);

afterAll(async () => {
  for (const end of ends) await end();
  await manager?.stop();
  await host?.stop();
  expect(processesWith(folder)).toEqual([]);
  remove();
}, 20_000);

test("a screen is shown, keys are sent, and the bot goes on", async () => {
  const shot = await command("screen scout");
  expect([shot.code, shot.stderr]).toEqual([0, ""]);
  expect(shot.stdout.split("\n").length).toBeGreaterThan(3);
  const asJson = JSON.parse((await command("screen scout --json")).stdout) as Record<string, unknown>;
  expect(asJson).toMatchObject({ bot_id: "scout", live: true });
  const sent = await command(["send", "scout", "I"]);
  expect([sent.code, sent.stderr]).toEqual([0, ""]);
  expect(sent.stdout).toContain("Trader Name");
  const before = Number((await getJson(`${url}/bot/scout/status`))["turns_executed"]);
  await until(
    "it goes on",
    async () => Number((await getJson(`${url}/bot/scout/status`))["turns_executed"]) > before,
  );
  expect((await command("screen nobody")).code).toBe(5);
  expect((await command(["send", "scout", "\\q"])).code).toBe(2);
}, 30_000);

async function seat(line: string, columns = 80, rows = 24): Promise<Terminal> {
  const seated = await terminal(columns, rows, { PATH: process.env["PATH"] ?? "", ...env });
  ends.push(seated.end);
  await seated.type(`'${binary}' ${line} --url ${url}; echo "status $?"`);
  await seated.press("Enter");
  return seated;
}

test.skipIf(tmuxMissing)(
  `attached, the game is seen, its keys are taken, typed and given back, and the terminal is as before${whyNoTmux}`,
  async () => {
    const seated = await seat("attach scout");
    const rows = await seated.shows("the bot plays, Ctrl-T takes the keys");
    expect(rows[23]).toContain("scout · the bot plays, Ctrl-T takes the keys · Ctrl-] leaves");
    expect(await seated.ask("#{alternate_on}")).toBe("1");
    await seated.press("C-t");
    await seated.shows("the keys are yours");
    expect((await getJson(`${url}/bot/scout/status`))["taken"]).toBe(true);
    await seated.type("I");
    await seated.shows("Trader Name");
    // The game's own, now: it does not end us.
    await seated.press("C-c");
    await seated.resize(60, 12);
    const small = await seated.shows(/scout · the keys are yours/);
    expect(small.join("\n")).toContain("Command [TL=");
    await seated.resize(100, 30);
    await seated.press("C-t");
    await seated.shows("the bot plays");
    await seated.press("C-]");
    const after = await seated.shows("status 0");
    expect(after[0]).toContain("attach scout");
    expect(await seated.ask("#{alternate_on} #{cursor_flag}")).toBe("0 1");
    await until(
      "the bot has its keys",
      async () => (await getJson(`${url}/bot/scout/status`))["taken"] !== true,
    );
  },
  40_000,
);

test.skipIf(tmuxMissing)(
  `a signal gives the keys back and leaves the terminal as it was${whyNoTmux}`,
  async () => {
    const seated = await seat("attach scout --take");
    await seated.shows("the keys are yours");
    const pid = processesWith("attach scout --take").find((line) => !line.includes("sh -c"))!;
    process.kill(Number(pid.split(" ")[0]), "SIGTERM");
    await seated.shows("status 143");
    expect(await seated.ask("#{alternate_on} #{cursor_flag}")).toBe("0 1");
    await until(
      "the bot has its keys",
      async () => (await getJson(`${url}/bot/scout/status`))["taken"] !== true,
    );
  },
  30_000,
);

test("in a pipe the game's lines come as text, and --take is refused", async () => {
  const child = Bun.spawn([binary, "attach", "scout", "--url", url], {
    env: { ...env, PATH: process.env["PATH"] ?? "" },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  let out = "";
  const copied = (async () => {
    for await (const bytes of child.stdout) out += new TextDecoder().decode(bytes);
  })();
  await until("lines", () => out.split("\n").length > 40);
  child.kill("SIGINT");
  expect(await child.exited).toBe(130);
  await copied;
  // oxlint-disable-next-line no-control-regex
  expect(out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  expect((await command("attach scout --take")).code).toBe(2);
}, 20_000);

test("everything is exported, in files and into pipes", async () => {
  const bots = await command("export bots");
  expect(bots.stdout.split("\r\n").length).toBe(3);
  const into = await command("export trades --out trades.csv");
  const rows = readFileSync(join(folder, "trades.csv"), "utf8").split("\r\n").length - 2;
  expect(into).toMatchObject({ code: 0, stdout: "", stderr: `${rows} rows written to "trades.csv"\n` });
  expect((await command("export trades --out trades.csv")).code).toBe(1);
  expect((await command("export trades --out trades.csv --replace")).code).toBe(0);
  const series = await command("export timeseries all --format ndjson");
  expect(series.code).toBe(0);
  const events = JSON.parse((await command("export events --json")).stdout) as { type: string }[];
  expect(events.at(-1)?.type).toBe("spawned");
}, 20_000);

test("the doctor looks at all of it, and says what is bad by its status", async () => {
  const well = await command("doctor --config bot.yaml --json");
  const { findings } = JSON.parse(well.stdout) as { findings: { what: string; how: string; told: string }[] };
  const of = (what: string) => findings.find((finding) => finding.what === what);
  expect(findings.map(({ what }) => what)).toEqual([
    "settings",
    "program",
    "open files",
    "memory",
    "processors",
    "disk",
    "token",
    "manager",
    "terminal",
    "game server",
  ]);
  expect([of("manager")?.how, of("game server")?.how]).toEqual(["good", "good"]);
  writeFileSync(join(folder, "lost.yaml"), "connection: { host: 127.0.0.1, port: 9 }\n");
  const ill = await command("doctor --config lost.yaml");
  expect(ill.code).toBe(1);
  expect(ill.stdout).toMatch(/^bad {3}game server +127\.0\.0\.1:9 cannot be reached/m);
  const gone = await run(words("doctor --url http://127.0.0.1:9"), { env, cwd: folder });
  expect(gone.stdout).toMatch(/^(poor|bad ) {2}manager +none answers at http:\/\/127\.0\.0\.1:9/m);
}, 30_000);
