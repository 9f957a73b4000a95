import { expect, test } from "bun:test";
import type { OperationOutput } from "../../../src/proto/operations.ts";
import { bot, scribe, status } from "../../doubles/scribe.ts";
import { typed, type Scene } from "../../doubles/console.ts";

const bots = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    ...bot,
    bot_id: `bot_${String(i).padStart(3, "0")}`,
    labels: { team: "red" },
  }));

/** A swarm of so many bots, whose orders come to this. */
function swarmOf(count: number, outcomes?: OperationOutput<"orderBots">["results"]) {
  const scribed = scribe();
  const swarm: typeof scribed.swarm = {
    ...scribed.swarm,
    swarmStatus: async () => ({ ...status, total_bots: count, bots: bots(count) }),
    async orderBots(input) {
      const reply = await scribed.swarm.orderBots(input);
      return outcomes
        ? {
            ...reply,
            results: outcomes,
            matched: outcomes.length,
            failed: outcomes.filter(({ ok }) => !ok).length,
          }
        : reply;
    },
  };
  return { asked: scribed.asked, doors: { swarm: async () => swarm } };
}

const orders = async (line: string, scene: Scene & { asked: unknown[] }) => {
  const run = await typed(line, scene);
  return { ...run, asked: scene.asked };
};

test("each outcome is told, what failed on stderr, and the worst is the exit status", async () => {
  const swarm = swarmOf(3, [
    { bot_id: "bot_000", ok: true, state: "PAUSED", order: "delivered" },
    { bot_id: "bot_001", ok: true, state: "QUEUED", order: "queued" },
    { bot_id: "bot_002", ok: false, code: "conflict", detail: "has ended\u001b[2J" },
    { bot_id: "nope", ok: false, code: "not_found", detail: 'There is no bot "nope"' },
  ]);
  expect(await orders("pause bot_00* nope", swarm)).toMatchObject({
    status: 5,
    out: "bot_000 paused\nbot_001 paused, as soon as it can be told\n",
    err: 'bot_002: has ended·[2J\nThere is no bot "nope"\n',
    asked: [["orderBots", { action: "pause", bots: ["bot_00*", "nope"] }]],
  });
});

test("many outcomes are counted, and only those that failed are told one by one", async () => {
  const good = bots(111).map(
    ({ bot_id }) => ({ bot_id, ok: true, state: "RUNNING", order: "delivered" }) as const,
  );
  const swarm = swarmOf(111, [
    ...good.slice(1),
    { bot_id: "bot_000", ok: false, code: "conflict", detail: "no" },
  ]);
  expect(await orders("resume all", swarm)).toMatchObject({
    status: 1,
    out: "110 of 111: resumed\n",
    err: "bot_000: no\n",
  });
});

test("whom nothing was done to is not told as killed", async () => {
  const detail = "It had ended already";
  const over = (bot_id: string) => ({ bot_id, ok: true, state: "DEAD", detail }) as const;
  const few = swarmOf(2, [{ bot_id: "bot_000", ok: true, state: "RUNNING" }, over("bot_001")]);
  expect(await orders("kill all --yes", few)).toMatchObject({
    status: 0,
    out: `bot_000 killed\nbot_001: ${detail}\n`,
  });
  const many = swarmOf(
    30,
    bots(30).map(({ bot_id }, at) => (at < 3 ? over(bot_id) : { bot_id, ok: true, state: "RUNNING" })),
  );
  expect((await orders("kill all --yes", many)).out).toBe(`27 of 30: killed\n3 of 30: ${detail}\n`);
});

test("those that are over are not among the number that is asked about", async () => {
  const scene = swarmOf(0);
  const some = bots(3).map((one, at) => ({ ...one, state: at < 2 ? ("DEAD" as const) : one.state }));
  const swarm = {
    ...(await scene.doors.swarm()),
    swarmStatus: async () => ({ ...status, total_bots: 3, bots: some }),
  };
  const { err } = await typed("kill all", { doors: { swarm: async () => swarm }, answers: ["n"] });
  expect(err).toBe("Kill 1 bot? [y/N] Nothing was done\n");
});

test("as JSON it is the whole outcome, with the same exit status", async () => {
  const run = await typed("pause a b --json");
  expect(JSON.parse(run.out)).toMatchObject({
    action: "pause",
    matched: 2,
    failed: 1,
    results: [{ ok: true }, {}],
  });
  expect(run.status).toBe(5);
});

test("the last word of set-goal is the goal, whoever was chosen before it", async () => {
  const two = swarmOf(2, []);
  expect((await orders("set-goal bot_000 bot_001 banking", two)).asked).toEqual([
    ["orderBots", { action: "goal", goal: "banking", bots: ["bot_000", "bot_001"] }],
  ]);
  // Whose quotes were forgotten has given no goal to anybody.
  const unquoted = await orders("set-goal bot_000 make me rich", swarmOf(2));
  expect(unquoted).toMatchObject({
    status: 5,
    asked: [],
    err: 'There is no bot "make", "me"; a goal of several words stands in quotes\n',
  });
  expect((await typed(["set-goal", "--state", "RUNNING", "hold the line"])).asked).toEqual([
    ["orderBots", { action: "goal", goal: "hold the line", states: ["RUNNING"] }],
  ]);
  expect(await typed("set-goal banking")).toMatchObject({ status: 2, asked: [] });
  const control = await typed(["set-goal", "a", "x\u001b[2J"]);
  expect(control).toMatchObject({ status: 2, asked: [] });
  expect(control.err).toContain("goal: expected text without control characters");
});

test("nobody is ordered about by having been left out of the words", async () => {
  for (const verb of ["pause", "resume", "kill", "restart"])
    expect(await typed(verb)).toMatchObject({ status: 2, asked: [] });
});

const dangerous = [
  "kill all",
  "kill bot_0*",
  "kill --state RUNNING",
  "kill --label team",
  "restart bot_000 bot_001",
];

test.each(dangerous)("%s needs --yes where nobody can be asked, and does nothing without", async (line) => {
  const swarm = swarmOf(111);
  const refused = await orders(line, swarm);
  expect(refused).toMatchObject({ status: 2, out: "", asked: [] });
  expect(refused.err).toContain("add --yes");
  await orders(`${line} --yes`, swarm);
  expect(swarm.asked).toHaveLength(1);
});

test("a person is asked with the number, and only yes is yes", async () => {
  const swarm = swarmOf(111);
  const ids = bots(111).map(({ bot_id }) => bot_id);
  for (const answer of ["n", "", "nyes", "yess"]) {
    const run = await orders("kill all", { ...swarm, answers: [answer] });
    expect(run).toMatchObject({
      status: 0,
      out: "",
      err: "Kill 111 bots? [y/N] Nothing was done\n",
      asked: [],
    });
  }
  expect((await orders("kill all", { ...swarm, answers: [] })).asked).toEqual([]);
  await orders("kill all", { ...swarm, answers: ["Y"] });
  // Exactly those that were asked about: bots that came meanwhile live.
  expect(swarm.asked).toEqual([["orderBots", { action: "kill", bots: ids }]]);
});

test("one bot by its name is killed without a question, and many paused", async () => {
  expect((await typed("kill bot_042")).asked).toEqual([["orderBots", { action: "kill", bots: ["bot_042"] }]]);
  expect((await typed("pause all")).asked).toHaveLength(1);
});

test("a pattern that nobody fits needs no leave, for nothing is done", async () => {
  const run = await orders("kill zzz*", swarmOf(3, []));
  expect(run).toMatchObject({ status: 0, out: "", err: "No bot is meant\n" });
});

test("--dry-run tells who is meant, and orders nothing", async () => {
  const swarm = swarmOf(3);
  expect(await orders("kill bot_00*", { ...swarm, doors: swarm.doors, answers: [] })).toMatchObject({
    asked: [],
  });
  expect(await orders("kill bot_00* --dry-run", swarm)).toMatchObject({
    status: 0,
    out: "bot_000\nbot_001\nbot_002\n",
    asked: [],
  });
  expect(JSON.parse((await orders("pause bot_000 --dry-run --json", swarm)).out)).toEqual({
    matched: 1,
    bot_ids: ["bot_000"],
  });
  expect(await orders("kill bot_000 nope --dry-run", swarm)).toMatchObject({ status: 5, out: "", asked: [] });
});

test("kill-all asks as well, and kills nobody where nobody is alive", async () => {
  const swarm = swarmOf(2);
  expect(await orders("kill-all", swarm)).toMatchObject({ status: 2, asked: [] });
  expect(await orders("kill-all", { ...swarm, answers: ["no"] })).toMatchObject({ status: 0, asked: [] });
  expect(await orders("kill-all --dry-run", swarm)).toMatchObject({ out: "bot_000\nbot_001\n", asked: [] });
  expect(await orders("kill-all --yes", swarm)).toMatchObject({ status: 0, out: "1 bot killed\n" });
  expect(await orders("kill-all", swarmOf(0))).toMatchObject({ status: 0 });
  expect(await typed("clear")).toMatchObject({ out: "1 bot cleared\n", asked: [["clearSwarm", {}]] });
});
