/** What keys do: pressed one after the other, and looked at by what is in the state. */
import { expect, test } from "bun:test";
import type { Top, Wish } from "../../../../src/control/console/top/state.ts";
import { step } from "../../../../src/control/console/top/step.ts";
import { aBot, manyBots, snapshotOf, topOf } from "./swarm.ts";

/** The state after some keys, and the last thing that was wished. */
function type(state: Top, ...keys: readonly string[]): { state: Top; wish: Wish | undefined } {
  let last: Wish | undefined;
  for (const key of keys) {
    const next = step(state, { type: "pressed", at: state.at, key });
    state = next.state;
    last = next.wish;
  }
  return { state, wish: last };
}
const after = (state: Top, ...keys: readonly string[]) => type(state, ...keys).state;
const ids = (state: Top) => state.order.map(({ bot_id }) => bot_id);
const cursor = (state: Top) => state.order[state.place.row]?.bot_id;
const letters = (text: string) => Array.from(text);
const three = [
  aBot("bot_2", { credits: 30, trader: "Zaphod", state: "PAUSED" }),
  aBot("bot_10", { credits: 20, trader: "Arthur", labels: { team: "red" } }),
  aBot("bot_1", { credits: 10, activity: "haggle at 12", state: "FAILED", error: "no" }),
];

test("bots stand by the numbers in their ids, not by their letters", () => {
  expect(ids(topOf(three))).toEqual(["bot_1", "bot_2", "bot_10"]);
});

test("the cursor stays on its bot when the order changes, and on its row where its bot is gone", () => {
  const moved = after(topOf(three), "down");
  expect(cursor(moved)).toBe("bot_2");
  const sorted = after(moved, "s", "s", "s");
  expect(sorted.sorting).toEqual({ by: "credits", falling: true });
  expect([ids(sorted), cursor(sorted)]).toEqual([["bot_2", "bot_10", "bot_1"], "bot_2"]);
  const told = step(sorted, { type: "told", at: 1, message: snapshotOf(three.slice(1)) }).state;
  expect(cursor(told)).toBe("bot_10");
});

test("until it is moved, and after Home, the cursor stays on the first row", () => {
  const start = topOf(three);
  expect(cursor(after(start, "s", "s", "s", "S"))).toBe("bot_1");
  const home = after(start, "end", "home", "s", "s", "s");
  expect([home.place.row, cursor(home)]).toEqual([0, "bot_2"]);
});

test("the cursor goes by steps and pages, and not beyond the ends; the view follows", () => {
  const start = topOf(manyBots(100));
  const at = (...keys: string[]) => after(start, ...keys).place;
  expect(at("j", "j", "k")).toMatchObject({ row: 1, first: 0 });
  expect(at("pgdn")).toMatchObject({ row: 17, first: 1 });
  expect(at("end")).toMatchObject({ row: 99, first: 83 });
  expect(at("end", "down", "pgup")).toMatchObject({ row: 82, first: 82 });
  expect(at("up")).toMatchObject({ row: 0, first: 0 });
});

test("a column is chosen among those that are shown, there and back, and turned round", () => {
  const start = topOf(three);
  expect(after(start, "s").sorting).toEqual({ by: "state", falling: false });
  expect(after(start, "s", "<").sorting.by).toBe("bot_id");
  expect(after(start, "<").sorting).toEqual({ by: "turns_executed", falling: true });
  expect(ids(after(start, "S"))).toEqual(["bot_10", "bot_2", "bot_1"]);
});

test("a filter works as it is typed, Esc gives back what was before, and the cursor keeps its bot", () => {
  const start = after(topOf(three), "end");
  const typing = after(start, "/", ...letters("ART"));
  expect([ids(typing), typing.prompt?.type]).toEqual([["bot_10"], "filter"]);
  expect(ids(after(typing, "esc"))).toHaveLength(3);
  const done = after(typing, "enter", "p");
  expect([ids(done), done.filter]).toEqual([["bot_10"], "ART"]);
  expect(ids(after(done, "esc"))).toHaveLength(3);
  const none = after(start, "/", ...letters("nobody"), "ctrl-u");
  expect([ids(none).length, cursor(none)]).toEqual([3, "bot_10"]);
  for (const [words, id] of [
    ["team=red", "bot_10"],
    ["haggle", "bot_1"],
    ["paused", "bot_2"],
    ["zaph 2", "bot_2"],
  ]) {
    expect(ids(after(start, "/", ...letters(words!)))).toEqual([id!]);
  }
});

test("digits choose a group of states; a bot that failed is in trouble and has ended", () => {
  const start = topOf(three);
  expect([2, 3, 4, 5, 1].map((key) => ids(after(start, String(key))).join())).toEqual([
    "bot_10",
    "bot_2",
    "bot_1",
    "bot_1",
    "bot_1,bot_2,bot_10",
  ]);
});

test("an order goes to the bot under the cursor, or to those selected, wherever they are shown", () => {
  const start = topOf(three);
  expect(type(start, "down", "p").wish).toEqual({ type: "order", action: "pause", bots: ["bot_2"] });
  expect(type(start, " ", " ", "r").wish).toEqual({
    type: "order",
    action: "resume",
    bots: ["bot_1", "bot_2"],
  });
  const hidden = type(start, " ", "2", " ", "p").wish;
  expect(hidden).toEqual({ type: "order", action: "pause", bots: ["bot_1", "bot_10"] });
  expect(type(start, "a", "u", "end", "p").wish).toMatchObject({ bots: ["bot_10"] });
  expect(type(start, "2", "a", "p").wish).toMatchObject({ bots: ["bot_10"] });
  const nobody = type(topOf([]), "p");
  expect([nobody.wish, nobody.state.outcome?.how]).toEqual([undefined, "bad"]);
});

test("kill and restart ask first, and only y does it", () => {
  const start = topOf(three);
  for (const [key, action] of [
    ["K", "kill"],
    ["R", "restart"],
  ] as const) {
    const asking = type(start, "a", key);
    expect(asking.wish).toBeUndefined();
    expect(type(asking.state, "y").wish).toMatchObject({
      type: "order",
      action,
      bots: ["bot_1", "bot_2", "bot_10"],
    });
    for (const other of ["n", "enter", "esc", " ", "q", "K"]) {
      const left = type(asking.state, other);
      expect([left.wish, left.state.prompt]).toEqual([undefined, undefined]);
    }
  }
});

test("a goal is typed, with every letter that is a key elsewhere", () => {
  const start = topOf(three);
  const { wish, state } = type(start, "g", ...letters("q?Kx"), "backspace", " ", ...letters("now"), "enter");
  expect(wish).toEqual({ type: "order", action: "goal", bots: ["bot_1"], goal: "q?K now" });
  expect(state.prompt).toBeUndefined();
  expect(type(start, "g", "x", "esc")).toMatchObject({ wish: undefined, state: { prompt: undefined } });
  expect(type(start, "g", " ", "enter").wish).toBeUndefined();
  const long = after(start, "g", ...letters("x".repeat(300)));
  expect(long.prompt).toMatchObject({ text: "x".repeat(200) });
});

test("a paste is text where text is typed, and nothing elsewhere", () => {
  const paste = (state: Top) => step(state, { type: "pasted", at: 0, text: "Ky\u001b\r\nbot" });
  expect(paste(topOf(three)).wish).toBeUndefined();
  expect(paste(topOf(three)).state.prompt).toBeUndefined();
  expect(paste(after(topOf(three), "/")).state.filter).toBe("Ky bot");
  expect(paste(after(topOf(three), "K")).state.prompt?.type).toBe("sure");
});

test("a second order waits until the first one's outcome is known", () => {
  const first = type(topOf(three), "p");
  const second = type(first.state, "r");
  expect([second.wish, second.state.outcome?.how]).toEqual([undefined, "bad"]);
  const results = [{ bot_id: "bot_1", ok: true, order: "delivered" as const }];
  const known = step(second.state, { type: "answered", at: 1, action: "pause", results }).state;
  expect(type(known, "r").wish).toMatchObject({ action: "resume" });
  const refused = step(second.state, { type: "refused", at: 1, action: "pause", reason: "gone" }).state;
  expect(refused.outcome).toEqual({ text: "Cannot pause: gone", how: "bad" });
  expect(type(refused, "r").wish).toMatchObject({ action: "resume" });
});

test("frozen figures stay while the swarm is followed, and go on from where it is then", () => {
  const frozen = after(topOf(three), "f");
  const told = step(frozen, { type: "told", at: 1, message: snapshotOf(three.slice(1)) }).state;
  expect(ids(told)).toHaveLength(3);
  expect(ids(after(told, "f"))).toHaveLength(2);
});

test("Enter opens a bot, its neighbours are to the left and right, orders go to it, and Esc leads back", () => {
  const open = type(topOf(three), "down", "enter");
  expect(open.wish).toEqual({ type: "look", bot: "bot_2" });
  const next = type(open.state, "tab", "right");
  expect(next.wish).toEqual({ type: "look", bot: "bot_10" });
  expect(next.state.panel).toMatchObject({ bot: "bot_10", tab: "events" });
  expect(type(next.state, "p").wish).toMatchObject({ bots: ["bot_10"] });
  expect(after(next.state, "esc").panel.type).toBe("table");
  expect(cursor(after(next.state, "esc"))).toBe("bot_10");
  expect(type(next.state, "q")).toMatchObject({ wish: undefined, state: { panel: { type: "table" } } });
});

test("what was seen of a bot is kept only while that bot is open", () => {
  const open = after(topOf(three), "enter");
  const seen = (state: Top, bot: string) =>
    step(state, { type: "seen", at: 1, bot, found: { noScreen: "no" } }).state;
  expect(seen(open, "bot_1").panel).toMatchObject({ noScreen: "no" });
  expect(seen(open, "bot_2").panel).not.toHaveProperty("noScreen");
});

test("help is scrolled no further than its end", () => {
  const help = after(topOf(three), "?");
  const end = after(help, "end").panel;
  expect((end as { scroll: number }).scroll).toBeLessThan(30);
  expect(after(help, "end", "down", "pgdn").panel).toEqual(end);
  expect(after(help, "end", "up").panel).toMatchObject({ scroll: (end as { scroll: number }).scroll - 1 });
  expect(after(help, "?", "p").prompt).toBeUndefined();
});

test("q ends well, Ctrl-C ends everywhere and says so", () => {
  const start = topOf(three);
  expect(type(start, "q").wish).toEqual({ type: "quit", status: 0 });
  for (const keys of [[], ["/"], ["g"], ["K"], ["?"], ["enter"]]) {
    expect(type(start, ...keys, "ctrl-c").wish).toEqual({ type: "quit", status: 130 });
  }
});
