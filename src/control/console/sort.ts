/** The word behind --sort, wherever bots are put in order. */
import { Refusal } from "../../proto/refusal.ts";
import type { Sort, SortKey } from "../../proto/operations/looking.ts";

export interface Sorting {
  readonly by: SortKey;
  /** The greatest first. */
  readonly falling: boolean;
}

/** "credits", or "-credits" for the greatest first. Throws Refusal "bad_input" for what is no key. */
export async function sortingFrom(text: string): Promise<Sorting> {
  const { sortKeys } = await import("../../proto/operations/looking.ts");
  const falling = text.startsWith("-");
  const by = sortKeys.find((key) => key === (falling ? text.slice(1) : text));
  if (by) return { by, falling };
  throw new Refusal(
    "bad_input",
    `Cannot sort by "${text}": expected one of ${sortKeys.join(", ")}; a minus in front turns it round`,
  );
}

/** The same as managers take it. */
export const sortWord = ({ by, falling }: Sorting): Sort => (falling ? `-${by}` : by);
