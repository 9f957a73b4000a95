/** `top` as a whole, at a terminal whose keys, size and clock are the test's. */
import { expect, test } from "bun:test";
import { enterScreen, leaveScreen } from "../../../../src/control/console/top/paint.ts";
import type { Swarm } from "../../../../src/proto/operations.ts";
import { Refusal } from "../../../../src/proto/refusal.ts";
import { sit } from "./seat.ts";
import { manyBots, snapshotOf, statusOf } from "./swarm.ts";

/** The terminal is as it was, and nothing is listened to, timed or held any more. */
function expectRestored({ frames, open, scene }: Awaited<ReturnType<typeof sit>>) {
  expect(frames.at(-1)).toBe(leaveScreen);
  expect(open).toEqual({ keys: 0, lines: 0, resizes: 0 });
  expect([scene.listening(), scene.alarms()]).toEqual([0, 0]);
}

test("q, Ctrl-C and a signal end it, each with its status, and the terminal is given back", async () => {
  for (const [how, status] of [
    ["q", 0],
    ["\x03", 130],
    ["signal", 130],
  ] as const) {
    const seat = await sit();
    await seat.pass(0);
    expect(seat.frames[0]).toBe(enterScreen);
    expect(seat.frames[1]).toContain("bot_002");
    if (how === "signal") seat.scene.interrupt();
    else await seat.press(how);
    expect(await seat.ended).toBe(status);
    expectRestored(seat);
  }
});

test("a fault of our own or of the manager's gives the terminal back, too, and is not hidden", async () => {
  const broken = await sit({
    swarm: {
      orderBots: async () => {
        throw new TypeError("a bug");
      },
    },
  });
  await broken.press("p");
  expect(await broken.ended.catch(String)).toContain("a bug");
  expectRestored(broken);
  const odd = await sit();
  odd.tell({ type: "snapshot", rev: 1, status: { ...statusOf([]), bots: undefined } } as never);
  expect(await odd.ended.catch(String)).toContain("TypeError");
  expectRestored(odd);
});

test("without a manager to begin with it refuses, and never touches the terminal", async () => {
  const seat = await sit({
    live: async () => {
      throw new Refusal("manager_unreachable", "No manager at http://localhost:8000");
    },
  });
  expect(await seat.ended).toBe(4);
  expect([seat.frames, seat.scene.told.err]).toEqual([[], "No manager at http://localhost:8000\n"]);
});

test("at most ten frames a second for keys, one an interval for figures, none where nothing changed", async () => {
  const seat = await sit({ bots: manyBots(500) });
  await seat.pass(0);
  seat.written();
  const frames = async (work: (at: number) => void, everyMs: number) => {
    let count = 0;
    for (let at = 0; at < 2000; at += everyMs) {
      work(at);
      await seat.pass(everyMs);
      if (seat.written() !== "") count++;
    }
    return count;
  };
  const keys = await frames(() => void seat.press("j"), 10);
  expect(keys).toBeGreaterThan(10);
  expect(keys).toBeLessThanOrEqual(21);
  let rev = 1;
  const told = await frames(
    (at) =>
      seat.tell(
        snapshotOf(
          manyBots(3).map((bot) => ({ ...bot, credits: at })),
          rev++,
        ),
      ),
    50,
  );
  expect(told).toBeGreaterThanOrEqual(2);
  expect(told).toBeLessThanOrEqual(3);
  await seat.pass(1000);
  seat.written();
  expect(await frames(() => {}, 100)).toBe(0);
  await seat.press("q");
  await seat.ended;
});

test("--interval sets the pace of figures, but not faster than ten a second", async () => {
  const seat = await sit({ argv: "top --interval 0.1" });
  await seat.pass(200);
  seat.written();
  let count = 0;
  for (let at = 1; at <= 100; at++) {
    seat.tell(
      snapshotOf(
        manyBots(3).map((bot) => ({ ...bot, credits: at })),
        at,
      ),
    );
    await seat.pass(20);
    if (seat.written() !== "") count++;
  }
  expect(count).toBeGreaterThan(15);
  expect(count).toBeLessThanOrEqual(21);
  await seat.press("q");
  await seat.ended;
});

test("a terminal that takes nothing gets no second frame, then the newest; one that is gone ends it", async () => {
  const seat = await sit();
  await seat.pass(0);
  seat.written();
  seat.hold();
  for (const key of "jjkkjjkk?") {
    await seat.press(key);
    await seat.pass(200);
  }
  const held = seat.written();
  expect(held).not.toContain("Moving");
  await seat.release();
  await seat.pass(200);
  expect(seat.written()).toContain("Moving");
  seat.hold();
  await seat.press("q");
  await seat.pass(200);
  await seat.release(false);
  expect(await seat.ended).toBe(0);
});

test("another size is drawn at once, whole", async () => {
  const seat = await sit();
  await seat.pass(200);
  seat.written();
  seat.resize(120, 30);
  await seat.pass(100);
  const frame = seat.written();
  expect(frame).toContain("\x1b[2J");
  expect(frame).toContain("TRADER");
  expect(frame).toContain("\x1b[30;1H");
  await seat.press("q");
  await seat.ended;
});

test("a manager that is gone is told of with the time since, and the line goes on when it is back", async () => {
  const seat = await sit();
  await seat.pass(5000);
  seat.written();
  seat.close("The connection was closed");
  for (let second = 0; second < 13; second++) await seat.pass(1010);
  expect(seat.written()).toContain("not connected, since 12s, trying again");
  seat.tell(snapshotOf(manyBots(4), 9));
  await seat.pass(1000);
  expect(seat.written()).toContain("bot_003");
  await seat.press("q");
  expect(await seat.ended).toBe(0);
});

test("an order goes out in pieces, its outcome is shown bot by bot, and a bot called all is not everybody", async () => {
  const asked: string[][] = [];
  const bots = manyBots(1200).concat({ ...manyBots(1)[0]!, bot_id: "all" });
  const swarm: Partial<Swarm> = {
    orderBots: async ({ action, bots: ids }) => {
      asked.push(ids!);
      if (asked.length === 3) throw new Refusal("unavailable", "The disk is full");
      const results = ids!.map((bot_id) => ({ bot_id, ok: true, order: "delivered" as const }));
      return { action, matched: results.length, failed: 0, results };
    },
  };
  const seat = await sit({ swarm, bots });
  await seat.press("a");
  await seat.press("p");
  await seat.pass(200);
  expect(asked.map((ids) => ids.length)).toEqual([500, 500, 200]);
  expect(asked.flat()).not.toContain("all");
  expect(seat.written()).toContain("1000 paused, 201 refused (o shows all): all: This name");
  await seat.press("o");
  await seat.pass(200);
  expect(seat.written()).toContain("The disk is full");
  await seat.press("\x03");
  await seat.ended;
});

test("an open bot is looked at each second, one question at a time, and what is not to be had is said", async () => {
  let looks = 0;
  let answer = () => {};
  const swarm: Partial<Swarm> = {
    botScreen: ({ bot_id }) => {
      looks++;
      return new Promise((resolve) => {
        const screen = { bot_id, rows: [`look ${looks}`], cursor: { row: 0, column: 0 }, at: 0, live: true };
        answer = () => resolve(screen);
      });
    },
    swarmEvents: async () => {
      throw new Refusal("unavailable", "No events here");
    },
  };
  const seat = await sit({ swarm });
  await seat.press("\r");
  await seat.pass(5000);
  expect(looks).toBe(1);
  answer();
  await seat.settle();
  await seat.pass(1100);
  expect(looks).toBe(2);
  await seat.press("\t");
  await seat.pass(200);
  expect(seat.written()).toContain("No events here");
  await seat.press("\t");
  await seat.pass(200);
  expect(seat.written()).toContain("look 1");
  answer();
  await seat.press("\x1b");
  await seat.pass(3000);
  expect(looks).toBe(2);
  await seat.press("q");
  await seat.ended;
});
