import { expect, test } from "bun:test";
import type { Doors } from "../../../src/control/console/doors.ts";
import { runCommandLine } from "../../../src/control/console/program.ts";
import type { CheckedConfig } from "../../../src/proto/config-kinds.ts";

/** A command line whose files are these; answers with what it printed. */
async function type(words: string, files: readonly CheckedConfig[] = []) {
  const asked: unknown[] = [];
  let out = "";
  let err = "";
  const doors = {
    version: "0",
    console: {
      out: (text: string) => (out += text),
      err: (text: string) => (err += text),
      isTty: false,
      colour: false,
      columns: 80,
    },
    checkConfig: async (file: string, kind?: string) => {
      asked.push([file, kind]);
      return files.find((one) => one.file === file);
    },
    showConfig: async (...question: unknown[]) => {
      asked.push(question);
      return { value: { a: "x\u001b" }, yaml: "a: x\u001b\n", warnings: ["mind\u0007"] };
    },
    manager: async (flags: unknown) => {
      asked.push(flags);
      return 0;
    },
  } as unknown as Doors;
  const status = await runCommandLine(words.split(" "), doors);
  return { status, out, err, asked };
}

const good: CheckedConfig = {
  file: "good.yaml",
  kind: "bot",
  complaints: [],
  warnings: ["good.yaml:1:1: mind\u0007"],
};
const bad: CheckedConfig = {
  file: "bad.yaml",
  kind: "bot",
  complaints: ["bad.yaml:1:1: no\u001b[2J", "bad.yaml:2:1: nor"],
  warnings: [],
};

test("a check answers for each file, and one that is wrong is status 2", async () => {
  const both = await type("config check good.yaml bad.yaml --kind bot", [good, bad]);
  expect(both.asked).toEqual([
    ["good.yaml", "bot"],
    ["bad.yaml", "bot"],
  ]);
  expect(both).toMatchObject({
    status: 2,
    out: "good.yaml: ok\nbad.yaml:1:1: no·[2J\nbad.yaml:2:1: nor\n",
    err: "good.yaml:1:1: mind·\n",
  });
  expect(await type("config check good.yaml", [good])).toMatchObject({ status: 0, out: "good.yaml: ok\n" });
});

test("a check as JSON is one array, and nothing beside it", async () => {
  const { status, out, err } = await type("config check good.yaml bad.yaml --json", [good, bad]);
  expect([status, JSON.parse(out), err]).toEqual([2, [good, bad], ""]);
});

test("a file is shown as YAML that no terminal minds, or as JSON", async () => {
  const shown = await type("config show bot.yaml --resolved");
  expect(shown).toMatchObject({
    status: 0,
    out: "a: x·\n",
    err: "mind·\n",
    asked: [["bot.yaml", undefined, true]],
  });
  expect((await type("config show --kind manager")).asked).toEqual([[undefined, "manager", false]]);
  expect(JSON.parse((await type("config show --json")).out)).toEqual({ a: "x\u001b" });
});

test("a schema is printed for each kind, a bot's unless said otherwise", async () => {
  const title = async (words: string) => (JSON.parse((await type(words)).out) as { title: string }).title;
  expect(await title("config schema")).toStartWith("bot.yaml");
  expect(await title("config schema manager")).toStartWith("manager.yaml");
  expect((await type("config schema nothing")).status).toBe(2);
  expect((await type("config check x.yaml --kind nothing")).status).toBe(2);
  expect((await type("config check")).status).toBe(2);
});

test("the manager takes its folder, its token's file and its patience from flags", async () => {
  const { asked } = await type("manager --config-dir bots --token-file t --orphan-grace 0 --page-read-only");
  expect(asked).toMatchObject([{ configDir: "bots", tokenFile: "t", orphanGrace: 0, pageReadOnly: true }]);
  expect((await type("manager --orphan-grace 86401")).status).toBe(2);
});
