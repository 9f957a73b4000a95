import { expect, test } from "bun:test";
import { outcomesOf, told } from "../../src/dashboard/parts/bulk-told.ts";
import {
  complaintsIn,
  complaintsOf,
  firstFields,
  progressOf,
  requestOf,
} from "../../src/dashboard/parts/spawn-form.ts";
import { BotConfig } from "../../src/proto/config.ts";
import { configTextMaxChars } from "../../src/proto/operations/spawning.ts";

test("what came of an order to many is told in numbers", () => {
  expect(told({ action: "pause", matched: 1, failed: 0, results: [] })).toBe("Paused: 1 bot");
  expect(told({ action: "kill", matched: 14, failed: 2, results: [] })).toBe(
    "Killed: 12 of 14 bots; 2 refused",
  );
});

test("what came of it is told for each bot, the same words once: refusals first, then who is still to be told", () => {
  const refused = (bot_id: string, detail: string) => ({ bot_id, ok: false, detail });
  const results = [
    { bot_id: "a", ok: true, order: "delivered" as const },
    refused("b", 'Cannot pause bot "b": it has ended'),
    refused("c", "The disk is full"),
    refused("d", 'Cannot pause bot "d": it has ended'),
    { bot_id: "e", ok: true, order: "queued" as const },
  ];
  expect(outcomesOf({ action: "pause", results })).toEqual([
    { what: "Cannot pause it: it has ended", how: "bad", bots: ["b", "d"] },
    { what: "The disk is full", how: "bad", bots: ["c"] },
    { what: "To be told as soon as it can take it", how: "warning", bots: ["e"] },
    { what: "Paused", how: "good", bots: ["a"] },
  ]);
  expect(told({ action: "pause", matched: 5, failed: 3, results })).toBe(
    "Paused: 2 of 5 bots; 1 as soon as they can be told; 3 refused",
  );
});

test("the form as it first stands asks for one bot as every bot is", () => {
  const asked = requestOf(firstFields);
  expect(asked).toMatchObject({ ok: true, request: { count: 1, configs: [BotConfig.parse({})] } });
});

test("fields become a configuration, labels and groups", () => {
  const asked = requestOf({
    ...firstFields,
    host: " game.example ",
    port: "23",
    game: "b",
    turns: "500",
    count: "40",
    labels: "team=red, squad",
    group_size: "5",
    group_delay: "2.5",
  });
  expect(asked).toMatchObject({
    ok: true,
    request: {
      configs: [
        {
          connection: { host: "game.example", port: 23, game_letter: "B" },
          session: { max_turns_per_session: 500 },
        },
      ],
      count: 40,
      labels: { team: "red", squad: "" },
      group_size: 5,
      group_delay: 2.5,
    },
  });
});

test("a file is asked for by its name, without any field of the form", () => {
  const asked = requestOf({ ...firstFields, from: "file", config_path: "red.yaml", port: "nonsense" });
  expect(asked).toEqual({ ok: true, request: { config_paths: ["red.yaml"], count: 1 } });
});

test("a text goes as it was typed, for the manager to read; one that is none, or too long, is complained of", () => {
  const text = (config_text: string) => requestOf({ ...firstFields, from: "text", config_text, port: "x" });
  const yaml = "trading:\n  goal: banking\n";
  expect(text(yaml)).toEqual({ ok: true, request: { config_text: yaml, count: 1 } });
  for (const wrong of ["", "#".repeat(configTextMaxChars + 1)]) {
    const asked = text(wrong);
    if (asked.ok) throw new Error("taken");
    expect(Object.keys(asked.complaints)).toEqual(["config_text"]);
  }
});

test("what is wrong with a text is told with line and column, all of it, and stands at the text", () => {
  const message =
    'config_text:2:3: unknown key "gaol"\nconfig_text:4:9: "trading.goal" is 1: expected string';
  expect(complaintsIn({ message })).toEqual({
    config_text:
      'Line 2, column 3: unknown key "gaol"\nLine 4, column 9: "trading.goal" is 1: expected string',
  });
  const errors = [{ path: "count", message: "too many" }];
  expect(complaintsIn({ message: "The request does not fit: count", errors })).toEqual({ count: "too many" });
  expect(complaintsIn({ message: "The disk is full" })).toEqual({});
});

test("what is wrong stands at the field that it is about", () => {
  const asked = requestOf({
    ...firstFields,
    port: "70000",
    count: "many",
    game: "AB",
    goal: "",
    labels: "Team=x",
  });
  if (asked.ok) throw new Error("taken");
  expect(Object.keys(asked.complaints).sort()).toEqual(["count", "game", "goal", "labels", "port"]);
});

test("the manager's complaints stand there, too, and those about no field at the form", () => {
  expect(
    complaintsOf([
      { path: "config_paths.0", message: "no such file" },
      { path: "configs.0.pace.keys_per_second", message: "too many" },
    ]),
  ).toEqual({ config_path: "no such file", form: "configs.0.pace.keys_per_second: too many" });
});

test("bots that are on their way count for all that they have been through", () => {
  const bots = new Map([
    ["a", { state: "QUEUED" }],
    ["b", { state: "REGISTERING" }],
    ["c", { state: "RUNNING", registered_at: 5 }],
    ["d", { state: "FAILED", registered_at: 5 }],
  ] as const);
  const progress = progressOf(["a", "b", "c", "d", "gone"], (id) => bots.get(id as "a"));
  expect(progress).toEqual({ asked: 5, started: 3, registered: 2, playing: 1, failed: 1 });
});
