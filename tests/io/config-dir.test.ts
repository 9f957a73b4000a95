import { afterAll, beforeAll, expect, test } from "bun:test";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listNamed, namedMax, readNamed } from "../../src/io/config-dir.ts";
import { yamlMaxBytes } from "../../src/io/yaml.ts";
import { Refusal } from "../../src/proto/refusal.ts";

const root = mkdtempSync(join(tmpdir(), "bbsbot-config-dir-"));
const dir = join(root, "bots");
afterAll(() => rmSync(root, { recursive: true, force: true }));

const put = (path: string, text: string) => writeFileSync(join(root, path), text);
const goalOf = (name: string) => readNamed(dir, name).trading.goal;
const refusalOf = (name: string): Refusal => {
  try {
    readNamed(dir, name);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error(`"${name}" was read`);
};

beforeAll(() => {
  mkdirSync(join(dir, "fleet/deep"), { recursive: true });
  mkdirSync(join(root, "bots-of-others"));
  mkdirSync(join(dir, "folder.yaml"));
  const scout = (goal: string) => `trading: {goal: ${goal}}\n`;
  put("bots/scout.yaml", scout("scout"));
  put("bots/short.yml", scout("short"));
  put("bots/fleet/one.yaml", scout("one"));
  put("bots/fleet/deep/two.yaml", scout("two"));
  put("bots/.hidden.yaml", scout("hidden"));
  put("bots/notes.txt", scout("notes"));
  put("bots/100% of ours (ü).yaml", scout("odd"));
  // What must never be seen: each is a good configuration, so a way out would be found.
  put("canary.yaml", scout("canary"));
  put("bots-of-others/canary.yaml", scout("canary"));
  put("bots/bad.yaml", "trading:\n  gaol: x\n");
  put("bots/large.yaml", `# ${"x".repeat(yamlMaxBytes)}\n`);
  symlinkSync(join(dir, "scout.yaml"), join(dir, "inside.yaml"));
  symlinkSync("fleet", join(dir, "alias"));
  symlinkSync(join(root, "canary.yaml"), join(dir, "outside.yaml"));
  symlinkSync("../canary.yaml", join(dir, "outside-too.yaml"));
  symlinkSync("..", join(dir, "up"));
  symlinkSync(join(root, "bots-of-others"), join(dir, "others"));
  symlinkSync("circle.yaml", join(dir, "circle.yaml"));
  symlinkSync("nowhere.yaml", join(dir, "dangling.yaml"));
  symlinkSync("/dev/zero", join(dir, "zero.yaml"));
  symlinkSync("/proc/self/environ", join(dir, "environ.yaml"));
  Bun.spawnSync(["mkfifo", join(dir, "pipe.yaml")]);
});

test("a name leads to its file, with or without its ending, and into folders", () => {
  expect(["scout", "scout.yaml", "short", "short.yml"].map(goalOf)).toEqual([
    "scout",
    "scout",
    "short",
    "short",
  ]);
  expect(["fleet/one", "fleet/deep/two.yaml"].map(goalOf)).toEqual(["one", "two"]);
  expect(goalOf("100% of ours (ü)")).toBe("odd");
});

test("a link that stays inside is followed", () => {
  expect(["inside", "alias/one"].map(goalOf)).toEqual(["scout", "one"]);
});

/** Ways out, each in many spellings. */
function waysOut(): string[] {
  const dots = [
    "..",
    "%2e%2e",
    "%252e%252e",
    "..%00",
    "．．",
    "‥",
    "..;",
    "....",
    ". .",
    ".%2e",
    "\u2024\u2024",
    "%c0%ae%c0%ae",
  ];
  const slashes = ["/", "%2f", "%252f", "\\", "%5c", "//", "/./", "\\/", "∕", "／", "%c0%af"];
  const targets = ["canary", "canary.yaml", "bots-of-others/canary.yaml"];
  const climbs = dots.flatMap((dot) =>
    slashes.flatMap((slash) => targets.map((target) => `${dot}${slash}${target}`)),
  );
  const absolute = targets.map((target) => join(root, target));
  return [
    ...climbs,
    ...absolute,
    ...absolute.map((path) => `/${path}`),
    ...absolute.map((path) => `file://${path}`),
    ...absolute.map((path) => path.slice(1)),
    ...absolute.map((path) => `/proc/self/root${path}`),
    ...targets.flatMap((target) => [
      `fleet/../../${target}`,
      `fleet/deep/../../../${target}`,
      `./../${target}`,
      `up/${target}`,
      `alias/../../${target}`,
      `scout.yaml/../../${target}`,
      `scout/../../${target}`,
      `../bots/../${target}`,
      `../${target}\0.yaml`,
      `scout.yaml\0../${target}`,
      `C:\\${target}`,
      `C:${target}`,
      `\\\\?\\${target}`,
      `~/${target}`,
      `$HOME/${target}`,
      `\${HOME}/${target}`,
    ]),
    "outside",
    "outside.yaml",
    "outside-too",
    "others/canary",
    "others/canary.yaml",
    "up/bots/scout",

    "circle",
    "dangling",
    "zero",
    "environ",
    "pipe",
    "folder",
    "folder.yaml",
    "fleet",
    "fleet/",
    "",
    ".",
    "..",

    "/",
    "//",
    "/etc/passwd",
    "/dev/stdin",
    "/dev/zero",
    "/proc/self/environ",
    "notes.txt",
    "notes",
    ".hidden",

    "./scout",
    "fleet//one",
    "/scout",
    "scout/",
    "scout.yaml/",
    " scout",
    "scout ",
    "scout\n",
    "scout.yaml\0",

    "fleet/./one",
    "scout.YAML",
    "scout.yaml.yaml",
    "CON",
    "scout.yaml::$DATA",
    "a".repeat(401),
    "a/".repeat(50),

    "-",
    "--config",
    "`id`",
    "$(id)",
    "*",
    "?cout",
    "[s]cout",
    "scout;id",
    "__proto__",
    "constructor",
  ];
}

test("no name leads anywhere else, and what lies elsewhere makes no difference to the answer", () => {
  const names = waysOut();
  expect(names.length).toBeGreaterThan(450);
  for (const name of names) {
    const { code, message } = refusalOf(name);
    expect([name, code]).toEqual([name, "not_found"]);
    expect(message).toBe(`There is no configuration "${name.slice(0, 100)}" in config_dir`);
  }
});

test("a folder that becomes a link between two looks leads nowhere", () => {
  const moving = join(dir, "moving");
  mkdirSync(moving);
  put("bots/moving/canary.yaml", "trading: {goal: inside}\n");
  expect(goalOf("moving/canary")).toBe("inside");
  renameSync(moving, join(dir, "moved"));
  symlinkSync(join(root, "bots-of-others"), moving);
  expect(refusalOf("moving/canary").code).toBe("not_found");
  expect(goalOf("moved/canary")).toBe("inside");
});

test("what is wrong in a file is told with its name alone, and so is one that is too large", () => {
  expect(refusalOf("bad")).toMatchObject({
    code: "bad_input",
    message: expect.stringMatching(/^bad\.yaml:2:3: unknown key "gaol" under "trading"/),
  });
  const { code, message } = refusalOf("large");
  expect([code, message]).toEqual(["bad_input", "large.yaml: larger than 256 KB"]);
  expect(message + refusalOf("bad").message).not.toContain(root);
});

test("password files beside a configuration are put in place, and what has no effect is told", () => {
  put("bots/fleet/secret.txt", "hunter2\n");
  put("bots/fleet/armed.yaml", "character: {password_file: secret.txt}\nscanning: {when: never}\n");
  const told: string[] = [];
  expect(readNamed(dir, "fleet/armed", (line) => told.push(line)).character).toEqual({ password: "hunter2" });
  expect(told).toEqual(['fleet/armed.yaml:2:1: "scanning" has no effect here, nor has what stands under it']);
});

test("the list holds what can be asked for and nothing else", () => {
  const names = listNamed(dir);
  for (const name of names.filter((each) => !/^(bad|large)/.test(each)))
    expect(readNamed(dir, name)).toBeDefined();
  expect(names).toContain("fleet/deep/two.yaml");
  expect(names).toContain("inside.yaml");
  expect(
    names.filter((name) => /out|zero|pipe|circle|dangling|hidden|notes|folder|environ|up|^others/.test(name)),
  ).toEqual(["scout.yaml"]);
  expect(names).toEqual(names.toSorted());
});

test("the list is bounded, and a folder that may not be looked into is passed over", () => {
  const many = join(root, "many");
  mkdirSync(join(many, "closed"), { recursive: true });
  for (let i = 0; i < namedMax + 10; i++) writeFileSync(join(many, `b${i}.yaml`), "");
  expect(listNamed(many)).toHaveLength(namedMax);
  const closed = join(root, "closed");
  mkdirSync(join(closed, "no"), { recursive: true });
  writeFileSync(join(closed, "yes.yaml"), "");
  chmodSync(join(closed, "no"), 0);
  expect(listNamed(closed)).toEqual(["yes.yaml"]);
});

test("a config_dir that is not there is the operator's matter, not a missing name", () => {
  expect(() => readNamed(join(root, "gone"), "scout")).toThrow("config_dir cannot be read: no such file");
  expect(() => listNamed(join(root, "gone"))).toThrow(Refusal);
});
