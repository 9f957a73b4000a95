/** What a worker had to tell lies in its folder when it is gone. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createOutboxFile, outboxFileMaxBytes, outboxName } from "../../src/io/outbox-file.ts";
import { readOutbox } from "../../src/io/outbox.ts";
import type { WorkerMessage } from "../../src/proto/link.ts";
import { createSession, outboxMax } from "../../src/proto/session.ts";

const id = "00112233aabbccdd";
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bbsbot-outbox-"));
  path = join(folder, outboxName);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function worker(complaints: string[] = []) {
  const session = createSession(id, "b", 1);
  const file = createOutboxFile(folder, id, session.unheard, (text) => complaints.push(text));
  const say = (message: WorkerMessage) => {
    const { keep } = session.say(message);
    if (keep) file.append(keep);
  };
  const note = (text: string) => say({ type: "note", severity: "info", text });
  return { session, file, say, note };
}

test("each numbered message is there at once, under the session's name, for its owner's eyes only", () => {
  const { say, note } = worker();
  note("first");
  say({ type: "playing" });
  say({ type: "ended", how: "completed", reason: "done" });
  expect(readOutbox(folder)).toEqual({
    session: id,
    messages: [
      { type: "note", severity: "info", text: "first", n: 1 },
      { type: "ended", how: "completed", reason: "done", n: 2 },
    ],
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test("a torn last line, and lines that are no numbered messages, are passed over", () => {
  worker().note("whole");
  appendFileSync(
    path,
    '{"type":"playing"}\n{"type":"note","n":2,"severity":"loud","text":""}\n\u0000\n{"type":"no',
  );
  expect(readOutbox(folder)?.messages).toMatchObject([{ n: 1, text: "whole" }]);
});

test("without a file, or with one that names no session, nothing was left behind", () => {
  expect(readOutbox(folder)).toBeUndefined();
  expect(readOutbox(join(folder, "nowhere"))).toBeUndefined();
  for (const text of ["", "\n", "{}\n", '{"session":"../../etc"}\n', '{"session":7}\n']) {
    writeFileSync(path, text);
    expect(readOutbox(folder)).toBeUndefined();
  }
  rmSync(path);
  mkdirSync(path);
  expect(readOutbox(folder)).toBeUndefined();
});

test("a new process begins the file anew", () => {
  worker().note("of the first");
  worker().note("of the second");
  expect(readOutbox(folder)?.messages).toMatchObject([{ n: 1, text: "of the second" }]);
});

test("a file that has grown is begun anew with what is still to be told", () => {
  const { session, note } = worker();
  const text = "x".repeat(1000);
  for (let i = 1; i <= 500; i++) {
    note(text);
    session.told({ type: "ack", n: i - 1 });
    expect(statSync(path).size).toBeLessThan(outboxFileMaxBytes + 2000);
    expect(readOutbox(folder)?.messages.at(-1)).toMatchObject({ n: i });
  }
});

test("while nobody acknowledges, all that is kept lies there, and the file stays bounded", () => {
  const { session, note } = worker();
  for (let i = 0; i < 3 * outboxMax; i++) note("y".repeat(100));
  const numbers = readOutbox(folder)!.messages.map((message) => ("n" in message ? message.n : 0));
  for (const { n } of session.unheard()) if (n !== 2 * outboxMax) expect(numbers).toContain(n);
  expect(statSync(path).size).toBeLessThan(4 * outboxMax * 200);
});

test("a disk that takes nothing is told of once and keeps nobody from anything; when it does again, all is there", () => {
  mkdirSync(path);
  const complaints: string[] = [];
  const { note } = worker(complaints);
  note("a");
  note("b");
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toContain(path);
  rmSync(path, { recursive: true });
  note("c");
  expect(readOutbox(folder)?.messages).toMatchObject([{ text: "a" }, { text: "b" }, { text: "c" }]);
  expect(readFileSync(path, "utf8")).toEndWith("\n");
});
