/** The command line's own settings file, under what the environment says. Most people have none, and then nothing of YAML is loaded. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { CliConfig } from "../proto/cli-config.ts";
import { defaultManagerUrl, isManagerUrl } from "../proto/manager-url.ts";
import { Refusal } from "../proto/refusal.ts";
import type { Environment } from "./variables.ts";

/** Where it is looked for: `$XDG_CONFIG_HOME/bbsbot/cli.yaml`, else in `~/.config`. */
export function cliFile(env: Environment): { readonly file: string; readonly found: boolean } {
  const file = join(env["XDG_CONFIG_HOME"] || join(homedir(), ".config"), "bbsbot/cli.yaml");
  return { file, found: existsSync(file) };
}

/** As far as anything is said. */
export interface Settings {
  readonly url?: string;
  readonly tokenFile?: string;
  readonly color?: CliConfig["color"];
}

/**
 * What environment and file say, the environment first. A token in BBSBOT_TOKEN goes before a file's, and a file's is for the manager
 * that the settings file means. Throws Refusal "bad_input", a line for each thing wrong.
 */
export async function readSettings(env: Environment, colourTold: boolean | undefined): Promise<Settings> {
  const file = await readCliFile(env);
  const url = addressIn(env) ?? file.url;
  const isFor = (url ?? defaultManagerUrl) === (file.url ?? defaultManagerUrl);
  return {
    ...(url !== undefined && { url }),
    ...(file.token_file !== undefined && isFor && !env["BBSBOT_TOKEN"] && { tokenFile: file.token_file }),
    ...(file.color !== undefined && colourTold === undefined && { color: file.color }),
  };
}

/** An empty one, as scripts leave them, is none. */
function addressIn(env: Environment): string | undefined {
  const url = env["BBSBOT_URL"] || undefined;
  if (url === undefined || isManagerUrl(url)) return url;
  throw new Refusal("bad_input", `BBSBOT_URL is "${url}": expected an address such as ${defaultManagerUrl}`);
}

/** What the file says; its token's file as a path from anywhere. */
async function readCliFile(env: Environment): Promise<Partial<CliConfig>> {
  const { file, found } = cliFile(env);
  if (!found) return {};
  const [{ loadYaml }, { CliConfig }] = await Promise.all([
    import("./yaml.ts"),
    import("../proto/cli-config.ts"),
  ]);
  const { value } = loadYaml(file, CliConfig, env);
  return value.token_file === undefined
    ? value
    : { ...value, token_file: resolve(dirname(file), value.token_file) };
}
