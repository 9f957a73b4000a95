import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadBot } from "../../src/io/bot-file.ts";
import { checkConfig, showConfig } from "../../src/io/config-file.ts";
import { readYaml } from "../../src/io/yaml.ts";
import { BotConfig } from "../../src/proto/config.ts";
import { ManagerConfig } from "../../src/proto/manager-config.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-config-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

test("the kind of a file is told by what it says", () => {
  const kindOf = (text: string) => checkConfig(file("kind.yaml", text), undefined, {}).kind;
  expect(kindOf("manager: {}\n")).toBe("manager");
  expect(kindOf("games:\n  - letter: A\n")).toBe("host");
  expect(kindOf("host: {}\n")).toBe("host");
  expect(kindOf("trading: {}\n")).toBe("bot");
  expect(kindOf("")).toBe("bot");
  expect(kindOf("- a\n")).toBe("bot");
});

test("a check finds what a use would: keys, variables, password files", () => {
  const check = (text: string) => checkConfig(file("check.yaml", text), undefined, {});
  expect(check("trading: {}\n")).toMatchObject({ kind: "bot", complaints: [], warnings: [] });
  expect(check("manager: {max_bot: 1}\n").complaints[0]).toContain(
    ':1:11: unknown key "max_bot" under "manager"',
  );
  expect(check("connection: {port: '${PORT}'}\n").complaints[0]).toContain('variable "PORT" is not set');
  expect(check("character: {password_file: gone}\n").complaints[0]).toContain("no such file");
  expect(check("scanning: {}\n")).toMatchObject({
    complaints: [],
    warnings: [expect.stringContaining("no effect")],
  });
  expect(checkConfig(join(folder, "gone.yaml"), undefined)).toEqual({
    file: join(folder, "gone.yaml"),
    complaints: [`${join(folder, "gone.yaml")}: cannot be read: no such file`],
    warnings: [],
  });
});

test("a check tells which key a model would want for, where the model is asked at all", () => {
  const warned = (text: string, env = {}) => checkConfig(file("model.yaml", text), undefined, env).warnings;
  const manager = "manager: {llm: {provider: openai}}\n";
  expect(warned(manager)).toEqual([
    expect.stringMatching(/model\.yaml: "manager\.llm": There is no key: set OPENAI_API_KEY/),
  ]);
  expect(warned(manager, { OPENAI_API_KEY: "a-key-of-some-length" })).toEqual([]);
  expect(warned("trading: {strategy: ai}\nllm: {provider: anthropic}\n")).toEqual([
    expect.stringContaining("ANTHROPIC_API_KEY"),
  ]);
  expect(warned("trading: {strategy: explore}\nllm: {provider: anthropic}\n")).toEqual([]);
  expect(warned("trading: {strategy: ai}\n")).toEqual([]);
  expect(warned("manager: {llm: {}}\n")).toEqual([]);
  expect(warned("manager: {llm: {provider: replay}}\n")).toEqual([expect.stringContaining("replay_file")]);
  const keyed = "manager: {llm: {provider: openai, openai: {api_key_file: gone.key}}}\n";
  expect(warned(keyed)).toEqual([expect.stringContaining("there is no such file")]);
});

test("paths of a bot's llm section begin at its file's folder", () => {
  const text = "llm: {openai: {api_key_file: a.key}, record_file: sub/r.jsonl, replay_file: /abs/r.jsonl}\n";
  const { llm } = loadBot(file("paths.yaml", text), {}).value;
  expect(llm).toMatchObject({
    openai: { api_key_file: join(folder, "a.key") },
    record_file: join(folder, "sub/r.jsonl"),
    replay_file: "/abs/r.jsonl",
  });
  expect(llm!.anthropic.api_key_file).toBeUndefined();
});

test("a kind that is asked for goes before what the file says", () => {
  const path = file("asked.yaml", "manager: {}\n");
  expect(checkConfig(path, "bot").complaints[0]).toContain('unknown key "manager"');
});

const secrets = [
  "connection: {game_password: canary1, character_password: canary2}",
  'character: {password: "${PW}"}',
].join("\n");
const withKey = "llm: {openai: {api_key: canary3}}";

test("what is shown has no secret in it, wherever that came from", () => {
  const env = { PW: "canary4" };
  const path = file("secrets.yaml", secrets);
  file("pw.txt", "canary5\n");
  const fromFile = file(
    "file.yaml",
    "character: {password_file: pw.txt}\nconnection: {game_password_file: pw.txt}\n",
  );
  const host = file("host.yaml", "games:\n  - {letter: P, password: canary6}\n");
  for (const one of [path, fromFile, host]) {
    for (const resolved of [true, false]) {
      const shown = showConfig(one, undefined, resolved, env);
      expect(shown.yaml + JSON.stringify(shown.value) + shown.warnings.join("")).not.toContain("canary");
    }
  }
  const keyed = file("keyed.yaml", withKey);
  expect(showConfig(keyed, undefined, false).yaml).toContain('api_key: "***"');
  const { complaints } = checkConfig(keyed, undefined, env);
  expect(complaints).toEqual([expect.stringContaining("a key does not belong here")]);
  expect(complaints.join("")).not.toContain("canary");
  expect(showConfig(fromFile, undefined, true).value).toMatchObject({
    character: { password: "***" },
    connection: { game_password: "***" },
  });
});

test("resolved, a file has its variables in place and every default; as written, neither", () => {
  const path = file("show.yaml", "connection:\n  port: ${PORT:-23}\n");
  expect(showConfig(path, undefined, false).value).toEqual({ connection: { port: "${PORT:-23}" } });
  const { value, yaml } = showConfig(path, undefined, true, { PORT: "24" });
  expect(value).toEqual(BotConfig.parse({ connection: { port: 24 } }));
  expect(readYaml(yaml, "shown", BotConfig, {}).value).toEqual(value as BotConfig);
});

test("without a file the defaults of a kind are shown", () => {
  expect(showConfig(undefined, undefined, true).value).toEqual(BotConfig.parse({}));
  expect(showConfig(undefined, "manager", true).value).toEqual(ManagerConfig.parse({}));
});
