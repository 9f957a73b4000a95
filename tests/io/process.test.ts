import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { draftFolder, signalWorker, startWorker, useDraft, workerEnv } from "../../src/io/process.ts";
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
  const folder = draftFolder(bots, id, sinner(sin));
  useDraft(folder);
  const heard: { type: string }[] = [];
  const closed: number[] = [];
  const ended = Promise.withResolvers<Ended>();
  const worker = startWorker(command, id, folder, {
    heard: (message) => heard.push(message as { type: string }),
    closed: () => closed.push(performance.now()),
    exited: (code, signal) => ended.resolve({ code, signal }),
  });
  const hears = async (type: string) => {
    while (!heard.some((message) => message.type === type)) await Bun.sleep(5);
  };
  return { worker, heard, closed, ended: ended.promise, hears, folder };
}

const cut = (worker: { pid: number; ticks: number | undefined }) =>
  signalWorker(worker.pid, worker.ticks, "SIGKILL");

test("exit codes and signals arrive as what they are", async () => {
  expect(await start("wordless").ended).toEqual({ code: 0, signal: null });
  expect(await start("exiting:42").ended).toEqual({ code: 42, signal: null });
  const { worker, hears, ended } = start("falling_silent");
  await hears("playing");
  cut(worker);
  expect(await ended).toEqual({ code: null, signal: "SIGKILL" });
});

test("a missing program throws at the start", () => {
  expect(() => start("good", { argv: ["/nowhere/bbsbot"] })).toThrow();
});

test("sending to a worker that is gone is false, not an exception", async () => {
  const { worker, ended } = start("wordless");
  await ended;
  expect(worker.send({ type: "dial" })).toBe(false);
  worker.close();
});

test("a signal goes to the process that was meant, and to no other that has its number", async () => {
  const { worker, hears, ended } = start("falling_silent");
  await hears("playing");
  signalWorker(worker.pid, worker.ticks! - 1, "SIGKILL");
  await Bun.sleep(50);
  expect(await isAlive(worker.pid)).toBe(true);
  signalWorker(worker.pid, worker.ticks, "SIGKILL");
  expect(await ended).toEqual({ code: null, signal: "SIGKILL" });
  signalWorker(worker.pid, worker.ticks, "SIGKILL");
});

test("a channel that closes or garbles is told of once, and nobody falls over it", async () => {
  const both = [start("hanging_up"), start("garbling")];
  await Promise.all(
    both.map(async ({ closed, worker, ended }) => {
      while (closed.length === 0) await Bun.sleep(10);
      await Bun.sleep(50);
      expect(closed).toHaveLength(1);
      expect(await isAlive(worker.pid)).toBe(true);
      cut(worker);
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
    BBSBOT_TOKEN: "of the manager's people",
    BBSBOT_LLM_API_KEY: "of the model that the manager asks",
    NO_COLOR: "1",
    BUN_OPTIONS: "--preload ./evil.ts",
    BUN_BE_BUN: "1",
    NODE_OPTIONS: "--require ./evil.js",
    LD_PRELOAD: "./evil.so",
    AWS_SECRET_ACCESS_KEY: "x",
    EMPTY: undefined,
  };
  expect(workerEnv(env, { BUN_GC_TIMER_INTERVAL: "30000" })).toEqual({
    PATH: "/bin",
    HOME: "/home/x",
    LC_ALL: "C",
    XDG_STATE_HOME: "/s",
    BBSBOT_LOG: "debug",
    NO_COLOR: "1",
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
  cut(worker);
  await ended;
});
