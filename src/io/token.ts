/** The manager's token: a secret that lies in a file which only its owner can read. Who can read it may command the manager. */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { Refusal } from "../proto/refusal.ts";
import { readOpened } from "./small-file.ts";

export interface Token {
  readonly file: string;
  readonly secret: string;
}

/** Bytes of a token file, at most. */
const fileMaxBytes = 1024;
export const tokenMinChars = 16;

/** Where the token lies unless said otherwise: `$XDG_STATE_HOME/bbsbot/token`, else in `~/.local/state`. */
export const defaultTokenFile = (): string =>
  join(process.env["XDG_STATE_HOME"] || join(homedir(), ".local/state"), "bbsbot/token");

/**
 * The token that a manager asks for: from a file of the operator's own, or from the default file, which is made when absent.
 * Throws Refusal "bad_input" for a file that is not there, is no token, or that others can read.
 */
export function managerToken(file: string | null): Token {
  if (file !== null) return { file, secret: presentToken(file) };
  const own = defaultTokenFile();
  if (readToken(own) === undefined) makeToken(own);
  return { file: own, secret: presentToken(own) };
}

/**
 * The token that a client of the manager at `url` sends: from a file it was told of, else from BBSBOT_TOKEN, else, for a manager on
 * this machine and nobody else, from the default file. Throws Refusal "bad_input" for a file it was told of that is no good.
 */
export function clientToken(url: string, file: string | undefined): string | undefined {
  if (file !== undefined) return presentToken(file);
  const given = process.env["BBSBOT_TOKEN"];
  if (given) return given;
  if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname)) return undefined;
  try {
    return readToken(defaultTokenFile());
  } catch {
    // Most requests need none; a manager that does need it says where it is.
    return undefined;
  }
}

function presentToken(file: string): string {
  const secret = readToken(file);
  if (secret === undefined) throw refusal(file, "there is no such file");
  return secret;
}

const refusal = (file: string, why: string) => new Refusal("bad_input", `Token file "${file}": ${why}`);

/** The secret in a file; undefined when there is no such file. Throws Refusal "bad_input". */
function readToken(file: string): string | undefined {
  const bad = (why: string) => refusal(file, why);
  let handle: number;
  try {
    // Not to be held up by a pipe that nobody writes to.
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw bad((error as Error).message);
  }
  try {
    // What is open is looked at, not its name: nobody can put another file in between.
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw bad("expected a file");
    const us = process.getuid?.();
    if (us !== undefined && stat.uid !== us && stat.uid !== 0)
      throw bad("it belongs to another user, who knows what it says");
    if (us !== undefined && (stat.mode & 0o077) !== 0)
      throw bad(`others can read or write it; say: chmod 600 "${file}"`);
    const secret = readOpened(handle, fileMaxBytes)?.replace(/\r?\n$/, "");
    if (secret === undefined) throw bad(`it is larger than ${fileMaxBytes} bytes`);
    if (secret.length < tokenMinChars || !/^[!-~]*$/.test(secret))
      throw bad(`expected one line of at least ${tokenMinChars} plain characters without spaces`);
    return secret;
  } finally {
    closeSync(handle);
  }
}

/** Makes a token of 256 random bits; one that another manager made in the same moment is left alone. */
function makeToken(file: string): void {
  const draft = `${file}.${randomBytes(4).toString("hex")}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    try {
      linkSync(draft, file);
    } finally {
      rmSync(draft);
    }
  } catch (error) {
    if ((error as { code?: string }).code === "EEXIST") return;
    throw new Refusal(
      "bad_input",
      `Cannot make a token in "${file}": ${(error as Error).message}; auth.token_file names another place`,
    );
  }
}
