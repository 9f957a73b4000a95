import { expect, test } from "bun:test";
import { typed, type Scene } from "../../../doubles/console.ts";
import type { Swarm } from "../../../../src/proto/operations.ts";
import { aBot, manyBots, statusOf } from "./swarm.ts";

const bots = [
  aBot("bot_000", { credits: 5, labels: { team: "red" } }),
  aBot("bot_001", { credits: 9, state: "PAUSED", activity: "waits\u001b[2J\u202e" }),
  aBot("bot_002", { credits: 7 }),
];
const swarm = { swarmStatus: async () => statusOf(bots) } as unknown as Swarm;
const top = (words: string, scene: Scene = {}) =>
  typed(`top ${words}`.trim(), { ...scene, doors: { swarm: async () => swarm } });
const idsOf = (out: string) =>
  (JSON.parse(out) as { bots: { bot_id: string }[] }).bots.map(({ bot_id }) => bot_id);

test("without a terminal to draw on, or a keyboard, it refuses and says what to use instead", async () => {
  for (const scene of [{}, { tty: 80 }, { answers: [] }]) {
    const { status, out, err } = await top("", scene);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toBe("Cannot show a live table: this is no terminal. Try top --once, status, or watch\n");
  }
  expect(await top("--json", { tty: 80, answers: [] })).toMatchObject({ status: 2, out: "" });
});

test("--once prints one frame of all bots, harmless and as wide as the terminal", async () => {
  const { status, out, err } = await top("--once");
  expect([status, err]).toEqual([0, ""]);
  expect(out.split("\n")).toEqual([
    "3 bots:  2 RUNNING  1 PAUSED",
    "21 credits  3,702 net worth  1.25 credits/turn  9 trades",
    "  BOT▲     STATE         SECTOR    CREDITS   CR/TURN    TURNS  DOING",
    "  bot_000  RUNNING            1          5      1.50       10  trade at 852",
    "  bot_001  PAUSED             1          9      1.50       10  waits·[2J·",
    "  bot_002  RUNNING            1          7      1.50       10  trade at 852",
    "",
  ]);
  expect((await top("--once", { colour: true })).out).toContain("\x1b[32mRUNNING");
  expect((await top("--once --color never", { colour: true })).out).not.toContain("\x1b");
});

test("--once --json is one value: the totals, and the bots that are meant in their order", async () => {
  const { status, out } = await top("--once --json");
  expect([status, JSON.parse(out)]).toEqual([0, JSON.parse(JSON.stringify(statusOf(bots)))]);
  const ids = async (words: string) => idsOf((await top(`--once --json ${words}`)).out);
  expect(await ids("--sort -credits")).toEqual(["bot_001", "bot_002", "bot_000"]);
  expect(await ids("--sort credits")).toEqual(["bot_000", "bot_002", "bot_001"]);
  expect(await ids("--sort struggling")).toEqual(["bot_000", "bot_001", "bot_002"]);
  expect((await top("--once --sort nonsense")).status).toBe(2);
  expect(await ids("--filter paused")).toEqual(["bot_001"]);
  expect(await ids("--state running")).toEqual(["bot_000", "bot_002"]);
  expect(await ids("--label team=red")).toEqual(["bot_000"]);
  expect(await ids("bot_001 bot_002")).toEqual(["bot_001", "bot_002"]);
  expect(await ids("*2")).toEqual(["bot_002"]);
});

test("a bot that is not there is status 5, odd words are status 2", async () => {
  expect(await top("--once bot_007")).toMatchObject({ status: 5, out: "" });
  for (const words of ["--once --sort mood", "--once --interval 0", "--once --state asleep"])
    expect((await top(words)).status).toBe(2);
});

test("five thousand bots are one frame, too", async () => {
  const many = { swarmStatus: async () => statusOf(manyBots(5000)) } as unknown as Swarm;
  const { out } = await typed("top --once", { doors: { swarm: async () => many } });
  expect(out.split("\n")).toHaveLength(5004);
});
