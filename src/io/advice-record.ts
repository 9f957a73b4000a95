/**
 * A record of what models were asked and what came of it, a line of JSON for each: enough to see what a call said, and to play a bot's
 * life again without the model. Written by whoever asks: a manager for all its bots, or a worker that plays alone.
 */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { z } from "zod";
import {
  AdviceFailure,
  AdviceOutcome,
  type Asked,
  type Call,
  type CallResult,
  planMaxChars,
  type TakenIn,
} from "../proto/advice.ts";
import { BotId } from "../proto/ids.ts";
import { Refusal } from "../proto/refusal.ts";
import { readingFailed } from "./small-file.ts";

/** A record grows no larger, in bytes: some hours of a swarm that asks thirty times a minute. */
export const adviceRecordMaxBytes = 256 * 1024 * 1024;
/** Longest line, in bytes: the largest prompt and the largest answer, written as JSON. */
const lineMaxBytes = 8 * 1024 * 1024;
/** Bytes that are read at a time. */
const pieceBytes = 64 * 1024;
const lineEnd = 0x0a;

const at = z.number();
const Line = z.discriminatedUnion("type", [
  /** What calls say before their prompts, told once for each text; calls name it by its hash. */
  z.object({ type: z.literal("instructions"), at, hash: z.string(), text: z.string() }),
  z.object({
    type: z.literal("called"),
    at,
    provider: z.string(),
    model: z.string(),
    instructions: z.string(),
    prompt: z.string(),
    asked: z.array(z.object({ bot: BotId, id: z.int(), at: z.int() })),
    ms: z.number(),
    /** The answer, or why there is none. */
    answer: z.string().optional(),
    failed: AdviceFailure.optional(),
    words: z.string().optional(),
    input_tokens: z.int().optional(),
    output_tokens: z.int().optional(),
  }),
  /** What a bot took in, when it had made `choices`: a plan, or the reason why none came; and what became of it. */
  z.object({
    type: z.literal("took"),
    at,
    bot: BotId,
    id: z.int(),
    choices: z.int(),
    plan: z.string().max(planMaxChars).optional(),
    outcome: AdviceOutcome,
  }),
]);
type Line = z.infer<typeof Line>;

/** What was asked with one call, and what came of it. */
export interface Called {
  readonly provider: string;
  readonly model: string;
  readonly call: Call;
  readonly asked: readonly Asked[];
  readonly result: CallResult;
}

/** What a bot took in. `plan`: unless none came. */
export interface Took {
  readonly bot: string;
  readonly id: number;
  readonly at: number;
  readonly plan?: string | undefined;
  readonly outcome: AdviceOutcome;
}

export interface AdviceRecord {
  /** `now`: milliseconds since 1970. */
  called(called: Called, now: number): void;
  took(took: Took, now: number): void;
  close(): void;
}

export interface AdviceRecordOptions {
  /** It had to stop, which is told once: the file is full, or cannot be written. */
  readonly stopped: (reason: string) => void;
  readonly maxBytes?: number;
}

/**
 * Goes on with a record, or begins one in a new file that only its owner can read. A last line that was cut short is taken off. Throws
 * Refusal "bad_input" where nothing can be written, and for a file that is no record.
 */
export function openAdviceRecord(file: string, options: AdviceRecordOptions): AdviceRecord {
  const { stopped, maxBytes = adviceRecordMaxBytes } = options;
  let fd: number | undefined = open(file);
  let size = fstatSync(fd).size;
  let told: string | undefined;

  function put(line: Line): void {
    if (fd === undefined) return;
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    if (size + bytes.length > maxBytes) return stop(`The record "${file}" is full at ${maxBytes} bytes`);
    try {
      // In one piece, as it is asked for: nobody else's line comes into it.
      writeSync(fd, bytes);
      size += bytes.length;
    } catch (error) {
      stop(`Cannot record to "${file}": ${(error as Error).message}`);
    }
  }

  function stop(reason?: string): void {
    if (fd === undefined) return;
    closeSync(fd);
    fd = undefined;
    if (reason !== undefined) stopped(reason);
  }

  function hashOf(text: string, now: number): string {
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
    if (hash !== told) put({ type: "instructions", at: now, hash, text });
    return (told = hash);
  }

  return {
    called({ provider, model, call, asked, result }, now) {
      const { ms, inputTokens, outputTokens } = result;
      put({
        type: "called",
        at: now,
        provider,
        model,
        instructions: hashOf(call.instructions, now),
        prompt: call.prompt,
        asked: asked.map((one) => ({ bot: one.bot, id: one.id, at: one.at })),
        ms,
        ...(result.how === "replied"
          ? { answer: result.text }
          : { failed: result.reason, words: result.words }),
        ...(inputTokens !== undefined && { input_tokens: inputTokens }),
        ...(outputTokens !== undefined && { output_tokens: outputTokens }),
      });
    },
    took({ bot, id, at: choices, plan, outcome }, now) {
      put({ type: "took", at: now, bot, id, choices, ...(plan !== undefined && { plan }), outcome });
    },
    close: () => stop(),
  };
}

function open(file: string): number {
  let fd: number | undefined;
  try {
    fd = openSync(file, "a+", 0o600);
    ftruncateSync(fd, wholeBytes(fd, file));
    return fd;
  } catch (error) {
    if (fd !== undefined) closeSync(fd);
    if (error instanceof Refusal) throw error;
    throw new Refusal("bad_input", `Cannot record to "${file}": ${readingFailed(error)}`);
  }
}

/** Bytes up to the end of the last whole line. Refuses what does not begin as a record: nothing is added to a file of another kind, and nothing taken off. */
function wholeBytes(fd: number, file: string): number {
  const { size } = fstatSync(fd);
  if (size === 0) return 0;
  const { value: first } = linesOf(fd, file).next();
  if (!first || !parsed(first))
    throw new Refusal("bad_input", `${file}: is no record of a model's answers: nothing is added to it`);
  const piece = Buffer.alloc(pieceBytes);
  for (let from = size; from > 0;) {
    const start = Math.max(0, from - pieceBytes);
    const length = readSync(fd, piece, 0, from - start, start);
    const end = piece.subarray(0, length).lastIndexOf(lineEnd);
    if (end >= 0) return start + end + 1;
    from = start;
  }
  return 0;
}

/**
 * What a bot took in, in the last of its lives that is in the record: for a life that is to go the same way. Throws Refusal
 * "bad_input" for a file that cannot be read, and with file and line for whatever is no line of a record.
 */
export function readAdvice(file: string, bot: string): TakenIn[] {
  let taken: TakenIn[] = [];
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch (error) {
    throw new Refusal("bad_input", `Cannot read "${file}": ${readingFailed(error)}`);
  }
  try {
    let number = 0;
    for (const text of linesOf(fd, file)) {
      number++;
      const line = parsed(text);
      if (!line) throw broken(file, number, text);
      if (line.type !== "took" || line.bot !== bot) continue;
      const { id, choices } = line;
      // Questions are numbered from 1 on in each life.
      const last = taken.at(-1);
      if (last && id <= last.id) taken = [];
      taken.push(takenIn(line, id, choices) ?? raise(broken(file, number, text)));
    }
  } finally {
    closeSync(fd);
  }
  return taken;
}

function takenIn({ plan, outcome }: Extract<Line, { type: "took" }>, id: number, choices: number) {
  if (plan !== undefined) return { id, at: choices, plan };
  const reason = AdviceFailure.safeParse(outcome);
  return reason.success ? { id, at: choices, reason: reason.data } : undefined;
}

function raise(error: Error): never {
  throw error;
}

const broken = (file: string, number: number, text: string) =>
  new Refusal(
    "bad_input",
    `${file}:${number}: expected a line of a record of a model's answers, found ${JSON.stringify(text.slice(0, 60))}`,
  );
const tooLong = (file: string, number: number) =>
  new Refusal("bad_input", `${file}:${number}: expected lines of at most ${lineMaxBytes} bytes`);

function parsed(text: string): Line | undefined {
  try {
    return Line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The lines that have their end; what comes after the last was cut short. */
function* linesOf(fd: number, file: string): Generator<string, undefined> {
  const piece = Buffer.alloc(pieceBytes);
  let rest: Buffer[] = [];
  let restBytes = 0;
  let offset = 0;
  for (let number = 1; ;) {
    const length = readSync(fd, piece, 0, piece.length, offset);
    if (length === 0) return undefined;
    let start = 0;
    for (let end = piece.indexOf(lineEnd); end >= 0 && end < length; end = piece.indexOf(lineEnd, start)) {
      const text = Buffer.concat([...rest, piece.subarray(start, end)]).toString("utf8");
      rest = [];
      restBytes = 0;
      start = end + 1;
      number++;
      yield text;
    }
    restBytes += length - start;
    if (restBytes > lineMaxBytes) throw tooLong(file, number);
    rest.push(Buffer.from(piece.subarray(start, length)));
    offset += length;
  }
}
