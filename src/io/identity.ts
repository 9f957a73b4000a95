/** Who a bot is in the game: taken from its configuration, made up where that is silent, and kept so that it comes back as the same trader. */
import { randomBytes, randomInt } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { filesNamedIn, passwordMax, traderNameMax, type BotConfig } from "../proto/config.ts";
import { Refusal } from "../proto/refusal.ts";

const Identity = z.object({
  name: z.string().min(1).max(traderNameMax),
  password: z.string().min(1).max(passwordMax),
  ship_name: z.string().min(1).max(30),
  planet_name: z.string().min(1).max(40),
});
export type Identity = z.infer<typeof Identity>;

/**
 * The identity of a bot whose files lie in `folder`. What the configuration gives wins over what was kept.
 * `place` names a key's place in the configuration for messages. Throws Refusal "bad_input" for a kept identity that cannot be
 * read, and for a configuration that still names a password's file: one that comes from elsewhere must not make us read ours.
 */
export function identityOf(
  config: BotConfig,
  botId: string,
  folder: string,
  place: (path: readonly string[]) => string,
): Identity {
  for (const key of filesNamedIn(config)) {
    throw new Refusal(
      "bad_input",
      `${place(key.split("."))}: "${key}" names a file: a configuration that is handed in holds the password itself`,
    );
  }
  const file = join(folder, "identity.json");
  const kept = readKept(file);
  const { character, connection, session } = config;
  const made = kept ?? makeUp(botId, session.seed ?? undefined);
  const identity: Identity = {
    name: character.name ?? connection.username ?? made.name,
    password: character.password ?? connection.character_password ?? made.password,
    ship_name: character.ship_name ?? made.ship_name,
    planet_name: character.planet_name ?? made.planet_name,
  };
  if (JSON.stringify(identity) !== JSON.stringify(kept)) keep(file, identity);
  return identity;
}

/** Makes the folder for its owner alone. Throws Refusal "bad_input" where nothing can be kept. */
export function ensureFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Refusal("bad_input", `Cannot keep anything in "${folder}": ${(error as Error).message}`);
  }
}

/** Writes a file that only its owner can read, whole or not at all. */
export function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(4).toString("hex")}.tmp`;
  writeFileSync(draft, text, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}

const keep = (file: string, identity: Identity) =>
  writePrivate(file, JSON.stringify(identity, null, 2) + "\n");

function readKept(file: string): Identity | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw new Refusal("bad_input", `${file}: cannot be read: ${(error as Error).message}`);
  }
  try {
    return Identity.parse(JSON.parse(text));
  } catch {
    // Making up another would lose the trader; so the operator decides.
    throw new Refusal(
      "bad_input",
      `${file}: is not an identity of ours: mend it, or remove it to start a new trader`,
    );
  }
}

/** Letters and digits that nobody confuses when reading them aloud. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const firsts = [
  "Patient",
  "Quiet",
  "Distant",
  "Bold",
  "Amber",
  "Lucky",
  "Northern",
  "Wandering",
  "Steady",
  "Silver",
];
const seconds = [
  "Comet",
  "Ledger",
  "Lantern",
  "Harbor",
  "Meridian",
  "Anchor",
  "Orbit",
  "Compass",
  "Cargo",
  "Horizon",
];

/** With a seed the names are the same each time; the password never is. */
function makeUp(botId: string, seed: number | undefined): Identity {
  const dice = seed === undefined ? undefined : createDice(seed, botId);
  const pick = (below: number) => (dice ? Math.floor(dice() * below) : randomInt(below));
  const word = (length: number) => Array.from({ length }, () => alphabet[pick(alphabet.length)]).join("");
  const title = `${firsts[pick(firsts.length)]} ${seconds[pick(seconds.length)]}`;
  const stem = botId.replaceAll(/[^a-z0-9]/g, "").slice(0, 12);
  return {
    name: `${stem}${word(4)}`,
    password: randomBytes(8).toString("base64url"),
    ship_name: title.slice(0, 30),
    planet_name: `${title} Home`,
  };
}

/** Numbers from 0 up to 1, the same for the same seed and name (FNV-1a into mulberry32). */
export function createDice(seed: number, name: string): () => number {
  let state = seed ^ 0x811c9dc5;
  for (const char of name) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
