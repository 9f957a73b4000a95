/** A bot whose keys somebody takes: it comes to a prompt, stands still, and goes on from wherever it is left. */
import { expect, test } from "bun:test";
import type { LifeEffect } from "../../src/player/happenings.ts";
import type { KeysWord } from "../../src/player/lending.ts";
import { settleMinMs } from "../../src/player/patience.ts";
import type { Order } from "../../src/proto/orders.ts";
import { leaseMs, takeMaxMs } from "../../src/proto/terminal.ts";
import { begin as beginLife, endOf, home, keysOf, typesOf } from "./lived.ts";

const lease = "0123456789abcdef";
const other = "fedcba9876543210";

function begin(...options: Parameters<typeof beginLife>) {
  const lived = beginLife(...options);
  const word = (said: KeysWord) => lived.step({ type: "keys", word: said });
  return {
    ...lived,
    word,
    take: (id = lease) => word({ type: "take", lease: id }),
    give: (id = lease) => word({ type: "give", lease: id }),
    typeIn: (keys: string, id = lease) => word({ type: "type", lease: id, keys }),
    order: (wish: Order) => lived.step({ type: "ordered", order: wish }),
    /** The line has been quiet for long enough. */
    settle: () => lived.step({ type: "silent" }, settleMinMs),
    wait: (ms: number) => lived.step({ type: "silent" }, ms),
  };
}

/** A bot at its second home prompt, with its keys in other hands. */
function away(...options: Parameters<typeof beginLife>) {
  const lived = begin(...options);
  lived.open(home);
  lived.take();
  lived.line(`${home}50`);
  lived.line("Higher!");
  const effects = lived.step({ type: "open", text: home });
  expect(effects).toContainEqual({ type: "taken", lease });
  return lived;
}

const given = (effects: readonly LifeEffect[]) =>
  effects.flatMap((effect) => (effect.type === "given" ? [`${effect.lease}: ${effect.reason}`] : []));

test("the keys are taken at the next prompt at which the bot would choose, and from then on it sends nothing", () => {
  const { open, line, step, take, life, erased, wait } = begin();
  open(home);
  expect(typesOf(take())).not.toContain("taken");
  expect(life.report().activity).toBe("try");
  line(`${home}50`);
  line("Higher!");
  const there = step({ type: "open", text: home });
  expect(there).toContainEqual({ type: "taken", lease });
  expect(keysOf(there)).toEqual([]);
  expect(life.report()).toMatchObject({ activity: "in other hands", waits: true });
  erased();
  line("-- more --");
  for (const text of ["-- more --", "Secret? ", home, "What is this? "]) expect(open(text)).toEqual([]);
  expect(keysOf(wait(leaseMs - 10))).toEqual([]);
});

test("what is typed goes out as it stands, as a secret; what comes of it is read", () => {
  const { typeIn, line, open, life } = away();
  expect(typeIn("60\r")).toContainEqual({ type: "send", keys: "60\r", secret: true });
  line(`${home}60`);
  line("Higher!");
  expect(open(home)).toEqual([]);
  expect(life.report().turns_executed).toBe(2);
});

test("given back at the home prompt it chooses anew, by what it has read meanwhile, when the line is quiet", () => {
  const { typeIn, line, open, give, settle, life } = away();
  typeIn("80\r");
  line(`${home}80`);
  line("Lower!");
  open(home);
  const back = give();
  expect(given(back)).toEqual([`${lease}: given back`]);
  expect(keysOf(back)).toEqual([]);
  expect(keysOf(settle())).toEqual(["65\r"]);
  expect(life.report()).toMatchObject({ activity: "try", waits: false });
});

test("what was typed last still comes: until it is quiet nothing is met", () => {
  const { typeIn, line, open, give, step } = away();
  typeIn("?");
  give();
  expect(open(home)).toEqual([]);
  line(`${home}?`);
  expect(open("-- more --")).toEqual([]);
  expect(keysOf(step({ type: "silent" }, settleMinMs - 1))).toEqual([]);
  expect(keysOf(step({ type: "silent" }, settleMinMs))).toEqual([" "]);
});

test("half a line that was left is taken back, and then the prompt is met", () => {
  const { typeIn, open, give, settle } = away();
  typeIn("5");
  open(`${home}5`);
  typeIn("\b77");
  open(`${home}77`);
  give();
  expect(keysOf(settle())).toEqual(["\b\b"]);
  expect(open(`${home}7`)).toEqual([]);
  expect(open(home)).toEqual(["75\r"]);
});

test("from an unknown line it tries the ways home, and then a new connection instead of giving up", () => {
  const { typeIn, line, open, give, settle, silent } = away();
  typeIn("x");
  line(home);
  open("What is this? ");
  give();
  expect(keysOf(settle())).toEqual([]);
  expect([keysOf(silent()), keysOf(silent())]).toEqual([[" "], ["\r"]]);
  const last = silent();
  expect(typesOf(last)).toContain("hangUp");
  expect(endOf(last)).toBeUndefined();
});

test("what somebody else wins is not told as the bot's, until it is home again", () => {
  const { typeIn, line, give, all } = away();
  typeIn("60\r");
  give();
  line(`${home}60`);
  line("Yes!");
  expect(typesOf(all)).not.toContain("traded");
});

test("who hears that the keys are his hears first where the bot stands", () => {
  const paused = begin();
  paused.order({ type: "pause", id: 1 });
  paused.open(home);
  const types = typesOf(paused.take());
  expect(types.indexOf("changed")).toBeGreaterThanOrEqual(0);
  expect(types.indexOf("changed")).toBeLessThan(types.indexOf("taken"));
});

test("a bot that is paused, or has no line, hands them over at once", () => {
  const paused = begin();
  paused.order({ type: "pause", id: 1 });
  paused.open(home);
  expect(paused.take()).toContainEqual({ type: "taken", lease });
  const offline = begin({}, false);
  expect(offline.take()).toContainEqual({ type: "taken", lease });
  expect(typesOf(offline.step({ type: "started" }))).not.toContain("dial");
  expect(typesOf(offline.give())).toContain("dial");
});

test("one has the keys at a time, and only he types", () => {
  const { take, typeIn, give, settle } = away();
  expect(given(take(other))).toEqual([`${other}: somebody else has the keys`]);
  expect(take()).toContainEqual({ type: "taken", lease });
  const wrong = typeIn("60\r", other);
  expect(keysOf(wrong)).toEqual([]);
  expect(given(wrong)).toEqual([`${other}: the keys are not yours any more`]);
  expect(given(give(other))).toHaveLength(1);
  expect(keysOf(settle())).toEqual([]);
  give();
  expect(given(typeIn("60\r"))).toHaveLength(1);
});

test("what is typed before the keys are there goes nowhere", () => {
  const { open, take, typeIn } = begin();
  open(home);
  take();
  const early = typeIn("60\r");
  expect([keysOf(early), given(early)]).toEqual([[], []]);
});

test("a lease lasts as long as something is heard of its holder", () => {
  const { word, typeIn, wait, step } = away();
  for (let i = 0; i < 3; i++) {
    expect(given(wait(leaseMs - 100))).toEqual([]);
    if (i === 1) typeIn("6");
    else word({ type: "renew", lease });
  }
  const over = step({ type: "silent" }, leaseMs);
  expect(given(over)).toEqual([`${lease}: nothing was heard of whoever had the keys for 15 s`]);
});

test("whoever waits for the keys waits so long and no longer", () => {
  const { open, line, take, word, step, all } = begin();
  open(home);
  take();
  for (let i = 0; i < 3; i++) {
    line(`${home}50`);
    open("Another secret, please: ");
    step({ type: "line", text: "Higher!" }, takeMaxMs / 3 - 10);
    word({ type: "renew", lease });
  }
  expect(given(all)).toEqual([]);
  expect(given(step({ type: "silent" }, 30))).toEqual([
    `${lease}: the bot did not come to a safe prompt within 30 s`,
  ]);
  expect(keysOf(step({ type: "open", text: home }))).toEqual(["75\r"]);
});

test("when the line to the manager breaks the bot goes on", () => {
  const { step, settle, life } = away();
  expect(given(step({ type: "unlinked" }))).toHaveLength(1);
  expect(keysOf(settle())).toEqual(["75\r"]);
  expect(life.report().waits).toBe(false);
});

test("a deadline is asked for while somebody has the keys, and the talk's own while nobody has", () => {
  const { give, all, wait } = away();
  const asked = () => all.flatMap((effect) => (effect.type === "await" ? [effect.ms] : [])).at(-1);
  // The talk's own from before: it passes, and means nothing.
  expect(typesOf(wait(1000))).toEqual(["await"]);
  expect(asked()).toBeWithin(leaseMs - 1010, leaseMs - 999);
  give();
  expect(asked()).toBe(settleMinMs);
});

test("told to pause it stays where it is left, once it is home; told to go on it does so when it has the keys", () => {
  const { order, typeIn, line, open, give, settle, life } = away();
  expect(typesOf(order({ type: "pause", id: 1 }))).not.toContain("confirmed");
  typeIn("?");
  line(`${home}?`);
  open("-- more --");
  give();
  expect(keysOf(settle())).toEqual([" "]);
  line("-- more --");
  expect(open(home)).toEqual([]);
  expect(life.report().activity).toBe("paused");
  expect(keysOf(order({ type: "resume", id: 2 }))).toEqual(["75\r"]);
});

test("paused before, it is paused after: it comes home, and sends nothing there", () => {
  const { order, open, line, take, typeIn, give, settle, life, wait } = begin();
  order({ type: "pause", id: 1 });
  open(home);
  take();
  typeIn("?");
  line(`${home}?`);
  open("-- more --");
  give();
  expect(keysOf(settle())).toEqual([" "]);
  line("-- more --");
  expect(open(home)).toEqual([]);
  expect(keysOf(wait(100_000))).toEqual([]);
  expect(life.paused()).toBe(true);
});

test("told to go on meanwhile, a paused bot goes on when it has the keys", () => {
  const { order, open, take, give, settle } = begin();
  order({ type: "pause", id: 1 });
  open(home);
  take();
  const resumed = order({ type: "resume", id: 2 });
  expect(resumed).toContainEqual({ type: "confirmed", orderId: 2 });
  expect(keysOf(resumed)).toEqual([]);
  give();
  expect(keysOf(settle())).toEqual(["50\r"]);
});

test("a goal is taken at once", () => {
  const { order, life } = away();
  expect(order({ type: "goal", id: 1, goal: "rest" })).toContainEqual({ type: "confirmed", orderId: 1 });
  expect(life.report().goal).toBe("rest");
});

test("told to stop it takes the keys back and leaves in order", () => {
  for (const paused of [false, true]) {
    const { order, open, line, settle, step, take } = away();
    if (paused) order({ type: "pause", id: 1 });
    const stopped = order({ type: "stop", id: 2 });
    expect(given(stopped)).toEqual([`${lease}: the bot is told to stop`]);
    expect(given(take())).toEqual([`${lease}: the bot is leaving the game`]);
    expect(keysOf(settle())).toEqual(["Q"]);
    line(`${home}Q`);
    expect(open("Really go? ")).toEqual(["Y"]);
    expect(endOf(step({ type: "closed" }))).toMatchObject({ how: "stopped" });
  }
});

test("the host hangs up: the lease stays, nothing is dialled, and nobody is blamed, until the keys are given back", () => {
  const { step, give, life } = away({ reconnectsMax: 0 });
  const gone = step({ type: "closed", reason: "goodbye" });
  expect([typesOf(gone).includes("dial"), given(gone), endOf(gone)]).toEqual([false, [], undefined]);
  expect(life.report()).toMatchObject({ activity: "in other hands", troubles: 0 });
  // A call that was under way: a line that nobody minds is no use.
  expect(typesOf(step({ type: "connected" }))).toContain("hangUp");
  step({ type: "closed", reason: "hung up" });
  expect(typesOf(give())).toContain("dial");
});

test("a bot that is thrown out on its way to the prompt hands over what there is", () => {
  const { open, take, step } = begin();
  open(home);
  take();
  const gone = step({ type: "closed", reason: "full" });
  expect(gone).toContainEqual({ type: "taken", lease });
  expect(typesOf(gone)).not.toContain("dial");
});

test("paused and without a line it stays so when the keys come back, and dials when it is told to go on", () => {
  const { order, step, give, life } = away();
  order({ type: "pause", id: 1 });
  expect(step({ type: "closed" })).toContainEqual({ type: "confirmed", orderId: 1 });
  expect(typesOf(give())).not.toContain("dial");
  expect(life.report().activity).toBe("paused");
  expect(typesOf(order({ type: "resume", id: 2 }))).toContain("dial");
});

test("told to go on while it has neither its keys nor a line, it dials when it has the keys", () => {
  const { order, step, give } = away();
  order({ type: "pause", id: 1 });
  step({ type: "closed" });
  expect(typesOf(order({ type: "resume", id: 2 }))).not.toContain("dial");
  expect(typesOf(give())).toContain("dial");
});
