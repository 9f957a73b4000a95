import { describe, expect, test } from "bun:test";
import { barrenMax } from "../../src/player/choosing.ts";
import { homelessMax, unreachedMax } from "../../src/player/dialling.ts";
import { resendsMax } from "../../src/player/exchange.ts";
import { answersMax, createLife } from "../../src/player/life.ts";
import type { LifeEffect, LifeOptions } from "../../src/player/happenings.ts";
import type { Self } from "../../src/player/game.ts";
import { growthMax, settleMinMs } from "../../src/player/patience.ts";
import { noPace } from "../../src/player/pace.ts";
import type { Carried } from "../../src/proto/orders.ts";
import { seeded } from "../cuts.ts";
import { guess } from "../doubles/guess.ts";
import { begin, endOf, home, keysOf, timeoutMs, typesOf } from "./lived.ts";

test("a second game is won without a change to the player", () => {
  const { open, line, all } = begin();
  const number = 37;
  for (let turn = 0, keys = open(home); turn < 10; turn++) {
    const tried = Number.parseInt(keys[0]!, 10);
    line(`${home}${tried}`);
    line(tried === number ? "Yes!" : tried < number ? "Higher!" : "Lower!");
    keys = open(home);
    if (keys[0] === "Q") break;
  }
  expect(all.find(({ type }) => type === "traded")).toMatchObject({ product: "number", credits: 1 });
  line(`${home}Q`);
  expect(open("Really go? ")).toEqual(["Y"]);
});

test("an appearance of a prompt is answered once, however often it is told", () => {
  const { open } = begin();
  expect(open("You")).toEqual([]);
  expect(open(home)).toEqual(["50\r"]);
  expect(open(home)).toEqual([]);
  expect(open(`${home}5`)).toEqual([]);
  expect(open(`${home}50`)).toEqual([]);
});

test("a message that wipes the prompt away does not make us answer it twice", () => {
  const { open, line, erased } = begin();
  expect(open(home)).toEqual(["50\r"]);
  erased();
  expect(line("F Wingma hello")).toEqual([]);
  expect(line("")).toEqual([]);
  expect(open(home)).toEqual([]);
  line(`${home}50`);
  line("Higher!");
  expect(open(home)).toEqual(["75\r"]);
});

test("a message before the prompt was seen leaves the prompt to be answered", () => {
  const { open, line, erased } = begin();
  open("Your gu");
  erased();
  line("F Wingma hello");
  expect(open(home)).toEqual(["50\r"]);
});

test("the same text after its answer is a new appearance", () => {
  const { open, line } = begin();
  expect(open(home)).toEqual(["50\r"]);
  expect(line(`${home}50`)).toEqual([]);
  expect(open(home)).toEqual(["50\r"]);
});

test("prompts in finished lines and in other people's words steer nothing", () => {
  const { open, line } = begin();
  expect(line(home)).toEqual([]);
  expect(open(`F Wingma ${home}`)).toEqual([]);
  expect(open(`${home} `)).toEqual([]);
});

test("a secret is marked as one, and nothing is typed blindly where one is asked for", () => {
  const { step } = begin();
  const sent = step({ type: "open", text: "Secret? " }).find(({ type }) => type === "send");
  expect(sent).toEqual({ type: "send", keys: "hush\r", secret: true });
  const other = begin();
  other.open("Another secret, please: ");
  const effects = other.silent();
  expect(keysOf(effects)).toEqual([]);
  expect(endOf(effects)).toMatchObject({ how: "failed" });
});

test("an unknown line is met with one way home after the other, then with a clear end", () => {
  const { open, silent } = begin();
  open("What is this? ");
  const first = silent();
  expect(keysOf(first)).toEqual([" "]);
  expect(first.find(({ type }) => type === "stuck")).toMatchObject({ text: "What is this? " });
  expect(keysOf(silent())).toEqual(["\r"]);
  expect(endOf(silent())).toMatchObject({ how: "failed", reason: 'No way on from "What is this?"' });
  const saved = begin();
  saved.open("What is this? ");
  saved.silent();
  saved.line("Nothing.");
  expect(saved.open(home)).toEqual(["50\r"]);
});

test("keys that were lost are sent again, so often and no more; then the line counts as dead", () => {
  const { open, silent } = begin();
  expect(open(home)).toEqual(["50\r"]);
  for (let i = 0; i < resendsMax; i++) expect(keysOf(silent())).toEqual(["50\r"]);
  expect(typesOf(silent())).toContain("hangUp");
});

test("where a second copy could do harm nothing is sent again: a stalled host gets a new connection instead", () => {
  const { open, silent } = begin();
  expect(open("Secret? ")).toHaveLength(1);
  const effects = silent();
  expect(keysOf(effects)).toEqual([]);
  expect(typesOf(effects)).toContain("hangUp");
});

test("chatter does not hide that our keys were lost", () => {
  const { open, line, erased, step } = begin();
  open(home);
  for (let i = 0; i < 10; i++) {
    step({ type: "erased" }, timeoutMs / 5);
    line("F Wingma hello");
    open(home);
  }
  expect(keysOf(step({ type: "silent" }, 0))).toEqual(["50\r"]);
  erased();
});

test("there is never more than one deadline, and it is asked for again while there is a line", () => {
  const { all, open, line, step } = begin();
  for (let i = 0; i < 20; i++) {
    open(home);
    line(`${home}50`);
  }
  expect(all.filter(({ type }) => type === "await")).toHaveLength(1);
  const again = step({ type: "silent" }, 10);
  expect(typesOf(again)).toEqual(["await"]);
});

test("a strategy that gets nowhere is replaced for once, and at last given up", () => {
  const { open, line, all } = begin({ strategy: "stubborn" });
  const sent: string[] = [];
  for (let i = 0; i < 30 && !sent.includes("Q"); i++) {
    sent.push(...open(home));
    line(`${home}?`);
  }
  expect(sent.slice(0, barrenMax + 1).at(-1)).not.toBe("?");
  expect(all.filter(({ type }) => type === "note").length).toBeGreaterThan(0);
  line(`${home}Q`);
  open("Really go? ");
});

test("a talk that goes in circles ends with a new connection", () => {
  const { open, line, all } = begin();
  for (let i = 0; i <= answersMax; i++) {
    open("-- more --");
    line("-- more --");
  }
  expect(typesOf(all)).toContain("hangUp");
});

test("pause holds at the next home prompt, is confirmed there, and nothing is sent until resume", () => {
  const { open, line, step, erased, life, silent } = begin();
  open(home);
  step({ type: "ordered", order: { type: "pause", id: 7 } });
  expect(life.paused()).toBe(false);
  line(`${home}50`);
  line("Higher!");
  const held = step({ type: "open", text: home });
  expect(keysOf(held)).toEqual([]);
  expect(held).toContainEqual({ type: "confirmed", orderId: 7 });
  expect(life.report().activity).toBe("paused");
  silent();
  erased();
  line("F Wingma hello");
  expect(open(home)).toEqual([]);
  const resumed = step({ type: "ordered", order: { type: "resume", id: 8 } });
  expect(keysOf(resumed)).toEqual(["75\r"]);
  expect(resumed).toContainEqual({ type: "confirmed", orderId: 8 });
});

test("who hears that it stands still hears first where it stands", () => {
  const { step } = begin();
  step({ type: "ordered", order: { type: "pause", id: 7 } });
  const types = typesOf(step({ type: "open", text: home }));
  expect(types.indexOf("changed")).toBeGreaterThanOrEqual(0);
  expect(types.indexOf("changed")).toBeLessThan(types.indexOf("confirmed"));
});

describe("a step", () => {
  const stepping = (id: number) => ({ type: "ordered", order: { type: "step", id } }) as const;
  const confirmed = (orderId: number) => ({ type: "confirmed", orderId }) as const;
  function paused() {
    const all = begin();
    all.step({ type: "ordered", order: { type: "pause", id: 1 } });
    all.open(home);
    expect(all.life.paused()).toBe(true);
    return all;
  }

  test("lets a bot that stands still do one thing, and confirms when it stands again", () => {
    const { line, step, life } = paused();
    const gone = step(stepping(2));
    expect(keysOf(gone)).toEqual(["50\r"]);
    expect(gone).not.toContainEqual(confirmed(2));
    expect([life.paused(), life.report().activity]).toEqual([false, "try"]);
    line(`${home}50`);
    line("Higher!");
    const held = step({ type: "open", text: home });
    expect(keysOf(held)).toEqual([]);
    expect(held).toContainEqual(confirmed(2));
    expect(life.paused()).toBe(true);
    expect(keysOf(step(stepping(3)))).toEqual(["75\r"]);
  });

  test("pauses a bot that plays after its present thing", () => {
    const { open, line, step, life } = begin();
    open(home);
    expect(step(stepping(2))).not.toContainEqual(confirmed(2));
    line(`${home}50`);
    line("Higher!");
    expect(step({ type: "open", text: home })).toContainEqual(confirmed(2));
    expect(life.paused()).toBe(true);
  });

  test("of a bot without a line is to come home again", () => {
    const { open, line, step, life } = paused();
    step({ type: "closed", reason: "idle" });
    expect(typesOf(step(stepping(2)))).toContain("dial");
    step({ type: "connected" });
    expect(open("Name? ")).toEqual(["Willy\r"]);
    line("Name? Willy");
    const held = step({ type: "open", text: home });
    expect([keysOf(held), life.paused()]).toEqual([[], true]);
    expect(held).toContainEqual(confirmed(2));
  });

  test("whose line breaks is over", () => {
    const { step, life } = paused();
    step(stepping(2));
    const lost = step({ type: "closed", reason: "gone" });
    expect(lost).toContainEqual(confirmed(2));
    expect(typesOf(lost)).not.toContain("dial");
    expect(life.paused()).toBe(true);
  });

  test("gives way to a resume, and to a pause", () => {
    const one = paused();
    one.step(stepping(2));
    one.step({ type: "ordered", order: { type: "resume", id: 3 } });
    one.line(`${home}50`);
    one.line("Higher!");
    expect(one.open(home)).toEqual(["75\r"]);
    const other = paused();
    other.step(stepping(2));
    other.step({ type: "ordered", order: { type: "pause", id: 3 } });
    other.line(`${home}50`);
    other.line("Higher!");
    expect(other.step({ type: "open", text: home })).toContainEqual(confirmed(3));
  });
});

test("thrown out while paused, it dials when it is told to go on and not before", () => {
  const { open, step } = begin();
  step({ type: "ordered", order: { type: "pause", id: 1 } });
  open(home);
  const out = step({ type: "closed", reason: "idle" });
  expect(typesOf(out)).not.toContain("dial");
  expect(typesOf(step({ type: "ordered", order: { type: "resume", id: 2 } }))).toContain("dial");
});

test("a pause while there is no line holds at once", () => {
  const { step } = begin({}, false);
  const held = step({ type: "ordered", order: { type: "pause", id: 3 } });
  expect(held).toContainEqual({ type: "confirmed", orderId: 3 });
});

test("stop leaves in order and ends stopped, with the order confirmed", () => {
  const { open, line, step } = begin();
  open(home);
  step({ type: "ordered", order: { type: "stop", id: 9 } });
  line(`${home}50`);
  expect(open(home)).toEqual(["Q"]);
  line(`${home}Q`);
  expect(open("Really go? ")).toEqual(["Y"]);
  const ended = step({ type: "closed", reason: "bye" });
  expect(ended).toContainEqual({ type: "confirmed", orderId: 9 });
  expect(endOf(ended)).toEqual({ type: "ended", how: "stopped", reason: "Stopped by order" });
  expect(step({ type: "open", text: home })).toEqual([]);
});

test("stop without a line ends at once", () => {
  const { step } = begin({}, false);
  expect(endOf(step({ type: "ordered", order: { type: "stop", id: 1 } }))).toMatchObject({ how: "stopped" });
});

test("a goal is confirmed at once and shown in the report", () => {
  const { step, life } = begin();
  const effects = step({ type: "ordered", order: { type: "goal", id: 4, goal: "rest" } });
  expect(effects).toContainEqual({ type: "confirmed", orderId: 4 });
  expect(life.report().goal).toBe("rest");
});

test("a lost connection is dialled again, later each time, and given up when it leads nowhere", () => {
  const { step } = begin();
  const waits: number[] = [];
  for (let i = 1; i <= homelessMax; i++) {
    const effects = step({ type: "closed", reason: "refused" });
    const dial = effects.find((effect) => effect.type === "dial");
    if (dial) waits.push(dial.afterMs);
    else expect(endOf(effects)).toMatchObject({ how: "failed" });
    step({ type: "connected" });
  }
  expect(waits).toEqual([2000, 4000, 8000, 16_000, 32_000]);
});

test("a host that cannot be reached is dialled at its own pace, for as long as it takes, and counts for nothing", () => {
  const { step, all, life } = begin({ reconnectsMax: 0 }, false);
  step({ type: "started" });
  const waits: number[] = [];
  for (let i = 1; i <= unreachedMax; i++) {
    const dial = step({ type: "closed", reason: "refused", reached: false }).find(
      ({ type }) => type === "dial",
    );
    if (dial?.type !== "dial") throw new Error(`Given up after ${i}`);
    if (waits.length < 9) waits.push(dial.afterMs);
    expect(dial.firm).toBe(false);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(all.filter(({ type }) => type === "note")).toHaveLength(5);
  expect(life.report()).toMatchObject({
    waits: true,
    troubles: 5,
    activity: "waiting to be connected again: refused",
  });
  expect(endOf(step({ type: "closed", reason: "refused", reached: false }))).toMatchObject({ how: "failed" });
});

test("what was reached and led nowhere is left alone for its time, whoever would allow another call", () => {
  const { step, open } = begin();
  const dialOf = (effects: readonly LifeEffect[]) => effects.find((effect) => effect.type === "dial");
  expect(dialOf(step({ type: "closed", reason: "full" }))).toEqual({
    type: "dial",
    afterMs: 2000,
    firm: true,
  });
  for (let i = 0; i < 3; i++)
    expect(dialOf(step({ type: "closed", reason: "refused", reached: false }))).toMatchObject({
      firm: false,
    });
  step({ type: "connected" });
  open(home);
  expect(dialOf(step({ type: "closed", reason: "reset" }))).toEqual({
    type: "dial",
    afterMs: 1000,
    firm: false,
  });
});

test("it waits while there is no line and while it is held, and not at play", () => {
  const { step, open, life } = begin({}, false);
  const waits = () => life.report().waits;
  step({ type: "started" });
  expect(waits()).toBe(true);
  step({ type: "connected" });
  open(home);
  expect(waits()).toBe(false);
  step({ type: "ordered", order: { type: "pause", id: 1 } });
  expect(waits()).toBe(false);
  step({ type: "line", text: `${home}50` });
  open(home);
  expect(waits()).toBe(true);
});

test("whoever is told to stand still before it begins dials when it is told to go on", () => {
  const { step } = begin({}, false);
  step({ type: "ordered", order: { type: "pause", id: 1 } });
  expect(typesOf(step({ type: "started" }))).not.toContain("dial");
  expect(typesOf(step({ type: "ordered", order: { type: "resume", id: 2 } }))).toContain("dial");
});

const carried: Carried = {
  credits_start: 300,
  turns_executed: 40,
  trades_executed: 5,
  trade_attempts: 6,
  haggle_deals: 4,
  haggle_offers: 9,
  haggle_lost: 2,
  troubles: 3,
};
const selfOf = (turnsMax: number) => ({
  name: "Willy",
  password: "hush",
  gameLetter: "A",
  shipName: "s",
  planetName: "p",
  turnsMax,
  reserveCredits: 0,
  maxHops: 1,
});

test("what the bot had done before is counted in; its limit is that of all its lives", () => {
  let self: { turnsMax: number } | undefined;
  const game = { ...guess, newWorld: (given: Self) => guess.newWorld((self = given) as Self) };
  const life = createLife(game, {
    self: selfOf(100),
    strategy: "halve",
    goal: "win",
    dice: seeded(1),
    answerTimeoutMs: timeoutMs,
    pace: noPace,
    reconnectsMax: 100,
    carried,
  });
  expect(self).toMatchObject({ turnsMax: 60, turnsBefore: 40 });
  life.step({ type: "started" }, 1);
  life.step({ type: "connected" }, 2);
  life.step({ type: "open", text: home }, 3);
  life.step({ type: "line", text: `${home}50` }, 4);
  expect(life.report()).toMatchObject({ ...carried, turns_executed: 41, turns_max: 100 });
});

test("a bot that has used up its turns already is done before it begins; without a limit it never is", () => {
  const done = begin({ carried, self: selfOf(40) }, false);
  const effects = done.step({ type: "started" });
  expect(typesOf(effects)).not.toContain("dial");
  expect(endOf(effects)).toEqual({
    type: "ended",
    how: "completed",
    reason: "Turn limit reached: 40 of 40 used",
  });
  expect(done.life.report()).toMatchObject({ turns_executed: 40, turns_max: 40, waits: false });
  const endless = begin({ carried, self: selfOf(0) }, false);
  expect(typesOf(endless.step({ type: "started" }))).toContain("dial");
});

test("more lost connections than allowed end the life", () => {
  const { step, open } = begin({ reconnectsMax: 2 });
  for (let i = 0; i < 2; i++) {
    open(home);
    expect(typesOf(step({ type: "closed" }))).toContain("dial");
    step({ type: "connected" });
  }
  open(home);
  expect(endOf(step({ type: "closed", reason: "reset" }))).toMatchObject({ how: "failed" });
});

test("an unknown strategy is refused by name", () => {
  expect(() => begin({ strategy: "luck" })).toThrow('guess has no strategy "luck"');
});

const hasty = (options: Partial<LifeOptions> = {}) => begin({ strategy: "hasty", ...options });

test("what is typed ahead leaves in one piece, and the prompts it was meant for get nothing more", () => {
  const { open, line } = hasty();
  expect(open(home)).toEqual(["? 42\r"]);
  expect(line(`${home}?`)).toEqual([]);
  expect(open("-- more --")).toEqual([]);
  expect(line("-- more --")).toEqual([]);
  expect(open(home)).toEqual([]);
  expect(line(`${home}42`)).toEqual([]);
  expect(open(home)).toEqual(["? 42\r"]);
});

test("another prompt than the awaited one is met when the line is quiet, and not while keys may still land", () => {
  const { open, line, step, all } = hasty();
  open(home);
  line(`${home}?`);
  expect(open("Secret? ")).toEqual([]);
  expect(keysOf(step({ type: "line", text: "Secret? " }, 100))).toEqual([]);
  expect(keysOf(step({ type: "open", text: "Secret? " }, 100))).toEqual([]);
  expect(keysOf(step({ type: "silent" }, settleMinMs - 1))).toEqual([]);
  expect(keysOf(step({ type: "silent" }, 1))).toEqual(["hush\r"]);
  expect(all.filter(({ type }) => type === "note")).toHaveLength(1);
});

test("when a host took only some of the keys nothing is sent after them: a new connection", () => {
  const { open, line, silent } = hasty();
  open(home);
  line(`${home}?`);
  open("-- more --");
  const effects = silent();
  expect(keysOf(effects)).toEqual([]);
  expect(typesOf(effects)).toContain("hangUp");
});

test("a typed answer of which half arrived is not ended with other keys", () => {
  for (const [prompt, echo] of [
    [home, "5"],
    ["Secret? ", "**"],
  ] as const) {
    const { open, silent } = begin();
    expect(open(prompt)).toHaveLength(1);
    open(`${prompt}${echo}`);
    const effects = silent();
    expect(keysOf(effects)).toEqual([]);
    expect(typesOf(effects)).toContain("hangUp");
  }
});

test("pause holds only when the keys typed ahead have done their work", () => {
  const { open, line, step } = hasty();
  open(home);
  step({ type: "ordered", order: { type: "pause", id: 7 } });
  line(`${home}?`);
  open("-- more --");
  line("-- more --");
  expect(typesOf(step({ type: "open", text: home }))).not.toContain("confirmed");
  line(`${home}42`);
  const held = step({ type: "open", text: home });
  expect(keysOf(held)).toEqual([]);
  expect(held).toContainEqual({ type: "confirmed", orderId: 7 });
});

test("keys leave one by one at the pace that is set, in order, and what has not left when they go astray never does", () => {
  const { open, step, line } = hasty({ pace: { gapMs: 200, thinkMs: [0, 0] } });
  const tick = (ms: number) => keysOf(step({ type: "silent" }, ms));
  expect(open(home)).toEqual(["?"]);
  expect([tick(199), tick(1), tick(150), tick(50)]).toEqual([[], [" "], [], ["4"]]);
  line(`${home}?`);
  expect(open("Secret? ")).toEqual([]);
  expect(tick(settleMinMs)).toEqual(["h"]);
});

test("a pace is no silence of the host's", () => {
  const { open, step, all } = hasty({ pace: { gapMs: timeoutMs, thinkMs: [0, 0] } });
  open(home);
  for (let i = 0; i < 4; i++) step({ type: "silent" }, timeoutMs);
  expect(keysOf(all).join("")).toBe("? 42\r");
  expect(typesOf(all)).not.toContain("hangUp");
  expect(typesOf(step({ type: "silent" }, timeoutMs))).toContain("hangUp");
});

test("a slow host is waited for, and given up at last", () => {
  const { open, line, step } = begin();
  for (let i = 0; i < 6; i++) {
    open(home);
    step({ type: "line", text: `${home}50` }, timeoutMs - 10);
  }
  open("Secret? ");
  expect(typesOf(step({ type: "silent" }, 2 * timeoutMs))).toEqual(["await"]);
  expect(typesOf(step({ type: "silent" }, growthMax * timeoutMs))).toContain("hangUp");
  line("");
});

test("a name that arrives as another on the way in goes no further", () => {
  const { open, line, step } = begin();
  expect(open("Name? ")).toEqual(["Willy\r"]);
  expect(typesOf(step({ type: "line", text: "Name? Wily" }))).toContain("hangUp");
  const whole = begin();
  whole.open("Name? ");
  expect(typesOf(whole.step({ type: "line", text: "Name? Willy" }))).not.toContain("hangUp");
  line("");
});
