import { expect, test } from "bun:test";
import { Command } from "commander";
import type { Doors } from "../../../src/control/console/doors.ts";
import { exits, exitWords } from "../../../src/control/console/exits.ts";
import { createProgram } from "../../../src/control/console/program.ts";
import { managerAt } from "../../../src/control/console/verb.ts";
import { operations } from "../../../src/proto/operations.ts";
import { refusalCodes } from "../../../src/proto/refusal.ts";
import { scribe } from "../../doubles/scribe.ts";
import { stage, typed } from "../../doubles/console.ts";

const program = createProgram(stage().doors, () => {});
const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : [command, ...command.commands.flatMap(leaves)];
const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
const verbs = leaves(program).filter((command) => command !== program);

test("a flag goes before the settings, and they before the default", () => {
  const settled = { url: "http://far:1", tokenFile: "/far" };
  expect(managerAt({}, {})).toEqual({ url: "http://localhost:8000", tokenFile: undefined });
  expect(managerAt({}, settled)).toEqual({ url: "http://far:1", tokenFile: "/far" });
  expect(managerAt({ url: "" }, settled)).toEqual({ url: "http://far:1", tokenFile: "/far" });
  expect(managerAt({ tokenFile: "/mine" }, settled)).toEqual({ url: "http://far:1", tokenFile: "/mine" });
  expect(managerAt({ url: "http://far:1" }, settled).tokenFile).toBe("/far");
});

test("a token that was settled for one manager is shown to no other", () => {
  expect(
    managerAt({ url: "http://near:1" }, { url: "http://far:1", tokenFile: "/far" }).tokenFile,
  ).toBeUndefined();
  expect(managerAt({ url: "http://near:1" }, { tokenFile: "/home" }).tokenFile).toBeUndefined();
});

test("a verb asks the manager that it is pointed to", async () => {
  const seen: unknown[] = [];
  const doors: Partial<Doors> = {
    settings: async () => ({ url: "http://settled:1", tokenFile: "/t" }),
    swarm: async (...at) => {
      seen.push(at);
      return scribe().swarm;
    },
  };
  await typed("status", { doors });
  await typed("status --url http://typed:1 --token-file x", { doors });
  expect(seen).toEqual([
    ["http://settled:1", "/t"],
    ["http://typed:1", "x"],
  ]);
});

test("every operation of the table is a verb, but for what other verbs and the page are made of", () => {
  const names = new Set(verbs.flatMap((command) => [command.name(), ...command.aliases()]));
  const missing = Object.values(operations).filter(({ cli }) => !names.has(cli));
  expect(missing.map(({ cli }) => cli).toSorted()).toEqual([
    "decisions",
    "map",
    "order",
    "step",
    "timeseries",
  ]);
});

test("every verb has an example in its help", () => {
  for (const command of verbs) {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    if (command.name() !== "help")
      expect([nameOf(command), /\nExamples?:\n {2}.*bbsbot/.test(help)]).toEqual([nameOf(command), true]);
  }
});

test("every verb that speaks to a manager gives JSON, and says where the manager is", () => {
  for (const command of verbs.filter(({ options }) => options.some(({ long }) => long === "--url"))) {
    const flags = command.options.map(({ long }) => long);
    if (command.name() === "mcp") continue;
    expect([nameOf(command), flags]).toEqual([
      nameOf(command),
      expect.arrayContaining(["--url", "--token-file", "--json", "--color"]) as never,
    ]);
  }
});

test("every exit status of the two tables is told in --help, and no other", async () => {
  const statuses = new Set([...Object.values(exits), ...Object.values(refusalCodes).map(({ exit }) => exit)]);
  expect(
    Object.keys(exitWords)
      .map(Number)
      .toSorted((a, b) => a - b),
  ).toEqual([...statuses].toSorted((a, b) => a - b));
  const { out } = await typed("--help");
  for (const [status, words] of Object.entries(exitWords))
    expect(out).toMatch(new RegExp(`^ +${status} +${words.replaceAll(/[()]/g, "\\$&")}$`, "m"));
  // Degraded is told by whoever was asked to look, and by nobody else.
  expect(Object.values(refusalCodes).map(({ exit }) => exit as number)).not.toContain(exits.degraded);
});

test("JSON has nothing in it that a terminal minds, and says the same", async () => {
  const hostile = { ...scribe().swarm, botStatus: async () => ({ bot_id: "a\u009b31m\u202e\u001b[2J" }) };
  const { out } = await typed("status a --json", { doors: { swarm: async () => hostile as never } });
  expect(out).toBe('{"bot_id":"a\\u009b31m\\u202e\\u001b[2J"}\n');
  expect(JSON.parse(out)).toEqual({ bot_id: "a\u009b31m\u202e\u001b[2J" });
});

test("a mistyped verb, flag or word is answered with the nearest and status 2", async () => {
  for (const [line, wanted] of [
    ["statsu", "status"],
    ["pause a --stat RUNNING", "--state"],
    ["spawn-swarm --cuont 3", "--count"],
    ["config chekc", "check"],
  ] as const) {
    const run = await typed(line);
    expect(run).toMatchObject({ status: 2, out: "", asked: [] });
    expect(run.err).toContain(`Did you mean ${wanted}?`);
  }
});
