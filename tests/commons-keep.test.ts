/** Shared knowledge over real processes: a host, a manager, workers, and files that remember. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningHost, runHost } from "../src/host.ts";
import { type Kept, openLoreStore } from "../src/io/lore-store.ts";
import { keepCommons } from "../src/commons-keep.ts";
import { BotConfig } from "../src/proto/config.ts";
import { placeOf } from "../src/proto/lore.ts";
import type { ManagerMessage } from "../src/proto/orders.ts";
import { testManager } from "./doubles/manager.ts";

const folder = mkdtempSync(join(tmpdir(), "bbsbot-commons-"));
const cli = join(import.meta.dir, "../src/cli.ts");
let host: RunningHost;
beforeAll(async () => {
  const games = [{ letter: "A", seed: 5, settings: { sectors: 200 } }];
  host = await runHost({ port: 0, db: join(folder, "host.db"), games });
});
afterAll(async () => {
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
});

const bot = (turns: number) => ({
  connection: { host: "127.0.0.1", port: host.port },
  session: { max_turns_per_session: turns, seed: 3 },
});
const place = () => placeOf("127.0.0.1", host.port, "A");
const piecesIn = async (file: string) => {
  const store = (await openLoreStore(file, expect.unreachable))!;
  const { lore, dropped } = store.load(place());
  store.close();
  expect(dropped).toBe(0);
  return lore.split("\n").slice(1);
};

test("spawned bots learn from each other, and the next manager's bots know it from the first", async () => {
  const workerCommand = { argv: [process.execPath, cli] };
  const state = join(folder, "swarm");
  const on = await testManager({ workerCommand }, state);
  const configs = [BotConfig.parse(bot(60))];
  const { bot_ids } = await on.swarm.spawnSwarm({ configs, count: 3, config_name: "t" });
  const ends = await Promise.all(
    bot_ids.map((id) => on.until(id, (now) => now.state === "COMPLETED", 20_000)),
  );
  await on.end("keep");
  const kept = await piecesIn(join(state, "swarm.d/lore.db"));
  const seen = kept.filter((line) => /^w.*\*$/.test(line)).length;
  const most = Math.max(...ends.map(({ sectors_explored }) => sectors_explored));
  expect(seen).toBeGreaterThanOrEqual(most);
  expect(kept.some((line) => line.startsWith("g"))).toBe(true);

  const next = await testManager({ workerCommand }, state);
  const { bot_id } = await next.swarm.spawnBot({ config: BotConfig.parse(bot(1)), config_name: "t" });
  const end = await next.until(bot_id, (now) => now.state === "COMPLETED", 20_000);
  expect(end.sectors_explored).toBeGreaterThanOrEqual(seen);
  // One that was started by hand hears it over its WebSocket, and tells what it sees.
  const config = join(folder, "by-hand.yaml");
  writeFileSync(config, JSON.stringify(bot(45)));
  const flags = ["--config", config, "--state-dir", join(folder, "by-hand"), "--manager", next.url, "--json"];
  const child = Bun.spawn([process.execPath, cli, "worker", ...flags], { stdout: "pipe", stderr: "pipe" });
  const { report } = JSON.parse(await new Response(child.stdout).text()) as {
    report: { sectors_explored: number };
  };
  expect(report.sectors_explored).toBeGreaterThanOrEqual(seen);
  expect(existsSync(join(folder, "by-hand/lore.db"))).toBe(false);
  expect(next.lines.join("\n")).toContain(`knows ${kept.length} things of ${place()}`);
  await next.end("keep");
  const after = (await piecesIn(join(state, "swarm.d/lore.db"))).filter((line) =>
    /^w.*\*$/.test(line),
  ).length;
  expect(after).toBeGreaterThanOrEqual(report.sectors_explored);
}, 60_000);

test("a bot without a manager remembers in its own folder; a damaged file costs it no more than that", async () => {
  const state = join(folder, "alone");
  const config = join(folder, "bot.yaml");
  const play = async (turns: number) => {
    writeFileSync(config, JSON.stringify(bot(turns)));
    const child = Bun.spawn(
      [process.execPath, cli, "worker", "--config", config, "--state-dir", state, "--json"],
      {
        stdout: "pipe",
        stderr: "pipe",
      },
    );
    const [out, err] = await Promise.all([
      new Response(child.stdout).text(),
      new Response(child.stderr).text(),
    ]);
    expect(await child.exited).toBe(0);
    const { report } = JSON.parse(out) as { report: { sectors_explored: number } };
    return { explored: report.sectors_explored, err };
  };
  const first = await play(60);
  const kept = await piecesIn(join(state, "lore.db"));
  expect(kept.filter((line) => /^w.*\*$/.test(line)).length).toBe(first.explored);
  expect((await play(1)).explored).toBeGreaterThanOrEqual(first.explored);

  writeFileSync(join(state, "lore.db"), "nothing that can be read ".repeat(1000));
  const { explored, err } = await play(1);
  expect(err).toContain("is moved aside");
  expect(explored).toBeLessThanOrEqual(first.explored);
}, 60_000);

test("the manager tells its commons' words, frees what an ended bot held, and saves when the disk takes it again", () => {
  const told: [string, ManagerMessage][] = [];
  const complaints: unknown[] = [];
  const saved: Kept[] = [];
  let isFull = true;
  let clock = 1_000_000;
  const keep = keepCommons({
    store: {
      places: () => [],
      load: () => ({ age: 0, lore: "0\nw1 5 2,3", dropped: 1 }),
      save(kept) {
        if (isFull) throw new Error("the disk is full");
        saved.push(...kept);
      },
      close: () => undefined,
    },
    tell: (to, message) => told.push([to, message]),
    log: () => undefined,
    complain: (error) => complaints.push(error),
    now: () => clock,
  });
  for (const name of ["a", "b"]) keep.heard(name, { type: "shares", place: "h:1/A" });
  keep.heard("a", { type: "claim", names: ["7"] });
  keep.say();
  expect(told).toContainEqual(["b", { type: "claims", taken: ["7"], free: [] }]);
  expect(told).toContainEqual(["a", { type: "lore", lore: "0\nw1 5 2,3", up_to: 1 }]);
  told.length = 0;
  keep.heard("b", { type: "recalled", up_to: 1 });
  keep.heard("a", { type: "lore", lore: "0\nw2 6 1" });
  keep.ended("a");
  clock += 5000;
  keep.say();
  expect(told).toEqual([
    ["b", { type: "claims", taken: [], free: ["7"] }],
    ["b", { type: "lore", lore: "0\nw2 6 1", up_to: 2 }],
  ]);
  keep.save();
  keep.save();
  expect(complaints.map(String)).toEqual(["Error: the disk is full"]);
  isFull = false;
  keep.save();
  expect(saved).toEqual([{ place: "h:1/A", age: 0, pieces: [{ key: "w2", at: 6, value: "1" }] }]);
});
