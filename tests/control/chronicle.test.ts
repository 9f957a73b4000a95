import { describe, expect, test } from "bun:test";
import { failureOf } from "../doubles/failure.ts";
import { joined, playing, spawned } from "../swarm/stories.ts";
import { office } from "./office.ts";

/** Three bots, one of them off the list. */
function storied() {
  const house = office();
  const { on } = house;
  on.request([{ ...spawned("a", 1000), labels: { team: "red" } }]);
  playing(on, "b", 1000);
  playing(on, "old", 1000);
  on.request([{ type: "killed", bot: "old", reason: "x", at: 1001 }]);
  on.happened({ type: "exited", bot: "old", code: 0, signal: null, at: 1002 });
  on.request([{ type: "cleared", bot: "old", at: 1003 }]);
  on.happened({ type: "noted", bot: "b", severity: "warning", text: "robbed\u001b[2J", at: 1004 });
  on.happened({ type: "traded", bot: "b", sector: 8, product: "ore", units: 5, credits: 90, at: 1005 });
  const told = async (input: object = {}) =>
    (await house.ask("swarmEvents", input)).events.map(({ bot, type }) => `${bot} ${type}`);
  return { ...house, told };
}

describe("what happened to the swarm", () => {
  test("is told newest first, with that of a moment ago, in words", async () => {
    const { on, ask } = storied();
    expect(on.isDirty()).toBe(true);
    const { events, next_cursor } = await ask("swarmEvents", { limit: 3 });
    expect(events).toMatchObject([
      { bot: "b", type: "traded", text: "sold 5 ore for 90 credits in sector 8", credits: 90 },
      { bot: "b", type: "noted", severity: "warning", text: "robbed·[2J" },
      { bot: "old", type: "cleared" },
    ]);
    expect(next_cursor).toBeString();
  });

  test("of the bots of a selection: by id and pattern also of those off the list, by what they are of known ones", async () => {
    const { told } = storied();
    expect(await told({ bots: "old", types: "killed,cleared" })).toEqual(["old cleared", "old killed"]);
    expect(await told({ bots: "o*", types: "cleared" })).toEqual(["old cleared"]);
    expect(await told({ bots: "all", types: "cleared" })).toEqual(["old cleared"]);
    expect(await told({ labels: "team=red" })).toEqual(["a started", "a spawned"]);
    expect(await told({ states: "RUNNING", types: "playing" })).toEqual(["b playing"]);
    expect(await told({ bots: ["old"], states: "RUNNING" })).toEqual([]);
    expect(await told({ bots: "nobody" })).toEqual([]);
  });

  test("is told from one gravity on, of some kinds, and of a time, both ends included", async () => {
    const { told } = storied();
    expect(await told({ severity: "warning" })).toEqual(["b noted"]);
    expect(await told({ severity: "error" })).toEqual([]);
    expect(await told({ since: 1003, until: 1004 })).toEqual(["b noted", "old cleared"]);
  });

  test("leads on by its cursor, to the end, and takes no other", async () => {
    const { ask, told } = storied();
    const all = await told();
    const paged: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await ask("swarmEvents", { limit: 2, cursor });
      paged.push(...page.events.map(({ bot, type }) => `${bot} ${type}`));
      cursor = page.next_cursor;
      if (cursor === undefined) break;
    }
    expect(paged).toEqual(all);
    for (const cursor of ["x", "bnVsbA", btoa('["now","events",1]')])
      expect(await failureOf(ask("swarmEvents", { cursor }))).toBe(
        `Cannot go on from cursor "${cursor}": it is none of this list`,
      );
  });

  test("of a kind that does not exist is refused, with those that do", async () => {
    const { told } = storied();
    expect(await failureOf(told({ types: "traded,sold" }))).toStartWith(
      'There is no kind of event "sold", only abandoned, backedOff, ',
    );
  });
});

test("nothing that opens or repeats anything is among a bot's events", async () => {
  const { on, ask } = office();
  on.request([joined("hand", 1000), { ...spawned("a", 1000), key: { id: "canary", digest: "canary" } }]);
  const told = JSON.stringify([
    await ask("botEvents", { bot_id: "hand" }),
    await ask("botEvents", { bot_id: "a" }),
    await ask("swarmEvents"),
  ]);
  expect(told).toContain("joined, started by hand");
  expect(told).not.toMatch(/canary|hash of/);
});
