/** Passwords that a bot's configuration leaves to files: one line each, put in place by whoever reads the configuration. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { gamePasswordMax, passwordMax, type BotConfig } from "../proto/config.ts";
import { Refusal } from "../proto/refusal.ts";
import { readingFailed, readSmall } from "./small-file.ts";

/** A password's file holds little beside it. */
const fileMaxBytes = 4096;

/**
 * The configuration with its files' passwords in it and no file named any more, so that it can be handed to another process or
 * machine. A password that is written out goes before its file. `folder` is the configuration's own, where relative paths begin;
 * `place` names a key's place in it for messages. Throws Refusal "bad_input" for a file that is missing or holds no password.
 */
export function withPasswords(
  config: BotConfig,
  folder: string,
  place: (path: readonly string[]) => string,
): BotConfig {
  const { game_password_file, ...connection } = config.connection;
  const { password_file, ...character } = config.character;
  const read = (section: string, key: string, file: string | null | undefined, max: number) =>
    file ? readPassword(file, folder, `${place([section, key])}: "${section}.${key}"`, max) : undefined;
  const own = character.password ?? connection.character_password;
  const password = own ?? read("character", "password_file", password_file, passwordMax);
  const gamePassword =
    connection.game_password ?? read("connection", "game_password_file", game_password_file, gamePasswordMax);
  return {
    ...config,
    connection: { ...connection, ...(gamePassword ? { game_password: gamePassword } : {}) },
    character: { ...character, ...(password && !own ? { password } : {}) },
  };
}

function readPassword(file: string, folder: string, what: string, max: number): string {
  const refuse = (reason: string) => new Refusal("bad_input", `${what} is "${file}": ${reason}`);
  let text: string | undefined;
  try {
    text = readSmall(pathOf(file, folder), fileMaxBytes);
  } catch (error) {
    throw refuse(readingFailed(error));
  }
  const password = text?.replace(/\r?\n$/, "") ?? "";
  if (password.length < 1 || password.length > max || /[^\x20-\x7e]/.test(password))
    throw refuse(`expected one line of 1 to ${max} plain characters`);
  return password;
}

/** Beside the configuration, or, where nothing is there, in the folder that the program was started in. */
function pathOf(file: string, folder: string): string {
  const beside = resolve(folder, file);
  return existsSync(beside) ? beside : resolve(file);
}
