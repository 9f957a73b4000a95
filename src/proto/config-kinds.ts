/** The kinds of configuration files: how they are told apart, and what each may say, as JSON Schema for editors. */
import { z } from "zod";
import { CliConfig } from "./cli-config.ts";
import { BotConfig } from "./config.ts";
import { ManagerConfig } from "./manager-config.ts";
import { HostConfig } from "./host-config.ts";
import type { ConfigKind } from "./kinds.ts";

export const configSchemas = {
  bot: BotConfig,
  manager: ManagerConfig,
  host: HostConfig,
  cli: CliConfig,
} as const satisfies Record<ConfigKind, z.ZodType>;

/** The kind of a file that says this; a bot's unless it has a section or a key that only another has. */
export function kindOf(value: unknown): ConfigKind {
  const has = (key: string) => typeof value === "object" && value !== null && key in value;
  if (has("manager")) return "manager";
  if (has("host") || has("games")) return "host";
  return Object.keys(CliConfig.shape).some(has) ? "cli" : "bot";
}

/** What a look at a file found, in lines with their places in front. */
export interface CheckedConfig {
  readonly file: string;
  /** Unknown where the file cannot be read at all. */
  readonly kind?: ConfigKind;
  /** None where the file can be used. */
  readonly complaints: readonly string[];
  /** Keys that were taken but mean nothing. */
  readonly warnings: readonly string[];
}

/** A configuration without its secrets, as a value and as YAML. */
export interface ShownConfig {
  readonly value: unknown;
  readonly yaml: string;
  readonly warnings: readonly string[];
}

type Json = { [key: string]: unknown };

/** What may be written in a file of a kind, as JSON Schema draft 2020-12. */
export function jsonSchemaOf(kind: ConfigKind): Json {
  const { $schema, ...schema } = z.toJSONSchema(configSchemas[kind], { io: "input" }) as Json;
  return {
    $schema,
    title: `${kind}.yaml of bbsbot`,
    ...(withVariables(schema) as Json),
    $defs: { variable: { type: "string", pattern: "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}" } },
  };
}

/** The same schema, that also takes a variable wherever it takes a value that a text with `${NAME}` in it is not. */
function withVariables(at: unknown): unknown {
  if (typeof at !== "object" || at === null) return at;
  if (Array.isArray(at)) return at.map(withVariables);
  const schema = Object.fromEntries(
    Object.entries(at as Json).map(([key, inner]) => [
      key,
      key === "default" || key === "enum" || key === "propertyNames" ? inner : withVariables(inner),
    ]),
  );
  const { description, default: otherwise, ...value } = schema;
  if (!isNarrow(value)) return schema;
  return {
    ...(description === undefined ? {} : { description }),
    ...(otherwise === undefined ? {} : { default: otherwise }),
    anyOf: [value, { $ref: "#/$defs/variable" }],
  };
}

const isNarrow = ({ type, enum: words, pattern }: Json) =>
  ["integer", "number", "boolean"].includes(type as string) || words !== undefined || pattern !== undefined;
