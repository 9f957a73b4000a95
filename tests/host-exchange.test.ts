/** The exchange between sockets and core, with callers that are no sockets. */
import { expect, test } from "bun:test";
import { createExchange, gatherMaxMs, keysPerTurn, unsentHighBytes } from "../src/host-exchange.ts";
import type { Host } from "../src/games/tw2002/host/mod.ts";
import { createHost } from "../src/games/tw2002/host/mod.ts";
import { newGalaxy } from "../src/games/tw2002/host/universe/newgame.ts";
import type { Incoming } from "../src/io/listen.ts";

const incoming: Incoming = {
  write: () => {},
  unsent: () => 0,
  pause: () => {},
  resume: () => {},
  end: () => {},
  reset: () => {},
};

test("what the imitated slow line holds back counts: a flood does not fill the memory with it", async () => {
  const galaxy = newGalaxy({ seed: 1, at: Date.now(), settings: { sectors: 200, homePlanets: false } });
  const host = createHost({
    games: [{ letter: "A", name: "A", galaxy }],
    seal: (words) => words,
    latencyMs: 60_000,
  });
  const exchange = createExchange(
    host,
    () => {},
    () => {},
  );
  const line = exchange.connected(incoming);
  line.data(Buffer.from("\xff\xfc\xf6zed\rA\rT\rN\rYpw\rpw\r\rBolt\rY", "latin1"));
  line.data(Buffer.from("D".repeat(20_000)));
  for (let turn = 0; turn < 2 * (20_000 / keysPerTurn); turn++) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(host.held(1)).toBeGreaterThan(unsentHighBytes);
  // One turn's keys at most on top of it.
  expect(host.held(1)).toBeLessThan(unsentHighBytes + keysPerTurn * 2000);
  exchange.stop();
});

test("a moment farther off than a timer can wait is waited for all the same, and not asked for without end", async () => {
  let ticks = 0;
  const wake = { type: "wake", at: Date.now() + 2 ** 32 } as const;
  const host = {
    connect: () => ({ caller: 1, effects: [wake] }),
    tick: () => {
      ticks++;
      return [wake];
    },
    hungUp: () => [],
  } as unknown as Host;
  const exchange = createExchange(
    host,
    () => {},
    () => {},
  );
  exchange.connected(incoming);
  await Bun.sleep(30);
  expect(ticks).toBe(0);
  exchange.stop();
});

/** Counts the turns that so many callers' keys take, who come one after the other; and whether the first had its turn at once. */
async function turnsOf(callers: number): Promise<{ turns: number; atOnce: boolean }> {
  let next = 1;
  let turns = 0;
  const host = {
    connect: () => ({ caller: next++, effects: [] }),
    receive: () => [],
    hungUp: () => [],
    held: () => 0,
  } as unknown as Host;
  const exchange = createExchange(
    host,
    () => void turns++,
    () => {},
  );
  const lines = Array.from({ length: callers }, () => exchange.connected(incoming));
  await Bun.sleep(20);
  turns = 0;
  const began = performance.now();
  let atOnce = false;
  for (const [index, line] of lines.entries()) {
    line.data(Buffer.from("D"));
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    if (index === 0) atOnce = turns === 1;
  }
  const tookMs = performance.now() - began;
  await Bun.sleep(2 * gatherMaxMs);
  exchange.stop();
  // A machine that is busy with other things may need more than one gathering for all of them.
  return { turns: turns - Math.floor(tookMs / gatherMaxMs), atOnce };
}

test("the keys of many are gathered and saved at one go; a few callers, and the first after a lull, are answered at once", async () => {
  const many = await turnsOf(120);
  expect(many.atOnce).toBe(true);
  expect(many.turns).toBeLessThan(6);
  expect((await turnsOf(5)).turns).toBe(5);
});
