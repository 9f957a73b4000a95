/** The smallest words of configurations: numbers, paths, and what a key means. */
import { z } from "zod";

export const seconds = z.number().min(0);

/** A path. */
export const file = z.string().min(1).max(4096);

/** What a key means, for the JSON Schema that editors read. Unlike `describe` it makes no second schema: each costs every worker a kilobyte. */
export function told<S extends z.ZodType>(description: string, schema: S): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}
