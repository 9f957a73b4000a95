/** The folder whose configurations may be asked for by name. A name from outside leads to a file of it, or to none. */
import { closeSync, constants, fstatSync, openSync, readdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { BotConfig } from "../proto/config.ts";
import { Refusal } from "../proto/refusal.ts";
import { readBot } from "./bot-file.ts";
import { readingFailed, readOpened } from "./small-file.ts";
import { yamlMaxBytes } from "./yaml.ts";

/** Longest name, and most folders within each other, the file's own included. */
const nameMaxChars = 400;
const depthMax = 8;
/** Most names that are listed. */
export const namedMax = 1000;

/**
 * The configuration of a name, such as "scout", "scout.yaml" or "fleet/scout": variables and password files are put in place.
 * `warn` takes a line for each key that means nothing here. Throws Refusal: "not_found" for whatever is no file of the folder, in
 * the same words wherever else it may lead; "bad_input" with places for what the file says; "unavailable" without the folder.
 */
export function readNamed(dir: string, name: string, warn: (line: string) => void = () => {}): BotConfig {
  const root = rootOf(dir);
  for (const candidate of isName(name) ? candidates(name) : []) {
    const found = readInside(root, candidate);
    if (found === undefined) continue;
    if (found.text === undefined)
      throw new Refusal("bad_input", `${candidate}: larger than ${yamlMaxBytes / 1024} KB`);
    const { value, warnings } = readBot(found.text, candidate, dirname(found.path));
    warnings.forEach(warn);
    return value;
  }
  throw new Refusal("not_found", `There is no configuration "${name.slice(0, 100)}" in config_dir`);
}

/** Names of the files that can be asked for, sorted, `namedMax` at most. Throws Refusal "unavailable" without the folder. */
export function listNamed(dir: string): string[] {
  const root = rootOf(dir);
  const names: string[] = [];
  const look = (under: string) => {
    for (const entry of entriesOf(join(root, under))) {
      const name = `${under}${entry.name}`;
      if (names.length >= namedMax || !isName(name)) continue;
      if (entry.isDirectory()) look(`${name}/`);
      else if (isYaml(name) && pathInside(root, name) !== undefined) names.push(name);
    }
  };
  look("");
  return names.sort();
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // One that we may not look into has no names for us.
    return [];
  }
}

function rootOf(dir: string): string {
  try {
    return realpathSync(dir);
  } catch (error) {
    throw new Refusal("unavailable", `config_dir cannot be read: ${readingFailed(error)}`);
  }
}

/** A relative name of plain parts: no hidden ones, no "..", nothing that another system would take for a drive or a separator. */
function isName(name: string): boolean {
  const parts = name.split("/");
  return (
    name.length <= nameMaxChars &&
    parts.length <= depthMax &&
    !/[\p{Cc}\\:]/u.test(name) &&
    parts.every((part) => part !== "" && !part.startsWith("."))
  );
}

const isYaml = (name: string) => /\.ya?ml$/.test(name);

const candidates = (name: string) => (isYaml(name) ? [name] : [`${name}.yaml`, `${name}.yml`]);

/** Where a name really leads, if that is a regular file inside. */
function pathInside(root: string, name: string): string | undefined {
  try {
    let path = root;
    // Part by part, for a way that leaves and comes back would tell what lies elsewhere.
    for (const part of name.split("/")) {
      path = realpathSync(join(path, part));
      if (!path.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    }
    return statSync(path).isFile() ? path : undefined;
  } catch {
    // Missing, forbidden, a circle of links: to whoever asks, there is nothing.
    return undefined;
  }
}

/** A file's text, undefined where it is too large; nothing at all where the name leads to no file inside that can be read. */
function readInside(root: string, name: string): { path: string; text: string | undefined } | undefined {
  const path = pathInside(root, name);
  if (path === undefined) return undefined;
  let file: number | undefined;
  try {
    // Should it have become a link or a pipe by now, opening fails, or does not wait.
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const opened = fstatSync(file);
    // A folder on the way may have become a link since: what was opened must still be what stands there, inside.
    const now = pathInside(root, name) === path ? statSync(path) : undefined;
    if (!opened.isFile() || opened.ino !== now?.ino || opened.dev !== now.dev) return undefined;
    return { path, text: readOpened(file, yamlMaxBytes) };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
