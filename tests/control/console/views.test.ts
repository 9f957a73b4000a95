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
