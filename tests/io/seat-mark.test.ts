/** Marks of bots that share a process: true as long as that process is there. */
import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTicks } from "../../src/io/procfs.ts";
import { isSeated, markSeat, seatedIn, unmarkSeat } from "../../src/io/seat-mark.ts";

const bots = mkdtempSync(join(tmpdir(), "bbsbot-seats-"));
afterAll(() => rmSync(bots, { recursive: true, force: true }));
const folderOf = (bot: string) => {
  const folder = join(bots, bot);
  mkdirSync(folder, { recursive: true });
  return folder;
};
const onLinux = process.platform === "linux";
const { pid } = process;
const ticks = startTicks(pid);
const nobody = 2 ** 22 - 1;

test.skipIf(!onLinux)("a bot has its seat from the mark to its end", () => {
  const folder = folderOf("a");
  expect(isSeated(folder, pid, ticks)).toBe(false);
  markSeat(folder, pid, ticks);
  expect(isSeated(folder, pid, ticks)).toBe(true);
  expect(isSeated(folder, pid, undefined)).toBe(true);
  expect(isSeated(folder, pid + 1, ticks)).toBe(false);
  expect(isSeated(folder, pid, ticks! + 1)).toBe(false);
  unmarkSeat(folder);
  unmarkSeat(folder);
  expect(isSeated(folder, pid, ticks)).toBe(false);
});

test.skipIf(!onLinux)(
  "those who are there are found; marks of processes that are gone, and what is no mark, are not",
  () => {
    markSeat(folderOf("here"), pid, ticks);
    markSeat(folderOf("gone"), nobody, 5);
    markSeat(folderOf("another's number"), pid, ticks! + 1);
    folderOf("none");
    for (const [index, text] of ["", "{", '{"pid":"x"}', "[]"].entries())
      writeFileSync(join(folderOf(`broken ${index}`), "seat.json"), text);
    expect(seatedIn(bots)).toEqual([{ bot: "here", pid, ticks: ticks!, packed: true }]);
    expect(isSeated(folderOf("gone"), nobody, 5)).toBe(false);
    expect(seatedIn(join(bots, "missing"))).toEqual([]);
  },
);
