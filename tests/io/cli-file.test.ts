import { afterAll, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { cliFile, readSettings } from "../../src/io/cli-file.ts";

const home = mkdtempSync(join(tmpdir(), "bbsbot-cli-"));
const file = join(home, "bbsbot/cli.yaml");
const env = { XDG_CONFIG_HOME: home };
mkdirSync(join(home, "bbsbot"));
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => rmSync(file, { force: true }));
const settled = (text: string, more: Record<string, string> = {}, colourTold?: boolean) => {
  writeFileSync(file, text);
  return readSettings({ ...env, ...more }, colourTold);
};

test("settings are looked for where XDG says, and having none is fine", async () => {
  expect(cliFile(env)).toEqual({ file, found: false });
  expect(cliFile({}).file).toBe(join(homedir(), ".config/bbsbot/cli.yaml"));
  expect(await readSettings(env, undefined)).toEqual({});
});

test("the environment goes before the file", async () => {
  const text = "url: http://far:1\ntoken_file: tokens/far\ncolor: always\n";
  const tokenFile = join(home, "bbsbot/tokens/far");
  expect(await settled(text)).toEqual({ url: "http://far:1", tokenFile, color: "always" });
  expect(await settled(text, { BBSBOT_URL: "" })).toMatchObject({ url: "http://far:1" });
  expect(await settled(text, { BBSBOT_TOKEN: "x" })).toEqual({ url: "http://far:1", color: "always" });
  expect(await settled(text, {}, false)).toEqual({ url: "http://far:1", tokenFile });
});

test("a token is for the manager that it was written down with", async () => {
  const text = "url: http://far:1\ntoken_file: /far\n";
  expect(await settled(text, { BBSBOT_URL: "http://near:1" })).toEqual({
    url: "http://near:1",
    color: "auto",
  });
  expect(await settled(text, { BBSBOT_URL: "http://far:1" })).toMatchObject({ tokenFile: "/far" });
  expect(await settled("token_file: /t\n", { BBSBOT_URL: "http://localhost:8000" })).toMatchObject({
    tokenFile: "/t",
  });
});

test("what is wrong is told with its place", async () => {
  const refused = (settling: Promise<unknown>) =>
    settling.then(
      () => "taken",
      (error: Error) => error.message,
    );
  expect(await refused(settled("url: htp\n"))).toStartWith(
    `${file}:1:6: "url" is "htp": expected an address`,
  );
  expect(await refused(settled("\ncolr: x\n"))).toStartWith(`${file}:2:1: unknown key "colr"`);
  expect(await refused(settled("color: sometimes\n"))).toStartWith(`${file}:1:8: "color" is "sometimes"`);
  rmSync(file);
  expect(await refused(readSettings({ ...env, BBSBOT_URL: "foo" }, undefined))).toBe(
    'BBSBOT_URL is "foo": expected an address such as http://localhost:8000',
  );
});
