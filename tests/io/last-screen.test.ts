/** What a worker leaves of its game: the process that leaves it is a real one, since it is its end that counts. */
import { afterAll, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLastScreen } from "../../src/io/last-screen.ts";
import { terminalRingMax } from "../../src/proto/terminal.ts";

const root = mkdtempSync(join(tmpdir(), "bbsbot-last-screen-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
function folderOf(): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  return folder;
}

const source = JSON.stringify(join(import.meta.dir, "../../src/io/last-screen.ts"));

/** A process with a screen, which ends in its own way. Answers with its exit status or signal. */
async function end(folder: string, way: string, past = '"Goodbye \\u2588"'): Promise<number | string | null> {
  const code = `import { leaveLastScreen } from ${source};
leaveLastScreen(${JSON.stringify(folder)}, () => ${past});
${way}`;
  const child = Bun.spawn([process.execPath, "-e", code], { stdio: ["ignore", "ignore", "ignore"] });
  await child.exited;
  return child.signalCode ?? child.exitCode;
}

test("a process that ends by itself leaves its last screen, also one that falls over a mistake", async () => {
  const ways: readonly [way: string, status: number][] = [
    ["", 0],
    ["process.exit(3)", 3],
    ["setTimeout(() => { throw new Error('a mistake') }, 1)", 1],
    ["void Promise.reject(new Error('another'))", 1],
  ];
  for (const [way, status] of ways) {
    const folder = folderOf();
    expect([way, await end(folder, way)]).toEqual([way, status]);
    expect([way, readLastScreen(folder)?.text]).toEqual([way, "Goodbye \u2588"]);
    expect(statSync(join(folder, "last-screen")).mode & 0o777).toBe(0o600);
  }
}, 60_000);

test("one that is killed leaves nothing, and nothing of a former one", async () => {
  const folder = folderOf();
  writeFileSync(join(folder, "last-screen"), "of long ago");
  expect(await end(folder, "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)")).toBe(
    "SIGKILL",
  );
  expect(readLastScreen(folder)).toBeUndefined();
}, 60_000);

test("one that never saw its game leaves nothing, and one whose disk takes nothing ends as it would have", async () => {
  const unseen = folderOf();
  expect(await end(unseen, "process.exit(3)", '""')).toBe(3);
  expect(readLastScreen(unseen)).toBeUndefined();
  const full = folderOf();
  // Something that no file can take the place of.
  expect(
    await end(
      full,
      `import { mkdirSync } from "node:fs"; mkdirSync(${JSON.stringify(join(full, "last-screen"))}); process.exit(3)`,
    ),
  ).toBe(3);
  expect(readLastScreen(full)).toBeUndefined();
}, 60_000);

test("what was left is read with its moment, and never more than a worker leaves", () => {
  const folder = folderOf();
  const file = join(folder, "last-screen");
  const put = (text: string) => writeFileSync(file, text);
  expect(readLastScreen(folder)).toBeUndefined();
  put("\u2588".repeat(terminalRingMax));
  utimesSync(file, 77, 77);
  expect(readLastScreen(folder)).toEqual({ text: "\u2588".repeat(terminalRingMax), at: 77_000 });
  for (const wrong of ["", "x".repeat(terminalRingMax + 1), "x".repeat(10 * terminalRingMax)]) {
    put(wrong);
    expect(readLastScreen(folder)).toBeUndefined();
  }
  put("x");
  if (process.getuid?.() !== 0) {
    chmodSync(file, 0);
    expect(readLastScreen(folder)).toBeUndefined();
  }
});
