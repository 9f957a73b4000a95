/** Where a stream of lines goes: to stdout, no faster than they are taken, until it is at its end, nobody reads any more, or it is asked to end. */
import type { Doors } from "./doors.ts";
import { exits } from "./exits.ts";

/** Lines that wait for a slow reader. Of a stream that comes by itself, those above are left out, and told of. */
export const linesWaitingMax = 20_000;
/** Where nothing is written, it is asked so often whether anybody still reads, in milliseconds. */
export const lookForReaderMs = 1000;
/** Lines that are written at once. */
const batchLines = 500;

export interface Outlet {
  /** Puts a line (without its end) behind those that wait. */
  put(line: string): void;
  /** Puts many, no faster than they are taken: of these none is left out. */
  putAll(lines: Iterable<string>): Promise<void>;
  /** Puts a piece of text as it is, when what was put before is taken. */
  putText(text: string): Promise<void>;
  /** Settles when every line has been taken, or nobody takes any more. */
  taken(): Promise<void>;
  /** Settles after so many milliseconds, or when it is over. */
  pause(ms: number): Promise<void>;
  /** True once nobody reads any more, or it was asked to end. */
  isOver(): boolean;
  /** Settles when it is over. */
  readonly over: Promise<unknown>;
}

/** Lets a work write a stream; the exit status. A work that has ended leaves nothing unwritten; one that is over is waited for no longer. */
export async function stream(
  { console, tty }: Pick<Doors, "console" | "tty">,
  work: (outlet: Outlet) => Promise<number | void>,
): Promise<number> {
  let waiting: string[] = [];
  let leftOut = 0;
  let pumping: Promise<void> | undefined;
  let status: number | undefined;
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const finish = (how: number) => {
    status ??= how;
    resolve();
  };
  const pump = async () => {
    while (waiting.length > 0 && status === undefined) {
      const batch = waiting.slice(0, batchLines);
      waiting = waiting.slice(batchLines);
      console.out(batch.join(""));
      if (!(await tty.drained())) finish(exits.ok);
    }
    if (leftOut > 0) console.err(`${leftOut} lines were left out: they came faster than they were taken\n`);
    leftOut = 0;
    pumping = undefined;
  };
  const taken = async () => {
    while (pumping && status === undefined) await Promise.race([pumping, over]);
  };

  const enqueue = (text: string) => {
    if (status !== undefined) return;
    if (waiting.length < linesWaitingMax) waiting.push(text);
    else leftOut++;
    // What is put in one go is written in one.
    pumping ??= Promise.resolve().then(pump);
  };

  const put = (line: string) => enqueue(`${line}\n`);

  const callOff = tty.onInterrupt(finish);
  let callOffLook = () => {};
  const lookLater = () => {
    callOffLook = tty.later(lookForReaderMs, () => void look());
  };
  const look = async () => {
    if (!(await tty.isRead())) finish(exits.ok);
    if (status === undefined) lookLater();
  };
  lookLater();
  try {
    const worked = work({
      put,
      async putText(text) {
        await taken();
        enqueue(text);
        await taken();
      },
      async putAll(lines) {
        for (const line of lines) {
          if (waiting.length >= batchLines) await taken();
          if (status !== undefined) return;
          put(line);
        }
      },
      taken,
      async pause(ms) {
        const { promise: rung, resolve: ring } = Promise.withResolvers<void>();
        const cancel = tty.later(ms, ring);
        await Promise.race([rung, over]);
        cancel();
      },
      isOver: () => status !== undefined,
      over,
    });
    const ended = await Promise.race([worked, over]);
    await taken();
    return status ?? ended ?? exits.ok;
  } finally {
    finish(exits.ok);
    callOffLook();
    callOff();
  }
}
