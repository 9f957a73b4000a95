/** What was used of a model's budget, in a small file: the next process goes on from there, on the same day. */
import { z } from "zod";
import { writePrivate } from "./identity.ts";
import { readSmall } from "./small-file.ts";

/** A line for each bot whose plans are counted, and little beside them. */
const fileMaxBytes = 8 * 1024 * 1024;

const Kept = z.object({
  /** Whose budget it is. */
  of: z.string(),
  day: z.int(),
  calls: z.int().min(0),
  tokens: z.number().min(0),
  cost: z.number().min(0),
  plans: z.record(z.string(), z.int().min(0)),
});
export type KeptSpent = Omit<z.infer<typeof Kept>, "of">;

export interface SpentFile {
  /** What was kept; undefined for nothing, for another model's, and for what cannot be read, of which `note` is told. */
  read(): KeptSpent | undefined;
  /** Writes it, whole or not at all. Errors: the file system's. */
  keep(spent: KeptSpent): void;
}

/** `of`: whose budget it is, in a word that no other has. */
export function spentFile(file: string, of: string, note: (text: string) => void): SpentFile {
  return {
    read() {
      let text: string | undefined;
      try {
        text = readSmall(file, fileMaxBytes);
      } catch (error) {
        if ((error as { code?: string }).code === "ENOENT") return undefined;
        note(`"${file}" cannot be read, and today's budget begins anew: ${(error as Error).message}`);
        return undefined;
      }
      const kept = Kept.safeParse(jsonOf(text));
      if (kept.success) {
        const { of: whose, ...spent } = kept.data;
        return whose === of ? spent : undefined;
      }
      note(`"${file}" tells nothing of a budget, and today's begins anew`);
      return undefined;
    },
    keep: (spent) => writePrivate(file, `${JSON.stringify({ of, ...spent })}\n`),
  };
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
