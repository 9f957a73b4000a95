import { afterEach, expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommandLine } from "../src/control/console/program.ts";
import type { Doors } from "../src/control/console/doors.ts";
import { askHostDoor, inspectHostDoor } from "../src/doors.ts";
import { type HostPlan, type RunningHost, runHost } from "../src/host.ts";
import { adminPath } from "../src/host-admin.ts";
import { planHost } from "../src/host-plan.ts";
import { standardPrices } from "../src/games/tw2002/rules/equipment.ts";
import { openDb } from "../src/io/db.ts";

const folders: string[] = [];
const running: RunningHost[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const host of running.splice(0)) await host.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bbsbot-admin-"));
  folders.push(folder);
  return folder;
}

async function start(db: string, more: Partial<HostPlan> = {}): Promise<RunningHost> {
  const games = [{ letter: "A", seed: 1, settings: { sectors: 200, homePlanets: false } }];
  const host = await runHost({ port: 0, db, games, ...more });
  running.push(host);
  return host;
}

/** Runs a command as a user would, with nothing but the host's doors behind it. */
async function command(words: string): Promise<{ status: number; out: string; err: string }> {
  let out = "";
  let err = "";
  const doors = {
    version: "0",
    console: { out: (text: string) => (out += text), err: (text: string) => (err += text) },
    tty: { hasKeyboard: false },
    askHost: askHostDoor,
    inspectHost: inspectHostDoor,
  } as unknown as Doors;
  const status = await runCommandLine(words.split(" "), doors);
  return { status, out, err };
}

/** A newcomer's keys, all at once: the host plays what is typed ahead. */
function enlist(port: number, name: string): Promise<{ text: () => string; closed: Promise<void> }> {
  const socket = createConnection({ port, host: "127.0.0.1" });
  sockets.push(socket);
  let text = "";
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  socket.write(Buffer.from(`\xff\xfc\xf6${name}\rA\rT\rN\rYpw\rpw\r\rBolt\rY`, "latin1"));
  return new Promise((resolve) => {
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      // oxlint-disable-next-line no-control-regex
      if (text.endsWith("Help\x1b[0;35m)? : ")) resolve({ text: () => text, closed });
    });
  });
}

test("a sysop sees who is on, speaks to all, hangs up on one, and begins a game anew", async () => {
  const db = join(newFolder(), "host.db");
  const host = await start(db);
  const zed = await enlist(host.port, "zed");
  expect(await command(`host admin who --db ${db}`)).toMatchObject({
    status: 0,
    out: expect.stringMatching(/zed\s+A\s+zed\s+1\s+0/),
  });
  expect((await command(`host admin broadcast Back at noon --db ${db}`)).out).toBe("Told 1\n");
  while (!zed.text().includes("Back at noon")) await Bun.sleep(2);
  expect((await command(`host admin kick nobody --db ${db}`)).status).toBe(5);
  expect((await command(`host admin kick ZED --db ${db}`)).out).toBe("Hung up on 1\n");
  await zed.closed;

  const before = JSON.parse((await command(`host inspect sector 50 --json --db ${db}`)).out) as object;
  expect(await command(`host admin reset A --db ${db}`)).toMatchObject({ status: 2 });
  const third = await enlist(host.port, "third");
  expect((await command(`host admin reset A --yes --db ${db}`)).out).toContain("begun anew");
  await third.closed;
  expect(host.books()).toEqual([]);
  expect(JSON.parse((await command(`host inspect sector 50 --json --db ${db}`)).out)).not.toEqual(before);
  // Nothing of the old game comes back with the next start, and the save is whole.
  await host.stop();
  running.length = 0;
  const again = await start(db);
  expect(again.books()).toEqual([]);
  await enlist(again.port, "zed");
  expect(again.books().map(({ name }) => name)).toEqual(["zed"]);
});

test("the sysop's door is for the owner alone, and a host that was killed leaves none in the way", async () => {
  const db = join(newFolder(), "host.db");
  writeFileSync(adminPath(db), "left behind");
  const host = await start(db);
  expect(statSync(adminPath(db)).mode & 0o077).toBe(0);
  for (const line of [
    "",
    "{}",
    '{"op":"kick","name":""}',
    '{"op":"reset","game":"AB"}',
    "x".repeat(70_000),
  ]) {
    const socket = createConnection({ path: adminPath(db) });
    const answer = await new Promise<string>((resolve) => {
      let text = "";
      socket.on("data", (bytes) => (text += String(bytes)));
      socket.on("error", () => {});
      socket.on("close", () => resolve(text));
      socket.write(`${line}\n`);
    });
    if (line.length < 1000) expect(answer).toContain("Cannot understand the request");
  }
  await host.stop();
  running.length = 0;
  expect(existsSync(adminPath(db))).toBe(false);
  expect(await command(`host admin who --db ${db}`)).toMatchObject({
    status: 1,
    err: expect.stringContaining("No host is running with"),
  });
});

test("a galaxy's truth is the same from the running host and from its save, and holds no password", async () => {
  const db = join(newFolder(), "host.db");
  const host = await start(db);
  await enlist(host.port, "zed");
  const ask = async (words: string) => (await command(`host inspect ${words} --json --db ${db}`)).out;
  const questions = ["summary", "sector 1", "player zed", "pairs --top 3"];
  const live = await Promise.all(questions.map(ask));
  expect(live.join("")).not.toMatch(/password":"[^*"]|salt/);
  const pairs = JSON.parse(live[3] ?? "[]") as { gain: number; sectors: number[] }[];
  expect(pairs.length).toBe(3);
  expect(pairs.map(({ gain }) => gain)).toEqual(pairs.map(({ gain }) => gain).sort((a, b) => b - a));
  expect(await ask("sector 4000")).toBe("");
  await host.stop();
  running.length = 0;
  for (const [index, question] of questions.entries()) expect(await ask(question)).toBe(live[index] ?? "");
  expect((await command(`host inspect summary --db ${db}.nothing`)).status).toBe(5);
  expect(existsSync(`${db}.nothing`)).toBe(false);
});

test("a fast calendar goes on from where it was, though the clock on the wall did not", async () => {
  const db = join(newFolder(), "host.db");
  const turns = { letter: "A", seed: 1, settings: { sectors: 200, turnsPerDay: 24_000, homePlanets: false } };
  // A thousand turns an hour; an hour of the game is 3.6 ms here.
  const first = await start(db, { clock: 1_000_000, games: [turns] });
  await enlist(first.port, "zed");
  await first.stop();
  running.length = 0;
  const second = await start(db, { games: [turns] });
  const shown = JSON.parse((await command(`host inspect player zed --json --db ${db}`)).out) as {
    lastOn: number;
  };
  expect(shown.lastOn).toBeGreaterThan(Date.now() + 1000);
  await second.stop();
  running.length = 0;
});

test("settings that a game was made with stay, others follow the plan", async () => {
  const db = join(newFolder(), "host.db");
  const lines: string[] = [];
  const plan = (settings: object, password?: string) => ({
    games: [{ letter: "A", seed: 1, settings, ...(password === undefined ? {} : { password }) }],
    log: (line: string) => void lines.push(line),
  });
  await (await start(db, plan({ sectors: 200, turnsPerDay: 100 }))).stop();
  await (await start(db, plan({ sectors: 300, turnsPerDay: 500, shipDelayMs: 10 }, "secret"))).stop();
  running.length = 0;
  const { out } = await command(`host inspect summary --json --db ${db}`);
  expect(JSON.parse(out)).toMatchObject({
    sectors: 200,
    settings: { sectors: 200, turnsPerDay: 500, shipDelayMs: 10, password: "***" },
  });
  expect(lines.join("\n")).toContain("game A keeps its sectors of 200");
});

test("host.yaml: the example is taken, and what is wrong is told with its place", () => {
  const { plan, warnings } = planHost({ config: join(import.meta.dir, "../examples/host.yaml") });
  expect(warnings).toEqual([]);
  expect(plan.games.map(({ letter }) => letter)).toEqual(["A", "B", "P"]);
  expect(
    planHost({ config: join(import.meta.dir, "../examples/host.yaml"), sectors: 500 }).plan.games[1],
  ).toMatchObject({
    settings: { sectors: 500, shipDelayMs: 333, homePlanets: true },
  });
  const folder = newFolder();
  const wrong = (text: string) => {
    const file = join(folder, "host.yaml");
    writeFileSync(file, text);
    try {
      planHost({ config: file });
    } catch (error) {
      return String(error).replaceAll(folder, "");
    }
    return "taken";
  };
  expect(wrong("games:\n  - letter: A\n    start_ship: Death Star\n")).toContain(
    "/host.yaml:3:17: expected a ship's name",
  );
  expect(wrong("games:\n  - letter: A\n  - letter: A\n")).toContain("/host.yaml:3:13");
  expect(wrong("games:\n  - letter: A\n    password: 0123\n")).toContain("/host.yaml:3:15");
  expect(wrong("games:\n  - letter: A\n    sectors: 50\n")).toContain("/host.yaml:3:14");
  expect(wrong("host:\n  prt: 1\n")).toContain("/host.yaml:2:3");
});

test("a question at the sysop's door is answered once, and one that is never ended keeps no host from stopping", async () => {
  const db = join(newFolder(), "host.db");
  const host = await start(db);
  await enlist(host.port, "zed");
  const socket = createConnection({ path: adminPath(db) });
  sockets.push(socket);
  let answers = "";
  socket.on("data", (bytes) => (answers += String(bytes)));
  const question = '{"op":"broadcast","text":"once"}\n';
  socket.write(question);
  socket.write(question);
  await new Promise((resolve) => socket.on("close", resolve));
  expect(answers).toBe('{"ok":true,"result":{"heard":1}}\n');
  const silent = createConnection({ path: adminPath(db) });
  sockets.push(silent);
  silent.on("error", () => {});
  await new Promise((resolve) => silent.on("connect", resolve));
  const began = performance.now();
  await host.stop();
  running.length = 0;
  expect(performance.now() - began).toBeLessThan(2000);
});

test("a sysop's door that cannot be had is told of, and the host runs without", async () => {
  const db = join(newFolder(), "host.db");
  mkdirSync(adminPath(db));
  const lines: string[] = [];
  const host = await start(db, { log: (line) => void lines.push(line) });
  expect(lines.join("\n")).toContain('no "bbsbot host admin"');
  await enlist(host.port, "zed");
});

test("databases that are none of ours, of another version or damaged are refused in one line, and let go of", async () => {
  const db = join(newFolder(), "host.db");
  const spoil = async (sql: string) => {
    const opened = await openDb(db);
    opened.exec(sql);
    opened.close();
  };
  await (await start(db)).stop();
  running.length = 0;
  const refused = async (words: string) => {
    const { err, status } = await command(`host inspect summary --db ${db}`);
    expect({ status, lines: err.trim().split("\n").length }).toEqual({ status: 2, lines: 1 });
    expect(err).toContain(words);
    expect(runHost({ port: 0, db, games: [{ letter: "A", seed: 1 }] })).rejects.toThrow(words);
    await Bun.sleep(0);
  };
  await spoil("UPDATE rows SET body = 'xyz' WHERE kind = 'sector' AND id = 7");
  await refused(`Cannot read game A in "${db}": it is damaged`);
  await spoil("DELETE FROM rows WHERE kind = 'galaxy'");
  await refused("The saved galaxy lacks its row 0");
  await spoil("PRAGMA user_version = 1");
  await refused("it is of version 1, expected 2");
  await spoil("PRAGMA application_id = 5; PRAGMA journal_mode = DELETE");
  chmodSync(db, 0o644);
  await refused("is not the database of a host of ours");
  // Of a stranger's file nothing is changed.
  expect(statSync(db).mode & 0o777).toBe(0o644);
  expect(readFileSync(db)[18]).toBe(1);
});

test("a save that is older than a setting or a price has the usual one; the plan's prices are laid over the saved", async () => {
  const db = join(newFolder(), "host.db");
  const plan = (prices: object) => ({
    games: [{ letter: "A", seed: 1, settings: { sectors: 200, prices } }],
  });
  const shown = async () => {
    const { out } = await command(`host inspect summary --json --db ${db}`);
    return (JSON.parse(out) as { settings: { bankMax: number; prices: Record<string, number> } }).settings;
  };
  await (await start(db, plan({ probe: 7, beacon: 8 }))).stop();
  running.length = 0;
  const opened = await openDb(db);
  opened.exec(
    "UPDATE rows SET body = json_remove(body, '$.settings.bankMax', '$.settings.prices.photon') WHERE kind = 'galaxy' AND id = 0",
  );
  opened.close();
  const usual = { bankMax: 500_000, prices: { probe: 7, beacon: 8, photon: standardPrices.photon } };
  expect(await shown()).toMatchObject(usual);
  await (await start(db, plan({ beacon: 9 }))).stop();
  running.length = 0;
  expect(await shown()).toMatchObject({ ...usual, prices: { ...usual.prices, beacon: 9 } });
});

test("a save from a day that a wrong clock named wakes a host neither all the time nor never", async () => {
  const db = join(newFolder(), "host.db");
  await (await start(db)).stop();
  running.length = 0;
  const ahead = Date.now() + 400 * 86_400_000;
  const opened = await openDb(db);
  opened.exec(
    `UPDATE rows SET body = json_set(body, '$.maintainedAt', ${ahead}, '$.wanderedAt', ${ahead}) WHERE kind = 'galaxy' AND id = 2`,
  );
  opened.close();
  const host = await start(db);
  await enlist(host.port, "zed");
  await host.stop();
  running.length = 0;
  const again = await openDb(db);
  const row = again.prepare("SELECT body FROM rows WHERE kind = 'galaxy' AND id = 2").get();
  expect((JSON.parse(String(row?.["body"])) as { maintainedAt: number }).maintainedAt).toBeLessThan(ahead);
  again.close();
});
