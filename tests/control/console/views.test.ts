import { expect, test } from "bun:test";
import { botSheet, botTable, swarmLine } from "../../../src/control/console/views.ts";
import { bot, status } from "../../doubles/scribe.ts";

const error = "crashed 5 times within 60 s, last: exit code 1\n02:30:34 playing\n\u001b[31mboom";

test("an error of many lines is one line in the table, and all of it on the bot's own sheet", () => {
  const [, line, ...more] = botTable([{ ...bot, state: "FAILED", error }]).split("\n");
  expect(line).toEndWith("crashed 5 times within 60 s, last: exit code 1");
  expect(more).toEqual([""]);
  expect(botSheet({ ...bot, state: "FAILED", error })).toContain(
    "Error      crashed 5 times within 60 s, last: exit code 1\n" +
      "           02:30:34 playing\n" +
      "           ·[31mboom\n",
  );
});

test("a sheet tells what there is, and since when", () => {
  const at = Date.UTC(2026, 10, 23, 2, 30, 35, 500);
  const { pid: _, ...gone } = bot;
  const sheet = botSheet({
    ...gone,
    state: "BACKOFF",
    error: "boom",
    error_at: at,
    next_start_at: at + 1000,
  });
  expect(sheet).toContain("Error      boom\nSince      2026-11-23T02:30:35Z\n");
  expect(sheet).toContain("Next start 2026-11-23T02:30:36Z\n");
  expect(sheet).not.toContain("Process");
  expect(botSheet({ ...bot, memory_mb: 12.4, cpu_percent: 1.6, restarts: 2 })).toContain(
    "Process    4242, 12 MB, 2% of a core\nRestarts   2\n",
  );
  expect(botSheet({ ...bot, error: "boom", activity: "boom" })).not.toContain("Doing");
});

test("one bot is no bots", () => {
  const lone = (count: number) => swarmLine({ ...status, total_bots: count }).split(":")[0];
  expect([0, 1, 2, 5000].map(lone)).toEqual(["0 bots", "1 bot", "2 bots", "5,000 bots"]);
});

test("a bot with a model tells its plan, who decides, what became of plans and what each earns; no other does", () => {
  const sheet = botSheet({
    ...bot,
    strategy: "ai",
    advice: {
      source: "fallback",
      plan: "work 12 and 77\u001b[2J",
      why: "no answer in time",
      asked: 1200,
      accepted: 900,
      rejected: { dangerous: 2, spend: 3 },
      failed: { timeout: 4 },
      turns: { advice: 1900, rules: 40, fallback: 0 },
      credits: { advice: 190_000, rules: 100, fallback: 0 },
    },
  });
  expect(sheet).toContain(
    [
      'Strategy   ai, goal "profit"',
      "Plays by   rules, the model having failed",
      "Plan       work 12 and 77·[2J",
      "Why        no answer in time",
      "Plans      900 of 1,200 asked for taken; 3 spends too much, 2 leads into danger; 4 no answer in time",
      "Earns      100.00 a turn by plans (1,900 turns), 2.50 a turn by rules (40 turns)",
      "",
    ].join("\n"),
  );
  expect(botSheet(bot)).not.toMatch(/^(Plays by|Plans|Earns)/m);
});
