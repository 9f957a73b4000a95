import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBotText } from "../../src/io/bot-file.ts";
import { configTextMaxChars } from "../../src/proto/operations/spawning.ts";
import { refusalOf } from "../swarm/stories.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-bot-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const complaintOf = (text: string) => refusalOf(() => readBotText(text, "config_text"));

test("a text that is handed in is read as a file is, with its warnings", () => {
  const { value, warnings } = readBotText("trading:\n  goal: banking\nscanning: {}\n", "config_text");
  expect(value.trading.goal).toBe("banking");
  expect(warnings).toEqual(['config_text:3:1: "scanning" has no effect here']);
});

test("what is wrong with it is told with line and column, all of it", () => {
  expect(
    complaintOf("trading:\n  gaol: profit\nsession:\n  max_turns_per_session: many\n").split("\n"),
  ).toEqual([
    expect.stringContaining('bad_input: config_text:2:3: unknown key "gaol" under "trading"'),
    'config_text:4:26: "session.max_turns_per_session" is "many": expected number',
  ]);
  expect(complaintOf("a: [1\nb: 2")).toContain("config_text:");
});

test("it learns nothing of the machine it is read on: no variable is set, and no file is opened", () => {
  process.env["BBSBOT_CANARY"] = "seen";
  expect(complaintOf("trading:\n  goal: ${BBSBOT_CANARY}\n")).toContain(
    'config_text:2:9: variable "BBSBOT_CANARY" is not set',
  );
  expect(readBotText("trading: {goal: '${BBSBOT_CANARY:-mine}'}", "config_text").value.trading.goal).toBe(
    "mine",
  );
  delete process.env["BBSBOT_CANARY"];
  const secret = join(folder, "secret");
  writeFileSync(secret, "hunter2\n");
  const named = `character:\n  password_file: ${secret}\nconnection:\n  game_password_file: /etc/hostname\n`;
  expect(complaintOf(named).split("\n")).toEqual([
    'bad_input: config_text:4:23: "connection.game_password_file" names a file: a configuration that is handed in holds the password itself',
    'config_text:2:18: "character.password_file" names a file: a configuration that is handed in holds the password itself',
  ]);
});

test("a secret that does not fit is not told back", () => {
  const told = complaintOf('character:\n  password: "hunter2hunter2hunter2hunter2"\n');
  expect(told).toContain('config_text:2:13: "character.password" is a string');
  expect(told).not.toContain("hunter2");
});

test("the worst text of the greatest length is judged before long", () => {
  const lines = Array.from({ length: configTextMaxChars / 8 }, (_, n) => `k${n}: 1`).join("\n");
  const worst = ["[".repeat(configTextMaxChars), lines.slice(0, configTextMaxChars)];
  for (const text of worst) {
    const since = process.cpuUsage().user;
    expect(complaintOf(text)).toContain("config_text:1:");
    // A third of a second on the machine on which that was found out.
    expect((process.cpuUsage().user - since) / 1000).toBeLessThan(3000);
  }
});
