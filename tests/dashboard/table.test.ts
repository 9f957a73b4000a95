import { expect, test } from "bun:test";
import { columns } from "../../src/dashboard/parts/table-columns.ts";
import {
  allOrNobody,
  extended,
  nobody,
  stillThere,
  toggled,
} from "../../src/dashboard/parts/table-selection.ts";
import { sortAfter, viewOf, wordsOf } from "../../src/dashboard/parts/table-view.ts";
import { dice, pretendedBot } from "../doubles/pretence.ts";

const list = ["a", "b", "c", "d", "e"];
const idsOf = ({ ids }: { ids: ReadonlySet<string> }) => [...ids].sort();

test("a view stands in the address and comes back from it", () => {
  const view = {
    sort: "-credits",
    states: ["RUNNING", "PAUSED"],
    query: "mary, & co",
    labels: ["team=red"],
  } as const;
  const params = new URLSearchParams();
  for (const [key, word] of Object.entries(wordsOf(view))) params.set(key, word!);
  expect(viewOf(new URLSearchParams(params.toString()))).toEqual(view);
});

test("what an address cannot mean is left out", () => {
  const params = new URLSearchParams({
    sort: "-nonsense",
    state: "RUNNING,FLYING",
    label: "team=red,<script>",
  });
  expect(viewOf(params)).toEqual({ sort: "bot_id", states: ["RUNNING"], query: "", labels: ["team=red"] });
});

test("the usual view needs no words", () => {
  expect(wordsOf(viewOf(new URLSearchParams()))).toEqual({ sort: undefined, state: "", q: "", label: "" });
});

test("figures are sorted from the most, words from the first, and a second click turns them round", () => {
  expect(sortAfter("bot_id", "credits", true)).toBe("-credits");
  expect(sortAfter("-credits", "credits", true)).toBe("credits");
  expect(sortAfter("-credits", "trader", false)).toBe("trader");
  expect(sortAfter("trader", "trader", false)).toBe("-trader");
});

test("a bot is selected and put back", () => {
  const one = toggled(nobody, "b");
  expect(idsOf(one)).toEqual(["b"]);
  expect(idsOf(toggled(one, "b"))).toEqual([]);
});

test("a range goes from the last that was selected by itself, in either direction", () => {
  const from = toggled(nobody, "d");
  expect(idsOf(extended(from, "b", list))).toEqual(["b", "c", "d"]);
  expect(extended(from, "b", list).anchor).toBe("d");
  expect(idsOf(extended(extended(from, "b", list), "e", list))).toEqual(["b", "c", "d", "e"]);
});

test("a range from nowhere is one bot", () => {
  expect(idsOf(extended(nobody, "c", list))).toEqual(["c"]);
  expect(idsOf(extended(toggled(nobody, "gone"), "c", list))).toEqual(["c", "gone"]);
});

test("all that match are selected, and nobody when they all were", () => {
  const all = allOrNobody(toggled(nobody, "a"), list);
  expect(idsOf(all)).toEqual(list);
  expect(idsOf(allOrNobody(all, list))).toEqual([]);
  expect(idsOf(allOrNobody(nobody, []))).toEqual([]);
});

test("who is gone is selected no more", () => {
  const two = toggled(toggled(nobody, "a"), "b");
  expect(idsOf(stillThere(two, (id) => id !== "a"))).toEqual(["b"]);
  expect(stillThere(two, () => true)).toBe(two);
});

test("what the game wrote stands in the cells with its controls made visible", () => {
  const bot = { ...pretendedBot("bot_001", dice(1)), trader: "A\u001b[31mB\u202eC", activity: "x\r\ny" };
  const cells = columns.map(({ told }) => told(bot, { now: 0, change: undefined })).join("|");
  expect(cells).toContain("A·[31mB·C");
  expect(cells).toContain("x··y");
});

test("an order is told of while it waits for the bot, and no longer", () => {
  const bot = pretendedBot("bot_001", dice(1));
  const doing = columns.find(({ id }) => id === "doing")!;
  const seen = { now: 0, change: undefined };
  const after = (state: "queued" | "delivered") =>
    doing.told({ ...bot, order: { id: 1, type: "goal", state } }, seen);
  expect(after("queued")).toBe(`goal waits: ${bot.activity}`);
  expect(after("delivered")).toBe(bot.activity);
});

test("a bot that is in trouble tells why in place of what it did", () => {
  const bot = { ...pretendedBot("bot_001", dice(1)), state: "BACKOFF", error: "The game hung up" } as const;
  const doing = columns.find(({ id }) => id === "doing")!;
  const seen = { now: 0, change: undefined };
  expect(doing.told(bot, seen)).toBe("The game hung up");
  expect(doing.told({ ...bot, state: "RUNNING" }, seen)).toBe(bot.activity);
});
