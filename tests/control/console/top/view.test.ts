import { expect, test } from "bun:test";
import { rendered } from "../../../../src/control/console/cells.ts";
import type { Size, Top } from "../../../../src/control/console/top/state.ts";
import { step } from "../../../../src/control/console/top/step.ts";
import { view, wholeView } from "../../../../src/control/console/top/view.ts";
import { aBot, manyBots, topOf } from "./swarm.ts";

const shown = (state: Top) =>
  view(state).map((row) => rendered({ spans: row.spans }, state.size.columns, false).trimEnd());
const pressed = (state: Top, ...keys: readonly string[]) =>
  keys.reduce((before, key) => step(before, { type: "pressed", at: 0, key }).state, state);

test("a table in 80x24 has its figures, its columns in line and its keys", () => {
  const bots = [
    aBot("bot_000", { credits: 1_234_567, activity: "trade at 852", sector: 852 }),
    aBot("bot_001", { state: "PAUSED", sector: 0, turns_max: 500 }),
    aBot("bot_002", { state: "FAILED", error: "Cannot log in: the password is wrong\nlog: ..." }),
  ];
  const state = pressed(topOf(bots), "down", " ");
  expect(shown(state)).toEqual([
    "bbsbot top  localhost:8000  up 1h01m                                   connected",
    "3 bots:  1 RUNNING  1 PAUSED  1 FAILED",
    "1.2M credits  3,702 net worth  1.25 credits/turn  9 trades",
    "[1 all 3]  2 running 1  3 paused 1  4 trouble 1  5 ended 1            1 selected",
    "  BOT▲     STATE         SECTOR    CREDITS   CR/TURN    TURNS  DOING",
    "  bot_000  RUNNING          852  1,234,567      1.50       10  trade at 852",
    " *bot_001  PAUSED             -      1,000      1.50   10/500  trade at 852",
    "> bot_002  FAILED             1      1,000      1.50       10  Cannot log in: t…",
    ...Array.from({ length: 15 }, () => ""),
    "? help  q quit  / filter  s sort  Space select  p pause  r resume  g goal",
  ]);
});

test("the cursor's row is reversed from edge to edge, and no other", () => {
  const looks = view(pressed(topOf(manyBots(3)), "down")).map(({ style }) => style);
  expect(looks.slice(5, 9)).toEqual([undefined, "inverse", undefined, undefined]);
});

test("the figures that are old say since when, and are dimmed", () => {
  let state = topOf([aBot("a")]);
  state = step(state, { type: "closed", at: 1000, reason: "gone", final: false }).state;
  state = step(state, { type: "ticked", at: 13_000 }).state;
  expect(shown(state)[0]).toEndWith("not connected, since 12s, trying again");
  expect(
    view(state)
      .slice(1, 3)
      .map(({ style }) => style),
  ).toEqual(["dim", "dim"]);
  const final = step(state, { type: "closed", at: 14_000, reason: "The token is wrong", final: true }).state;
  expect(shown(final)[0]).toEndWith("since 13s, The token is wrong");
  expect(shown(step(final, { type: "opened", at: 15_000 }).state)[0]).toEndWith("connected");
  expect(shown(pressed(topOf([aBot("a")]), "f"))[0]).toEndWith("FROZEN, connected");
});

test("a table without rows says why", () => {
  const body = (state: Top) => shown(state)[5]!.trim();
  expect(body(topOf([]))).toBe("No bots; start some with: bbsbot spawn-swarm --count 111");
  expect(body(pressed(topOf([aBot("a")]), "/", "x", "x"))).toBe("No bot fits the filter; Esc lifts it");
  expect(body(pressed(topOf([aBot("a")]), "5"))).toBe("No bot in this group; 1 shows all");
  expect(body(topOf([aBot("a")], undefined, { wanted: () => false }))).toBe("No bot of this selection");
});

test("prompts show what is typed, and how many are meant", () => {
  const footer = (...keys: string[]) => shown(pressed(topOf(manyBots(3)), ...keys)).at(-2);
  expect(footer("/", "a", "b")).toBe("Filter: ab_");
  expect(footer("g", "x")).toBe("Goal for bot_000: x_");
  expect(footer("a", "K")).toBe("Kill 3 bots? y/n");
  expect(footer("R")).toBe("Restart bot_000? y/n");
});

test("a bot's sheet shows facts, events and screen by turns, and all at once where there is room", () => {
  const found = {
    events: [
      {
        type: "noted",
        bot: "bot_000",
        at: 45_296_000,
        severity: "warning" as const,
        text: "The port is shut",
      },
    ],
    screen: {
      rows: ["Command [TL=00:00:00]:[852] (?=Help)? :"],
      cursor: { row: 0, column: 40 },
      at: 0,
      live: true,
    },
  };
  const seen = (size: Size) =>
    step(pressed(topOf(manyBots(3), size), "enter"), { type: "seen", at: 0, bot: "bot_000", found }).state;
  const narrow = seen({ columns: 80, rows: 24 });
  expect(shown(narrow)[4]).toBe("bot_000  QUEUED  [facts]  events   screen");
  expect(shown(narrow).join("\n")).toContain("Trader 0");
  expect(shown(pressed(narrow, "tab"))[5]).toBe("12:34:56Z The port is shut");
  expect(shown(pressed(narrow, "tab", "tab"))[5]).toBe("Command [TL=00:00:00]:[852] (?=Help)? :");
  const wide = shown(seen({ columns: 140, rows: 50 })).join("\n");
  for (const text of ["Trader 0", "The port is shut", "Command [TL="]) expect(wide).toContain(text);
});

test("a screen that is higher than the terminal is shown around its cursor", () => {
  const rows = Array.from({ length: 25 }, (_, row) => `row ${row}`);
  const at = (row: number) => {
    const screen = { rows, cursor: { row, column: 0 }, at: 0, live: row > 0 };
    const open = pressed(topOf(manyBots(1)), "enter", "tab", "tab");
    return shown(step(open, { type: "seen", at: 0, bot: "bot_000", found: { screen } }).state).slice(5, 22);
  };
  expect(at(24).at(-1)).toBe("row 24");
  expect(at(0).slice(0, 2)).toEqual(["As last seen: it has no line to the game just now", "row 0"]);
});

test("one look has every row and no cursor", () => {
  const rows = wholeView(topOf(manyBots(500))).map((row) => rendered(row, 80, false));
  expect(rows).toHaveLength(503);
  expect(rows[0]).toStartWith("500 bots:");
  expect(rows.at(-1)).toStartWith("  bot_499  ");
});
