/**
 * bot.yaml as its reader hands it on: checked; of a file, variables and password files are put in place. Only its `llm` section may still lead
 * to files.
 */
import { dirname } from "node:path";
import { BotConfig, filesNamedIn, namesFile } from "../proto/config.ts";
import { Refusal } from "../proto/refusal.ts";
import { withModelPaths } from "./model-files.ts";
import { withPasswords } from "./passwords.ts";
import type { Environment } from "./variables.ts";
import { readYaml, readYamlText, type Loaded } from "./yaml.ts";

/** Reads and checks a bot's file. Throws Refusal "bad_input", a line for each thing wrong. */
export const loadBot = (path: string, env?: Environment): Loaded<BotConfig> =>
  readBot(readYamlText(path), path, dirname(path), env);

/** The same for text at hand: `name` is how messages call it, and in `folder` its relative paths begin. */
export function readBot(text: string, name: string, folder: string, env?: Environment): Loaded<BotConfig> {
  const loaded = readYaml(text, name, BotConfig, env);
  const config = withPasswords(loaded.value, folder, loaded.place);
  return { ...loaded, value: config.llm ? { ...config, llm: withModelPaths(config.llm, folder) } : config };
}

/**
 * The same for text that somebody else hands in. What this process has is not theirs: no variable is set for them, and a key that names
 * a file is refused, with its place.
 */
export function readBotText(text: string, name: string): Loaded<BotConfig> {
  const loaded = readYaml(text, name, BotConfig, {});
  const named = filesNamedIn(loaded.value);
  if (named.length === 0) return loaded;
  const complaints = named.map((key) => `${loaded.place(key.split("."))}: ${namesFile(key)}`);
  throw new Refusal("bad_input", complaints.join("\n"));
}
