/**
 * Holds what is written for people to the program: examples load, links lead somewhere, and what the pages tell of
 * keys, commands, exit statuses and routes is what there is. */
import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { exitWords } from "../src/control/console/exits.ts";
import { createProgram } from "../src/control/console/program.ts";
import { loadYaml } from "../src/io/yaml.ts";
import { CliConfig } from "../src/proto/cli-config.ts";
import { BotConfig } from "../src/proto/config.ts";
import { ManagerConfig } from "../src/proto/manager-config.ts";
import { Llm, providerNames } from "../src/proto/llm-config.ts";
import { configSchemas } from "../src/proto/config-kinds.ts";
import type { ConfigKind } from "../src/proto/kinds.ts";
import { operations } from "../src/proto/operations.ts";
import { stage } from "./doubles/console.ts";

const root = join(import.meta.dir, "..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");
const pages = [
  ...readdirSync(root).filter((file) => file.endsWith(".md")),
  ...readdirSync(join(root, "docs")).flatMap((file) => (file.endsWith(".md") ? [`docs/${file}`] : [])),
];

/** Examples that are not a bot's. */
const kinds: Readonly<Record<string, ConfigKind>> = {
  "host.yaml": "host",
  "manager.yaml": "manager",
  "manager-ai.yaml": "manager",
};

test("every example is taken as it is, without a warning", () => {
  const examples = readdirSync(join(root, "examples"));
  expect(examples).toContain("bot.yaml");
  for (const file of examples) {
    const { warnings } = loadYaml<z.ZodType>(
      join(root, "examples", file),
      configSchemas[kinds[file] ?? "bot"],
      {},
    );
    expect([file, warnings]).toEqual([file, []]);
  }
});

/** A heading as its page links to it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
const anchorsOf = (page: string) =>
  Array.from(textOf(page).matchAll(/^#+ (.+)$/gm), ([, heading]) => anchorOf(heading!));

test("every link of the pages leads to a file that is there, and to a heading in it", () => {
  const broken = pages.flatMap((page) =>
    Array.from(textOf(page).matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target!)
      .filter((target) => {
        if (/^https?:/.test(target)) return false;
        const [path = "", anchor] = target.split("#");
        const file = path === "" ? page : join(dirname(page), path);
        return !existsSync(join(root, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
      })
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

/** Rows of a table of keys: path and default, which is "none" for a key that has none. */
function keysTold(kind: string) {
  const [, table = ""] = textOf("docs/configuration.md").split(`| key of ${kind} |`);
  return Array.from(
    table.split("\n\n", 1)[0]!.matchAll(/^\| `([a-z_.]+)` \| (.+?) \|/gm),
    ([, path, value]) => ({
      path: path!,
      value: value!,
    }),
  );
}

/** Every key of a schema, with its default as the README writes it. */
function keysOf(schema: z.ZodType, defaults: unknown, above = ""): string[] {
  if (schema instanceof z.ZodLazy) return keysOf(schema.unwrap() as z.ZodType, defaults, above);
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  // What a default is for is told; what merely may be absent or null is not looked into.
  if (inner && schema.def.type === "prefault") return keysOf(inner, defaults, above);
  if (schema.def.type !== "object") return [`${above}: ${shown(defaults)}`];
  const { shape } = schema as z.ZodObject;
  return Object.entries(shape).flatMap(([key, one]) =>
    keysOf(one as z.ZodType, (defaults as Record<string, unknown>)[key], above ? `${above}.${key}` : key),
  );
}

function shown(value: unknown): string {
  if (value === undefined) return "none";
  return `\`${typeof value === "string" ? value : JSON.stringify(value).replaceAll(",", ", ")}\``;
}

test("the keys told of bot.yaml, manager.yaml and cli.yaml are the schemas', all of them, with their defaults", () => {
  const told = { "bot.yaml": BotConfig, "manager.yaml": ManagerConfig, "cli.yaml": CliConfig };
  for (const [kind, schema] of Object.entries(told)) {
    const written = keysTold(kind).map(({ path, value }) => `${path}: ${value}`);
    expect(written).toEqual(keysOf(schema, schema.parse({})));
    expect(written.length).toBeGreaterThan(2);
  }
});

test("the keys told of llm are the schema's, with one service for all, and each service's usual model and address", () => {
  const usual = Llm.parse({});
  const services = providerNames.filter((name) => name !== "replay");
  const written = keysTold("llm").map(({ path, value }) => `${path}: ${value}`);
  const [shownService, ...others] = services;
  expect(written).toEqual(
    keysOf(Llm, usual).filter((line) => !others.some((name) => line.startsWith(`${name}.`))),
  );
  const keysOfService = (name: (typeof services)[number]) => Object.keys(usual[name]).join(" ");
  for (const name of others) expect(keysOfService(name)).toBe(keysOfService(shownService!));
  const rows = Array.from(
    textOf("docs/configuration.md").matchAll(/^\| `([a-z_]+)` \| `([^`]+)` \| `([^`]+)` \| (.+) \|$/gm),
    ([, name, model, address]) => [name, model, address],
  );
  expect(rows).toEqual(services.map((name) => [name, usual[name].model, String(usual[name].base_url)]));
});

test("every example names the schema of its kind for editors", () => {
  for (const file of readdirSync(join(root, "examples"))) {
    const schema = `../schemas/${kinds[file] ?? "bot"}.schema.json`;
    expect(textOf(`examples/${file}`).split("\n")[0]).toBe(`# yaml-language-server: $schema=${schema}`);
    expect(existsSync(join(root, "examples", schema))).toBe(true);
  }
});

test("examples/bot.yaml shows each key that decides how a bot trades, banks and types", () => {
  const inExample = new Set(
    Array.from(textOf("examples/bot.yaml").matchAll(/^ {2}(?:# )?([a-z_]+):/gm), ([, key]) => key),
  );
  for (const { path } of keysTold("bot.yaml")) {
    const [section, key] = path.split(".");
    // A bot that works pairs goes as far as it pays; few want that changed.
    if (["trading", "banking", "pace"].includes(section!) && key !== "max_hop_distance")
      expect([key, inExample.has(key!)]).toEqual([key, true]);
  }
});

test("docs/command-line.md names every command and every exit status, as --help does", () => {
  const page = textOf("docs/command-line.md");
  const { commands } = createProgram(stage().doors, () => {});
  const named = new Set(
    Array.from(page.matchAll(/^\| (`[^|]+`) \|/gm), ([, cell]) => cell!)
      .join(" ")
      .match(/[a-z-]+/g),
  );
  expect(commands.map((command) => command.name()).filter((name) => !named.has(name))).toEqual([]);
  const statuses = Array.from(page.matchAll(/^\| (\d+) \| (.+) \|$/gm), ([, status, words]) => [
    status,
    words,
  ]);
  expect(statuses).toEqual(Object.entries(exitWords));
});

test("docs/http.md names every operation's route, and no other", () => {
  const told = Array.from(
    textOf("docs/http.md").matchAll(/`(GET|POST|DELETE) (\/[^`?\s]*)/g),
    ([, method, path]) => `${method} ${path}`,
  );
  const routes = Object.values(operations).map(
    ({ http: [method, path] }) => `${method} ${path.replaceAll(/:([a-z_]+)/g, "{$1}")}`,
  );
  expect([...new Set(told)].filter((route) => !others.has(route)).toSorted()).toEqual(routes.toSorted());
});
/** Routes that are no operations. */
const others: ReadonlySet<string> = new Set([
  "GET /health",
  "GET /metrics",
  "GET /openapi.json",
  "POST /mcp",
]);
