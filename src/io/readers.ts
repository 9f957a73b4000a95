/** Whether anybody still reads what we write into a pipe: the kernel is asked, for a writer who is silent is told nothing. */
import { fstatSync } from "node:fs";

// man 2 poll: struct pollfd is an int and two shorts; POLLERR is told of a pipe whose readers are all gone.
const pollfdBytes = 8;
const reventsAt = 6;
const pollErr = 0x8;

interface Native {
  dlopen(
    library: string,
    symbols: { poll: { args: string[]; returns: string } },
  ): { symbols: { poll(set: Uint8Array, count: bigint, ms: number): number } };
}
// Kept apart from import(), as in db.ts: other runtimes have no such module.
const ffi = "bun:ffi";

/** A question that can be asked again and again; undefined where the system cannot be asked, or the file is no pipe. */
export async function readersOf(fd: number): Promise<(() => boolean) | undefined> {
  if (!isPipe(fd) || !("Bun" in globalThis)) return undefined;
  try {
    const { dlopen } = (await import(ffi)) as Native;
    const { poll } = dlopen("libc.so.6", { poll: { args: ["ptr", "u64", "i32"], returns: "i32" } }).symbols;
    const set = new Uint8Array(pollfdBytes);
    const words = new DataView(set.buffer);
    words.setInt32(0, fd, true);
    return () => poll(set, 1n, 0) <= 0 || (words.getInt16(reventsAt, true) & pollErr) === 0;
  } catch {
    // Another system, another C library: then the next write has to tell.
    return undefined;
  }
}

function isPipe(fd: number): boolean {
  try {
    return fstatSync(fd).isFIFO();
  } catch {
    // It was closed before we began.
    return false;
  }
}
