import { describe, expect, test } from "bun:test";
import { riseLookEveryMs, riseOf, riseWaitMaxMs, riseWatchMs } from "../../../src/control/mcp/tools/rise.ts";
import { wordsMax } from "../../../src/control/mcp/tools/looking.ts";
import { botStates, type BotState } from "../../../src/proto/status.ts";
import type { OperationInput } from "../../../src/proto/operations.ts";
import { replies } from "../../doubles/scribe.ts";
import { failureOf } from "../../doubles/failure.ts";
import { assistant, eras, type Assistant, type Era } from "./rig.ts";

/** How many are in each state. */
const counted = (states: readonly BotState[]) =>
  Object.fromEntries(
    botStates.map((name) => [name, states.filter((state) => state === name).length]),
  ) as Record<BotState, number>;

/** Bots "a" and "b" that were spawned, as each look finds them; the last look is found for ever. */
async function rising(looks: readonly (readonly [BotState, BotState])[], era: Era = "legacy") {
  let look = 0;
  const on = await assistant({
    era,
    swarm: {
      swarmTotals({ bots }: OperationInput<"swarmTotals">) {
        expect(bots).toEqual(["a", "b"]);
        const [a, b] = looks[Math.min(look++, looks.length - 1)]!;
        return { ...replies.swarmTotals, by_state: counted([a, b]) };
      },
    },
  });
  return { ...on, looks: () => look };
}

/** Lets the answer come, by as many steps of the clock as it needs; how long it took. */
async function turned<T>({ clock }: Pick<Assistant, "clock">, answer: Promise<T>): Promise<[T, number]> {
  const from = clock.now();
  let over = false;
  void answer.finally(() => (over = true)).catch(() => {});
  for (;;) {
    for (let i = 0; i < 20 && clock.waiting() === 0 && !over; i++) await new Promise(setImmediate);
    if (over) return [await answer, clock.now() - from];
    clock.pass(riseLookEveryMs);
  }
}

describe.each(eras)("in the %s era, bots that come up", (era) => {
  test("are told as progress, which never goes back, to a client that asked for it", async () => {
    const on = await rising(
      [
        ["QUEUED", "QUEUED"],
        ["REGISTERING", "SPAWNING"],
        ["BACKOFF", "SPAWNING"],
        ["RUNNING", "REGISTERING"],
        ["RUNNING", "PAUSED"],
      ],
      era,
    );
    const told: string[] = [];
    const [result] = await turned(
      on,
      on.client.callTool(
        { name: "tw2002_spawn_swarm", arguments: { count: 2 } },
        { onprogress: ({ progress, total, message }) => told.push(`${progress}/${total} ${message}`) },
      ),
    );
    expect(told).toEqual([
      "2/6 2 spawned, 0 registered, 0 running",
      "3/6 2 spawned, 1 registered, 0 running",
      "5/6 2 spawned, 2 registered, 1 running",
      "6/6 2 spawned, 2 registered, 2 running",
    ]);
    expect(result.structuredContent).toMatchObject({ rise: { running: 2, complete: true } });
    await on.close();
  });

  test("are not watched for a client that is not to wait, or did not ask to hear", async () => {
    const on = await rising([["QUEUED", "QUEUED"]], era);
    expect((await on.call("tw2002_spawn_swarm", { count: 2 })).value).not.toHaveProperty("rise");
    await on.client.callTool(
      { name: "tw2002_spawn_swarm", arguments: { count: 2, wait: false } },
      { onprogress: () => {} },
    );
    expect(on.looks()).toBe(0);
    await on.close();
  });
});

test("a wait ends after a bounded time, with how far they are", async () => {
  const on = await rising([["RUNNING", "SPAWNING"]]);
  const [waited, long] = await turned(on, on.call("tw2002_spawn_swarm", { count: 2, wait: true }));
  expect(waited.value).toMatchObject({ rise: { spawned: 2, running: 1, complete: false } });
  expect(long).toBe(riseWaitMaxMs);
  const [, watched] = await turned(
    on,
    on.client.callTool({ name: "tw2002_spawn_swarm", arguments: { count: 2 } }, { onprogress: () => {} }),
  );
  expect(watched).toBe(riseWatchMs);
  await on.close();
});

test("a client that cancels is no longer waited for", async () => {
  const on = await rising([["SPAWNING", "SPAWNING"]]);
  const cancel = new AbortController();
  const answer = on.client.callTool(
    { name: "tw2002_spawn_swarm", arguments: { count: 2, wait: true } },
    { signal: cancel.signal },
  );
  while (on.looks() === 0) await new Promise(setImmediate);
  cancel.abort();
  expect(await failureOf(answer)).not.toBe("");
  await on.client.ping();
  const looks = on.looks();
  for (let i = 0; i < 5; i++) {
    on.clock.pass(riseLookEveryMs);
    await on.client.ping();
  }
  expect([on.looks(), on.clock.waiting()]).toEqual([looks, 0]);
  await on.close();
});

test("thousands are looked at in parts that an address can hold", async () => {
  const ids = Array.from({ length: 2 * wordsMax + 1 }, (_, i) => `bot_${i}`);
  const parts: number[] = [];
  const on = await assistant({
    swarm: {
      spawnSwarm: () => ({ ...replies.spawnSwarm, bot_ids: ids }),
      swarmTotals({ bots = [] }: OperationInput<"swarmTotals">) {
        parts.push(bots.length);
        return { ...replies.swarmTotals, by_state: counted(bots.map(() => "RUNNING")) };
      },
    },
  });
  const { value } = await on.call("tw2002_spawn_swarm", { count: ids.length, wait: true });
  expect(parts).toEqual([wordsMax, wordsMax, 1]);
  expect(value["rise"]).toMatchObject({ spawned: ids.length, running: ids.length, complete: true });
  await on.close();
});

test("every state is at one step of the way", () => {
  const steps = botStates.map((state) => {
    const { registered, running, ended, complete } = riseOf(counted([state]));
    return [state, complete ? (ended ? "ended" : "running") : registered ? "registered" : "spawned", running];
  });
  expect(steps).toEqual([
    ["QUEUED", "spawned", 0],
    ["SPAWNING", "spawned", 0],
    ["REGISTERING", "registered", 0],
    ["RUNNING", "running", 1],
    ["PAUSED", "running", 1],
    ["STUCK", "running", 1],
    ["BACKOFF", "spawned", 0],
    ["COMPLETED", "ended", 0],
    ["DEAD", "ended", 0],
    ["ERROR", "ended", 0],
    ["FAILED", "ended", 0],
  ]);
});
