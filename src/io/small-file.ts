/** Files that are small by nature, configurations and passwords: read whole, and never beyond a limit, whatever lies behind the name. */
import { closeSync, openSync, readSync } from "node:fs";

/** A file's text, or undefined where it is larger than `maxBytes`. Throws what opening and reading throws. */
export function readSmall(path: string, maxBytes: number): string | undefined {
  const file = openSync(path, "r");
  try {
    return readOpened(file, maxBytes);
  } finally {
    closeSync(file);
  }
}

/** The same for a file that is open. A size is not asked for, since pipes and devices have none. */
export function readOpened(file: number, maxBytes: number): string | undefined {
  const bytes = new Uint8Array(maxBytes + 1);
  let length = 0;
  while (length <= maxBytes) {
    const read = readSync(file, bytes, length, bytes.length - length, null);
    if (read === 0) return new TextDecoder().decode(bytes.subarray(0, length));
    length += read;
  }
  return undefined;
}

/** Why a file could not be read, in words that name no other file. */
export function readingFailed(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "ENOENT" || code === "ENOTDIR") return "no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "permission denied";
  return code ?? message ?? String(error);
}
