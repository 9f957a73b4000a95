import { expect, test } from "bun:test";
import { idsFrom, selectionOf } from "../../../src/control/console/selectors.ts";
import { bot } from "../../doubles/scribe.ts";
import { typed } from "../../doubles/console.ts";

test("ids come from a pipe one a line, or as whatever JSON of ours has them", () => {
  const list = { matched: 2, bots: [{ ...bot, bot_id: "x" }, bot] };
  expect(idsFrom([" bot_1 ", "", "bot_2"])).toEqual(["bot_1", "bot_2"]);
  expect(idsFrom([JSON.stringify(list)])).toEqual(["x", "a"]);
  expect(idsFrom(JSON.stringify(list, null, 2).split("\n"))).toEqual(["x", "a"]);
  expect(idsFrom(['{"bot_id":"x"}', '{"bot_id":"y","state":"RUNNING"}'])).toEqual(["x", "y"]);
  expect(idsFrom(['["x","y"]'])).toEqual(["x", "y"]);
  expect(idsFrom(['{"results":[{"bot_id":"x","ok":false}]}'])).toEqual(["x"]);
  expect(idsFrom(['{"count":1,"bot_ids":["x"]}'])).toEqual(["x"]);
  expect(idsFrom([])).toEqual([]);
});

test("JSON that names no bot is refused, and so is half of one", () => {
  expect(() => idsFrom(['{"a":1}'])).toThrow('without "bot_id"');
  expect(() => idsFrom(["[null]"])).toThrow('without "bot_id"');
  expect(() => idsFrom(['{"bot_id":"x"}', "{"])).toThrow("neither ids nor JSON");
});

test("a word that can name no bot is refused with what was wanted", () => {
  expect(selectionOf(["bot_0*", "all"], {})).toEqual({ bots: ["bot_0*", "all"] });
  expect(() => selectionOf(["bot_1", "b\u001b[2J"], {})).toThrow("names no bot: expected a bot's id");
});

test("words, states, labels and a pipe become one selection of the table", async () => {
  const { asked } = await typed("pause bot_1 - --state running,STUCK --label team=red --label role", {
    piped: ["x", "y"],
  });
  expect(asked).toEqual([
    [
      "orderBots",
      {
        action: "pause",
        bots: ["bot_1", "x", "y"],
        states: ["RUNNING", "STUCK"],
        labels: ["team=red", "role"],
      },
    ],
  ]);
});

test("an empty pipe means nobody, and not everybody", async () => {
  const { asked } = await typed("pause -", { piped: [] });
  expect(asked).toEqual([["orderBots", { action: "pause", bots: [] }]]);
});
