import { expect, test } from "bun:test";
import type { Galaxy } from "../../src/games/tw2002/host/galaxy.ts";
import { products, sideOf } from "../../src/games/tw2002/rules/ports.ts";
import { createArena } from "./arena.ts";
import { audit, troubles } from "./audit.ts";

/** For each product: units in all holds, with what the selling ports have left, less what the buying ports still want. */
const units = ({ ships, ports }: Galaxy): number[] =>
  products.map((product, index) => {
    const held = [...ships.values()].reduce((sum, { cargo }) => sum + cargo[product], 0);
    return [...ports.values()].reduce((sum, { portClass, stocks }) => {
      const amount = stocks[index]?.amount ?? 0;
      return sum + (sideOf(portClass, product) === "selling" ? amount : -amount);
    }, held);
  });

test("a day of 30 bots: every unit, credit and turn is where it came from", () => {
  const turnsPerDay = 250;
  // Ports that regain nothing make the sum exact.
  const arena = createArena({
    bots: 50,
    seed: 7,
    turns: 0,
    turnsPerDay,
    settings: { regrowth: 0 },
    shared: true,
  });
  const galaxy = arena.host.galaxyOf("A")!;
  const before = units(galaxy);
  arena.run(3_600_000);
  expect(troubles(arena.bots)).toEqual([]);
  expect(audit(arena)).toEqual([]);
  expect(units(galaxy)).toEqual(before);
  for (const { turnsLeft, turnsUsed } of galaxy.traders.values()) {
    expect(turnsLeft + turnsUsed).toBeGreaterThanOrEqual(turnsPerDay);
    // At most one full hour has struck in the hour of play.
    expect(turnsLeft + turnsUsed).toBeLessThanOrEqual(turnsPerDay + Math.ceil(turnsPerDay / 24));
  }
  const trades = arena.bots.reduce((sum, bot) => sum + (bot.effects.get("traded") ?? 0), 0);
  expect(trades).toBeGreaterThan(1000);
}, 60_000);
