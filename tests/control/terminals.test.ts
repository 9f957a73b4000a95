import { describe, expect, test } from "bun:test";
import { takeSlackMs } from "../../src/control/terminal/keys.ts";
import {
  lingerMs,
  terminalViewersMax,
  viewersPerBotMax,
  watchedBotsMax,
} from "../../src/control/terminals.ts";
import { leaseBeatMs, leaseMs, takeMaxMs } from "../../src/proto/terminal.ts";
import { botStatus } from "../../src/swarm/totals.ts";
import { joined, refusalOf, spawned } from "../swarm/stories.ts";
import { stall } from "./terminal/stall.ts";

const shown = (text: string, fresh?: true) => ({ type: "shown", text, ...(fresh && { fresh }) }) as const;
const online = { type: "online", live: true } as const;

describe("watching", () => {
  test("begins with the first viewer and ends a while after the last has gone", () => {
    const { come, orders, pass, terminals } = stall("a", "b");
    const [one, other] = [come("a"), come("a")];
    expect(orders()).toEqual(["a watch on"]);
    one.leave();
    pass(10 * lingerMs);
    expect(orders()).toEqual([]);
    other.leave();
    pass(lingerMs - 1);
    expect(orders()).toEqual([]);
    come("a").leave();
    pass(lingerMs - 1);
    expect(orders()).toEqual([]);
    pass(1);
    expect(orders()).toEqual(["a watch off"]);
    terminals.heard("a", shown("late", true));
    expect(terminals.sight("a")).toEqual({ shot: undefined, whole: false, taken: false });
  });

  test("tells all viewers what comes, and one who comes later what is", () => {
    const { come, terminals } = stall("a");
    const early = come("a");
    expect(early.news()).toEqual([]);
    terminals.heard("a", shown("Command? ", true));
    terminals.heard("a", online);
    terminals.heard("a", shown("D"));
    const told = [shown("Command? ", true), { type: "line", live: true }, shown("D")];
    expect(early.news()).toEqual(told as never);
    const late = come("a");
    expect(late.news()).toEqual([shown("Command? D", true), { type: "line", live: true }]);
    terminals.heard("a", shown("\r\n"));
    expect([early.news(), late.news()]).toEqual([[shown("\r\n")], [shown("\r\n")]]);
    late.leave();
    terminals.heard("a", shown("more"));
    expect([early.news(), late.news()]).toEqual([[shown("more")], []]);
  });

  test("does not take the rest of a former watching for the beginning of a new one", () => {
    const { come, terminals } = stall("a");
    const viewer = come("a");
    terminals.heard("a", shown("half a line"));
    expect(viewer.news()).toEqual([]);
    terminals.heard("a", shown("all of it", true));
    expect(viewer.news()).toEqual([shown("all of it", true)]);
  });

  test("is asked for again on each new line of the worker, and of no bot that nobody watches", () => {
    const { come, orders, terminals } = stall("a", "b");
    come("a");
    orders();
    terminals.welcomed("a");
    terminals.welcomed("b");
    expect(orders()).toEqual(["a watch on"]);
  });

  test("tells that the bot has no line to its game while its worker is away, or is over", () => {
    const { on, come, terminals } = stall("a");
    const viewer = come("a");
    terminals.heard("a", shown("Command?", true));
    terminals.heard("a", online);
    viewer.news();
    on.happened({ type: "unlinked", bot: "a", at: on.at });
    on.happened({ type: "noted", bot: "a", severity: "info", text: "", at: on.at });
    expect(viewer.news()).toEqual([{ type: "line", live: false }]);
    expect(terminals.sight("a")).toMatchObject({ shot: { rows: ["Command?"], live: false }, whole: true });
    expect(come("a").news()).toEqual([shown("Command?", true), { type: "line", live: false }]);
    terminals.heard("a", online);
    on.happened({ type: "completed", bot: "a", reason: "done", at: on.at });
    expect(viewer.news()).toEqual([
      { type: "line", live: true },
      { type: "line", live: false },
    ]);
  });

  test("of a bot without a worker shows what that left behind, until the next one shows its own", () => {
    const { on, come, terminals, left } = stall("a", "b");
    left.set("a", { text: "Goodbye ", at: 77 });
    // What a former worker left is not shown for the one that plays.
    expect(come("a").news()).toEqual([]);
    on.happened({ type: "failed", bot: "b", reason: "wrong password", at: on.at });
    left.set("b", { text: "\x1b[31mInvalid password", at: 77 });
    const late = come("b");
    const shot = { rows: ["Invalid password"], cursor: { row: 0, column: 16 }, at: 77, live: false };
    expect(late.news()).toEqual([shown("\x1b[31mInvalid password", true), { type: "line", live: false }]);
    expect(terminals.sight("b").shot).toEqual(shot);
    on.request([{ type: "restartAsked", bot: "b", reason: "asked", fresh: false, at: on.at }]);
    on.happened({ type: "exited", bot: "b", code: 1, signal: null, at: on.at });
    on.happened({ type: "registered", bot: "b", pid: 8, session: "1123456789abcdef", at: on.at });
    expect(late.news()).toEqual([]);
    terminals.heard("b", shown("Name? ", true));
    expect(terminals.sight("b").shot?.rows).toEqual(["Name?"]);
  });

  test("never shows what a former bot of the same id left behind", () => {
    const { on, come, left } = stall();
    left.set("a", { text: "Another's", at: 77 });
    on.request([{ ...spawned("a"), start_at: on.at + 1000 }]);
    left.set("b", { text: "Another's", at: 77 });
    on.request([joined("b")]);
    on.happened({ type: "lost", bot: "b", at: on.at });
    for (const bot of ["a", "b"]) expect([bot, come(bot).news()[0]?.type]).toEqual([bot, "line"]);
  });

  test("that begins as the bot ends is shown what is left with the process", () => {
    const { on, come, left } = stall("a");
    const viewer = come("a");
    on.happened({ type: "completed", bot: "a", reason: "done", at: on.at });
    expect(viewer.news()).toEqual([{ type: "line", live: false }]);
    left.set("a", { text: "Goodbye", at: 77 });
    on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: on.at });
    expect(viewer.news()).toEqual([shown("Goodbye", true)]);
    left.set("a", { text: "Another's", at: 78 });
    on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: on.at });
    expect(viewer.news()).toEqual([]);
  });

  test("of a bot that is taken off the list ends for all", () => {
    const { on, come, terminals, timers } = stall("a");
    const viewer = come("a");
    on.happened({ type: "completed", bot: "a", reason: "done", at: on.at });
    on.happened({ type: "exited", bot: "a", code: 0, signal: null, at: on.at });
    on.request([{ type: "cleared", bot: "a", at: on.at }]);
    expect(viewer.gone()).toBe(1);
    expect(refusalOf(() => terminals.admit("a"))).toContain("not_found");
    viewer.leave();
    viewer.type("D");
    viewer.take();
    expect(timers.size).toBe(0);
    expect(viewer.news().map(({ type }) => type)).toEqual(["line", "given", "given"]);
  });

  test("is for bots that are there, for so many viewers of one, so many of all, and of so many bots", () => {
    const bots = Array.from({ length: watchedBotsMax + 1 }, (_, n) => `bot_${n}`);
    const { come, terminals, orders } = stall(...bots);
    expect(refusalOf(() => come("nobody"))).toBe('not_found: There is no bot "nobody"');
    const crowd = Array.from({ length: viewersPerBotMax }, () => come("bot_0"));
    expect(refusalOf(() => come("bot_0"))).toContain(
      `unavailable: Bot "bot_0" has ${viewersPerBotMax} viewers`,
    );
    crowd[0]!.leave();
    crowd[0] = come("bot_0");
    for (const bot of bots.slice(1, -1)) come(bot);
    expect(refusalOf(() => come(bots.at(-1)!))).toContain(`${watchedBotsMax} bots are watched`);
    crowd.forEach(({ leave }) => leave());
    orders();
    come(bots.at(-1)!);
    expect(orders()).toEqual(["bot_0 watch off", `${bots.at(-1)} watch on`]);
    let here = watchedBotsMax;
    for (const bot of bots.slice(1)) {
      if (here >= terminalViewersMax) break;
      come(bot);
      here++;
    }
    for (; here < terminalViewersMax; here++) come("bot_7");
    expect(refusalOf(() => terminals.admit("bot_8"))).toContain(`${terminalViewersMax} viewers of terminals`);
  });
});

describe("the keys", () => {
  /** Two viewers of a bot, the first of whom has the keys. */
  function held() {
    const on = stall("a");
    const [one, other] = [on.come("a"), on.come("a")];
    on.orders();
    one.take();
    on.terminals.heard("a", { type: "taken", lease: "lease000" });
    return { ...on, one, other };
  }
  const isTaken = ({ on }: Pick<ReturnType<typeof stall>, "on">) => botStatus(on.state, "a", on.at).taken;

  test("are taken when the worker says so; the status and the others are told, and what is typed goes there", () => {
    const all = stall("a");
    const { come, orders, terminals } = all;
    const [one, other] = [come("a"), come("a")];
    orders();
    one.take();
    one.take();
    expect(orders()).toEqual(["a take lease000"]);
    expect([one.news(), other.news(), isTaken(all)]).toEqual([[], [], undefined]);
    one.type("too early");
    expect([orders(), one.news()]).toEqual([[], [{ type: "given", reason: "You do not have the keys" }]]);
    terminals.heard("a", { type: "taken", lease: "lease000" });
    expect([one.news(), other.news(), isTaken(all)]).toEqual([
      [{ type: "taken" }],
      [{ type: "held", by_other: true }],
      true,
    ]);
    one.type("D");
    one.beat();
    expect(orders()).toEqual(["a type lease000 D", "a renew lease000"]);
    expect(come("a").news()).toEqual([{ type: "held", by_other: true }]);
    one.take();
    expect(one.news()).toEqual([{ type: "taken" }]);
    one.give();
    expect(orders()).toEqual(["a give lease000"]);
    expect([one.news(), other.news(), isTaken(all)]).toEqual([
      [{ type: "given", reason: "Given back" }],
      [{ type: "held", by_other: false }],
      undefined,
    ]);
  });

  test("are one viewer's only, also while the bot is still on its way to a prompt", () => {
    const { come, orders, terminals } = stall("a");
    const [one, other] = [come("a"), come("a")];
    one.take();
    other.take();
    other.type("D");
    other.beat();
    other.give();
    expect(orders()).toEqual(["a watch on", "a take lease000"]);
    expect(other.news()).toEqual([
      { type: "given", reason: "Somebody else has the keys" },
      { type: "given", reason: "You do not have the keys" },
    ]);
    terminals.heard("a", { type: "taken", lease: "lease000" });
    other.take();
    other.type("D");
    expect(orders()).toEqual([]);
    one.give();
    other.news();
    other.take();
    expect(orders()).toEqual(["a give lease000", "a take lease001"]);
    // What the worker says of the first lease crosses on the way.
    terminals.heard("a", { type: "taken", lease: "lease000" });
    terminals.heard("a", { type: "given", lease: "lease000", reason: "as asked" });
    expect(other.news()).toEqual([]);
    terminals.heard("a", { type: "taken", lease: "lease001" });
    expect(other.news()).toEqual([{ type: "taken" }]);
  });

  test("are back when nothing was heard of the holder for too long, and not before", () => {
    const all = held();
    const { one, other, pass, orders } = all;
    for (let times = 0; times < 10; times++) {
      pass(leaseBeatMs);
      one.beat();
    }
    pass(leaseMs - 1);
    one.type("x");
    pass(leaseMs - 1);
    orders();
    one.news();
    other.news();
    pass(1);
    expect(orders()).toEqual(["a give lease000"]);
    expect(one.news()).toEqual([{ type: "given", reason: "Nothing was heard of you for too long" }]);
    expect([other.news(), isTaken(all)]).toEqual([[{ type: "held", by_other: false }], undefined]);
    one.type("x");
    expect(orders()).toEqual([]);
  });

  test("are back when their holder goes, also before they were had", () => {
    const { one, other, orders, come } = held();
    orders();
    one.leave();
    one.leave();
    expect(orders()).toEqual(["a give lease000"]);
    expect(other.news().at(-1)).toEqual({ type: "held", by_other: false });
    const asker = come("a");
    asker.take();
    expect(come("a").news()).toEqual([]);
    asker.leave();
    expect(orders()).toEqual(["a take lease001", "a give lease001"]);
    expect(other.news()).toEqual([]);
  });

  test("are not had when the worker says no, or says nothing for longer than it may", () => {
    const { come, orders, terminals, pass } = stall("a");
    const viewer = come("a");
    viewer.take();
    terminals.heard("a", { type: "given", lease: "lease000", reason: "no prompt" });
    expect(viewer.news()).toEqual([{ type: "given", reason: "no prompt" }]);
    viewer.take();
    pass(leaseMs - 1);
    expect(viewer.news()).toEqual([]);
    pass(1);
    expect(viewer.news()).toEqual([{ type: "given", reason: "Nothing was heard of you for too long" }]);
    viewer.take();
    orders();
    for (let ms = 0; ms < takeMaxMs + takeSlackMs; ms += leaseBeatMs / 2) {
      viewer.beat();
      expect(viewer.news()).toEqual([]);
      pass(leaseBeatMs / 2);
    }
    expect(orders().at(-1)).toBe("a give lease002");
    expect(viewer.news()).toEqual([{ type: "given", reason: "The bot did not come to a prompt in time" }]);
  });

  test("are lost with the worker's line, and with a new line that came without the end of the former", () => {
    const all = held();
    const { on, one, other, terminals, orders, timers } = all;
    one.news();
    other.news();
    on.happened({ type: "unlinked", bot: "a", at: on.at });
    expect(one.news()).toEqual([
      { type: "given", reason: 'The worker of bot "a" cannot be reached just now' },
      { type: "line", live: false },
    ]);
    expect(isTaken(all)).toBeUndefined();
    one.take();
    expect(one.news()).toMatchObject([{ type: "given" }]);
    on.happened({ type: "registered", bot: "a", pid: 7, session: "0123456789abcdef", at: on.at });
    orders();
    one.take();
    expect(orders()).toEqual(["a take lease001"]);
    terminals.heard("a", { type: "taken", lease: "lease001" });
    terminals.welcomed("a");
    expect(one.news()).toEqual([
      { type: "taken" },
      { type: "given", reason: "The line to the bot's worker broke" },
    ]);
    expect(timers.size).toBe(0);
  });

  test("of a bot that ends are nobody's", () => {
    const all = held();
    const { on, one } = all;
    one.news();
    on.happened({ type: "stopped", bot: "a", reason: "told to stop", at: on.at });
    expect(one.news()[0]).toEqual({ type: "given", reason: 'Bot "a" has ended' });
    expect(isTaken(all)).toBeUndefined();
    one.take();
    expect(one.news().at(-1)).toEqual({ type: "given", reason: 'Bot "a" has ended' });
  });

  test("are given back when the manager stops, and nothing is left to be done", () => {
    const { one, other, terminals, timers, come } = held();
    come("a").leave();
    terminals.stop();
    expect(one.news().at(-1)).toEqual({ type: "given", reason: "The manager stops" });
    one.leave();
    other.leave();
    expect(timers.size).toBe(0);
  });
});
