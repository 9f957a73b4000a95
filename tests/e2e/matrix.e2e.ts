/** Every command of the built program: in a pipe, as JSON, at a terminal, unread, interrupted and refused. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProgram } from "../../src/control/console/program.ts";
import type { Command } from "commander";
import { testManager, type TestManager } from "../doubles/manager.ts";
import { atTerminal, inPipe, unread } from "./matrix.ts";
import { clean } from "./matrix-clean.ts";
import type { Row } from "./matrix-row.ts";
import { rows } from "./matrix-rows.ts";
import { setStage, type Stage } from "./matrix-world.ts";

let stage: Stage;
let guarded: TestManager;

beforeAll(async () => {
  stage = await setStage("performing");
  const token_file = join(stage.world.folder, "guarded");
  writeFileSync(token_file, "s".repeat(32), { mode: 0o600 });
  guarded = await testManager({ auth: { token_file, needed_for: "everything", names: [] } });
}, 40_000);

afterAll(async () => {
  await guarded?.end();
  await stage?.end();
}, 20_000);

const withAction = (parent: Command, before: string): string[] =>
  parent.commands.flatMap((command) => {
    const name = `${before}${command.name()}`;
    const own = (command as unknown as { _actionHandler: unknown })._actionHandler ? [name] : [];
    return [...own, ...withAction(command, `${name} `)];
  });

test("there is a row for each command", () => {
  const tree = createProgram({ console: {}, version: "0" } as never, () => {});
  expect(Object.keys(rows).toSorted()).toEqual(
    [...withAction(tree, ""), "completion", "complete"].toSorted(),
  );
});

const argvOf = async (name: string, row: Row) => [...name.split(" "), ...(await row.words(stage.world))];

for (const [name, row] of Object.entries(rows)) {
  const status = row.status ?? 0;
  const how = { stays: row.stays, stdin: row.stdin };
  const ended = row.stays ? 130 : status;
  const way = (env: Record<string, string> = {}) => ({
    cwd: stage.world.folder,
    env: { ...stage.env, ...env },
  });

  async function asText(): Promise<void> {
    const { code, out, err } = await inPipe(await argvOf(name, row), { ...way(), ...how });
    expect({ name, code, err }).toEqual({
      name,
      code: ended,
      err: expect.stringMatching(row.chatter ?? /^$/) as never,
    });
    clean([name], out + err);
    expect(out + err).not.toContain("\u001b");
    if (row.json === "always") for (const line of linesOf(name, out)) JSON.parse(line);
  }

  async function asJson(): Promise<void> {
    const { code, out, err } = await inPipe([...(await argvOf(name, row)), "--json"], { ...way(), ...how });
    expect({ name, code, err }).toEqual({
      name,
      code: ended,
      err: expect.stringMatching(row.chatter ?? /^$/) as never,
    });
    expect(out.endsWith("\n") || out === "").toBe(true);
    const values = row.json === "value" ? [out] : out.split("\n").slice(0, -1);
    for (const value of values) expect(typeof JSON.parse(value)).toBe("object");
  }

  async function atTty(env: Record<string, string>, inked: Row["inked"] | false): Promise<void> {
    const live = row.terminal !== undefined;
    const argv = live ? [name, ...row.terminal!(stage.world)] : await argvOf(name, row);
    const stays = live ? /steady/ : row.stays;
    const { code, out } = await atTerminal(argv, { ...way(env), stays });
    clean([name], out, true);
    expect({ name, code }).toEqual({ name, code: stays ? 130 : status });
    // Progress and pictures are drawn with a cursor that moves, which is no colour.
    // oxlint-disable-next-line no-control-regex
    const colours = out.match(/\u001b\[[\d;]*m/g)?.filter((code) => !/\[0?m|\[0?;?7m/.test(code)) ?? [];
    if (inked !== "perhaps")
      expect([name, "colours", colours.length > 0]).toEqual([name, "colours", inked === true]);
    expect(out).not.toBe("");
  }

  async function withNobodyReading(): Promise<void> {
    const { code, err } = await unread(await argvOf(name, row), {
      ...way(),
      nudge: row.stirred && stage.stir,
    });
    expect({ name, code, err }).toEqual({
      name,
      code: 0,
      err: expect.stringMatching(row.chatter ?? /^$/) as never,
    });
  }

  async function refused(words: readonly string[], wanted: number, env = {}): Promise<void> {
    const { code, out, err } = await inPipe([...name.split(" "), ...words], way(env));
    expect({ name, words, code, out }).toEqual({ name, words, code: wanted, out: "" });
    expect(err).toMatch(/^[^\n]+\n/);
    expect(err).not.toMatch(/^\s+at |node:|bun:/m);
  }

  const wrong = async () => {
    const asked = row.asks === true ? await argvOf(name, row) : [];
    const after = asked.slice(name.split(" ").length);
    const cases = (row.refused ?? []).map(([words, code]) =>
      refused(words === "" ? [] : words.split(" "), code),
    );
    if (name !== "complete") cases.push(refused(["--no-such-flag"], 2));
    if (row.asks) {
      cases.push(refused(after, 4, { BBSBOT_URL: "http://127.0.0.1:9" }));
      cases.push(refused(after, 7, { BBSBOT_URL: guarded.url, BBSBOT_TOKEN: "w".repeat(20) }));
    }
    await Promise.all(cases);
  };

  test(`${name}: in a pipe, as JSON, at a terminal, unread and refused`, async () => {
    const works: (() => Promise<void>)[] = [
      asText,
      ...(row.json === "value" || row.json === "lines" ? [asJson] : []),
      ...(name === "mcp" ? [] : [() => atTty({}, row.inked), () => atTty({ NO_COLOR: "1" }, false)]),
      ...(row.stays && !row.stirred ? [] : [withNobodyReading]),
      wrong,
    ];
    if (row.heavy) for (const work of works) await work();
    else await Promise.all(works.map((work) => work()));
  }, 60_000);
}

function linesOf(name: string, out: string): string[] {
  return name === "mcp" ? out.split("\n").slice(0, -1) : [out];
}
