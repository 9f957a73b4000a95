/** `bbsbot top` at a real terminal, with a real manager whose workers are doubles: keys are pressed, the screen is read. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { sinner, testManager, type TestManager } from "../doubles/manager.ts";
import { binary, run, scratch, until, words } from "./harness.ts";
import { terminal, tmuxMissing, whyNoTmux, type Terminal } from "./tmux.ts";

const { folder, remove } = scratch();
let double: TestManager;
const ends: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  double = await testManager();
  const sins = ["performing", "performing", "failing", "completing", "performing"];
  for (const [index, sin] of sins.entries())
    await double.swarm.spawnBot({ bot_id: `bot_00${index}`, config: sinner(sin) });
  await double.until("bot_002", ({ state }) => state === "ERROR", 10_000);
  await double.until("bot_003", ({ state }) => state === "COMPLETED", 10_000);
  for (const bot of ["bot_000", "bot_001", "bot_004"])
    await double.until(bot, ({ turns_executed }) => turns_executed > 3, 10_000);
}, 30_000);

afterAll(async () => {
  for (const end of ends) await end();
  await double?.end();
  remove();
});

const stateOf = async (bot_id: string) => (await double.swarm.botStatus({ bot_id })).state;

/** A terminal with `top` in it, which has been told of the bots. */
async function seat(
  columns: number,
  rows: number,
  flags = "",
  env: Record<string, string> = {},
): Promise<Terminal> {
  const seated = await terminal(columns, rows, {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    XDG_STATE_HOME: folder,
    ...env,
  });
  ends.push(seated.end);
  await seated.type(`'${binary}' top --url ${double.url} ${flags}; echo "status $?"`);
  await seated.press("Enter");
  await seated.shows(/connected\n.*\n.*turns\/min.*credits\/turn/);
  return seated;
}

/** What was before is on the screen again, with a cursor, and what is typed is seen. */
async function expectRestored(seated: Terminal, status: number): Promise<void> {
  const rows = await seated.shows(`status ${status}`);
  expect(rows[0]).toContain("top --url");
  expect(rows.join("\n")).not.toContain("bot_000");
  expect(await seated.ask("#{alternate_on} #{cursor_flag} #{wrap_flag}")).toBe("0 1 1");
  await seated.type("echo se''en");
  await seated.press("Enter");
  expect(await seated.shows(/^seen$/m)).toContain("$ echo se''en");
}

/** Rows of the header whose figures are others each time. */
const figures = [0, 2];
const bodyFrom = 4;

/** Figures and times that are others each time become #; in the body without moving their right edge. */
function normal(rows: readonly string[]): string {
  const told = rows.map((row, index) => {
    if (figures.includes(index)) return row.replaceAll(/\d[\d,.]*/g, "#").replaceAll(/ {2,}/g, "  ");
    if (index < bodyFrom) return row;
    return row
      .replaceAll(/(\d{4}-\d\d-\d\dT)?\d\d:\d\d:\d\dZ/g, "<moment>")
      .replaceAll(/\(pid \d+\)/g, "(pid #)")
      .replaceAll(/(?<= {2}) *\d[\d,.]*(?=s?(?: {2}|$))/g, (number) => "#".padStart(number.length));
  });
  return `${told.join("\n")}\n`;
}

/** Compares with the stored screen; BBSBOT_SCREENS=write stores what is seen instead. */
async function expectScreen(name: string, rows: readonly string[]): Promise<void> {
  const file = Bun.file(join(import.meta.dir, "screens", `top-${name}.txt`));
  const seen = normal(rows);
  if (process.env["BBSBOT_SCREENS"] === "write") await file.write(seen);
  expect(seen).toBe(await file.text());
}

const withTmux = test.skipIf(tmuxMissing);

withTmux(
  `the table, a bot's sheet and the help are as stored, in 80x24 and in 200x50${whyNoTmux}`,
  async () => {
    const small = await seat(80, 24);
    await expectScreen("80x24", await small.screen());
    const large = await seat(200, 50, "--sort -state");
    await expectScreen("200x50", await large.screen());
    await small.type("?");
    await expectScreen("help-80x24", await small.shows("Selecting"));
    await small.press("Escape", "Down", "Down", "Enter");
    await expectScreen("sheet-80x24", await small.shows(/bot_002 {2}ERROR[^]*Known/));
    await small.press("Tab");
    await expectScreen("events-80x24", await small.shows("registered"));
    await small.press("Left", "Tab");
    await expectScreen("screen-80x24", await small.shows("Command [TL="));
    await large.press("Home", "Enter");
    expect((await large.shows("Up Down scroll")).join("\n")).not.toContain("Tab next");
    for (const one of [small, large]) await one.press("C-c");
    await expectRestored(small, 130);
    await expectRestored(large, 130);
  },
  40_000,
);

withTmux(
  `sorts, filters, pauses, gives goals and kills by key, and the manager says so${whyNoTmux}`,
  async () => {
    const seated = await seat(80, 24);
    const first = async () => (await seated.screen())[5]!;
    await seated.type("sss");
    await seated.shows("CREDITS▼");
    await seated.type("S");
    await seated.shows("CREDITS▲");
    await until("the poorest comes first", async () => /bot_00[23]/.test(await first()));
    await seated.type("/BOT_001");
    await seated.shows(/Filter: BOT_001_/);
    await seated.press("Enter");
    await seated.type("p");
    await seated.shows("1 paused");
    await double.until("bot_001", ({ state }) => state === "PAUSED");
    await seated.shows(/> bot_001 {2}PAUSED/);
    await seated.type("r");
    await seated.shows(/> bot_001 {2}RUNNING/);
    expect(await stateOf("bot_001")).toBe("RUNNING");
    await seated.type("gq and K");
    await seated.shows("Goal for bot_001: q and K_");
    await seated.press("Enter");
    await double.until("bot_001", ({ goal }) => goal === "q and K");
    await seated.press("Escape", "Escape");
    await seated.shows("bot_000");
    await seated.type("2aK");
    await seated.shows("Kill 3 bots? y/n");
    await seated.type("n");
    await seated.shows("Nothing was done");
    expect(await stateOf("bot_004")).toBe("RUNNING");
    await seated.type("u");
    await seated.press("End", " ");
    await seated.type("K");
    await seated.shows(/Kill bot_00\d\? y\/n/);
    await seated.type("ny");
    await seated.type("1a");
    await seated.type("p");
    await seated.shows(/3 paused, 2 refused \(o shows all\): bot_00[23]/);
    await seated.type("o");
    await seated.shows(/bot_002 .*\n(.*\n)*bot_000 .*delivered/);
    await seated.press("Escape");
    await seated.type("u/bot_004");
    await seated.press("Enter");
    await seated.type("K");
    await seated.shows("Kill bot_004? y/n");
    await seated.type("y");
    await seated.shows("1 killed");
    await double.until("bot_004", ({ state }) => state === "DEAD");
    await seated.shows(/> bot_004 {2}DEAD/);
    await seated.type("q");
    await expectRestored(seated, 0);
  },
  40_000,
);

withTmux(
  `follows the terminal's size, down to one where nothing fits, and draws anew${whyNoTmux}`,
  async () => {
    const seated = await seat(80, 24);
    await seated.resize(200, 50);
    await seated.shows("TRADER");
    await seated.resize(40, 8);
    const rows = await seated.shows(/^.{0,40}\n\[1 all 5\]/);
    expect(rows.every((row) => row.length <= 40)).toBe(true);
    await seated.resize(30, 5);
    await seated.shows("Too small: 30x5");
    await seated.resize(80, 24);
    const before = await seated.shows("? help  q quit");
    await seated.press("C-l");
    expect((await seated.shows("? help  q quit"))[4]).toBe(before[4]!);
    // A person's own kill, in place of a key.
    const pid = await seated.ask("#{pane_pid}");
    const children = await Bun.file(`/proc/${pid}/task/${pid}/children`).text();
    process.kill(Number(children.trim()), "SIGTERM");
    await expectRestored(seated, 143);
  },
  30_000,
);

withTmux(
  `a manager that goes and comes is waited for, with the last figures in sight${whyNoTmux}`,
  async () => {
    const own = await testManager();
    await own.swarm.spawnBot({ bot_id: "lone", config: sinner("performing") });
    const seated = await terminal(80, 24, { PATH: process.env["PATH"] ?? "", HOME: folder, NO_COLOR: "1" });
    ends.push(seated.end);
    await seated.type(`'${binary}' top --url ${own.url}; echo "status $?"`);
    await seated.press("Enter");
    await seated.shows("lone");
    await own.end("keep");
    const rows = await seated.shows(/not connected, since [2-9]s, trying again/);
    expect(rows.join("\n")).toContain("lone");
    const next = await testManager({ port: Number(new URL(own.url).port) }, own.folder);
    await seated.shows(/ connected\n/, 15_000);
    await seated.type("q");
    await expectRestored(seated, 0);
    await next.end();
  },
  40_000,
);

test("in a pipe it refuses, or prints one frame", async () => {
  const env = { XDG_STATE_HOME: folder };
  const refused = await run(words(`top --url ${double.url}`), { env });
  expect([refused.code, refused.stdout]).toEqual([2, ""]);
  expect(refused.stderr).toContain("Try top --once, status, or watch");
  const frame = await run(words(`top --once --sort -bot_id --url ${double.url}`), { env });
  expect([frame.code, frame.stderr]).toEqual([0, ""]);
  expect(frame.stdout).toMatch(/^5 bots:.*\n.*\n {2}BOT▼.*\n {2}bot_004 /);
  const value = await run(words(`top --once --json bot_00? --url ${double.url}`), { env });
  expect((JSON.parse(value.stdout) as { bots: unknown[] }).bots).toHaveLength(5);
  const gone = await run(words("top --once --url http://127.0.0.1:1"), { env });
  expect(gone.code).toBe(4);
});
