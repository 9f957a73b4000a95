import { afterAll, expect, test } from "bun:test";
import { failureOf } from "../doubles/failure.ts";
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDb } from "../../src/io/db.ts";
import { openStore, statePlaces } from "../../src/io/store.ts";
import { report, spawned } from "../swarm/stories.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-store-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let number = 0;
const newFile = () => join(folder, `swarm${number++}.db`);

test("what was appended is loaded again, in order, with the latest report of each bot", async () => {
  const file = newFile();
  const store = await openStore(file);
  store.append(1, [spawned("a"), spawned("b")]);
  store.append(3, [{ type: "started", bot: "a", pid: 5, at: 2 }]);
  store.saveReports([
    { bot: "a", at: 5, report: report({ credits: 1 }) },
    { bot: "b", at: 5, report: report() },
  ]);
  store.saveReports([{ bot: "a", at: 6, report: report({ credits: 2 }) }]);
  store.close();
  const again = await openStore(file);
  expect(again.load()).toEqual({
    events: [spawned("a"), spawned("b"), { type: "started", bot: "a", pid: 5, at: 2 }],
    reports: [
      { bot: "a", at: 6, report: report({ credits: 2 }) },
      { bot: "b", at: 5, report: report() },
    ],
    lastSeq: 3,
  });
  again.close();
});

test("a batch is kept whole or not at all", async () => {
  const store = await openStore(newFile());
  store.append(1, [spawned("a")]);
  expect(() => store.append(2, [spawned("b"), { ...spawned("c"), at: undefined as never }])).toThrow();
  expect(store.load()).toMatchObject({ events: [{ bot: "a" }], lastSeq: 1 });
  expect(() => store.append(1, [spawned("d")])).toThrow();
  store.close();
});

test("the file is readable by its owner alone, and nothing but the file is left after closing", async () => {
  const file = newFile();
  const store = await openStore(file);
  store.append(1, [spawned("a")]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  if (existsSync(`${file}-wal`)) expect(statSync(`${file}-wal`).mode & 0o777).toBe(0o600);
  store.close();
  expect(existsSync(`${file}-wal`)).toBe(false);
  expect(existsSync(`${file}-shm`)).toBe(false);
});

test("one manager at a time: the second is refused, and let in when the first has gone", async () => {
  const file = newFile();
  const first = await openStore(file);
  expect(await failureOf(openStore(file))).toContain(`Another manager uses "${file}"`);
  first.append(1, [spawned("a")]);
  first.close();
  const second = await openStore(file);
  expect(second.load().lastSeq).toBe(1);
  second.close();
});

test("kill -9 in the middle of writing loses nothing that was acknowledged, and frees the lock", async () => {
  const file = newFile();
  const program = join(folder, "writer.ts");
  const root = join(import.meta.dir, "../..");
  writeFileSync(
    program,
    `import { openStore } from "${root}/src/io/store.ts";
     import { spawned } from "${root}/tests/swarm/stories.ts";
     const store = await openStore("${file}");
     for (let seq = 1; ; seq++) { store.append(seq, [spawned("b" + seq)]); await Bun.write(Bun.stdout, seq + "\\n"); }`,
  );
  const child = Bun.spawn([process.execPath, program], { stdout: "pipe" });
  let said = "";
  for await (const chunk of child.stdout) {
    said += new TextDecoder().decode(chunk);
    if (said.split("\n").length > 50) child.kill("SIGKILL");
  }
  await child.exited;
  const acknowledged = Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));
  expect(acknowledged).toBeGreaterThan(40);
  const store = await openStore(file);
  const { events, lastSeq } = store.load();
  expect(lastSeq).toBeGreaterThanOrEqual(acknowledged);
  expect(events).toHaveLength(lastSeq);
  store.close();
});

test("a store of a newer version, and a file that is none, are refused with their name", async () => {
  const newer = newFile();
  const db = await openDb(newer);
  db.exec("PRAGMA user_version = 99");
  db.close();
  expect(await failureOf(openStore(newer))).toContain(`Cannot read ${newer}: a newer bbsbot wrote it`);
  const text = newFile();
  writeFileSync(text, "bots:\n  - this is no database, whatever its name says\n".repeat(100));
  expect(await failureOf(openStore(text))).toContain(`Cannot open "${text}"`);
});

test("state_file decides where everything lies; a .json name keeps its database beside it", () => {
  expect(statePlaces("/x/swarm_state.db")).toEqual({
    database: "/x/swarm_state.db",
    lore: "/x/swarm_state.d/lore.db",
    bots: "/x/swarm_state.d/bots",
  });
  expect(statePlaces("/x/swarm_state.json").database).toBe("/x/swarm_state.db");
  expect(statePlaces("/x/swarm").bots).toBe("/x/swarm.d/bots");
});
