import { afterAll, expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { logKeepBytes, logMaxBytes, readLog, tailLog, trimLog } from "../../src/io/worker-log.ts";

const bots = mkdtempSync(join(tmpdir(), "bbsbot-log-"));
afterAll(() => rmSync(bots, { recursive: true, force: true }));
const folderWith = (text: string) => {
  const folder = mkdtempSync(join(bots, "bot-"));
  appendFileSync(join(folder, "worker.log"), text);
  return folder;
};

test("a log is read in slices that fit together, and never a part of a line", () => {
  const lines = Array.from({ length: 57 }, (_, index) => `line ${index} \u2248`);
  const folder = folderWith(`${lines.join("\n")}\nhalf a li`);
  const read: string[] = [];
  for (let offset = 0; ;) {
    const slice = readLog(folder, offset, 10);
    read.push(...slice.lines);
    if (slice.next_offset === offset) break;
    offset = slice.next_offset;
  }
  expect(read).toEqual(lines);
  expect(readLog(folder, 1_000_000, 10).lines).toEqual([]);
  expect(tailLog(folder, 2).lines).toEqual(lines.slice(-2));
  expect(tailLog(folder, 2).next_offset).toBe(readLog(folder, 0, 1000).next_offset);
});

test("a missing log is empty", () => {
  expect(tailLog(join(bots, "nobody"), 5)).toEqual({ lines: [], offset: 0, next_offset: 0, size: 0 });
});

test("what could steer a terminal does not leave", () => {
  const folder = folderWith("\u001b]0;title\u0007 a\rb \u009b31m \u202egnp\n");
  expect(tailLog(folder, 1).lines).toEqual(["\u00b7]0;title\u00b7 a\u00b7b \u00b731m \u00b7gnp"]);
});

test("a log that has grown too long keeps its tail; a short or missing one is left alone", () => {
  const folder = mkdtempSync(join(bots, "logger-"));
  trimLog(folder);
  const file = join(folder, "worker.log");
  appendFileSync(file, "short\n");
  trimLog(folder);
  expect(readFileSync(file, "utf8")).toBe("short\n");
  appendFileSync(file, `${"x".repeat(99)}\n`.repeat(logMaxBytes / 100 + 1));
  appendFileSync(file, "the last words\n");
  trimLog(folder);
  expect(statSync(file).size).toBe(logKeepBytes);
  appendFileSync(file, "and after\n");
  expect(readFileSync(file, "utf8")).toEndWith("the last words\nand after\n");
});
