/** The host is killed at a hundred random moments of play: whatever was shown is still true, and nothing was made or lost. */
import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { openDb } from "../../src/io/db.ts";
import type { Port, Ship } from "../../src/games/tw2002/host/things.ts";
import { products, sideOf } from "../../src/games/tw2002/rules/ports.ts";
import { createDice } from "../../src/games/tw2002/host/dice.ts";
import { type Caller, callIn } from "./caller.ts";
import { type Running, scratch, start, words } from "./harness.ts";

const { folder, remove } = scratch();
let running: Running | undefined;
afterAll(async () => {
  await running?.stop("SIGKILL");
  remove();
});

const kills = 100;
const players = 3;
const db = join(folder, "host.db");
const dice = createDice(2002);

/** What a trader's quick statistics say. */
interface Standing {
  readonly sector: number;
  readonly turns: number;
  readonly credits: number;
  readonly cargo: readonly number[];
}

const figure = (screen: string, name: string) =>
  Number(new RegExp(`${name} (-?[\\d,]+)`).exec(screen)?.[1]?.replaceAll(",", ""));
async function standing(caller: Caller): Promise<Standing> {
  // Others come and go: a prompt alone may be theirs to have caused.
  const screen = await caller.ask("/", /Ship \d.*\? : $/s);
  return {
    sector: figure(screen, "Sect"),
    turns: figure(screen, "Turns"),
    credits: figure(screen, "Creds"),
    cargo: ["Ore", "Org", "Equ"].map((name) => figure(screen, name)),
  };
}

/** One thing that a player may do; the first at the port he stands at, with whatever it offers. */
async function act(caller: Caller, roll: number): Promise<void> {
  if (roll < 0.5) {
    let screen = await caller.ask("P", /(Command \[.*\? : |\? )$/s);
    while (!/Command \[/.test(screen.slice(screen.lastIndexOf("\n") + 1))) {
      screen = await caller.ask(/Enter your choice/.test(screen.slice(-60)) ? "T" : "\r", /(\? : |\? )$/);
    }
    return;
  }
  const screen = await caller.command("D");
  const warps = /Warps to Sector\(s\) : (.+)/.exec(screen)?.[1]?.match(/\d+/g) ?? [];
  await caller.command(`${dice.pick(warps, "a warp")}\r`);
}

/**
 * For each product: units in all holds, less what the selling ports have let go, plus what the buying ports have taken. It
 * stays what it was, but for the few units that ports regain in a minute.
 */
async function balance(): Promise<number[]> {
  const kept = await openDb(db);
  const bodies = <T>(kind: string) =>
    kept
      .prepare("SELECT body FROM rows WHERE kind = ?")
      .all(kind)
      .map(({ body }) => JSON.parse(String(body)) as T);
  const sums = products.map((product, index) => {
    const holds = bodies<Ship>("ship").reduce((sum, { cargo }) => sum + cargo[product], 0);
    const ports = bodies<Port>("port").reduce((sum, { portClass, stocks }) => {
      const amount = stocks[index]?.amount ?? 0;
      return sum + (sideOf(portClass, product) === "selling" ? amount : -amount);
    }, 0);
    return holds + ports;
  });
  kept.close();
  return sums;
}

test(`${kills} kills at random moments: no credit, unit or turn is made or lost`, async () => {
  const seen = new Map<string, Standing>();
  let acts = 0;
  let unseen = 0;
  let first: number[] | undefined;
  for (let round = 0; round < kills; round++) {
    const host = await start([...words("host --json --port 0 --games A --sectors 100 --seed 5 --db"), db]);
    running = host;
    const port = Number(host.first["port"]);
    const names = Array.from({ length: players }, (_, index) => `Player ${index}`);
    const callers = await Promise.all(names.map((name) => callIn(port, name)));
    for (const [index, name] of names.entries()) {
      const now = await standing(callers[index]!);
      const before = seen.get(name);
      if (before) {
        // At most the one thing that was under way when the host was killed has happened, wholly or not at all.
        const moved = now.cargo.some((units, product) => units !== before.cargo[product]);
        expect({ name, round, together: moved === (now.credits !== before.credits) }).toEqual({
          name,
          round,
          together: true,
        });
        expect(before.turns - now.turns).toBeGreaterThanOrEqual(0);
        expect(before.turns - now.turns).toBeLessThanOrEqual(4);
        if (moved || now.turns !== before.turns) unseen++;
      }
      seen.set(name, now);
    }
    const ends = callers.map(async (caller, index) => {
      for (;;) {
        await act(caller, dice.roll("what a player does"));
        seen.set(names[index]!, await standing(caller));
        acts++;
      }
    });
    const over = Promise.allSettled(ends);
    await Bun.sleep(dice.between(2, 60, "when the host is killed"));
    await host.stop("SIGKILL");
    await over;
    for (const caller of callers) caller.hangUp();
    if (round % 20 > 0 && round < kills - 1) continue;
    const sums = await balance();
    first ??= sums;
    // The few ports that were dealt with regain 0.07 units a minute each.
    for (const [index, sum] of sums.entries()) expect(Math.abs(sum - first[index]!)).toBeLessThan(5);
  }
  expect(acts).toBeGreaterThan(kills);
  console.log(
    `${kills} kills, ${acts} things done, ${unseen} of them found done though nobody had been told`,
  );
}, 120_000);
