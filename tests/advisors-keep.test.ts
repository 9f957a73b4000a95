/** A manager's advisors: who asks which model, and what bots and people are told. */
import { expect, test } from "bun:test";
import type { AdvisorKeep, OpeningParts, Told } from "../src/advisor-keep.ts";
import { advisorsMax, keepAdvisors } from "../src/advisors-keep.ts";
import type { Asked } from "../src/proto/advice.ts";
import { BotConfig } from "../src/proto/config.ts";
import type { SwarmEvent } from "../src/proto/events.ts";
import { Llm } from "../src/proto/llm-config.ts";
import type { ManagerMessage } from "../src/proto/orders.ts";
import { createAdvising } from "../src/swarm/advising.ts";
import { newcomers } from "../src/swarm/newcomers.ts";
import { newSwarm, stage } from "./swarm/stories.ts";

type Opened = Pick<OpeningParts, "llm" | "isOwn"> & {
  readonly asked: Asked[];
  readonly weighed: string[];
  readonly gone: string[];
  readonly tell: (effect: Told) => void;
  ended: boolean;
};

/** A swarm of bots with these `llm` sections, none for undefined; its advisors only write down what they hear. */
function office(own: object | null, ...sections: (object | undefined)[]) {
  const on = stage(newSwarm({ maxBots: 100 }));
  sections.forEach((llm, index) => {
    const config = BotConfig.parse({ trading: { strategy: "ai" }, ...(llm && { llm }) });
    on.request(
      newcomers(on.state, [{ config, name: "t" }], 1, { botId: `bot_${index}` }, 0).map(({ event }) => event),
    );
  });
  const opened: Opened[] = [];
  const told: { bot: string; message: ManagerMessage }[] = [];
  const happened: SwarmEvent[] = [];
  const log: string[] = [];
  let trouble: Error | undefined;
  const keep = keepAdvisors({
    own: own && Llm.parse(own),
    state: on.state,
    folder: "/state",
    shared: async () => undefined,
    hands: {
      later: () => () => {},
      async openAdvisor({ llm, isOwn }) {
        if (trouble) throw trouble;
        return (tell): AdvisorKeep => {
          const one: Opened = { llm, isOwn, asked: [], weighed: [], gone: [], tell, ended: false };
          opened.push(one);
          return {
            ask: (asked) => one.asked.push(asked),
            weighed: (...word) => one.weighed.push(word.join(" ")),
            gone: (bot) => one.gone.push(bot),
            status: () => createAdvising(llm).status(0),
            end: () => (one.ended = true),
          };
        };
      },
    },
    now: () => 7,
    tell: (bot, message) => told.push({ bot, message }),
    happened: (event) => happened.push(event),
    log: (line) => log.push(line),
  });
  const ask = async (bot: string, id = 1) => {
    keep.heard(bot, { type: "ask", id, at: 3, picture: "{}" });
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  return { on, keep, opened, told, happened, log, ask, break: (error?: Error) => (trouble = error) };
}

test("under the operator's own section all bots ask that model, and it is opened before anybody does", async () => {
  const { keep, opened, ask } = office({ ollama: { model: "ours" } }, undefined, { provider: "openai" });
  keep.begin();
  await ask("bot_0", 5);
  await ask("bot_1");
  expect(opened.map(({ llm, isOwn }) => [llm.ollama.model, isOwn])).toEqual([["ours", true]]);
  expect(opened[0]!.asked).toEqual([
    { bot: "bot_0", id: 5, at: 3, picture: "{}" },
    { bot: "bot_1", id: 1, at: 3, picture: "{}" },
  ]);
  expect(keep.status().map(({ model }) => model)).toEqual(["ours"]);
});

test("without it each bot asks the model of its own section, which is nobody's own, and equal ones are one", async () => {
  const { keep, opened, ask } = office(null, { ollama: { model: "x" } }, undefined, {
    ollama: { model: "x" },
  });
  keep.begin();
  expect(keep.status()).toEqual([]);
  for (const bot of ["bot_0", "bot_1", "bot_2", "joined_by_hand"]) await ask(bot);
  expect(
    opened.map(({ llm, isOwn, asked }) => [llm.ollama.model, isOwn, asked.map(({ bot }) => bot)]),
  ).toEqual([
    ["x", false, ["bot_0", "bot_2"]],
    ["gemma3", false, ["bot_1", "joined_by_hand"]],
  ]);
});

test("answers go to their bots in the link's words, and notes to the feed and the log", async () => {
  const { opened, told, happened, log, ask } = office({}, undefined);
  await ask("bot_0");
  const { tell } = opened[0]!;
  tell({ type: "advice", bot: "bot_0", id: 1, plan: "{}" });
  tell({ type: "unadvised", bot: "bot_0", id: 2, reason: "budget", forMs: 10.2 });
  tell({ type: "note", severity: "warning", text: "away" });
  tell({ type: "note", severity: "info", text: "back" });
  expect(told).toEqual([
    { bot: "bot_0", message: { type: "advice", id: 1, plan: "{}" } },
    { bot: "bot_0", message: { type: "unadvised", id: 2, reason: "budget", for_ms: 11 } },
  ]);
  expect(happened).toEqual([
    { type: "noted", bot: "advisor", severity: "warning", text: "away", at: 7 },
    { type: "noted", bot: "advisor", severity: "info", text: "back", at: 7 },
  ]);
  expect(log).toEqual(["advisor back"]);
});

test("what became of a plan, and that a bot is gone, reaches the advisor that it asked", async () => {
  const { keep, opened, ask } = office(null, { ollama: { model: "x" } }, undefined);
  await ask("bot_0");
  await ask("bot_1");
  keep.heard("bot_1", { type: "weighed", id: 1, at: 9, outcome: "dangerous" });
  keep.gone("bot_0");
  keep.ended("bot_1");
  keep.heard("bot_1", { type: "weighed", id: 2, at: 9, outcome: "accepted" });
  expect(opened.map(({ weighed, gone }) => [weighed, gone])).toEqual([
    [[], ["bot_0"]],
    [["bot_1 1 9 dangerous"], ["bot_1"]],
  ]);
});

test("of too many models the further ones are not asked, until no bot plays by one of the first", async () => {
  const sections = Array.from({ length: advisorsMax + 1 }, (_, index) => ({
    ollama: { model: `m${index}` },
  }));
  const { keep, opened, told, log, ask } = office(null, ...sections);
  for (let index = 0; index <= advisorsMax; index++) await ask(`bot_${index}`);
  const last = `bot_${advisorsMax}`;
  expect(opened).toHaveLength(advisorsMax);
  expect(told).toEqual([{ bot: last, message: { type: "unadvised", id: 1, reason: "off" } }]);
  expect(log).toHaveLength(1);
  keep.gone("bot_3");
  await ask(last, 2);
  expect(opened).toHaveLength(advisorsMax);
  keep.ended("bot_3");
  await ask(last, 3);
  expect(opened.at(-1)!.asked.map(({ id }) => id)).toEqual([3]);
  expect(opened[3]!.ended).toBe(true);
  expect(keep.status()).toHaveLength(advisorsMax);
});

test("a model that cannot be opened is told of once, and tried again with the next question", async () => {
  const { opened, told, log, ask, ...on } = office({}, undefined);
  on.break(new Error('Cannot record to "/x"'));
  on.keep.begin();
  await ask("bot_0", 1);
  await ask("bot_0", 2);
  expect(told.map(({ message }) => message)).toMatchObject([
    { id: 1, reason: "off" },
    { id: 2, reason: "off" },
  ]);
  expect(log).toEqual(['warning: the model cannot be asked: Cannot record to "/x"']);
  on.break(undefined);
  await ask("bot_0", 3);
  expect(opened[0]!.asked.map(({ id }) => id)).toEqual([3]);
});

test("a manager replays nothing", async () => {
  const { keep, opened, told, log, ask } = office({ provider: "replay", replay_file: "/x" }, undefined);
  keep.begin();
  await ask("bot_0");
  await ask("bot_0");
  expect(opened).toEqual([]);
  expect(told.map(({ message }) => message)).toMatchObject([{ reason: "off" }, { reason: "off" }]);
  expect(log).toHaveLength(1);
});

test("at the end all are ended, also one that is only just being opened", async () => {
  const { keep, opened, ask } = office(null, { ollama: { model: "x" } }, undefined);
  await ask("bot_0");
  const late = ask("bot_1");
  keep.end();
  await late;
  expect(opened.map(({ ended }) => ended)).toEqual([true, true]);
});
