import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFile } from "../../src/io/new-file.ts";
import { Refusal } from "../../src/proto/refusal.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-new-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
async function* pieces(...texts: (string | Error)[]) {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield text;
  }
}
const codeOf = (promise: Promise<void>) =>
  promise.then(
    () => undefined,
    (error: Refusal) => error.code,
  );
const file = join(folder, "a.csv");

test("a new file is written whole; one that is there is left alone, or replaced where that is wanted", async () => {
  await writeFile(file, pieces("one,", "two\r\n"), false);
  expect(readFileSync(file, "utf8")).toBe("one,two\r\n");
  expect(await codeOf(writeFile(file, pieces("other"), false))).toBe("conflict");
  expect(readFileSync(file, "utf8")).toBe("one,two\r\n");
  await writeFile(file, pieces("new"), true);
  expect(readFileSync(file, "utf8")).toBe("new");
});

test("what breaks off leaves the old file, and nothing of the new one", async () => {
  writeFileSync(file, "old");
  const broken = new Refusal("manager_unreachable", "gone");
  expect(await codeOf(writeFile(file, pieces("half", broken), true))).toBe("manager_unreachable");
  expect(readFileSync(file, "utf8")).toBe("old");
  expect(await codeOf(writeFile(join(folder, "b"), pieces("half", broken), false))).toBe(
    "manager_unreachable",
  );
  expect(readdirSync(folder)).toEqual(["a.csv"]);
});

test("a place that is none is refused in words", async () => {
  expect(await codeOf(writeFile("-", pieces(), true))).toBe("bad_input");
  expect(await codeOf(writeFile(join(folder, "no/such/x"), pieces("x"), false))).toBe("unavailable");
  expect(await codeOf(writeFile(folder, pieces("x"), true))).toBe("unavailable");
  expect(readdirSync(folder)).toEqual(["a.csv"]);
});
