import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDice, identityOf } from "../../src/io/identity.ts";
import { Refusal } from "../../src/proto/refusal.ts";
import { BotConfig } from "../../src/proto/config.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-identity-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const place = (path: readonly string[]) => `bot.yaml:1:1 ${path.join(".")}`;
const config = (value: unknown) => BotConfig.parse(value);

test("a made-up identity is kept for its owner's eyes, and is the same the next time", () => {
  const mine = join(folder, "kept");
  const first = identityOf(config({}), "bot_007", mine, place);
  expect(first.name).toMatch(/^bot007[a-z0-9]{4}$/);
  expect(first.password.length).toBeGreaterThanOrEqual(10);
  expect(statSync(join(mine, "identity.json")).mode & 0o777).toBe(0o600);
  expect(identityOf(config({}), "bot_007", mine, place)).toEqual(first);
});

test("a seed repeats the name and never the password", () => {
  const seeded = config({ session: { seed: 5 } });
  const one = identityOf(seeded, "bot_001", join(folder, "seed1"), place);
  const two = identityOf(seeded, "bot_001", join(folder, "seed2"), place);
  expect(two.name).toBe(one.name);
  expect(two.password).not.toBe(one.password);
  expect(identityOf(seeded, "bot_002", join(folder, "seed3"), place).name).not.toBe(one.name);
});

test("what the configuration gives wins over what was kept", () => {
  const mine = join(folder, "given");
  identityOf(config({}), "bot_001", mine, place);
  const given = identityOf(
    config({ character: { name: "Magellan", password: "abc" } }),
    "bot_001",
    mine,
    place,
  );
  expect(given).toMatchObject({ name: "Magellan", password: "abc" });
  expect(identityOf(config({}), "bot_001", mine, place).name).toBe("Magellan");
});

test("a configuration that is handed in leads to no file of ours", () => {
  const file = join(folder, "secret.txt");
  writeFileSync(file, "from file\n");
  const given = config({ character: { password_file: file } });
  expect(() => identityOf(given, "bot_001", join(folder, "file"), place)).toThrow(
    /^bot\.yaml:1:1 character\.password_file: "character\.password_file" names a file/,
  );
  const game = config({ connection: { game_password_file: file } });
  expect(() => identityOf(game, "bot_001", join(folder, "file"), place)).toThrow(Refusal);
});

test("a damaged identity is not replaced by another trader", () => {
  const mine = join(folder, "damaged");
  identityOf(config({}), "bot_001", mine, place);
  writeFileSync(join(mine, "identity.json"), "{");
  expect(() => identityOf(config({}), "bot_001", mine, place)).toThrow("mend it, or remove it");
});

test("dice are even enough and differ by name", () => {
  const dice = createDice(1, "a");
  const rolls = Array.from({ length: 10_000 }, dice);
  expect(rolls.every((roll) => roll >= 0 && roll < 1)).toBe(true);
  const mean = rolls.reduce((a, b) => a + b) / rolls.length;
  expect(mean).toBeGreaterThan(0.48);
  expect(mean).toBeLessThan(0.52);
  expect(createDice(1, "b")()).not.toBe(createDice(1, "a")());
});
