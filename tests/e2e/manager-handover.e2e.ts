/** SIGUSR2: a manager goes and its bots stay, for an upgrade. The next one has them on the line at once, and nobody notices. */
import { afterEach, expect, test } from "bun:test";
import { until } from "./harness.ts";
import { makeField, type Field } from "./storm/field.ts";
import { slack } from "./storm/figures.ts";

const bots = 5;
/** All of them are to be on the line again. */
const backMs = 1500;
/** Longer than two looks at bots that nobody hears. */
const botTimeoutS = 3;

let field: Field;
afterEach(() => field?.close(), 30_000);

test("bots that were handed over play on, and those that were held are held", async () => {
  field = await makeField({ latencyMs: 50, manager: { bot_timeout: botTimeoutS } });
  await field.startManager();
  const [held] = await field.spawn(bots);
  await field.allPlaying();
  await until("held", async () => (await field.ask("POST", `/bot/${held}/pause`)).body["state"] === "PAUSED");
  const workers = field.workers().map(({ pid }) => pid);
  const calls = field.proxy.calls.length;

  expect(await field.stopManager("SIGUSR2")).toBe(0);
  expect(field.log()).not.toMatch(/error|started again/);
  await field.startManager();
  await until(
    "every bot on the line",
    async () => (await field.status()).bots.every(({ linked }) => linked),
    backMs * slack(),
  );
  await Bun.sleep(botTimeoutS * 1000 + 500);

  const all = await field.status();
  expect(all.bots.map(({ state }) => state).sort()).toEqual(["PAUSED", ...Array(bots - 1).fill("RUNNING")]);
  expect(all.bots.every(({ restarts }) => restarts === 0)).toBe(true);
  expect(field.workers().map(({ pid }) => pid)).toEqual(workers);
  expect(field.proxy.calls.length).toBe(calls);
}, 60_000);
