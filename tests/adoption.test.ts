/** What a manager makes of the workers and folders that a former one left. */
import { expect, test } from "bun:test";
import { takeOver, type AdoptionParts } from "../src/adoption.ts";
import { BotConfig, maskSecrets } from "../src/proto/config.ts";
import type { Workers } from "../src/workers.ts";
import { botOf, newSwarm, spawned, stage } from "./swarm/stories.ts";

/** A log of one bot, taken over on a machine where `there` are the processes, and `draft` lies in its folder. */
function takenOver({
  there = [] as number[],
  draft = undefined as BotConfig | undefined,
  settings = {} as unknown,
}) {
  const on = stage(newSwarm(), { starts: () => false });
  on.request([{ ...spawned("a"), config: settings, start_at: 1000 }]);
  const deeds: string[] = [];
  const nothing = () => {};
  const workers: Workers = {
    start: nothing,
    perform: ({ type, bot }) => void deeds.push(`${type} ${bot}`),
    goneUnseen: (bot) => void deeds.push(`gone ${bot.id}`),
    watch: nothing,
    isHere: ({ pid, ticks }) => pid !== undefined && there.includes(pid) && ticks === 10 * pid,
    open: async () => {},
    stop: async () => {},
  };
  const hands: AdoptionParts["hands"] = {
    workersOf: () => there.map((pid) => ({ bot: "a", pid, ticks: 10 * pid })),
    signalWorker: (pid, ticks, signal) => void deeds.push(`${signal} ${pid} ${ticks}`),
    draftIn: () => draft,
    useDraft: (folder) => void deeds.push(`use ${folder}`),
  };
  const begin = () =>
    takeOver({
      hands,
      state: on.state,
      recorder: on,
      workers,
      botsFolder: "/bots",
      restored: false,
      now: () => 5,
      log: nothing,
    });
  const started = (pid: number, ticks = 10 * pid) =>
    on.happened({ type: "started", bot: "a", pid, ticks, at: 2 });
  return { on, deeds, begin, started };
}

test("a worker that is there is waited for, one that is gone is seen off, and a stranger is ended", () => {
  const here = takenOver({ there: [7] });
  here.started(7);
  here.begin();
  expect(here.deeds).toEqual([]);
  const away = takenOver({ there: [] });
  away.started(7);
  away.begin();
  expect(away.deeds).toEqual(["gone a"]);
  const strange = takenOver({ there: [8] });
  strange.begin();
  expect(strange.deeds).toEqual(["SIGKILL 8 80"]);
});

test("a process that has the number of a worker that is gone is not that worker", () => {
  const { deeds, begin, started } = takenOver({ there: [7] });
  started(7, 69);
  begin();
  expect(deeds).toEqual(["gone a"]);
});

test("whoever was told to end before its manager died is told so again", () => {
  const { on, deeds, begin, started } = takenOver({ there: [7] });
  started(7);
  on.request([{ type: "killed", bot: "a", reason: "by request", at: 3 }]);
  begin();
  expect(deeds).toEqual(["end a"]);
  expect(botOf(on, "a")).toMatchObject({ killed: "by request", linked: false });
});

test("a configuration that was kept in the log and is still a draft is put in its place; one that was refused is not", () => {
  const draft = BotConfig.parse({
    trading: { goal: "combat" },
    character: { name: "Ann", password: "a secret" },
  });
  const kept = takenOver({ draft, settings: JSON.parse(JSON.stringify(maskSecrets(draft))) });
  kept.begin();
  expect(kept.deeds).toEqual(["use /bots/a"]);
  const refused = takenOver({ draft, settings: maskSecrets(BotConfig.parse({})) });
  refused.begin();
  expect(refused.deeds).toEqual([]);
});
