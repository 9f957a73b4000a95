/** The manager dies and freezes; bots do not notice, and nothing that was acknowledged is lost. bench/storm.ts has the full sizes. */
import { afterEach, expect, test } from "bun:test";
import { makeField, type Field } from "./storm/field.ts";
import { slack, told } from "./storm/figures.ts";
import { freezeManager, killManagers, killTogether } from "./storm/manager-kills.ts";

/** What answers take on a real server; it leaves the processor to those who are tested. */
const latencyMs = 100;
const bots = 30;

let field: Field;
afterEach(() => field?.close());

test("six kills at random: no game connection dropped, no command or event lost, nobody twice", async () => {
  field = await makeField({ latencyMs });
  const figures = await killManagers(field, { bots, kills: 6, seed: 1 });
  const { attached, orders, books } = figures;
  console.log(
    `R1: re-attached ${told(attached)} (${figures.forestalled} forestalled); commands ${orders.acknowledged} acknowledged, ` +
      `${orders.unknown} unknown, ${orders.lost.length} lost; ${books.trades} trades, ${books.heard} messages, ` +
      `${books.differences.length} differences; sessions at once ${figures.mostAtOnce}`,
  );
  expect(figures.mostAtOnce).toBe(1);
  expect(figures.cameAgain).toEqual([]);
  expect(figures.twoProcesses).toEqual([]);
  expect(figures.spawnsWrong).toEqual([]);
  expect(orders.acknowledged).toBeGreaterThan(50);
  expect(orders.lost).toEqual([]);
  expect(orders.twice).toEqual([]);
  expect(books.differences).toEqual([]);
  expect(books.trades).toBeGreaterThan(0);
  expect(attached.p95).toBeLessThan(1000 * slack());
}, 120_000);

test("frozen for eight seconds: nothing lost, no bot restarted; then killed with a third of the workers: all back", async () => {
  field = await makeField({ latencyMs, manager: { bot_timeout: 4 } });
  await field.startManager();
  await field.spawn(bots);
  const frozen = await freezeManager(field, 8000);
  console.log(
    `R9: ${frozen.restarted.length} restarted, a worker grew ${(frozen.growth / 1e6).toFixed(1)} MB at most, ` +
      `${frozen.books.trades} trades, ${frozen.books.differences.length} differences`,
  );
  expect(frozen.restarted).toEqual([]);
  expect(frozen.books.differences).toEqual([]);
  expect(frozen.cameAgain).toEqual([]);
  expect(frozen.growth).toBeLessThan(20e6);
  const together = await killTogether(field);
  console.log(
    `R3: all registered after ${together.registeredMs.toFixed(0)} ms, at play after ${together.playingMs.toFixed(0)} ms`,
  );
  expect(together.mostAtOnce).toBe(1);
  expect(together.registeredMs).toBeLessThan(3000 * slack());
}, 120_000);
