/** Bots that share processes: each with its own life and end, all with one fate when the process dies. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { BotStatus } from "../../src/proto/status.ts";
import { processesWith, until } from "./harness.ts";
import { makeField, plays, type Field } from "./storm/field.ts";
import { signal } from "./storm/processes.ts";

const count = 9;
const seats = 4;

let field: Field;
let ids: readonly string[];
beforeAll(async () => {
  field = await makeField({ latencyMs: 20, manager: { bots_per_worker: seats } });
  await field.startManager();
  ids = await field.spawn(count);
  await field.allPlaying();
}, 60_000);
afterAll(() => field?.close(), 30_000);

const all = async () => (await field.status()).bots;
const inState = async (bot: string, state: string) => (await field.bot(bot)).state === state;
const pidsOf = (bots: readonly BotStatus[]) => new Set(bots.map(({ pid }) => pid));
const folderOf = (bot: string) => join(field.state, "swarm.d/bots", bot);
const logOf = (bot: string) => readFileSync(join(folderOf(bot), "worker.log"), "utf8");
const turns = async (bot: string) => (await field.bot(bot)).turns_executed;
const goesOn = async (bot: string) => {
  const before = await turns(bot);
  await until(`${bot} plays on`, async () => (await turns(bot)) > before);
};

test("so many bots share a process, and each has its own log", async () => {
  const bots = await until("all have told their traders", async () => {
    const told = await all();
    return told.every(({ trader }) => trader !== undefined) && told;
  });
  const shares = Map.groupBy(bots, ({ pid }) => pid);
  expect([...shares.values()].map(({ length }) => length).sort((a, b) => a - b)).toEqual([1, seats, seats]);
  expect(field.workers()).toEqual([]);
  expect(processesWith(`worker --seats ${field.state}`)).toHaveLength(3);
  for (const { bot_id, trader } of bots) {
    expect(logOf(bot_id)).toContain("in the game");
    expect(logOf(bot_id)).toContain(trader!);
  }
});

test("pause, resume, goal and kill are for one bot alone", async () => {
  const [first, second] = [ids[0]!, ids[1]!];
  await field.ask("POST", `/bot/${first}/pause`);
  await until("it stands", () => inState(first, "PAUSED"));
  const stood = await turns(first);
  await goesOn(second);
  expect(await turns(first)).toBe(stood);
  await field.ask("POST", `/bot/${first}/set-goal`, { goal: "exploration" });
  await until("its goal is told", async () => (await field.bot(first)).goal === "exploration");
  expect((await field.bot(second)).goal).not.toBe("exploration");
  await field.ask("POST", `/bot/${first}/resume`);
  await goesOn(first);
  const { pid } = await field.bot(first);
  await field.ask("DELETE", `/bot/${first}`);
  await until(
    "it is gone",
    async () => (await inState(first, "DEAD")) && !existsSync(join(folderOf(first), "seat.json")),
  );
  expect((await field.bot(second)).pid).toBe(pid!);
  await goesOn(second);
});

test("what one bot falls over ends it alone; it comes back to a seat, and is given up in the end", async () => {
  const [broken, other] = [ids[2]!, ids[3]!];
  const before = await field.bot(other);
  const { trader } = await field.bot(broken);
  const identity = join(folderOf(broken), "identity.json");
  const kept = readFileSync(identity, "utf8");
  // A folder where its file was: no bot expects that.
  rmSync(identity);
  mkdirSync(identity);
  await field.ask("POST", `/bot/${broken}/restart`);
  const failed = await until(
    "it is given up",
    async () => (await inState(broken, "FAILED")) && field.bot(broken),
    60_000,
  );
  expect(failed.restarts).toBeGreaterThan(1);
  expect(logOf(broken)).toContain("EISDIR");
  const after = await field.bot(other);
  expect([after.pid, after.restarts, after.state]).toEqual([before.pid, before.restarts, "RUNNING"]);
  rmSync(identity, { recursive: true });
  await Bun.write(identity, kept);
  await field.ask("POST", `/bot/${broken}/restart`);
  await until("it plays again", async () => plays(await field.bot(broken)));
  await until("it is the same trader", async () => (await field.bot(broken)).trader === trader);
}, 90_000);

test("a process that is killed takes its bots along, and all come back; the others notice nothing", async () => {
  const bots = (await all()).filter(plays);
  const { pid } = await field.bot(ids[4]!);
  const hit = bots.filter((bot) => bot.pid === pid);
  const rest = bots.filter((bot) => bot.pid !== pid);
  expect(hit.length).toBeGreaterThan(1);
  signal(pid!, "SIGKILL");
  await until("all play again", async () =>
    (await Promise.all(hit.map(({ bot_id }) => field.bot(bot_id)))).every(
      (bot) => plays(bot) && bot.pid !== pid,
    ),
  );
  for (const { bot_id, restarts, turns_executed } of hit) {
    const now = await field.bot(bot_id);
    expect(now.restarts).toBe(restarts + 1);
    expect(now.turns_executed).toBeGreaterThanOrEqual(turns_executed);
  }
  for (const { bot_id, restarts, pid: own } of rest)
    expect(await field.bot(bot_id)).toMatchObject({ restarts, pid: own! });
  const events = await field.ask("GET", `/bot/${hit[0]!.bot_id}/events?limit=20`);
  expect(JSON.stringify(events.body)).toContain("the process that it shared with");
}, 60_000);

test("without a manager they play on; the next one knows them, ends one of them alone, and sees one end", async () => {
  const bots = (await all()).filter(plays);
  await field.stopManager("SIGKILL");
  await field.startManager();
  await until("all are back", async () =>
    (await all()).filter(({ bot_id }) => bots.some((bot) => bot.bot_id === bot_id)).every(plays),
  );
  expect(pidsOf((await all()).filter(plays))).toEqual(pidsOf(bots));
  const [ended, mate] = bots.filter(({ pid }) => pid === bots[0]!.pid);
  await field.ask("DELETE", `/bot/${ended!.bot_id}`);
  await until("it is gone", () => inState(ended!.bot_id, "DEAD"));
  await until("its seat is empty", () => !existsSync(join(folderOf(ended!.bot_id), "seat.json")));
  await goesOn(mate!.bot_id);
  // Its next life has a seat in a process of this manager's own.
  await field.ask("POST", `/bot/${ended!.bot_id}/restart`);
  await until("it plays", async () => plays(await field.bot(ended!.bot_id)));
  expect((await field.bot(ended!.bot_id)).pid).not.toBe(mate!.pid);
}, 60_000);

test("when all have ended no process is left", async () => {
  await field.ask("POST", "/swarm/kill-all", {});
  await until("no process", () => processesWith(`worker --seats ${field.state}`).length === 0);
  for (const { state } of await all()) expect(["DEAD", "FAILED"]).toContain(state);
});
