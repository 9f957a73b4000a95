import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spentFile } from "../../src/io/advice-spent.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-spent-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, "advice-spent.json");
const spent = { day: 20_000, calls: 3, tokens: 900, cost: 0.25, plans: { a: 2 } };

test("what one process used the next one knows, and that of another model is not its own", () => {
  spentFile(file, "ollama gemma3", expect.unreachable).keep(spent);
  expect(spentFile(file, "ollama gemma3", expect.unreachable).read()).toEqual(spent);
  expect(spentFile(file, "openai gpt", expect.unreachable).read()).toBeUndefined();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(spentFile(join(folder, "none"), "x", expect.unreachable).read()).toBeUndefined();
});

test("a file that tells nothing of a budget is said to be so, and stops nobody", () => {
  for (const text of [
    "",
    "{",
    '{"of":"x","day":1}',
    '{"of":"x","day":1,"calls":-4,"tokens":0,"cost":0,"plans":{}}',
  ]) {
    const notes: string[] = [];
    writeFileSync(file, text);
    expect(spentFile(file, "x", (note) => notes.push(note)).read()).toBeUndefined();
    expect(notes).toEqual([`"${file}" tells nothing of a budget, and today's begins anew`]);
  }
});
