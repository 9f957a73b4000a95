import { expect, test } from "bun:test";
import { firstShownMaxMs, terminalAnswers } from "../../../src/control/terminal/answers.ts";
import { lingerMs } from "../../../src/control/terminals.ts";
import { sendWaitMaxMs } from "../../../src/proto/operations/steering.ts";
import { leaseBeatMs, takeMaxMs } from "../../../src/proto/terminal.ts";
import { botStatus } from "../../../src/swarm/totals.ts";
import { failureOf } from "../../doubles/failure.ts";
import { stall } from "./stall.ts";

const shown = (text: string, fresh?: true) => ({ type: "shown", text, ...(fresh && { fresh }) }) as const;
const online = { type: "online", live: true } as const;

function counter(...bots: string[]) {
  const all = stall(...bots);
  const { on, terminals, later } = all;
  const answers = terminalAnswers({ state: on.state, terminals, now: () => on.at, later });
  /** Passes time as it passes for those who wait: whoever is woken may act before more of it passes. */
  async function lapse(ms: number, step = 50): Promise<void> {
    for (let passed = 0; passed < ms; passed += step) {
      all.pass(Math.min(step, ms - passed));
      await Bun.sleep(0);
    }
  }
  const taken = (lease: string) => {
    terminals.heard("a", { type: "taken", lease });
    return Bun.sleep(0);
  };
  return { ...all, ...answers, lapse, taken };
}

test("a screen that nobody watches is watched for a moment, and soon not any more", async () => {
  const { botScreen, terminals, orders, lapse, on } = counter("a");
  const screen = botScreen({ bot_id: "a" });
  await lapse(200);
  terminals.heard("a", shown("Command? ", true));
  terminals.heard("a", online);
  expect(await screen).toEqual({
    bot_id: "a",
    rows: ["Command?"],
    cursor: { row: 0, column: 9 },
    at: on.at,
    live: true,
  });
  terminals.heard("a", shown("D"));
  expect((await botScreen({ bot_id: "a" })).rows).toEqual(["Command? D"]);
  await lapse(lingerMs, 1000);
  expect(orders()).toEqual(["a watch on", "a watch off"]);
});

test("a screen of which nothing is known is told so, with the reason, and not waited for in vain", async () => {
  const { botScreen, lapse, on, orders } = counter("a", "b", "c");
  const screen = failureOf(botScreen({ bot_id: "a" }));
  await lapse(firstShownMaxMs);
  expect(await screen).toContain(
    'Nothing is known of the screen of bot "a": its worker did not show it in time',
  );
  orders();
  on.happened({ type: "unlinked", bot: "b", at: on.at });
  expect(await failureOf(botScreen({ bot_id: "b" }))).toContain("its worker cannot be reached just now");
  on.happened({ type: "completed", bot: "c", reason: "done", at: on.at });
  expect(await failureOf(botScreen({ bot_id: "c" }))).toContain(
    "it has ended, and its worker left nothing behind",
  );
  expect(await failureOf(botScreen({ bot_id: "d" }))).toContain('There is no bot "d"');
  expect(orders()).toEqual([]);
});

test("the last screen of a bot that has ended is shown as no more alive, while somebody watches", async () => {
  const { botScreen, terminals, on, come } = counter("a");
  come("a");
  terminals.heard("a", shown("Goodbye", true));
  terminals.heard("a", online);
  on.happened({ type: "completed", bot: "a", reason: "done", at: on.at });
  expect(await botScreen({ bot_id: "a" })).toMatchObject({ rows: ["Goodbye"], live: false });
});

test("the screen of a bot that ended unwatched is what its worker left, and nobody is asked for it", async () => {
  const { botScreen, on, left, orders, timers } = counter("a", "b");
  for (const bot of ["a", "b"]) on.happened({ type: "exited", bot, code: 1, signal: null, at: on.at });
  left.set("a", { text: "A wall\r\n", at: 77 });
  expect(await botScreen({ bot_id: "a" })).toMatchObject({ rows: ["A wall", ""], at: 77, live: false });
  expect(await failureOf(botScreen({ bot_id: "b" }))).toContain("its worker left nothing behind");
  expect([orders(), timers.size]).toEqual([[], 0]);
});

test("keys are typed once the bot stands still, and answered with the screen when all is quiet", async () => {
  const { sendKeys, terminals, orders, lapse, taken, on } = counter("a");
  const sent = sendKeys({ bot_id: "a", keys: "D", quiet_ms: 500 });
  terminals.heard("a", shown("Command? ", true));
  terminals.heard("a", online);
  await lapse(leaseBeatMs + 50);
  expect(orders()).toEqual(["a watch on", "a take lease000", "a renew lease000", "a renew lease000"]);
  await taken("lease000");
  expect(orders()).toEqual(["a type lease000 D"]);
  expect(botStatus(on.state, "a", on.at).taken).toBe(true);
  for (const text of ["D", "\r\nSector  : 852", "\r\nCommand? "]) {
    await lapse(450);
    terminals.heard("a", shown(text));
    await Bun.sleep(0);
  }
  await lapse(450);
  expect(orders()).toEqual([]);
  await lapse(50);
  expect(await sent).toMatchObject({
    bot_id: "a",
    rows: ["Command? D", "Sector  : 852", "Command?"],
    live: true,
  });
  expect(orders()).toEqual(["a give lease000"]);
  expect(botStatus(on.state, "a", on.at).taken).toBeUndefined();
});

test("a game that never falls silent is answered with all the same, and the lease kept alive until then", async () => {
  const { sendKeys, terminals, orders, lapse, taken } = counter("a");
  const sent = sendKeys({ bot_id: "a", keys: "x", quiet_ms: 5000 });
  terminals.heard("a", shown("", true));
  await taken("lease000");
  orders();
  for (let ms = 0; ms < sendWaitMaxMs; ms += 1000) {
    terminals.heard("a", shown("."));
    await lapse(1000, 500);
  }
  expect((await sent).rows).toEqual([".".repeat(sendWaitMaxMs / 1000)]);
  const told = orders();
  expect(told.at(-1)).toBe("a give lease000");
  expect(told.filter((order) => order === "a renew lease000").length).toBeGreaterThanOrEqual(3);
});

test("keys are refused where somebody else has them, where the bot has ended, and where it comes to no prompt", async () => {
  const { sendKeys, come, terminals, lapse, on, orders, timers } = counter("a", "b", "c");
  const person = come("a");
  person.take();
  const asked = (bot_id: string) => failureOf(sendKeys({ bot_id, keys: "D", quiet_ms: 500 }));
  expect(await asked("a")).toContain('Cannot type for bot "a": somebody else has its keys');
  on.happened({ type: "completed", bot: "b", reason: "done", at: on.at });
  expect(await asked("b")).toContain('Cannot type for bot "b": it has ended (COMPLETED)');
  on.happened({ type: "unlinked", bot: "c", at: on.at });
  expect(await asked("c")).toContain("its worker cannot be reached just now");
  person.leave();
  orders();
  const slow = asked("a");
  await lapse(takeMaxMs, 1000);
  terminals.heard("a", { type: "given", lease: "lease001", reason: "It did not come to a prompt in time" });
  expect(await slow).toBe('Cannot type for bot "a": It did not come to a prompt in time');
  const lost = asked("a");
  terminals.heard("a", { type: "taken", lease: "lease002" });
  await Bun.sleep(0);
  on.happened({ type: "unlinked", bot: "a", at: on.at });
  expect(await lost).toContain('Bot "a" lost its keys while it was typed for');
  await lapse(lingerMs, 1000);
  expect(timers.size).toBe(0);
});

test("of many who send at once one may, and the others are told", async () => {
  const { sendKeys, terminals, lapse, taken } = counter("a");
  const sends = Array.from({ length: 5 }, () => sendKeys({ bot_id: "a", keys: "D", quiet_ms: 50 }));
  const outcomes = Promise.allSettled(sends);
  terminals.heard("a", shown("Command? ", true));
  await taken("lease000");
  await lapse(100);
  expect((await outcomes).map(({ status }) => status)).toEqual(["fulfilled", ...Array(4).fill("rejected")]);
});
