/** The words behind `bun run bench`. */
import { expect, test } from "bun:test";
import { readWords } from "../../../bench/harness/words.ts";

const none = { names: [], json: false, list: false, check: false, writeBaseline: false, runs: undefined };

test("names and flags may stand in any order", () => {
  expect(readWords([])).toEqual(none);
  expect(readWords(["--check", "codec", "--runs", "3", "host", "--json"])).toEqual({
    ...none,
    names: ["codec", "host"],
    check: true,
    json: true,
    runs: 3,
  });
  expect(readWords(["--list", "--write-baseline", "--runs=1000"])).toEqual({
    ...none,
    list: true,
    writeBaseline: true,
    runs: 1000,
  });
});

test("what means nothing is refused with its reason", () => {
  const wrong = (...words: string[]) => readWords(words);
  expect(wrong("--fast")).toEqual({ wrong: 'There is no flag "--fast"' });
  expect(wrong("--constructor")).toEqual({ wrong: 'There is no flag "--constructor"' });
  expect(wrong("--json=yes")).toEqual({ wrong: '--json takes no value, not "yes"' });
  for (const runs of ["0", "1001", "many", ""])
    expect(wrong("--runs", runs)).toEqual({
      wrong: `--runs wants a whole number from 1 to 1000, not "${runs}"`,
    });
});
