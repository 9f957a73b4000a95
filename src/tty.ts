/** The real terminal of this process. */
import process from "node:process";
import type { Tty } from "./control/console/tty.ts";
import { Refusal } from "./proto/refusal.ts";

const { stdin, stdout, stderr } = process;

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
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.on(signal, listener);
    return () => {
      for (const signal of signals) process.off(signal, listener);
    };
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
