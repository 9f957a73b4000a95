/** Configuration files of every kind, read for people who ask what is wrong with one, or what it comes to. */
import { dirname } from "node:path";
import { maskSecrets } from "../proto/config.ts";
import { configSchemas, kindOf } from "../proto/config-kinds.ts";
import type { CheckedConfig, ShownConfig } from "../proto/config-kinds.ts";
import type { ConfigKind } from "../proto/kinds.ts";
import { Refusal } from "../proto/refusal.ts";
import { readBot } from "./bot-file.ts";
import type { Environment } from "./variables.ts";
import { plainYaml, readYaml, readYamlText, toYaml } from "./yaml.ts";

/** Reads a file as whoever uses it would, password files and all. The kind is told by the file unless given. */
export function checkConfig(file: string, asKind: ConfigKind | undefined, env?: Environment): CheckedConfig {
  let kind = asKind;
  try {
    const text = readYamlText(file);
    kind ??= kindOf(plainYaml(text, file));
    return { file, kind, complaints: [], warnings: readAs(kind, text, file, env).warnings };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { file, ...(kind && { kind }), complaints: error.message.split("\n"), warnings: [] };
  }
}

/**
 * What a file says, secrets masked; `resolved` with its variables and every default. Without a file, what a file that says nothing
 * comes to. Throws Refusal "bad_input", a line for each thing wrong.
 */
export function showConfig(
  file: string | undefined,
  asKind: ConfigKind | undefined,
  resolved: boolean,
  env?: Environment,
): ShownConfig {
  const name = file ?? "nothing";
  const text = file === undefined ? "" : readYamlText(file);
  const written = plainYaml(text, name);
  const { value, warnings } = resolved
    ? readAs(asKind ?? kindOf(written), text, name, env)
    : { value: written, warnings: [] };
  const shown = maskSecrets(value);
  return { value: shown, yaml: toYaml(shown), warnings };
}

function readAs(
  kind: ConfigKind,
  text: string,
  name: string,
  env: Environment | undefined,
): { value: unknown; warnings: readonly string[] } {
  return kind === "bot"
    ? readBot(text, name, dirname(name), env)
    : readYaml(text, name, configSchemas[kind], env);
}
