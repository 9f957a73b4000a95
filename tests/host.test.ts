import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { createConnection, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readBooks } from "../src/games/tw2002/host/books.ts";
import { type RunningHost, runHost } from "../src/host.ts";
import { openDb } from "../src/io/db.ts";

const folders: string[] = [];
const running: RunningHost[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const host of running.splice(0)) await host.stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const games = (letters: string) =>
  letters.split("").map((letter) => ({ letter, seed: 1, settings: { sectors: 200, homePlanets: false } }));

function newDb(): string {
  const folder = mkdtempSync(join(tmpdir(), "bbsbot-host-"));
  folders.push(folder);
  return join(folder, "host.db");
}

async function start(db: string, more: Partial<Parameters<typeof runHost>[0]> = {}): Promise<RunningHost> {
  const host = await runHost({ port: 0, db, games: games("AB"), ...more });
  running.push(host);
  return host;
}

interface Caller {
  readonly socket: Socket;
  /** Waits until the text shown ends like this, and gives what came since the last wait. */
  until(ending: string | RegExp): Promise<string>;
  send(keys: string): void;
  readonly closed: Promise<void>;
}

function call(port: number): Caller {
  const socket = createConnection({ port, host: "127.0.0.1" });
  sockets.push(socket);
  let text = "";
  let look = () => {};
  socket.on("data", (bytes) => {
    // oxlint-disable-next-line no-control-regex
    text += Buffer.from(bytes)
      .toString("latin1")
      .replace(/\x1b\[[0-9;]*[A-Za-z]/g, "");
    look();
  });
  socket.on("error", () => {});
  return {
    socket,
    closed: new Promise((resolve) => socket.on("close", () => resolve())),
    send: (keys) => void socket.write(Buffer.from(keys, "latin1")),
    until: (ending) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(() => reject(new Error(`No "${ending}" in: ${text.slice(-300)}`)), 5000);
        look = () => {
          if (typeof ending === "string" ? !text.endsWith(ending) : !ending.test(text)) return;
          clearTimeout(patience);
          look = () => {};
          const seen = text;
          text = "";
          resolve(seen);
        };
        look();
      }),
  };
}

const home = /Command \[TL=00:00:00\]:\[\d+\] \(\?=Help\)\? : $/;

async function enlist(port: number, name: string, game = "A"): Promise<Caller> {
  const caller = call(port);
  caller.send("\xff\xfc\xf6");
  await caller.until("(ENTER for none): ");
  caller.send(`${name}\r`);
  await caller.until("Selection (? for menu): ");
  caller.send(game);
  await caller.until("[Pause]");
  caller.send("\rT\rN");
  await caller.until("[Pause]");
  caller.send("\rYpw\rpw\r");
  if ((await caller.until(/(\[Pause\]|\[B\] \? )$/)).endsWith("[Pause]")) caller.send("\r");
  caller.send("\rBolt\rY");
  await caller.until(home);
  return caller;
}

test("what a player was shown survives a host that is killed", async () => {
  const path = newDb();
  const command = `
    import { runHost } from ${JSON.stringify(join(import.meta.dir, "../src/host.ts"))};
    const { port } = await runHost({ port: 0, db: ${JSON.stringify(path)}, games: ${JSON.stringify(games("AB"))} });
    console.log(port);`;
  const child = Bun.spawn([process.execPath, "-e", command], { stdout: "pipe", stderr: "inherit" });
  const reader = child.stdout.getReader();
  const port = Number(new TextDecoder().decode((await reader.read()).value));
  const caller = await enlist(port, "zed");
  caller.send("2\r");
  await caller.until(home);
  caller.send("3\r/");
  const seen = await caller.until(/Sect 3\xb3Turns 244\xb3.*Help\)\? : $/s);
  expect(seen).toContain("Creds 300");
  child.kill(9);
  await child.exited;

  const host = await start(path);
  expect(host.books()).toMatchObject([
    { game: "A", name: "zed", sector: 3, turnsLeft: 244, turnsUsed: 6, credits: 300, holds: 20 },
  ]);
  const again = call(host.port);
  again.send("\xff\xfc\xf6");
  await again.until("(ENTER for none): ");
  again.send("zed\r");
  await again.until("Selection (? for menu): ");
  again.send("A");
  await again.until("[Pause]");
  again.send("\rT\rN");
  await again.until("[Pause]");
  again.send("\rpw\r");
  await again.until("[Pause]");
  again.send("\r");
  expect(await again.until(home)).toContain("Sector  : 3 in The Federation.");
}, 20_000);

test("the books can be read from the database when the host has stopped", async () => {
  const path = newDb();
  const host = await start(path);
  await enlist(host.port, "zed", "B");
  const books = host.books();
  await host.stop();
  running.length = 0;
  const db = await openDb(path);
  expect(readBooks(db)).toEqual(books);
  db.close();
});

test("fifty callers at once, one of whom floods, are all served", async () => {
  const host = await start(newDb(), { maxCallers: 60 });
  const flood = await enlist(host.port, "flood");
  flood.socket.pause();
  flood.socket.write("D".repeat(200_000));
  const callers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => enlist(host.port, `trader ${index}`)),
  );
  expect(host.callers()).toBe(51);
  for (const caller of callers) caller.send("I");
  for (const caller of callers) expect(await caller.until(home)).toContain("Turns left     : 250");
}, 20_000);

test("a caller who hangs up is forgotten, and the place is free again", async () => {
  const host = await start(newDb(), { maxCallers: 1 });
  const first = call(host.port);
  first.send("\xff\xfc\xf6");
  await first.until("(ENTER for none): ");
  const second = call(host.port);
  expect(await second.until("currently full.")).toContain("Game server is currently full.");
  await second.closed;
  first.socket.destroy();
  while (host.callers() > 0) await Bun.sleep(5);
  await enlist(host.port, "zed");
});

test("a letter that the menu needs, or one given twice, is refused", () => {
  expect(runHost({ port: 0, db: ":memory:", games: games("Q") })).rejects.toThrow('Cannot open game "Q"');
  expect(runHost({ port: 0, db: ":memory:", games: games("AA") })).rejects.toThrow("different letters");
});
