/** Files that hold one secret each, as a line of plain characters, and that nobody but their owner can read. */
import { closeSync, constants, fstatSync, openSync } from "node:fs";
import process from "node:process";
import { readOpened } from "./small-file.ts";

/** Bytes of such a file, at most. */
const fileMaxBytes = 1024;

/**
 * The secret in a file; undefined when there is no such file. Throws what `bad` makes of the reason for a file that is no file, that
 * others can read or write, or that is not one line of at least `minChars` characters; the reason never holds what is in it.
 */
export function readSecret(file: string, minChars: number, bad: (why: string) => Error): string | undefined {
  let handle: number;
  try {
    // Not to be held up by a pipe that nobody writes to.
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw bad((error as Error).message);
  }
  try {
    // What is open is looked at, not its name: nobody can put another file in between.
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw bad("expected a file");
    const us = process.getuid?.();
    if (us !== undefined && stat.uid !== us && stat.uid !== 0)
      throw bad("it belongs to another user, who knows what it says");
    if (us !== undefined && (stat.mode & 0o077) !== 0)
      throw bad(`others can read or write it; say: chmod 600 "${file}"`);
    const secret = readOpened(handle, fileMaxBytes)?.replace(/\r?\n$/, "");
    if (secret === undefined) throw bad(`it is larger than ${fileMaxBytes} bytes`);
    if (secret.length < minChars || !/^[!-~]*$/.test(secret))
      throw bad(`expected one line of at least ${minChars} plain characters without spaces`);
    return secret;
  } finally {
    closeSync(handle);
  }
}
