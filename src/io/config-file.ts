/** Configuration files of every kind, read for people who ask what is wrong with one, or what it comes to. */
import { dirname } from "node:path";
import type { z } from "zod";
import { maskSecrets } from "../proto/config.ts";
import { configSchemas, kindOf } from "../proto/config-kinds.ts";
import type { CheckedConfig, ShownConfig } from "../proto/config-kinds.ts";
import type { ConfigKind } from "../proto/kinds.ts";
import type { Llm } from "../proto/llm-config.ts";
import { Refusal } from "../proto/refusal.ts";
import { readBot } from "./bot-file.ts";
import { modelLacks } from "./model-files.ts";
import type { Environment } from "./variables.ts";
import { plainYaml, readYaml, readYamlText, toYaml } from "./yaml.ts";

/** Reads a file as whoever uses it would, password files and all. The kind is told by the file unless given. */
export function checkConfig(file: string, asKind: ConfigKind | undefined, env?: Environment): CheckedConfig {
  let kind = asKind;
  try {
    const text = readYamlText(file);
    kind ??= kindOf(plainYaml(text, file));
    const { value, warnings } = readAs(kind, text, file, env);
    return { file, kind, complaints: [], warnings: [...warnings, ...lacks(file, value, env)] };
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

/** What the model that a file sets up would want for. */
function lacks(file: string, value: Configured, env: Environment | undefined): string[] {
  const of = (llm: Llm | null | undefined, at: string) => {
    const lack = llm ? modelLacks(llm, env) : undefined;
    return lack === undefined ? [] : [`${file}: "${at}": ${lack}`];
  };
  if ("manager" in value) return of(value.manager.llm, "manager.llm");
  return "trading" in value && value.trading.strategy === "ai" ? of(value.llm, "llm") : [];
}

type Configured = z.output<(typeof configSchemas)[ConfigKind]>;

function readAs(
  kind: ConfigKind,
  text: string,
  name: string,
  env: Environment | undefined,
): { value: Configured; warnings: readonly string[] } {
  return kind === "bot"
    ? readBot(text, name, dirname(name), env)
    : readYaml<z.ZodType<Configured>>(text, name, configSchemas[kind], env);
}
