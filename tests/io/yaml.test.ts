import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadYaml, readYaml, yamlMaxBytes } from "../../src/io/yaml.ts";
import { nearestOf } from "../../src/io/nearest.ts";
import { Refusal } from "../../src/proto/refusal.ts";
import { BotConfig } from "../../src/proto/config.ts";
import { ManagerConfig } from "../../src/proto/manager-config.ts";

function complaint(text: string): string {
  try {
    readYaml(text, "bot.yaml", BotConfig);
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return (error as Refusal).message;
  }
  throw new Error("Nothing was refused");
}

test("an empty file is a bot with every default", () => {
  const { value, warnings } = readYaml("", "bot.yaml", BotConfig);
  expect(value).toEqual(BotConfig.parse({}));
  expect(warnings).toEqual([]);
});

test("an unknown key is told with its place, its neighbours and the nearest of them", () => {
  const told = complaint("trading:\n  gaol: x\n");
  expect(told).toStartWith(
    'bot.yaml:2:3: unknown key "gaol" under "trading": expected one of strategy, goal',
  );
  expect(told).toEndWith('did you mean "goal"?');
});

test("every wrong thing is told, each on its line", () => {
  const told = complaint('conection: {}\nsession:\n  max_turns_per_session: -1\nconnection:\n  port: "x"\n');
  const places = told.split("\n").map((line) => line.split(": ")[0]);
  expect(places.toSorted((a, b) => (a! < b! ? -1 : 1))).toEqual([
    "bot.yaml:1:1",
    "bot.yaml:3:26",
    "bot.yaml:5:9",
  ]);
});

test("a number where a secret belongs is refused without being shown", () => {
  const told = complaint("character:\n  password: 0123\n");
  expect(told).toContain("put it in quotes");
  expect(told).not.toContain("123");
});

test("what YAML itself refuses has a place too", () => {
  expect(complaint("a: [1,\n")).toMatch(/^bot\.yaml:\d+:\d+: /);
  expect(complaint("trading: {}\ntrading: {}\n")).toStartWith("bot.yaml:2:1: ");
  expect(complaint("- 1\n")).toContain("expected object");
});

test("aliases and oversized files are refused at once", () => {
  expect(complaint("a: &a [x]\nb: [*a, *a]\n")).toContain("anchors and aliases are not taken");
  expect(complaint(`# ${"x".repeat(yamlMaxBytes)}\n`)).toContain("larger than 256 KB");
});

test("__proto__ is a key like any other, and an unknown one", () => {
  expect(complaint("__proto__:\n  polluted: 1\n")).toContain("__proto__");
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("files of the first system load: keys without effect here are told, not refused", () => {
  const { value, warnings } = readYaml(
    "trading:\n  strategy: twerk_optimized\n  no_trade_guard_turns: 4\n  policy: dynamic\nllm:\n  provider: ollama\n",
    "old.yaml",
    BotConfig,
  );
  expect(value.trading.strategy).toBe("opportunistic");
  expect(warnings).toEqual([
    'old.yaml:3:3: "trading.no_trade_guard_turns" has no effect here',
    'old.yaml:4:3: "trading.policy" has no effect here',
    'old.yaml:2:3: strategy "twerk_optimized" is played as "opportunistic"',
  ]);
});

test("a file with every key of the first system loads, and each without effect is told by name and line", () => {
  const file = join(import.meta.dir, "first-system.yaml");
  const { value, warnings } = loadYaml(file, BotConfig, {});
  expect(value.connection.game_letter).toBe("A");
  expect(value.banking.deposit_threshold).toBe(50_000);
  const told = warnings.map((line) =>
    /^(.*):(\d+):\d+: "([a-z_.]+)" has no effect here/.exec(line)!.slice(1),
  );
  const lines = readFileSync(file, "utf8").split("\n");
  for (const [where, line, key] of told) {
    expect(where).toBe(file);
    expect(lines[Number(line) - 1]!.trim()).toMatch(new RegExp(`(^|\\{ )${key!.split(".").at(-1)}:`));
  }
  // Whatever is ours took effect, and whatever did not was told: nothing is passed over in silence.
  const ours = Object.entries(value).flatMap(([section, keys]) =>
    Object.keys(keys ?? {}).map((key) => `${section}.${key}`),
  );
  const written = Object.entries(Bun.YAML.parse(lines.join("\n")) as Record<string, object>).flatMap(
    ([section, keys]) => Object.keys(keys).map((key) => `${section}.${key}`),
  );
  const known = new Set([...ours, ...told.map(([, , key]) => key)]);
  expect(written.filter((key) => !known.has(key) && !known.has(key.split(".")[0]!))).toEqual([]);
});

test("an unknown key in a section of ours is a slip, not a relic; in a section of the first system it is no matter", () => {
  expect(complaint("llm: {}\ntrading:\n  polycy: x\n")).toStartWith('bot.yaml:3:3: unknown key "polycy"');
  expect(complaint("scannings: {}\n")).toStartWith('bot.yaml:1:1: unknown key "scannings"');
  expect(readYaml("scanning:\n  anything: 1\n", "bot.yaml", BotConfig).warnings).toHaveLength(1);
  expect(() => readYaml("llm: {}\n", "manager.yaml", ManagerConfig)).toThrow('unknown key "llm"');
});

test("each strategy of the first system is played as one of ours", () => {
  for (const [strategy, playedAs] of [
    ["profitable_pairs", "profitable_pairs"],
    ["twerk_optimized", "opportunistic"],
    ["ai_strategy", "ai"],
  ] as const) {
    const text = `trading:\n  strategy: ${strategy}\n`;
    expect(readYaml(text, "bot.yaml", BotConfig).value.trading.strategy).toBe(playedAs);
  }
  expect(readYaml("trading: {strategy: ai_strategy}", "bot.yaml", BotConfig).warnings).toEqual([]);
  const text = "trading:\n  ai_strategy:\n    fallback_strategy: twerk_optimized\n";
  const { value, warnings } = readYaml(text, "bot.yaml", BotConfig);
  expect(value.trading.ai_strategy.fallback_strategy).toBe("opportunistic");
  expect(warnings).toEqual(['bot.yaml:3:5: strategy "twerk_optimized" is played as "opportunistic"']);
  expect(complaint("trading:\n  strategy: constructor\n")).toContain('"constructor": expected one of');
});

test("of the first system's ai_strategy what is ours takes effect, the rest is told, and a slip is an error", () => {
  const { value, warnings } = loadYaml(join(import.meta.dir, "first-system.yaml"), BotConfig, {});
  const written = Bun.YAML.parse(readFileSync(join(import.meta.dir, "first-system.yaml"), "utf8")) as {
    trading: { ai_strategy: Record<string, unknown> };
  };
  const ours = value.trading.ai_strategy;
  expect(ours).toMatchObject({
    fallback_strategy: "opportunistic",
    fallback_threshold: 3,
    fallback_duration_turns: 10,
    think_interval_turns: 8,
    min_review_turns: 2,
    max_review_turns: 40,
    urgent_wakeup_min_spacing_turns: 4,
  });
  for (const key of Object.keys(written.trading.ai_strategy))
    expect([
      key,
      key in ours,
      warnings.some((line) => line.includes(`"trading.ai_strategy.${key}"`)),
    ]).toEqual([key, key in ours, !(key in ours)]);
  expect(complaint("trading:\n  ai_strategy:\n    fallback_treshold: 3\n")).toStartWith(
    'bot.yaml:3:5: unknown key "fallback_treshold" under "trading.ai_strategy"',
  );
});

test("of the first system's llm all takes effect but the keys, which are no part of a configuration", () => {
  const { value, warnings } = loadYaml(join(import.meta.dir, "first-system.yaml"), BotConfig, {});
  expect(value.llm).toMatchObject({
    provider: "ollama",
    ollama: { base_url: "http://localhost:11434", model: "gemma3", timeout_seconds: 30, max_retries: 3 },
    openai: { model: "gpt-4" },
    gemini: { model: "gemini-pro" },
  });
  expect(
    warnings.filter((line) => line.includes("api_key")).map((line) => line.split(": ").slice(1)),
  ).toEqual(
    ["openai", "gemini"].map((name) => [
      `"llm.${name}.api_key" has no effect here`,
      "the key is read from the environment itself, or from api_key_file",
    ]),
  );
  expect(readYaml("llm: {openai: {api_key: null}}", "bot.yaml", BotConfig).warnings).toEqual([]);
  for (const key of ["sk-canary-0123456789", "sk-${HOME}", '"${HOME}${HOME}"', "4815162342"]) {
    const told = complaint(`llm:\n  openai:\n    api_key: ${key}\n`);
    expect(told).toMatch(
      /^bot\.yaml:3:14: "llm\.openai\.api_key" is a (string|number): a key does not belong here: .*api_key_file/,
    );
    expect(told).not.toMatch(/canary|4815|\/root/);
  }
  expect(() =>
    readYaml("manager: {llm: {openai: {api_key: sk-canary}}}", "manager.yaml", ManagerConfig),
  ).toThrow("a key does not belong here");
  expect(complaint("llm:\n  openai:\n    modle: x\n")).toContain('did you mean "model"?');
  expect(complaint("llm:\n  ollama:\n    base_url: http://me:pw@localhost\n")).toContain("without a user");
});

test("variables are filled in: a bare one is a number where it reads like one, a quoted one stays text", () => {
  const env = { PORT: "8000", PW: "0123", GOAL: "profit # or so: [x]", ON: "true", NOTHING: "" };
  const read = (text: string) => readYaml(text, "bot.yaml", BotConfig, env).value;
  expect(read("connection:\n  port: ${PORT}\n").connection.port).toBe(8000);
  expect(read("connection:\n  port: ${POTR:-23}\n").connection.port).toBe(23);
  expect(() => read("connection:\n  port: 1${PORT}\n")).toThrow(
    '"connection.port" is "18000": expected number',
  );
  expect(read('character:\n  password: "${PW}"\n').character.password).toBe("0123");
  expect(read("character:\n  password: ${NOTHING}\n").character.password).toBeNull();
  expect(read("session:\n  wait_for_turns: ${ON}\n").session.wait_for_turns).toBe(true);
  expect(read("trading:\n  goal: ${GOAL}\n").trading.goal).toBe("profit # or so: [x]");
  expect(read("trading:\n  goal: a ${GOAL}, $${GOAL}\n").trading.goal).toBe("a profit # or so: [x], ${GOAL}");
  expect(read("trading:\n  goal: |-\n    two ${PORT}\n").trading.goal).toBe("two 8000");
});

test("a variable in a key is a key, and what a variable holds is not looked through again", () => {
  expect(() => readYaml("${KEY}: {}\n", "bot.yaml", BotConfig, { KEY: "trading" })).toThrow(
    'unknown key "${KEY}"',
  );
  const { value } = readYaml("trading: {goal: '${A}'}", "bot.yaml", BotConfig, { A: "${B}", B: "b" });
  expect(value.trading.goal).toBe("${B}");
});

test("each variable that is not set is told with its name and its place, and so is what only looks like one", () => {
  const text =
    'connection:\n  host: bbs.${DOMAIN}.${DOMAIN}\ncharacter:\n  name: "a \\" ${NAME}"\ntrading:\n  goal: x ${1}\n';
  expect(complaint(text).split("\n")).toEqual([
    'bot.yaml:2:13: variable "DOMAIN" is not set; "${DOMAIN:-default}" would give it a default',
    'bot.yaml:2:23: variable "DOMAIN" is not set; "${DOMAIN:-default}" would give it a default',
    'bot.yaml:4:15: variable "NAME" is not set; "${NAME:-default}" would give it a default',
    'bot.yaml:6:11: expected "${NAME}" or "${NAME:-default}"; "$${" stands for "${" itself',
  ]);
  expect(() => readYaml("trading: {goal: '${toString}'}", "b", BotConfig, {})).toThrow("is not set");
});

test("what a variable holds is not told where a secret belongs", () => {
  const env = { PW: "4815162342", LONG: "canary".repeat(20) };
  for (const text of [
    "character:\n  password: ${PW}\n",
    "character:\n  password: ${LONG}\n",
    'character:\n  password: ["${PW}"]\n',
    'connection:\n  game_password: {a: "${LONG}"}\n',
    'character: [{password: "${PW}"}]\n',
  ]) {
    expect(() => readYaml(text, "bot.yaml", BotConfig, env)).toThrow(Refusal);
    try {
      readYaml(text, "bot.yaml", BotConfig, env);
    } catch (error) {
      expect((error as Refusal).message).not.toMatch(/canary|4815/);
    }
  }
});

test("variables cannot make a file larger than a file may be", () => {
  const env = { BIG: "x".repeat(100_000) };
  const text = `trading:\n  goal: "${"${BIG}".repeat(3)}"\n`;
  expect(() => readYaml(text, "bot.yaml", BotConfig, env)).toThrow(
    "with its variables the file becomes too large",
  );
});

test("deep nesting is refused at once, and a thousand complaints are told in a few lines", () => {
  for (const deep of [
    `trading: ${"[".repeat(3000)}${"]".repeat(3000)}`,
    "- ".repeat(500),
    "[".repeat(100_000),
  ])
    expect(complaint(deep)).toContain("nested too deeply");
  const many = complaint(Array.from({ length: 1000 }, (_, i) => `unknown${i}: 1\n`).join(""));
  expect(many.split("\n")).toHaveLength(21);
  expect(many).toEndWith("and 980 more");
});

test("the examples load without a warning", () => {
  const examples = `${import.meta.dir}/../../examples`;
  expect(loadYaml(`${examples}/bot.yaml`, BotConfig).warnings).toEqual([]);
  expect(loadYaml(`${examples}/manager.yaml`, ManagerConfig).warnings).toEqual([]);
});

test("a missing file is one plain line", () => {
  expect(() => loadYaml("/nowhere/bot.yaml", BotConfig)).toThrow(
    "/nowhere/bot.yaml: cannot be read: no such file",
  );
});

test("a word is near another only when few letters differ", () => {
  expect(nearestOf("prot", ["port", "host"])).toBe("port");
  expect(nearestOf("zzzzzz", ["port", "host"])).toBeUndefined();
});
