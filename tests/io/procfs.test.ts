import { expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  botOf,
  childTicks,
  cpuTicks,
  isThere,
  openFiles,
  ownMemoryBytes,
  pssBytes,
  startTicks,
  tellsOfProcesses,
  ticksPerSecond,
  workersOf,
} from "../../src/io/procfs.ts";

const onLinux = tellsOfProcesses();
/** Larger than any that Linux gives. */
const nobody = 2 ** 30;

test.skipIf(!onLinux)("a process is known by its number and the tick at which it began", async () => {
  const child = Bun.spawn(["sleep", "60"]);
  const ticks = startTicks(child.pid)!;
  expect(ticks).toBeGreaterThanOrEqual(startTicks(process.pid)!);
  expect(isThere(child.pid, ticks)).toBe(true);
  expect(isThere(child.pid, undefined)).toBe(true);
  expect(isThere(child.pid, ticks + 1)).toBe(false);
  child.kill("SIGKILL");
  await child.exited;
  expect(isThere(child.pid, ticks)).toBe(false);
  expect(
    [startTicks, cpuTicks, childTicks, openFiles, ownMemoryBytes, pssBytes].map((of) => of(nobody)),
  ).toEqual(Array(6).fill(undefined));
  expect(isThere(nobody, undefined)).toBe(false);
});

test.skipIf(!onLinux)("one that has ended and was not asked for yet is not there", async () => {
  // The shell starts a process, becomes another program that never asks for it, and says its number before.
  const script = "sleep 0 & echo $!; exec sleep 60";
  const parent = Bun.spawn(["sh", "-c", script], { stdout: "pipe" });
  const reader = parent.stdout.getReader();
  const pid = Number(new TextDecoder().decode((await reader.read()).value));
  const deadline = performance.now() + 5000;
  while (isThere(pid, undefined) && performance.now() < deadline) await Bun.sleep(5);
  expect(startTicks(pid)).toBeGreaterThan(0);
  expect(isThere(pid, startTicks(pid))).toBe(false);
  parent.kill("SIGKILL");
  await parent.exited;
});

test.skipIf(!onLinux)("its own memory grows by what it takes, and processor time by what it uses", () => {
  // So much that what earlier tests have left to be used again is little beside it.
  Bun.gc(true);
  const before = ownMemoryBytes(process.pid)!;
  const taken = Buffer.alloc(200_000_000, 1);
  expect(ownMemoryBytes(process.pid)! - before).toBeGreaterThan(100_000_000);
  expect(taken[taken.length - 1]).toBe(1);
  const ticksNow = () => {
    const { user, system } = process.cpuUsage();
    return ((user + system) / 1e6) * ticksPerSecond;
  };
  const earlier = ticksNow();
  const used = cpuTicks(process.pid)!;
  expect(used).toBeGreaterThan(earlier - 10);
  expect(used).toBeLessThan(ticksNow() + 10);
});

test("a worker's argument list names its bot, and nothing else does", () => {
  const argv = ["bbsbot", "worker", "--config", "/s/bots/bot_1/bot.yaml", "--bot-id", "bot_1", ""];
  expect(botOf(argv, "/s/bots")).toBe("bot_1");
  expect(botOf(["bun", "src/cli.ts", ...argv.slice(1)], "/s/bots")).toBe("bot_1");
  expect(botOf(argv, "/other/bots")).toBeUndefined();
  expect(botOf(argv.with(5, "bot_2"), "/s/bots")).toBeUndefined();
  expect(botOf(["sh", "-c", argv.join(" ")], "/s/bots")).toBeUndefined();
  expect(botOf(["bbsbot", "worker", "--config"], "/s/bots")).toBeUndefined();
  expect(botOf([""], "/s/bots")).toBeUndefined();
});

test.skipIf(!onLinux)("workers at play are found by the folder of their bots", async () => {
  const bots = mkdtempSync(join(tmpdir(), "bbsbot-procfs-"));
  const program = join(bots, "waits.ts");
  writeFileSync(program, `console.log("up"); setTimeout(() => {}, 60_000);`);
  mkdirSync(join(bots, "bot_1"));
  const words = ["worker", "--config", join(bots, "bot_1", "bot.yaml"), "--bot-id", "bot_1"];
  const child = Bun.spawn([process.execPath, program, ...words], { stdout: "pipe" });
  await child.stdout.getReader().read();
  expect(workersOf(bots)).toEqual([{ pid: child.pid, ticks: startTicks(child.pid)!, bot: "bot_1" }]);
  expect(workersOf(`${bots}x`)).toEqual([]);
  child.kill("SIGKILL");
  await child.exited;
  expect(workersOf(bots)).toEqual([]);
  rmSync(bots, { recursive: true });
});
