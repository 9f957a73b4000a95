import { expect, test } from "bun:test";
import { readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DemoSummary } from "../../src/audit.ts";
import { binary, processesWith, run, until } from "./harness.ts";

const demoFolders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("bbsbot-demo-"));

test("111 bots of 200 turns all complete, nearly all with a profit, and the books agree to the credit", async () => {
  const { code, stdout, stderr } = await run(
    ["demo", "--count", "111", "--turns", "200", "--seed", "42", "--port", "0", "--json"],
    { maxMs: 300_000 },
  );
  process.stderr.write(`${stdout}\n`);
  expect(stdout.trim().split("\n")).toHaveLength(1);
  const summary = JSON.parse(stdout) as DemoSummary;
  expect(summary.errors).toEqual([]);
  expect(summary.by_state.COMPLETED).toBe(111);
  expect(summary.books).toEqual({ agree: true, compared: 111, not_compared: [], differences: [] });
  expect(summary.credits_per_turn.bots_above_zero).toBeGreaterThanOrEqual(100);
  expect(summary.credits_per_turn.mean).toBeGreaterThan(0);
  expect(stderr).toContain("Status page at http://");
  expect(code).toBe(0);
}, 320_000);

test("a bot that was killed outright is started again, goes on where it was, and its books agree with the others'", async () => {
  const demo = run("demo --count 4 --turns 1500 --pack 1 --port 0 --json".split(" "));
  const worker = await until("a worker", () =>
    processesWith("bbsbot-demo-").find((line) => line.includes(" worker ") && line.includes("bot_002")),
  );
  await Bun.sleep(1500);
  process.kill(Number(worker.split(" ")[0]), "SIGKILL");
  const { code, stdout } = await demo;
  const summary = JSON.parse(stdout) as DemoSummary;
  expect(summary.errors).toEqual([]);
  expect(summary.by_state).toMatchObject({ COMPLETED: 4 });
  expect(summary.books).toEqual({ agree: true, compared: 4, not_compared: [], differences: [] });
  expect(code).toBe(0);
}, 60_000);

test("Ctrl-C on a running demo leaves no process and no folder", async () => {
  const before = demoFolders();
  const demo = Bun.spawn([binary, "demo", "--count", "20", "--pack", "1", "--port", "0"], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: "ignore",
    // A terminal's Ctrl-C goes to the whole group; a group of its own lets the test do the same.
    detached: true,
  });
  const mine = () =>
    processesWith("bbsbot-demo-").filter((line) => !before.some((old) => line.includes(old)));
  await until(
    "twenty workers",
    () => mine().filter((line) => line.includes(" worker ")).length === 20,
    30_000,
  );
  process.kill(-demo.pid, "SIGINT");
  expect(await demo.exited).toBe(130);
  expect(mine()).toEqual([]);
  expect(demoFolders()).toEqual(before);
}, 60_000);

test("a demo that is killed outright leaves no process either", async () => {
  const before = demoFolders();
  const demo = Bun.spawn([binary, "demo", "--count", "5", "--pack", "1", "--port", "0"], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: "ignore",
  });
  await until(
    "five workers",
    () => processesWith("bbsbot-demo-").filter((l) => l.includes(" worker ")).length === 5,
  );
  demo.kill("SIGKILL");
  await until("nothing left", () => processesWith("bbsbot-demo-").length === 0, 15_000);
  // Its folder is all that nobody was left to remove.
  for (const name of demoFolders().filter((each) => !before.includes(each))) {
    rmSync(join(tmpdir(), name), { recursive: true });
  }
}, 60_000);
