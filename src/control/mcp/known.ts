/** What could have been said where something unknown was: the keys that a schema knows at a place. */
import { z } from "zod";

/** Keys that lead to files, which only the manager's own configurations may. */
const isHidden = (key: string): boolean => key.endsWith("_file");

/** The keys of the object at `path`, such as "config.trading"; none where there is no object. */
export function keysAt(schema: z.ZodType, path: string): string[] {
  let at: z.core.$ZodType | undefined = bare(schema);
  for (const key of path === "" ? [] : path.split("."))
    at = at && bare(at instanceof z.ZodArray ? at.element : shapeOf(at)[key]);
  return Object.keys(shapeOf(at)).filter((key) => !isHidden(key));
}

const shapeOf = (schema: z.core.$ZodType | undefined): Readonly<Record<string, z.core.$ZodType>> =>
  schema instanceof z.ZodObject ? schema.shape : {};

/** What is behind defaults and the like. */
function bare(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  const { def } = schema?._zod ?? {};
  return def && "innerType" in def ? bare(def.innerType as z.core.$ZodType) : schema;
}
