/** Files that words of a command line mean: a file, a folder's, or those that fit a pattern. */
import { globSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Refusal } from "../proto/refusal.ts";
import { readingFailed } from "./small-file.ts";

/** As many as bots can be spawned at once. */
const filesMax = 5000;

/** In the order of the words, those of one word by name. Throws Refusal "bad_input" for a word that means none. */
export function filesMeant(words: readonly string[]): string[] {
  const files = words.flatMap(filesOf);
  if (files.length > filesMax)
    throw new Refusal(
      "bad_input",
      `${files.length} configurations are more than the ${filesMax} that are taken`,
    );
  return files;
}

function filesOf(word: string): string[] {
  const kind = kindOf(word);
  // What is not there is left to its reader, who tells why, unless it is a pattern.
  if (kind === "file" || (kind === "nothing" && !/[*?[{]/.test(word))) return [word];
  const found =
    kind === "folder"
      ? inFolder(word)
      : globSync(word).filter((file) => isYaml(file) && kindOf(file) === "file");
  if (found.length === 0)
    throw new Refusal(
      "bad_input",
      `${word}: expected YAML files, found none ${kind === "folder" ? "in it" : "that fit"}`,
    );
  return found.toSorted();
}

function inFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => isYaml(name) && !name.startsWith("."))
      .map((name) => join(folder, name))
      .filter((file) => kindOf(file) === "file");
  } catch (error) {
    throw new Refusal("bad_input", `${folder}: cannot be read: ${readingFailed(error)}`);
  }
}

const isYaml = (name: string) => /\.ya?ml$/i.test(name);

function kindOf(path: string): "file" | "folder" | "nothing" {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
}

/** As many names as a person looks through. */
const offeredMax = 200;

/** YAML files, and folders with a "/" behind, whose paths begin as what is typed; none where a folder cannot be read. */
export function filesLike(typed: string): string[] {
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  const begun = typed.slice(folder.length);
  try {
    return readdirSync(folder || ".", { withFileTypes: true })
      .filter(({ name }) => name.startsWith(begun) && (begun !== "" || !name.startsWith(".")))
      .flatMap((entry) =>
        entry.isDirectory() ? [`${folder}${entry.name}/`] : isYaml(entry.name) ? [folder + entry.name] : [],
      )
      .toSorted()
      .slice(0, offeredMax);
  } catch {
    return [];
  }
}
