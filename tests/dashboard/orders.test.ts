import { expect, test } from "bun:test";
import { reasons, told } from "../../src/dashboard/parts/bulk-told.ts";
import { complaintsOf, firstFields, progressOf, requestOf } from "../../src/dashboard/parts/spawn-form.ts";
import { BotConfig } from "../../src/proto/config.ts";

test("what came of an order to many is told in numbers", () => {
  expect(told({ action: "pause", matched: 1, failed: 0, results: [] })).toBe("Paused: 1 bot");
  expect(told({ action: "kill", matched: 14, failed: 2, results: [] })).toBe(
    "Killed: 12 of 14 bots; 2 refused",
  );
});

test("the same reason is told once, with all whom it stopped", () => {
  const refused = (bot_id: string, detail: string) => ({ bot_id, ok: false, detail });
  const results = [
    { bot_id: "a", ok: true },
    refused("b", 'Cannot pause bot "b": it has ended'),
    refused("c", "The disk is full"),
    refused("d", 'Cannot pause bot "d": it has ended'),
  ];
  expect(reasons(results)).toEqual([
    { why: "Cannot pause it: it has ended", bots: ["b", "d"] },
    { why: "The disk is full", bots: ["c"] },
  ]);
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
