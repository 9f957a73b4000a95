/** Processes of our own that another of ours starts and takes down again: the demo's host and manager. */
import { openSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { selfCommand } from "./doors.ts";
import { Refusal } from "./proto/refusal.ts";

const readyMaxMs = 30_000;
const stopMaxMs = 15_000;

export interface Child {
  readonly pid: number;
  /** What it printed first. */
  readonly ready: Promise<Record<string, unknown>>;
  /** Rejects when it ends without having been told to. */
  readonly died: Promise<never>;
  stop(): Promise<void>;
}

/**
 * Starts one of our own processes with a channel to it: it ends itself when the channel closes, so even a killed demo
 * leaves nothing. In a session of its own, so that Ctrl-C reaches it through us, in order.
 */
export function startChild(name: string, argv: readonly string[], folder: string): Child {
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, "a");
  const { BUN_OPTIONS: _, BUN_BE_BUN: __, ...env } = process.env;
  const child = Bun.spawn([...selfCommand(), ...argv], {
    argv0: "bbsbot",
    env,
    stdin: "ignore",
    stdout: "pipe",
    stderr: log,
    detached: true,
    serialization: "json",
    ipc: () => undefined,
  });
  const fail = async (why: string): Promise<never> => {
    const tail = (await Bun.file(logFile).text()).trim().split("\n").slice(-5).join("\n");
    throw new Refusal("unavailable", `The ${name} ${why}\n${tail}`);
  };
  let late: ReturnType<typeof setTimeout> | undefined;
  const ready = Promise.race([
    firstLine(child.stdout).then((line) => (line ? parsed(line) : fail("ended before it was ready"))),
    new Promise<void>((resolve) => (late = setTimeout(resolve, readyMaxMs))).then(() =>
      fail(`was not ready within ${readyMaxMs / 1000} s`),
    ),
  ]).finally(() => clearTimeout(late));
  // Awaited by whoever needs the child; until then a failure must not count as unhandled.
  ready.catch(() => undefined);
  let told = false;
  const died = child.exited.then(() => (told ? new Promise<never>(() => undefined) : fail("ended unasked")));
  died.catch(() => undefined);
  return {
    pid: child.pid,
    ready,
    died,
    async stop() {
      told = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), stopMaxMs);
      await child.exited;
      clearTimeout(late);
    },
  };
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string | undefined> {
  let text = "";
  for await (const bytes of stream) {
    text += new TextDecoder().decode(bytes);
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
  }
  return undefined;
}

const parsed = (line: string) => JSON.parse(line) as Record<string, unknown>;
