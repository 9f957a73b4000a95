import { expect, test } from "bun:test";
import { newRows } from "../../../src/control/console/attach-screen.ts";
import type { Doors, Ears } from "../../../src/control/console/doors.ts";
import { runCommandLine } from "../../../src/control/console/program.ts";
import { createAnsi } from "../../../src/proto/ansi.ts";
import { writeCp437 } from "../../../src/proto/cp437.ts";
import { Refusal } from "../../../src/proto/refusal.ts";
import { createScreen } from "../../../src/proto/screen.ts";
import { leaseBeatMs } from "../../../src/proto/terminal.ts";
import type { TerminalAsked, TerminalTold } from "../../../src/proto/terminal-view.ts";
import { stage } from "../../doubles/console.ts";
import { everyByte, hostile, steering } from "../../doubles/hostile.ts";
import { until } from "../../e2e/harness.ts";

interface Setting {
  readonly pipe?: boolean;
  readonly rows?: number;
  readonly columns?: number;
  readonly colour?: boolean;
}

/** A person who has attached to a bot; the test plays the manager, and reads what the person sees from a terminal of its own. */
async function attached(
  line: string,
  { pipe = false, rows = 24, columns = 80, colour = true }: Setting = {},
) {
  const said: TerminalAsked[] = [];
  let ears: Ears<TerminalTold> | undefined;
  let press: ((keys: string) => void) | undefined;
  let resized: (() => void) | undefined;
  const size = { rows, columns };
  const open = { line: false, keys: false };
  const doors: Partial<Doors> = {
    async terminal(_at, _bot, given) {
      ears = given;
      open.line = true;
      return {
        say: (message) => said.push(message) > 0,
        close: () => (open.line = false),
      };
    },
  };
  const on = stage({ doors, colour, ...(pipe ? {} : { tty: columns, answers: [] }) });
  const tty = {
    ...on.doors.tty,
    size: () => size,
    onKeys(listener: (keys: string) => void) {
      press = listener;
      open.keys = true;
      return () => (open.keys = false);
    },
    onResize(listener: () => void) {
      resized = listener;
      return () => (resized = undefined);
    },
  };
  let ended: number | undefined;
  const status = runCommandLine(line.split(" "), { ...on.doors, tty: tty as Doors["tty"] });
  void status.then((code) => (ended = code));
  await until("it is there", () => (pipe ? ears : press) ?? ended !== undefined);
  return {
    ...on,
    said,
    open,
    status,
    tell(...messages: TerminalTold[]) {
      for (const message of messages) ears!.told(message);
      on.pass(300);
    },
    closed: (reason: string) => ears!.closed!(reason, true),
    press(keys: string) {
      press!(keys);
      on.pass(50);
    },
    resize(change: Partial<typeof size>) {
      Object.assign(size, change);
      resized!();
      on.pass(50);
    },
    /** What stands on the person's terminal, wider than the game's that it may show what sticks out. */
    sees() {
      const screen = createScreen(size.columns, size.rows);
      // The lines of boxes are UTF-8 out there, and one byte each in here.
      createAnsi(screen.handler).feed(writeCp437(on.told.out));
      return { rows: screen.text(), spans: screen.rows(), cursor: screen.cursor() };
    },
  };
}
const shown = (text: string, fresh?: true): TerminalTold => ({
  type: "shown",
  text,
  ...(fresh && { fresh }),
});

test("the bot's screen is drawn with its colours, boxes and cursor, and a status line below", async () => {
  const on = await attached("attach bot_042");
  on.tell(
    shown(
      "\u001b[2J\u001b[1;31mSector \u001b[0;44m 852 \u001b[0m\r\n┌──┐ ░▒▓\r\nCommand [TL=00:00:00]:[852] (?=Help)? : ",
      true,
    ),
  );
  const { rows, spans, cursor } = on.sees();
  expect(rows.slice(0, 3)).toEqual(["Sector  852", "┌──┐ ░▒▓", "Command [TL=00:00:00]:[852] (?=Help)? :"]);
  expect(spans[0]![0]).toMatchObject({ text: "Sector ", ink: 1, bold: true });
  expect(spans[0]![1]).toMatchObject({ text: " 852 ", paper: 4 });
  expect(cursor).toEqual({ row: 2, column: 40 });
  expect(rows[23]).toContain("bot_042 · the bot plays, Ctrl-T takes the keys · Ctrl-] leaves");
  on.press("\u001d");
  expect(await on.status).toBe(0);
  expect(on.told.out).toEndWith("\u001b[0m\u001b[?25h\u001b[?1049l");
  expect([on.open, on.listening(), on.alarms()]).toEqual([{ line: false, keys: false }, 0, 0]);
});

test("only what changed is drawn again, and all of it when the size changes", async () => {
  const on = await attached("attach a", { colour: false });
  on.tell(shown(Array.from({ length: 20 }, (_, n) => `row ${n}`).join("\r\n"), true));
  const before = on.told.out.length;
  on.tell(shown("x"));
  expect(on.told.out.slice(before)).toContain("row 19x");
  expect(on.told.out.slice(before)).not.toContain("row 18");
  on.resize({ rows: 10, columns: 30 });
  // The cursor's row stays in sight.
  expect(on.sees().rows.slice(0, 9)).toEqual(
    Array.from({ length: 9 }, (_, n) => (n === 8 ? "row 19x" : `row ${n + 11}`)),
  );
  expect(on.sees().cursor).toEqual({ row: 8, column: 7 });
  on.resize({ rows: 50, columns: 200 });
  expect(on.sees().rows[19]).toBe("row 19x");
  expect(on.sees().rows[49]).toContain("leaves");
  on.press("\u001d");
  await on.status;
});

test("keys go nowhere until they are taken, then all of them to the game, then back to the bot", async () => {
  const on = await attached("attach a");
  on.press("xyz\r");
  expect(on.said).toEqual([]);
  on.press("\u0014");
  expect(on.said).toEqual([{ type: "take" }]);
  expect(on.sees().rows[23]).toContain("waiting until the bot stands at a prompt");
  on.press("early");
  on.tell({ type: "taken" });
  expect(on.sees().rows[23]).toContain("the keys are yours, Ctrl-T gives them back");
  // Ctrl-C too; Backspace as the game knows it; what is not in its alphabet is not sent.
  on.press("D\r\u0003\u007f\u001b[Aü漢😀");
  on.press("bye\u0014");
  on.tell({ type: "given", reason: "given back" });
  expect(on.said.slice(1)).toEqual([
    { type: "type", keys: "D\r\u0003\b\u001b[Aü" },
    { type: "type", keys: "bye" },
    { type: "give" },
  ]);
  expect(on.sees().rows[23]).toContain("the bot plays");
  on.press("\u0003");
  expect(await on.status).toBe(130);
});

test("--take takes at once; the lease is renewed while it lasts, and given back on leaving, however that comes", async () => {
  for (const leave of ["key", "signal", "line"]) {
    const on = await attached("attach a --take");
    expect(on.said).toEqual([{ type: "take" }]);
    on.pass(leaseBeatMs);
    on.tell({ type: "taken" });
    on.pass(2 * leaseBeatMs);
    expect(on.said.slice(1)).toEqual([{ type: "beat" }, { type: "beat" }, { type: "beat" }]);
    if (leave === "key") on.press("q\u001dnot this");
    else if (leave === "signal") on.interrupt();
    else on.closed("The manager is gone: \u0007");
    expect(await on.status).toBe({ key: 0, signal: 130, line: 4 }[leave]!);
    expect(on.said.at(-1)).toEqual({ type: "give" });
    expect(on.said.some((one) => one.type === "type" && one.keys === "q")).toBe(leave === "key");
    expect(on.told.out).toEndWith("\u001b[?1049l");
    expect(on.told.err).toBe(leave === "line" ? "The manager is gone: ·\n" : "");
    expect([on.open, on.listening(), on.alarms()]).toEqual([{ line: false, keys: false }, 0, 0]);
  }
});

test("keys that somebody else has are not asked for, and why they are not to be had is told", async () => {
  const on = await attached("attach a");
  on.tell({ type: "held", by_other: true });
  expect(on.sees().rows[23]).toContain("somebody else has the keys");
  on.press("\u0014x");
  expect(on.said).toEqual([]);
  // Being told that we may not have them takes them from nobody.
  on.tell({ type: "given", reason: "Somebody else has the keys" });
  expect(on.sees().rows[23]).toContain("somebody else has the keys");
  on.tell({ type: "held", by_other: false });
  on.press("\u0014");
  on.tell(
    { type: "given", reason: "the bot does not\u001b[2J come to a prompt" },
    { type: "line", live: false },
  );
  expect(on.sees().rows[23]!.trim()).toStartWith("a · no line to the game · the bot plays");
  on.resize({ columns: 200 });
  expect(on.sees().rows[23]).toContain("the bot does not·[2J come to a prompt");
  on.press("\u001d");
  await on.status;
});

test("another key can be the one that leaves, but none that is another key, too", async () => {
  const on = await attached("attach a --escape ^a");
  expect(on.sees().rows[23]).toContain("Ctrl-A leaves");
  on.press("\u001d");
  on.press("\u0001");
  expect(await on.status).toBe(0);
  for (const key of ["^M", "^T", "x", "^C", ""]) {
    const { status } = await attached(`attach a --escape ${key}`);
    expect(await status).toBe(2);
  }
});

test("in a pipe the lines come as they are written, without colours, and no keys can be taken", async () => {
  const on = await attached("attach a", { pipe: true });
  on.tell(shown("\u001b[1;31mone\r\ntwo\r\nwhat? ", true));
  on.tell(shown("yes\r\nthree\r\n"));
  on.tell(shown(Array.from({ length: 30 }, (_, n) => `row ${n}\r\n`).join("")));
  await until("written", () => on.told.out.includes("row 29"));
  on.interrupt();
  expect(await on.status).toBe(130);
  const lines = on.told.out.split("\n");
  expect(lines.slice(0, 6)).toEqual(["one", "two", "what?", "what? yes", "three", "row 6"]);
  expect(steering(on.told.out)).toEqual([]);
  const refused = await attached("attach a --take", { pipe: true });
  expect(await refused.status).toBe(2);
});

test("as JSON each look is the whole screen", async () => {
  const on = await attached("attach a --json", { pipe: true });
  on.tell(shown("one\r\n? ", true));
  await until("written", () => on.told.out !== "");
  on.closed("over");
  expect(await on.status).toBe(4);
  expect(JSON.parse(on.told.out)).toMatchObject({
    bot_id: "a",
    live: true,
    rows: ["one", "?"],
    cursor: { row: 1, column: 2 },
  });
});

test("nothing that the game writes reaches the terminal as it is", async () => {
  for (const pipe of [false, true])
    for (const flags of pipe ? ["", " --json"] : ["", " --color never"]) {
      const on = await attached(`attach a${flags}`, { pipe });
      for (const text of [everyByte, hostile, `\u001b[12;1H${hostile}`])
        on.tell(shown(text, true), { type: "given", reason: hostile });
      await Bun.sleep(1);
      if (pipe) on.interrupt();
      else on.press("\u001d");
      await on.status;
      expect(on.told.out.length).toBeGreaterThan(100);
      expect(steering(on.told.out + on.told.err, !pipe)).toEqual([]);
    }
});

test("a bot that is not there is refused before anything is drawn", async () => {
  const { doors, told } = stage({
    tty: 80,
    answers: [],
    doors: { terminal: () => Promise.reject(new Refusal("not_found", 'There is no bot "a"')) },
  });
  expect(await runCommandLine(["attach", "a"], doors)).toBe(5);
  expect([told.out, told.err]).toEqual(["", 'There is no bot "a"\n']);
});

test("new rows are told from those that have scrolled", () => {
  expect(newRows([], ["a", "b"])).toEqual(["a", "b"]);
  expect(newRows(["a", "b"], ["a", "b"])).toEqual([]);
  expect(newRows(["a", "b"], ["a", "bc", "d"])).toEqual(["bc", "d"]);
  expect(newRows(["a", "b", "c"], ["b", "c", "d"])).toEqual(["d"]);
  expect(newRows(["a", "b", "c"], ["x", "y"])).toEqual(["x", "y"]);
});
