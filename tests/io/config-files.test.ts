import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { filesLike, filesMeant } from "../../src/io/config-files.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-files-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (...parts: string[]) => join(folder, ...parts);
mkdirSync(at("deep.yaml"));
mkdirSync(at("empty"));
for (const name of ["b.yaml", "a.yml", "note.txt", ".hidden.yaml", "odd[1].yaml", "deep.yaml/c.yaml"])
  writeFileSync(at(name), "");

test("a folder means its YAML files by name, hidden ones and folders left out", () => {
  expect(filesMeant([folder])).toEqual([at("a.yml"), at("b.yaml"), at("odd[1].yaml")]);
});

test("a pattern means the files that fit, a name means itself, even where it looks like a pattern", () => {
  expect(filesMeant([at("*.yaml")])).toEqual([at("b.yaml"), at("odd[1].yaml")]);
  expect(filesMeant([at("**/*.yaml")])).toContain(at("deep.yaml/c.yaml"));
  expect(filesMeant([at("odd[1].yaml"), at("b.yaml")])).toEqual([at("odd[1].yaml"), at("b.yaml")]);
  // Why it cannot be read is told by whoever reads it.
  expect(filesMeant([at("missing.yaml")])).toEqual([at("missing.yaml")]);
  expect(filesMeant([])).toEqual([]);
});

test("a word that means no file is refused", () => {
  expect(() => filesMeant([at("x*.yaml")])).toThrow("expected YAML files, found none that fit");
  expect(() => filesMeant([at("empty")])).toThrow("expected YAML files, found none in it");
});

test("what is typed is completed to YAML files and folders", () => {
  expect(filesLike(`${folder}/`)).toEqual(
    ["a.yml", "b.yaml", "deep.yaml/", "empty/", "odd[1].yaml"].map((name) => at(name)),
  );
  expect(filesLike(at("b"))).toEqual([at("b.yaml")]);
  expect(filesLike(at("nowhere/x"))).toEqual([]);
});
