import { afterEach, expect, test } from "bun:test";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listenLines, type LineLimits } from "../../src/io/line-server.ts";
import { failureOf } from "../doubles/failure.ts";

const limits: LineLimits = { lineMaxBytes: 1000, backlogMaxBytes: 1000, callersMax: 1 };
const ignored = () => ({ line: () => undefined, closed: () => undefined });
const root = mkdtempSync(join(tmpdir(), "bbsbot-lines-"));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test("a socket is its owner's alone, in a folder that is made for it", async () => {
  const path = join(root, "own/manager.sock");
  const server = await listenLines(path, limits, ignored);
  expect([statSync(join(root, "own")).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600]);
  await server.stop();
  expect(existsSync(path)).toBe(false);
});

test("a folder that others made, or may write in, is not used: they could put their own socket there", async () => {
  const open = join(root, "open");
  mkdirSync(open, { recursive: true });
  chmodSync(open, 0o777);
  expect(await failureOf(listenLines(join(open, "s"), limits, ignored))).toContain("anybody may write in it");
  if (process.getuid?.() !== 0) return;
  const theirs = join(root, "theirs");
  mkdirSync(theirs, { mode: 0o700 });
  chownSync(theirs, 65_534, 65_534);
  expect(await failureOf(listenLines(join(theirs, "s"), limits, ignored))).toContain("another user's");
});
