/** Schemas of the table as JSON Schema: what people and programs are shown of them. */
import { z } from "zod";

/** The last moment that there is, in milliseconds since 1970. */
const lastMoment = 8_640_000_000_000_000;

/** For `override` of `z.toJSONSchema`: leaves out what only an address needs, and what says nothing. */
export function tidy(
  zodSchema: z.core.$ZodTypes,
  json: z.core.JSONSchema.BaseSchema,
  io: "input" | "output",
): void {
  const { def } = zodSchema._zod;
  // A number that may come as digits is documented as the number it is.
  if (def.type === "pipe" && def.out._zod.def.type === "number") {
    delete json.anyOf;
    const { $schema: _, ...number } = z.toJSONSchema(def.out);
    Object.assign(json, number);
  }
  // So is a yes or no that may come as a word.
  if (def.type === "pipe" && def.out._zod.def.type === "boolean") {
    delete json.anyOf;
    json.type = "boolean";
  }
  // A list that may come as one text with commas is documented as the list it is.
  if (def.type === "pipe" && def.out._zod.def.type === "array" && json.anyOf) {
    delete json.anyOf;
    const { $schema: _, ...items } = z.toJSONSchema(def.out);
    Object.assign(json, items);
  }
  if (def.type === "default" && typeof def.defaultValue !== "object") json.default = def.defaultValue;
  // What every number, or every moment, is bound by says nothing.
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (json.maximum !== undefined && json.maximum >= lastMoment) delete json.maximum;
  // An answer may tell more than was promised.
  if (io === "output" && json.additionalProperties === false) delete json.additionalProperties;
}
