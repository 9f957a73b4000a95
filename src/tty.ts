/** The real terminal of this process. */
import process from "node:process";
import { exits } from "./control/console/exits.ts";
import type { Tty } from "./control/console/tty.ts";
import { Refusal } from "./proto/refusal.ts";

const { stdin, stdout, stderr } = process;

let readers: Promise<(() => boolean) | undefined> | undefined;

/** The exit statuses that shells give to whom these signals end. */
const endingSignals = {
  SIGINT: exits.interrupted,
  SIGTERM: exits.terminated,
  SIGHUP: exits.hungUp,
} as const;

export const tty: Tty = {
  size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
  onResize(listener) {
    stdout.on("resize", listener);
    return () => void stdout.off("resize", listener);
  },
  hasKeyboard: stdin.isTTY === true,
  onKeys(listener) {
    const heard = (bytes: Buffer | string) => listener(bytes.toString());
    stdin.setRawMode(true);
    stdin.on("data", heard);
    stdin.resume();
    return () => {
      stdin.off("data", heard);
      stdin.setRawMode(false);
      stdin.pause();
    };
  },
  async ask(question) {
    const { createInterface } = await import("node:readline/promises");
    const lines = createInterface({ input: stdin, output: stderr });
    // Read as a key here, Ctrl-C is to end the program as it does anywhere else.
    lines.once("SIGINT", () => {
      lines.close();
      stderr.write("\n");
      process.kill(process.pid, "SIGINT");
    });
    try {
      return await new Promise<string | undefined>((resolve) => {
        lines.once("close", () => resolve(undefined));
        void lines.question(question).then(resolve, () => resolve(undefined));
      });
    } finally {
      lines.close();
    }
  },
  async readLines(maxChars) {
    let text = "";
    for await (const chunk of stdin) {
      text += String(chunk);
      if (text.length > maxChars)
        throw new Refusal("bad_input", `Standard input is longer than ${maxChars} characters`);
    }
    return text.split(/\r?\n/).filter((line) => line !== "");
  },
  onInterrupt(listener) {
    const heard = (signal: keyof typeof endingSignals) => listener(endingSignals[signal]);
    const signals = Object.keys(endingSignals) as (keyof typeof endingSignals)[];
    for (const signal of signals) process.on(signal, heard);
    return () => {
      for (const signal of signals) process.off(signal, heard);
    };
  },
  async isRead() {
    readers ??= import("./io/readers.ts").then(({ readersOf }) => readersOf(1));
    return (await readers)?.() ?? true;
  },
  drained: () =>
    new Promise((resolve) => {
      // Bun takes an empty text even for a pipe that was closed; then the stream is not writable any more.
      if (!stdout.writable) resolve(false);
      else stdout.write("", (error) => resolve(!error && stdout.writable));
    }),
  monotonic: () => performance.now(),
  now: () => Math.round(performance.timeOrigin + performance.now()),
  later(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};
