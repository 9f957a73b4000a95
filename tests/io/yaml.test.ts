import { expect, test } from "bun:test";
import { loadYaml, nearestOf, readYaml, yamlMaxBytes } from "../../src/io/yaml.ts";
import { Refusal } from "../../src/proto/refusal.ts";
import { BotConfig, ManagerConfig } from "../../src/proto/config.ts";

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
    'old.yaml:5:1: "llm" has no effect here',
    'old.yaml:2:3: strategy "twerk_optimized" is played as "opportunistic"',
  ]);
});

test("a manager's file with keys that are not served yet loads, and says so", () => {
  const { value, warnings } = readYaml(
    "manager:\n  port: 8000\n  host: localhost\n  max_bots: 200\n  state_file: swarm_state.json\n  auto_save_interval: 60\n" +
      "  health_check_interval: 10\n  status_broadcast_interval: 5\n  bot_timeout: 60\n  max_memory_per_bot: 200\n  max_cpu_per_bot: 50\n",
    "manager_config.yaml",
    ManagerConfig,
  );
  expect(value.manager.bot_timeout).toBe(60);
  expect(warnings.map((warning) => warning.split(": ")[1])).toEqual([
    '"manager.auto_save_interval" has no effect here',
    '"manager.max_memory_per_bot" has no effect here',
    '"manager.max_cpu_per_bot" has no effect here',
  ]);
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
