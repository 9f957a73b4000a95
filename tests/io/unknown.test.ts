import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createUnknown, filesMax, keysKept, linesKept } from "../../src/io/unknown.ts";

const root = mkdtempSync(join(tmpdir(), "bbsbot-unknown-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const now = () => new Date("2026-11-22T22:00:00Z");

test("unknown ground is kept with the screen and the keys that led there, secrets masked", () => {
  const folder = join(root, "a/unknown");
  const unknown = createUnknown(folder, now);
  for (let i = 1; i <= linesKept + 5; i++) unknown.saw({ type: "line", text: `line ${i}\x1b[2J` });
  unknown.saw({ type: "open", text: "not a line" });
  for (let i = 1; i <= keysKept + 1; i++) unknown.typed(`k${i}`, false);
  unknown.typed("hush\r", true);
  expect(unknown.keep("an unknown line", "Who goes there? ")).toContain("0001.txt");
  const text = readFileSync(join(folder, "0001.txt"), "utf8");
  expect(text).toContain("No answer to an unknown line");
  expect(text).toContain(`line ${linesKept + 5}·[2J`);
  expect(text).not.toContain("line 5·");
  expect(text).toContain("Who goes there?|");
  expect(text).toContain('"k13" "****\\r"');
  expect(text).not.toContain('"k2"');
  expect(text).not.toContain("hush");
  // oxlint-disable-next-line no-control-regex
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
  expect(statSync(join(folder, "0001.txt")).mode & 0o777).toBe(0o600);
});

test("the same place is kept once, and no more than so many", () => {
  const folder = join(root, "b/unknown");
  const unknown = createUnknown(folder, now);
  expect(unknown.keep("an unknown line", "Pay 5 credits? ")).toBeDefined();
  expect(unknown.keep("an unknown line", "Pay 700 credits? ")).toBeUndefined();
  for (let i = 0; i < 3 * filesMax; i++) unknown.keep("an unknown line", `${"x".repeat(i + 1)}? `);
  // Started again, it knows the files that are there.
  createUnknown(folder, now).keep("an unknown line", "one more? ");
  expect(readdirSync(folder)).toHaveLength(filesMax);
});

test("a disk that takes nothing is told of, and no reason to stop playing", () => {
  writeFileSync(join(root, "taken"), "");
  expect(createUnknown(join(root, "taken"), now).keep("a prompt", "?")).toContain("cannot be kept");
});
