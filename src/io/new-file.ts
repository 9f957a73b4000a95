/** Files that people ask us to write: there as a whole, or not at all. */
import { randomBytes } from "node:crypto";
import { link, open, rename, rm } from "node:fs/promises";
import { Refusal } from "../proto/refusal.ts";

/**
 * Writes a new file from its pieces, beside its place and then into it, so that nobody ever finds a part of it. Throws Refusal
 * "conflict" where there is one already, unless `replace`, and "unavailable" where it cannot be written; then nothing is left behind.
 */
export async function writeFile(
  path: string,
  chunks: AsyncIterable<string>,
  replace: boolean,
): Promise<void> {
  if (path === "-" || path === "") throw new Refusal("bad_input", `"${path}" is no file's name`);
  const draft = `${path}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(draft, "wx");
    try {
      for await (const chunk of chunks) await file.writeFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    // A link to a name that is there fails: nobody can put a file in between.
    if (replace) await rename(draft, path);
    else await link(draft, path);
  } catch (error) {
    throw refusalOf(path, error);
  } finally {
    await rm(draft, { force: true });
  }
}

/** What went wrong with the file; what went wrong with the pieces is told as it is. */
function refusalOf(path: string, error: unknown): unknown {
  const { code, message } = error as { code?: string; message: string };
  if (error instanceof Refusal || code === undefined) return error;
  if (code === "EEXIST")
    return new Refusal("conflict", `"${path}" is there already; --replace writes over it`);
  if (code === "ENOSPC") return new Refusal("disk_full", `Cannot write "${path}": the disk is full`);
  return new Refusal("unavailable", `Cannot write "${path}": ${message}`);
}
