import { expect, test } from "bun:test";
import type { Ears, Viewing } from "../src/control/console/doors.ts";
import type { Change } from "../src/control/mcp/updates.ts";
import { followLive } from "../src/mcp-changes.ts";
import type { LiveMessage, SwarmTotals } from "../src/proto/events.ts";
import type { BotStatus } from "../src/proto/status.ts";
import { Refusal } from "../src/proto/refusal.ts";

/** A manager that comes and goes, and a clock that goes when told to. */
function world() {
  const dials: Ears<LiveMessage>[] = [];
  const waiting: (() => void)[] = [];
  let closed = 0;
  let isThere = true;
  const changes = followLive(
    { url: "http://localhost:1" },
    (_, work) => {
      waiting.push(work);
      return () => void waiting.splice(waiting.indexOf(work), 1);
    },
    async (_, ears): Promise<Viewing> => {
      if (!isThere) throw new Refusal("manager_unreachable", "Nobody there");
      dials.push(ears);
      return { say: () => true, close: () => void closed++ };
    },
  );
  return {
    changes,
    dials,
    waiting,
    closed: () => closed,
    leave: (away: boolean) => void (isThere = !away),
    settled: () => Bun.sleep(0),
  };
}

const totals = {} as SwarmTotals;
const some = (...ids: string[]): LiveMessage => ({
  type: "changes",
  rev: 2,
  totals,
  bots: ids.map((bot_id) => ({ bot_id })),
  gone: ["left"],
});
const all = (...ids: string[]): LiveMessage => ({
  type: "snapshot",
  rev: 1,
  status: { ...totals, bots: ids.map((bot_id) => ({ bot_id }) as BotStatus) },
});

test("nobody dials before somebody wants to know, and the last to leave hangs up", async () => {
  const on = world();
  expect(on.dials.length).toBe(0);
  const leave = [on.changes(() => {}), on.changes(() => {})];
  await on.settled();
  expect(on.dials.length).toBe(1);
  leave[0]!();
  expect(on.closed()).toBe(0);
  leave[1]!();
  expect(on.closed()).toBe(1);
});

test("each bot that changed or left is told, and with them the swarm", async () => {
  const on = world();
  const told: Change[] = [];
  on.changes((change) => told.push(change));
  await on.settled();
  on.dials[0]!.told(all("a", "b"));
  expect(told).toEqual([{}]);
  on.dials[0]!.told(some("a"));
  expect(told.slice(1)).toEqual([{ bot: "a" }, { bot: "left" }, {}]);
});

test("after a broken line every bot may have changed, once", async () => {
  const on = world();
  const told: Change[] = [];
  on.changes((change) => told.push(change));
  await on.settled();
  on.dials[0]!.closed!("gone", false);
  on.dials[0]!.told(all("a", "b"));
  expect(told).toEqual([{ bot: "a" }, { bot: "b" }, {}]);
  on.dials[0]!.told(all("a", "b"));
  expect(told.length).toBe(4);
});

test("a manager that is not there is dialled until it is", async () => {
  const on = world();
  on.leave(true);
  const told: Change[] = [];
  const leave = on.changes((change) => told.push(change));
  await on.settled();
  on.waiting.shift()!();
  await on.settled();
  expect(on.waiting.length).toBe(1);
  on.leave(false);
  on.waiting.shift()!();
  await on.settled();
  on.dials[0]!.told(all("a"));
  expect(told).toEqual([{ bot: "a" }, {}]);
  on.dials[0]!.closed!("turned away", true);
  expect(on.waiting.length).toBe(1);
  leave();
  expect(on.waiting.length).toBe(0);
});
