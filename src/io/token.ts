/** The manager's token: a secret that lies in a file which only its owner can read. Who can read it may command the manager. */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { Refusal } from "../proto/refusal.ts";
import { readSecret } from "./secret-file.ts";

export interface Token {
  readonly file: string;
  readonly secret: string;
}

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

const readToken = (file: string): string | undefined =>
  readSecret(file, tokenMinChars, (why) => refusal(file, why));

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
