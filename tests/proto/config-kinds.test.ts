import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configSchemas, jsonSchemaOf, kindOf } from "../../src/proto/config-kinds.ts";
import { configKinds } from "../../src/proto/kinds.ts";

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly anyOf?: readonly Schema[];
  readonly $ref?: string;
  readonly default?: unknown;
}

test.each(configKinds)("schemas/%s.schema.json is what `config schema` prints", (kind) => {
  const file = join(import.meta.dir, `../../schemas/${kind}.schema.json`);
  // After a change: bun src/cli.ts config schema <kind> > schemas/<kind>.schema.json
  expect(readFileSync(file, "utf8")).toBe(`${JSON.stringify(jsonSchemaOf(kind), null, 2)}\n`);
});

test("a schema is of the draft it names, takes no other keys, and refers to nothing that is not in it", () => {
  for (const kind of configKinds) {
    const schema = jsonSchemaOf(kind);
    expect(schema["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
    const text = JSON.stringify(schema);
    expect(new Set(text.match(/"\$ref":"[^"]*"/g))).toEqual(new Set(['"$ref":"#/$defs/variable"']));
    expect((schema as Schema).additionalProperties).toBe(false);
  }
});

/** Keys of a schema with their paths, sections left out. */
function keysOf({ properties = {} }: Schema, above = ""): [string, Schema][] {
  return Object.entries(properties).flatMap(([key, inner]) =>
    inner.properties ? keysOf(inner, `${above}${key}.`) : [[above + key, inner]],
  );
}

test("every key of a bot, a manager and the command line is explained, and has the default that a file without it gets", () => {
  for (const kind of ["bot", "manager", "cli"] as const) {
    const defaults = configSchemas[kind].parse({}) as Record<string, unknown>;
    for (const [path, { description, default: told }] of keysOf(jsonSchemaOf(kind) as Schema)) {
      expect([path, typeof description]).toEqual([path, "string"]);
      const real = path
        .split(".")
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], defaults);
      expect([path, told]).toEqual([path, real]);
    }
  }
});

test("a number, a choice or a truth value may be a variable to an editor, too", () => {
  const { port } = (jsonSchemaOf("bot") as Schema).properties!["connection"]!.properties!;
  expect(port?.anyOf).toContainEqual({ $ref: "#/$defs/variable" });
});

test("a kind is told by the sections that only it has", () => {
  const kinds = [{ manager: 1 }, { host: 1 }, { games: [] }, { url: 1 }, { trading: {} }, null, "x", []].map(
    kindOf,
  );
  expect(kinds.join(" ")).toBe("manager host host cli bot bot bot bot");
});
