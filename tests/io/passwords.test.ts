import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadBot } from "../../src/io/bot-file.ts";
import { withPasswords } from "../../src/io/passwords.ts";
import { BotConfig } from "../../src/proto/config.ts";
import { Refusal } from "../../src/proto/refusal.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-passwords-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const place = (path: readonly string[]) => `bot.yaml:1:1 ${path.join(".")}`;
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return name;
};
const put = (config: unknown) => withPasswords(BotConfig.parse(config), folder, place);

test("passwords come from their files without the line end, and no file is named any more", () => {
  const { character, connection } = put({
    character: { password_file: file("own", "from file\n") },
    connection: { game_password_file: file("game", "let me in, all of you, please\r\n") },
  });
  expect(character).toEqual({ password: "from file" });
  expect(connection).toEqual({
    ...BotConfig.parse({}).connection,
    game_password: "let me in, all of you, please",
  });
});

test("a password that is written out goes before its file, which is not even looked for", () => {
  const { character, connection } = put({
    character: { password: "written", password_file: "nowhere" },
    connection: { game_password: "out", game_password_file: "nowhere" },
  });
  expect([character.password, connection.game_password]).toEqual(["written", "out"]);
  const old = put({ connection: { character_password: "old" }, character: { password_file: "nowhere" } });
  expect([old.character.password, old.connection.character_password]).toEqual([undefined, "old"]);
});

test("a file that is missing or holds no password is told with its place, and never what it holds", () => {
  const from = (password_file: string) => () => put({ character: { password_file } });
  expect(from(join(folder, "missing"))).toThrow(
    /^bot\.yaml:1:1 character\.password_file: "character\.password_file" is ".*missing": no such file$/,
  );
  mkdirSync(join(folder, "folder"));
  expect(from("folder")).toThrow("it is a folder");
  for (const text of ["", "\n", "canary\ncanary\n", "canary".repeat(4), "can\u0000ary", "c".repeat(10_000)]) {
    expect(from(file("odd", text))).toThrow(Refusal);
    expect(from("odd")).toThrow("expected one line of 1 to 20 plain characters");
    expect(from("odd")).not.toThrow("canary");
  }
  expect(from("/dev/zero")).toThrow("expected one line");
});

test("a relative path begins at the YAML file's folder, wherever the program was started", () => {
  mkdirSync(join(folder, "deep"), { recursive: true });
  file("deep/secret.txt", "beside\n");
  file("deep/bot.yaml", "character:\n  password_file: secret.txt\n");
  expect(loadBot(join(folder, "deep/bot.yaml")).value.character).toEqual({ password: "beside" });
  file("deep/up.yaml", "character:\n  password_file: ../above.txt\n");
  file("above.txt", "above\n");
  expect(loadBot(join(folder, "deep/up.yaml")).value.character.password).toBe("above");
});

test("where nothing lies beside the YAML file, the folder that the program was started in counts", () => {
  // Tests run in the repository's folder, whose files are known.
  file("cwd.yaml", "character:\n  password_file: bunfig.toml\n");
  expect(() => loadBot(join(folder, "cwd.yaml"))).toThrow("expected one line of 1 to 20");
});
