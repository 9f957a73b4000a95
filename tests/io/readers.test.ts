import { expect, test } from "bun:test";
import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readersOf } from "../../src/io/readers.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-readers-"));

test("a pipe is read as long as somebody has it open, and of other files nothing is told", async () => {
  const path = join(folder, "pipe");
  execFileSync("mkfifo", [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, constants.O_WRONLY);
  const isRead = (await readersOf(writer))!;
  expect([isRead(), isRead()]).toEqual([true, true]);
  closeSync(reader);
  expect(isRead()).toBe(false);
  closeSync(writer);
  writeFileSync(join(folder, "plain"), "");
  const plain = openSync(join(folder, "plain"), "r");
  expect(await readersOf(plain)).toBeUndefined();
  closeSync(plain);
  expect(await readersOf(plain)).toBeUndefined();
  rmSync(folder, { recursive: true });
});
