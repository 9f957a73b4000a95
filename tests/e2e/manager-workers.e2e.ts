/** Workers die, freeze, and cannot start; strangers come to the manager's socket. bench/storm.ts has the full sizes. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { makeField, type Field } from "./storm/field.ts";
import { slack, told } from "./storm/figures.ts";
import { intrude } from "./storm/intruders.ts";
import { crashLoop, freezeWorker, killWorkers } from "./storm/worker-kills.ts";

const bots = 10;
const botTimeoutS = 3;

let field: Field;
let ids: readonly string[];
beforeAll(async () => {
  field = await makeField({ latencyMs: 100, manager: { bot_timeout: botTimeoutS } });
  await field.startManager();
  ids = await field.spawn(bots);
  await field.allPlaying();
}, 60_000);
afterAll(() => field?.close(), 30_000);

test("a killed worker has a successor in no time, and never two", async () => {
  const { registered, mostAtOnce } = await killWorkers(field, 8, 2);
  console.log(`R2: registered again ${told(registered)}`);
  expect(mostAtOnce).toBe(1);
  expect(registered.p50).toBeLessThan(300 * slack());
  expect(registered.max).toBeLessThan(1000 * slack());
}, 60_000);

test("a frozen worker is stuck after bot_timeout, then recovered, and sends nothing any more", async () => {
  const figures = await freezeWorker(field, ids.at(-1)!);
  console.log(
    `R8: stuck after ${figures.stuckMs.toFixed(0)} ms, playing again after ${figures.recoveredMs.toFixed(0)} ms`,
  );
  // Its last word may have been a moment old.
  expect(figures.stuckMs).toBeGreaterThan((botTimeoutS - 1) * 1000);
  expect(figures.stuckMs).toBeLessThan((botTimeoutS + 1) * 1000 + 500);
  expect(figures.survived).toBe(false);
  expect(figures.sentLate).toBe(0);
  expect(figures.mostAtOnce).toBe(1);
}, 60_000);

test("strangers at the socket lose their own line, and no bot loses anything", async () => {
  const figures = await intrude(field);
  console.log(
    `R16: the manager grew ${(figures.growth / 1e6).toFixed(1)} MB, its slowest answer took ${figures.slowestMs.toFixed(0)} ms`,
  );
  expect(figures.welcomed).toEqual([]);
  expect(figures.disturbed).toEqual([]);
  expect(figures.growth).toBeLessThan(70e6);
  expect(figures.slowestMs).toBeLessThan(100 * slack());
}, 60_000);

test("a worker that cannot start is tried a few times, then given up with what its log says", async () => {
  // One that has not been killed before: each crash counts.
  const figures = await crashLoop(field, ids.at(-2)!);
  console.log(`R4: ${figures.forks} starts in ${(figures.gaveUpMs / 1000).toFixed(1)} s, then FAILED`);
  expect(figures.forks).toBeLessThanOrEqual(8);
  expect(figures.forks).toBeGreaterThan(1);
  expect(figures.error).toContain(figures.lastLine);
}, 90_000);
