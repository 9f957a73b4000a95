/** Schemas as a client sees them: made once, since a server is made for every request. */
import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { z } from "zod";
import { tidy } from "../json-schema.ts";

type Json = Record<string, unknown>;

/** A schema as JSON Schema, each property at its top with a line of what it is for. */
export function jsonOf(
  schema: z.ZodType,
  io: "input" | "output",
  lines: Readonly<Record<string, string>> = {},
): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema, io),
  });
  const shown = portable(json);
  const described = Object.entries((shown["properties"] ?? {}) as Record<string, Json>).map(
    ([name, property]) => [
      name,
      { ...(lines[name] !== undefined && { description: lines[name] }), ...property },
    ],
  );
  return { ...shown, properties: Object.fromEntries(described) };
}

/** The same without words that not every host understands: each one reads, and many hold arguments against, what a model is shown. */
function portable({ type, pattern, prefixItems, ...json }: Json): Json {
  const inside = Object.entries(json).map(([key, value]) => [key, within[key]?.(value) ?? value]);
  const tuple = prefixItems as Json[] | undefined;
  const { additionalProperties: more, ...rest } = Object.fromEntries(inside) as Json;
  return {
    ...(Array.isArray(type) ? { anyOf: type.map((one) => ({ type: one })) } : type !== undefined && { type }),
    // Read without the flag that it needs, such a pattern lets nothing through.
    ...(typeof pattern === "string" && !pattern.includes("\\P{") && { pattern }),
    ...rest,
    ...(tuple && { items: portable(tuple[0]!), minItems: tuple.length, maxItems: tuple.length }),
    // An empty schema says no more than none.
    ...(more !== undefined && JSON.stringify(more) !== "{}" && { additionalProperties: more }),
  };
}

/** Where there are schemas within a schema. */
const within: Readonly<Record<string, (value: unknown) => unknown>> = {
  properties: (value) =>
    Object.fromEntries(
      Object.entries(value as Record<string, Json>).map(([key, json]) => [key, portable(json)]),
    ),
  items: (value) => (typeof value === "object" ? portable(value as Json) : value),
  additionalProperties: (value) => (typeof value === "object" ? portable(value as Json) : value),
  anyOf: (value) => (value as Json[]).map(portable),
};

/** JSON Schema in the form in which the library takes schemas. It checks nothing: a tool parses what it is given, and says what does not fit. */
export const ready = (json: Json): StandardSchemaWithJSON<unknown, unknown> => ({
  "~standard": {
    version: 1,
    vendor: "bbsbot",
    validate: (value) => ({ value }),
    jsonSchema: { input: () => json, output: () => json },
  },
});
