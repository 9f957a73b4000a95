import { afterAll, expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  logKeepBytes,
  logMaxBytes,
  prepareFolder,
  startWorker,
  trimLog,
  workerEnv,
} from "../../src/io/process.ts";
import { doubleCommand, isAlive, sinner } from "../doubles/manager.ts";

const bots = mkdtempSync(join(tmpdir(), "bbsbot-process-"));
afterAll(() => rmSync(bots, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  signal: string | null;
}

/** A worker and what it says, its end as a promise. */
function start(sin: string, command = doubleCommand) {
  const id = sin.replace(/\W/g, "_");
  const folder = prepareFolder(bots, id, sinner(sin));
  const heard: { type: string }[] = [];
  const broken: string[] = [];
  const ended = Promise.withResolvers<Ended>();
  const worker = startWorker(command, id, folder, {
    heard: (message) => heard.push(message as { type: string }),
    broken: (reason) => broken.push(reason),
    exited: (code, signal) => ended.resolve({ code, signal }),
  });
  const hears = async (type: string) => {
    while (!heard.some((message) => message.type === type)) await Bun.sleep(5);
  };
  return { worker, heard, broken, ended: ended.promise, hears, folder };
}

test("exit codes and signals arrive as what they are", async () => {
  expect(await start("wordless").ended).toEqual({ code: 0, signal: null });
  expect(await start("exiting:42").ended).toEqual({ code: 42, signal: null });
  const { worker, hears, ended } = start("falling_silent");
  await hears("playing");
  worker.cut();
  expect(await ended).toEqual({ code: null, signal: "SIGKILL" });
});

test("a missing program throws at the start", () => {
  expect(() => start("good", { argv: ["/nowhere/bbsbot"] })).toThrow();
});

test("sending to a worker that is gone is false, not an exception", async () => {
  const { worker, ended } = start("wordless");
  await ended;
  expect(worker.send({ type: "welcome", version: 1 })).toBe(false);
  worker.cut();
  worker.end(0);
});

test("a worker that ends by itself within its grace is not killed", async () => {
  const { worker, hears, ended } = start("good");
  await hears("playing");
  worker.send({ type: "order", order: { type: "stop", id: 1 } });
  worker.end(2000);
  expect(await ended).toEqual({ code: 0, signal: null });
});

test("a worker that hears neither orders nor SIGTERM is killed after its graces", async () => {
  const { worker, hears, ended } = start("stubborn");
  await hears("playing");
  const before = performance.now();
  worker.end(100, 100);
  await Bun.sleep(50);
  expect(await isAlive(worker.pid)).toBe(true);
  expect(await ended).toEqual({ code: null, signal: "SIGKILL" });
  expect(performance.now() - before).toBeGreaterThan(190);
});

test("a channel that closes or garbles is told of once, and nobody falls over it", async () => {
  const both = [start("hanging_up"), start("garbling")];
  await Promise.all(
    both.map(async ({ broken, worker, ended }) => {
      while (broken.length === 0) await Bun.sleep(10);
      expect(broken).toEqual(["the worker closed its line to the manager"]);
      worker.cut();
      await ended;
    }),
  );
});

test("a worker's environment is a short list, without what would make Bun run something else", () => {
  const env = {
    PATH: "/bin",
    HOME: "/home/x",
    LC_ALL: "C",
    XDG_STATE_HOME: "/s",
    BBSBOT_LOG: "debug",
    NO_COLOR: "1",
    BUN_OPTIONS: "--preload ./evil.ts",
    BUN_BE_BUN: "1",
    NODE_OPTIONS: "--require ./evil.js",
    LD_PRELOAD: "./evil.so",
    AWS_SECRET_ACCESS_KEY: "x",
    EMPTY: undefined,
  };
  expect(workerEnv(env)).toEqual({
    PATH: "/bin",
    HOME: "/home/x",
    LC_ALL: "C",
    XDG_STATE_HOME: "/s",
    BBSBOT_LOG: "debug",
    NO_COLOR: "1",
    BUN_JSC_useJIT: "0",
    BUN_JSC_forceRAMSize: "2097152",
    BUN_GC_TIMER_INTERVAL: "30000",
  });
});

test("the worker is called as agreed: argv, folder, configuration", async () => {
  const { worker, ended, folder } = start("silent");
  let argv: string[] = [];
  // Between fork and exec the list is empty.
  while (argv.length === 0) {
    argv = readFileSync(`/proc/${worker.pid}/cmdline`, "utf8").split("\0").filter(Boolean);
    await Bun.sleep(1);
  }
  expect(argv).toEqual([
    ...doubleCommand.argv,
    "worker",
    "--config",
    join(folder, "bot.yaml"),
    "--bot-id",
    "silent",
  ]);
  expect(JSON.parse(readFileSync(join(folder, "bot.yaml"), "utf8"))).toEqual(sinner("silent"));
  worker.cut();
  await ended;
});

test("a log that has grown too long keeps its tail; a short or missing one is left alone", () => {
  const folder = prepareFolder(bots, "logger", {});
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
