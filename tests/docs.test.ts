/** Holds what is written for people to the program: examples load, links lead somewhere, the README's keys and defaults are the schema's. */
import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { loadYaml } from "../src/io/yaml.ts";
import { BotConfig, ManagerConfig } from "../src/proto/config.ts";
import { HostConfig } from "../src/proto/host-config.ts";

const root = join(import.meta.dir, "..");
const textOf = (file: string) => readFileSync(join(root, file), "utf8");
const pages = [
  ...readdirSync(root).filter((file) => file.endsWith(".md")),
  ...readdirSync(join(root, "docs")).flatMap((file) => (file.endsWith(".md") ? [`docs/${file}`] : [])),
];

/** Examples that are not a bot's. */
const schemas: Readonly<Record<string, z.ZodType>> = {
  "host.yaml": HostConfig,
  "manager.yaml": ManagerConfig,
};

test("every example is taken as it is, without a warning", () => {
  const examples = readdirSync(join(root, "examples"));
  expect(examples).toContain("bot.yaml");
  for (const file of examples) {
    const { warnings } = loadYaml(join(root, "examples", file), schemas[file] ?? BotConfig);
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

/** Rows of the README's table of bot.yaml: key and default, which is "none" for a key that has none. */
const rows = Array.from(
  textOf("README.md").matchAll(/^\| `([a-z_]+)\.([a-z_]+)` \| (.+?) \|/gm),
  ([, section, key, value]) => ({ section: section!, key: key!, value: value! }),
);

test("the README's keys of bot.yaml are the schema's, with their defaults", () => {
  const defaults = BotConfig.parse({}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  for (const { section, key, value } of rows) {
    const { error } = BotConfig.safeParse({ [section]: { [key]: Symbol(key) } });
    expect([key, error?.issues[0]?.code === "unrecognized_keys"]).toEqual([key, false]);
    const known = defaults[section]?.[key];
    const shown = typeof known === "string" ? known : JSON.stringify(known)?.replaceAll(",", ", ");
    expect(`${section}.${key}: ${value}`).toBe(
      `${section}.${key}: ${shown === undefined ? "none" : `\`${shown}\``}`,
    );
  }
  const told = (section: string) => rows.flatMap((row) => (row.section === section ? [row.key] : []));
  expect(told("banking")).toEqual(Object.keys(BotConfig.shape.banking.unwrap().shape));
  expect(told("pace")).toEqual(Object.keys(BotConfig.shape.pace.unwrap().shape));
});

test("examples/bot.yaml shows each key that decides how a bot trades, banks and types", () => {
  const shown = new Set(
    Array.from(textOf("examples/bot.yaml").matchAll(/^ {2}(?:# )?([a-z_]+):/gm), ([, key]) => key),
  );
  for (const { section, key } of rows)
    if (["trading", "banking", "pace"].includes(section)) expect([key, shown.has(key)]).toEqual([key, true]);
});
