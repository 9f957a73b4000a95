import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRecorder, readRecording } from "../../src/io/recording.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-recording-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

test("a recording keeps both directions, labels and ends, and of a secret its length alone", () => {
  const file = join(folder, "one.jsonl");
  let ms = 5_000;
  const stops: string[] = [];
  const recorder = createRecorder(file, {
    now: () => ms,
    source: "a test",
    stopped: (why) => stops.push(why),
  });
  ms += 1_234;
  recorder.received(bytes("Password? "));
  recorder.sent(bytes("hush\r"), true);
  recorder.sent(bytes("D"), false);
  recorder.label("look: why not");
  recorder.closed();
  recorder.stop();
  recorder.received(bytes("unheard"));
  const told = readRecording(file);
  expect(told).toEqual([
    { t: 0, d: "H", source: "a test" },
    { t: 1.234, d: "S", hex: Buffer.from("Password? ").toString("hex") },
    { t: 1.234, d: "C", hex: Buffer.from("****\r").toString("hex") },
    { t: 1.234, d: "C", hex: "44" },
    { t: 1.234, d: "L", label: "look: why not" },
    { t: 1.234, d: "X" },
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(stops).toEqual([]);
});

test("no recording is written over another", () => {
  const file = join(folder, "one.jsonl");
  const options = { now: () => 0, source: "a test", stopped: () => undefined };
  expect(() => createRecorder(file, options)).toThrow("Cannot record to");
  expect(() => createRecorder(join(folder, "no/such/folder"), options)).toThrow("Cannot record to");
});

test("a recording that is full says so at its end and stops", () => {
  const file = join(folder, "full.jsonl");
  const stops: string[] = [];
  const recorder = createRecorder(file, {
    now: () => 0,
    source: "a test",
    stopped: (why) => stops.push(why),
    maxBytes: 1_000,
  });
  for (let i = 0; i < 100; i++) recorder.received(bytes("0123456789"));
  const told = readRecording(file);
  expect(told.at(-1)).toMatchObject({ d: "L", label: expect.stringContaining("full") });
  expect(statSync(file).size).toBeLessThanOrEqual(1_000);
  expect(told.length).toBeGreaterThan(10);
  expect(stops).toHaveLength(1);
});
