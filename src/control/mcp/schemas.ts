/**
 * Schemas as a client sees them: made once, since a server is made for every request, and short, since a model has every tool's in its
 * context from the first word on. They check nothing: what does not fit is told in words.
 */
import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { z } from "zod";
import { tidy } from "../json-schema.ts";

type Json = Record<string, unknown>;
type Io = "input" | "output";

/** A schema as JSON Schema, each property at its top with a line of what it is for. */
export function jsonOf(schema: z.ZodType, io: Io, lines: Readonly<Record<string, string>> = {}): Json {
  const json = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema, io),
  });
  const shown = shortened(json, io);
  const described = Object.entries((shown["properties"] ?? {}) as Record<string, Json>).map(
    ([name, property]) => [
      name,
      { ...(lines[name] !== undefined && { description: lines[name] }), ...property },
    ],
  );
  return { ...shown, properties: Object.fromEntries(described) };
}

/** Words that say how a text is spelt, which a description says better, and such as not every host understands. */
const spelling = ["$schema", "pattern", "format", "minLength", "maxLength", "maxItems", "propertyNames"];
/** What an answer keeps to: whoever reads the answer sees it. */
const promises =
  "required default const enum minimum maximum exclusiveMinimum minItems additionalProperties".split(" ");
const unsaid: Readonly<Record<Io, ReadonlySet<string>>> = {
  input: new Set(spelling),
  output: new Set([...spelling, ...promises]),
};

/** The same in fewer words, and in none that some hosts stumble over. */
function shortened({ type, prefixItems, ...json }: Json, io: Io): Json {
  const kept = Object.entries(json)
    .filter(([key]) => !unsaid[io].has(key))
    .map(([key, value]) => [key, within[key]?.(value, io) ?? value]);
  const tuple = prefixItems as Json[] | undefined;
  const { additionalProperties: more, properties, ...rest } = Object.fromEntries(kept) as Json;
  return {
    ...(Array.isArray(type) ? { anyOf: type.map((one) => ({ type: one })) } : type !== undefined && { type }),
    ...(properties !== undefined && isSaying(properties) && { properties }),
    ...rest,
    ...(tuple && { items: inside(tuple[0]!, io), minItems: tuple.length, maxItems: tuple.length }),
    ...(more !== undefined && isSaying(more) && { additionalProperties: more }),
  };
}

/** An empty schema says no more than none. */
const isSaying = (value: unknown): boolean => JSON.stringify(value) !== "{}";

/** Where there are schemas within a schema. */
const within: Readonly<Record<string, (value: unknown, io: Io) => unknown>> = {
  properties: (value, io) =>
    Object.fromEntries(
      Object.entries(value as Record<string, Json>).map(([key, json]) => [key, inside(json, io)]),
    ),
  items: (value, io) => (typeof value === "object" ? inside(value as Json, io) : value),
  additionalProperties: (value, io) => (typeof value === "object" ? inside(value as Json, io) : value),
  anyOf: (value, io) => (value as Json[]).map((json) => inside(json, io)),
};

/** Of what an answer holds only the first level is told: the rows of a list are known once they are seen. */
const inside = (json: Json, io: Io): Json =>
  io === "output" && json["type"] === "object" ? { type: "object" } : shortened(json, io);

/** JSON Schema in the form in which the library takes schemas. It checks nothing: a tool parses what it is given, and says what does not fit. */
export const ready = (json: Json): StandardSchemaWithJSON<unknown, unknown> => ({
  "~standard": {
    version: 1,
    vendor: "bbsbot",
    validate: (value) => ({ value }),
    jsonSchema: { input: () => json, output: () => json },
  },
});
