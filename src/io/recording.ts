/** Recordings as files: written as a connection goes on, read for `explain`. */
import { closeSync, openSync, readFileSync, statSync, writeSync } from "node:fs";
import { RecordingLine } from "../proto/recording.ts";
import { Refusal } from "../proto/refusal.ts";
import { readingFailed } from "./small-file.ts";

/** A recording grows no larger: a day of one bot's play. */
export const recordingMaxBytes = 64 * 1024 * 1024;
/** Left for the last line, which says that it stopped. */
const lastLineBytes = 200;

export interface Recorder {
  received(bytes: Uint8Array): void;
  /** Bytes as sent; of a secret only its length is kept. */
  sent(bytes: Uint8Array, secret: boolean): void;
  label(text: string): void;
  /** The connection has ended; another may follow. */
  closed(): void;
  stop(): void;
}

export interface RecorderOptions {
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number;
  /** What made the recording. */
  readonly source: string;
  /** It had to stop: the file is full, or cannot be written. */
  readonly stopped: (reason: string) => void;
  readonly maxBytes?: number;
}

/** Begins a recording in a new file that only its owner can read. Throws Refusal "bad_input" where there is one already. */
export function createRecorder(file: string, options: RecorderOptions): Recorder {
  const { now, stopped, maxBytes = recordingMaxBytes } = options;
  const began = now();
  const seconds = () => Math.round((now() - began) * 10) / 10_000;
  let size = 0;
  let fd: number | undefined = open(file);
  put({ t: 0, d: "H", source: options.source });

  function write(text: string): void {
    if (fd === undefined) return;
    try {
      writeSync(fd, text);
      size += text.length;
    } catch (error) {
      stop(`Cannot record to "${file}": ${(error as Error).message}`);
    }
  }

  function put(line: RecordingLine): void {
    if (fd === undefined) return;
    const text = `${JSON.stringify(line)}\n`;
    if (size + text.length <= maxBytes - lastLineBytes) return write(text);
    const reason = `The recording is full at ${maxBytes} bytes`;
    write(`${JSON.stringify({ t: seconds(), d: "L", label: reason })}\n`);
    stop(reason);
  }

  function stop(reason?: string): void {
    if (fd === undefined) return;
    closeSync(fd);
    fd = undefined;
    if (reason !== undefined) stopped(reason);
  }

  return {
    received: (bytes) => put({ t: seconds(), d: "S", hex: bytes.toHex() }),
    sent: (bytes, secret) => put({ t: seconds(), d: "C", hex: (secret ? masked(bytes) : bytes).toHex() }),
    label: (text) => put({ t: seconds(), d: "L", label: text.slice(0, labelMaxChars) }),
    closed: () => put({ t: seconds(), d: "X" }),
    stop: () => stop(),
  };
}

const labelMaxChars = 400;
const enter = 0x0d;
const star = 0x2a;
const masked = (bytes: Uint8Array) => bytes.map((byte) => (byte === enter ? enter : star));

function open(file: string): number {
  try {
    return openSync(file, "wx", 0o600);
  } catch (error) {
    throw new Refusal("bad_input", `Cannot record to "${file}": ${(error as Error).message}`);
  }
}

/** A recording, whole. Throws Refusal "bad_input" with file and line for anything else. */
export function readRecording(file: string): RecordingLine[] {
  const lines = textOf(file).split("\n");
  if (lines.at(-1) === "") lines.pop();
  if (lines.length === 0) throw new Refusal("bad_input", `${file}: expected a recording, found nothing`);
  return lines.map((line, index) => {
    const found = RecordingLine.safeParse(jsonOf(line));
    if (found.success) return found.data;
    const issue = found.error.issues[0];
    const at = issue && issue.path.length > 0 ? ` at "${issue.path.join(".")}"` : "";
    const wanted = 'a line of a recording such as {"t":0.5,"d":"S","hex":"00"}';
    throw new Refusal(
      "bad_input",
      `${file}:${index + 1}: expected ${wanted}, found ${JSON.stringify(line.slice(0, 60))}: ${issue?.message}${at}`,
    );
  });
}

function textOf(file: string): string {
  try {
    const { size } = statSync(file);
    if (size <= recordingMaxBytes) return readFileSync(file, "utf8");
  } catch (error) {
    throw new Refusal("bad_input", `Cannot read "${file}": ${readingFailed(error)}`);
  }
  throw new Refusal("bad_input", `${file}: expected at most ${recordingMaxBytes} bytes`);
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
