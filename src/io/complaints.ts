/** What a schema finds wrong, as lines for people: where, what was found, what was wanted, and what was probably meant. */
import { z } from "zod";
import { isSecretKey, maskSecrets } from "../proto/config.ts";
import { nearestOf } from "./nearest.ts";

/** Where a key, or its value, stands. */
export type PlaceOf = (path: readonly PropertyKey[], ofKey: boolean) => string;

/** A wrong value is shown up to so many characters. */
const shownMaxChars = 200;
/** A longer word is no slip of the finger, and comparing it would take long. */
const wordMaxChars = 100;

/** A line for each thing wrong with a value. No line shows what stands under a secret's key. */
export function complaintsOf(
  error: z.ZodError,
  schema: z.ZodType,
  value: unknown,
  placeOf: PlaceOf,
): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map(
          (key) => `${placeOf([...issue.path, key], true)}: ${unknownKey(schema, issue.path, key)}`,
        )
      : [`${placeOf(issue.path, false)}: ${wrongValue(issue, value)}`],
  );
}

function unknownKey(schema: z.ZodType, path: readonly PropertyKey[], key: string): string {
  const known = keysAt(schema, path);
  const nearest = key.length <= wordMaxChars ? nearestOf(key, known) : undefined;
  const where = path.length > 0 ? ` under "${path.join(".")}"` : "";
  const hint = nearest ? `; did you mean "${nearest}"?` : "";
  return `unknown key "${key.slice(0, wordMaxChars)}"${where}: expected one of ${known.join(", ")}${hint}`;
}

function wrongValue(issue: z.core.$ZodIssue, value: unknown): string {
  const found = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
  const label = issue.path.length > 0 ? `"${issue.path.join(".")}"` : "the file";
  const wanted = issue.message.replace(/^Invalid (input|option): /, "").replace(/, received .*$/, "");
  const secret = issue.path.some(isSecretKey);
  const shown = secret ? `a ${typeof found}` : JSON.stringify(maskSecrets(found))?.slice(0, shownMaxChars);
  const advice = secret && typeof found === "number" ? " (put it in quotes)" : "";
  return `${label} is ${shown}: ${wanted}${advice}`;
}

/** The keys a schema takes at a path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: z.ZodType | undefined = unwrap(schema);
  for (const key of path) at = unwrap(inside(at, key));
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function inside(schema: z.ZodType | undefined, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return schema instanceof z.ZodObject ? (schema.shape as Record<PropertyKey, z.ZodType>)[key] : undefined;
}

/** What lies under defaults and the like. */
function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (schema instanceof z.ZodLazy) return unwrap(schema.unwrap() as z.ZodType);
  const inner = (schema?.def as { innerType?: z.ZodType } | undefined)?.innerType;
  return inner ? unwrap(inner) : schema;
}
