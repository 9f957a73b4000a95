import { afterAll, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAdviceRecord, readAdvice, type Called, type Took } from "../../src/io/advice-record.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-record-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
let file: string;
beforeEach(() => (file = join(folder, `${++count}.jsonl`)));

const called: Called = {
  provider: "ollama",
  model: "gemma3",
  call: { instructions: "You advise bots", prompt: '{"bots":[]}' },
  asked: [{ bot: "a", id: 1, at: 4, picture: "{}" }],
  result: { how: "replied", ms: 120, text: '{"plans":[]}', inputTokens: 30, outputTokens: 5 },
};
const took = (bot: string, id: number, at: number, more: Partial<Took> = {}): Took => ({
  bot,
  id,
  at,
  plan: '{"plan":"trade"}',
  outcome: "accepted",
  ...more,
});
const noneStops = { stopped: expect.unreachable };
const linesOf = (path: string) => readFileSync(path, "utf8").trimEnd().split("\n");

test("each call is written down with what was sent and what came, and its instructions once", () => {
  const record = openAdviceRecord(file, noneStops);
  record.called(called, 1000);
  const failed = { how: "failed", ms: 5, reason: "timeout", words: "No answer within 5 s" } as const;
  record.called({ ...called, result: failed }, 2000);
  record.called({ ...called, call: { ...called.call, instructions: "Others" } }, 3000);
  record.close();
  const lines = linesOf(file).map((line) => JSON.parse(line));
  expect(lines.map(({ type }) => type)).toEqual([
    "instructions",
    "called",
    "called",
    "instructions",
    "called",
  ]);
  expect(lines[0]).toMatchObject({ text: "You advise bots", hash: lines[1].instructions });
  expect(lines[1]).toEqual({
    type: "called",
    at: 1000,
    provider: "ollama",
    model: "gemma3",
    instructions: lines[0].hash,
    prompt: '{"bots":[]}',
    asked: [{ bot: "a", id: 1, at: 4 }],
    ms: 120,
    answer: '{"plans":[]}',
    input_tokens: 30,
    output_tokens: 5,
  });
  expect(lines[2]).toMatchObject({ failed: "timeout", words: "No answer within 5 s" });
  expect(lines[4].instructions).toBe(lines[3].hash);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("what a bot took in can be read again, in its order and without that of others", () => {
  const record = openAdviceRecord(file, noneStops);
  record.called(called, 1);
  record.took(took("a", 1, 4), 2);
  record.took(took("b", 1, 3, { plan: '{"plan":"bank"}' }), 3);
  record.took(took("a", 2, 9, { plan: undefined, outcome: "timeout" }), 4);
  record.took(took("a", 3, 30, { outcome: "dangerous" }), 5);
  record.close();
  expect(readAdvice(file, "a")).toEqual([
    { id: 1, at: 4, plan: '{"plan":"trade"}' },
    { id: 2, at: 9, reason: "timeout" },
    { id: 3, at: 30, plan: '{"plan":"trade"}' },
  ]);
  expect(readAdvice(file, "nobody")).toEqual([]);
});

test("a record goes on over several processes, and a bot's last life in it is the one that is read", () => {
  for (const at of [5, 7]) {
    const record = openAdviceRecord(file, noneStops);
    record.took(took("a", 1, at), at);
    record.took(took("a", 2, at + 10), at);
    record.close();
  }
  expect(linesOf(file)).toHaveLength(4);
  expect(readAdvice(file, "a").map(({ at }) => at)).toEqual([7, 17]);
});

test("a line that was cut short is no part of it, and does not spoil the next", () => {
  const record = openAdviceRecord(file, noneStops);
  record.took(took("a", 1, 5), 1);
  record.close();
  writeFileSync(file, `${readFileSync(file, "utf8")}{"type":"took","at":2,"bo`);
  expect(readAdvice(file, "a")).toHaveLength(1);
  const next = openAdviceRecord(file, noneStops);
  next.took(took("a", 2, 6), 3);
  next.close();
  expect(readAdvice(file, "a").map(({ id }) => id)).toEqual([1, 2]);
});

test("lines are read whole, however many or long, and however they fall over the pieces", () => {
  const many = openAdviceRecord(file, noneStops);
  for (let id = 1; id <= 3000; id++) many.took(took("a", id, id), id);
  many.close();
  expect(readAdvice(file, "a")).toHaveLength(3000);
  file += ".long";
  const record = openAdviceRecord(file, noneStops);
  for (let id = 1; id <= 40; id++) {
    record.called({ ...called, call: { ...called.call, prompt: "ü".repeat(id * 3000) } }, id);
    record.took(took("a", id, id), id);
  }
  record.close();
  expect(readAdvice(file, "a").map(({ id }) => id)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
});

test("a broken line is named with its file and number", () => {
  const good = JSON.stringify({
    type: "took",
    at: 1,
    bot: "a",
    id: 1,
    choices: 3,
    plan: "{}",
    outcome: "turns",
  });
  for (const [bad, found] of [
    ["nonsense", "nonsense"],
    ['{"type":"took","at":1,"bot":"A B","id":1,"choices":1,"outcome":"silent"}', "took"],
    // An accepted plan that is not there cannot be played again.
    ['{"type":"took","at":1,"bot":"a","id":2,"choices":4,"outcome":"accepted"}', "took"],
    [JSON.stringify({ ...JSON.parse(good), plan: "x".repeat(1001) }), "took"],
  ] as const) {
    writeFileSync(file, `${good}\n${bad}\n`);
    expect(() => readAdvice(file, "a")).toThrow(`${file}:2: expected a line of a record`);
    expect(() => readAdvice(file, "a")).toThrow(found);
  }
  expect(() => readAdvice(join(folder, "none"), "a")).toThrow("no such file");
});

test("nothing is added to a file of another kind, and nothing taken off", () => {
  for (const text of ["a secret without a line end", "host: localhost\nport: 2002\n", "\n\n"]) {
    writeFileSync(file, text);
    expect(() => openAdviceRecord(file, noneStops)).toThrow("is no record of a model's answers");
    expect(readFileSync(file, "utf8")).toBe(text);
  }
  expect(() => openAdviceRecord(folder, noneStops)).toThrow(`Cannot record to "${folder}"`);
});

test("a full record stops with one word, and what is in it stays whole", () => {
  const stops: string[] = [];
  const record = openAdviceRecord(file, { stopped: (reason) => stops.push(reason), maxBytes: 500 });
  for (let id = 1; id <= 20; id++) record.took(took("a", id, id), id);
  record.close();
  expect(stops).toEqual([`The record "${file}" is full at 500 bytes`]);
  expect(statSync(file).size).toBeLessThanOrEqual(500);
  expect(readAdvice(file, "a").length).toBeGreaterThan(2);
  const again = openAdviceRecord(file, { stopped: (reason) => stops.push(reason), maxBytes: 500 });
  again.took(took("a", 99, 99), 1);
  expect(stops).toHaveLength(2);
});
