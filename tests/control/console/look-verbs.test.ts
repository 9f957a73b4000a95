import { expect, test } from "bun:test";
import type { BotState } from "../../../src/proto/status.ts";
import { bot, replies, scribe, status } from "../../doubles/scribe.ts";
import { typed } from "../../doubles/console.ts";

const swarmWith = (change: object) => {
  const scribed = scribe();
  return { asked: scribed.asked, doors: { swarm: async () => ({ ...scribed.swarm, ...change }) } };
};

test("status tells the bots and the totals, or one bot, and is whole as JSON", async () => {
  const all = await typed("status");
  expect(all.out).toStartWith("BOT  STATE    TRADER");
  expect(all.out).toEndWith("1 bot: 1 RUNNING · 50 turns · 1,300 credits · 20.00 credits/turn · 4 trades\n");
  expect(JSON.parse((await typed("status --json")).out)).toEqual(status);
  expect((await typed("status a")).out).toStartWith("Bot        a\nState      RUNNING\n");
  expect(JSON.parse((await typed("status a --json")).out)).toEqual(bot);
  expect(await typed("status A!")).toMatchObject({ status: 2, asked: [] });
});

test("trouble is a status of its own only where it was asked for", async () => {
  const exit = async (line: string, change: object) => (await typed(line, swarmWith(change))).status;
  const troubled = (state: BotState) => ({
    swarmStatus: async () => ({ ...status, bots: [{ ...bot, state }] }),
  });
  const full = { swarmStatus: async () => ({ ...status, degraded: "the disk is full" }) };
  for (const state of ["STUCK", "BACKOFF", "ERROR", "FAILED"] as const) {
    expect(await exit("status --exit-code", troubled(state))).toBe(3);
    expect(await exit("status", troubled(state))).toBe(0);
  }
  for (const state of ["RUNNING", "PAUSED", "COMPLETED", "DEAD", "QUEUED"] as const)
    expect(await exit("status --exit-code", troubled(state))).toBe(0);
  expect(await exit("status --exit-code", full)).toBe(3);
  expect((await typed("status", swarmWith(full))).out).toContain("Degraded: the disk is full\n");
  const stuck = { botStatus: async () => ({ ...bot, state: "STUCK" }) };
  expect(await exit("status a --exit-code", stuck)).toBe(3);
});

test("a list is asked for page after page, up to what is wanted", async () => {
  const pages: unknown[] = [];
  const swarm = swarmWith({
    async listBots(input: { cursor?: string; limit: number }) {
      pages.push(input);
      const from = Number(input.cursor ?? 0);
      const bots = Array.from({ length: Math.min(input.limit, 2500 - from) }, (_, i) => ({
        ...bot,
        bot_id: `b${from + i}`,
      }));
      const next = from + bots.length;
      return { matched: 2500, bots, ...(next < 2500 && { next_cursor: String(next) }) };
    },
  });
  const all = await typed("ls team* --state RUNNING --sort -credits --query sol -o id", swarm);
  expect(all.out.split("\n")).toHaveLength(2501);
  expect(pages).toEqual(
    [undefined, "1000", "2000"].map((cursor) => ({
      bots: ["team*"],
      states: ["RUNNING"],
      sort: "-credits",
      query: "sol",
      limit: 1000,
      ...(cursor && { cursor }),
    })),
  );
  pages.length = 0;
  const few = await typed("ls --limit 1200", swarm);
  expect(few.out.split("\n")).toHaveLength(1202);
  expect(few.err).toBe("1200 of 2,500 bots\n");
  expect(pages).toMatchObject([{ limit: 1000 }, { limit: 200 }]);
  const { matched, bots } = JSON.parse(
    (await typed("ps --json --limit 3", swarm)).out,
  ) as typeof replies.listBots;
  expect([matched, bots.length]).toEqual([2500, 3]);
});

test("an id that names no bot is told, with its exit status; the others are listed", async () => {
  const swarm = swarmWith({ listBots: async () => ({ matched: 1, bots: [bot] }) });
  expect(await typed("ls a nix -o id", swarm)).toMatchObject({
    status: 5,
    out: "a\n",
    err: 'There is no bot "nix"\n',
  });
  expect((await typed("ls a nix --state RUNNING", swarm)).status).toBe(0);
  expect((await typed("ls a", swarm)).status).toBe(0);
});

test("a wide list has more columns, and on a terminal no row is wider than it", async () => {
  const busy = { ...bot, labels: { team: "red" }, activity: "x".repeat(300) };
  const swarm = swarmWith({ listBots: async () => ({ matched: 1, bots: [busy] }) });
  expect((await typed("ls", swarm)).out).toContain("x".repeat(300));
  expect((await typed("ls --wide", swarm)).out).toContain("team=red");
  expect((await typed("ls -o wide", swarm)).out).toBe((await typed("ls --wide", swarm)).out);
  const seen = (await typed("ls", { ...swarm, tty: 100 })).out.split("\n");
  expect(Math.max(...seen.map((line) => line.length))).toBe(100);
  expect(await typed("ls --sort nonsense")).toMatchObject({ status: 2, asked: [] });
  expect(await typed("ls", swarmWith({ listBots: async () => ({ matched: 0, bots: [] }) }))).toMatchObject({
    status: 0,
    out: "",
    err: "No bot is meant\n",
  });
});

test("a description is the sheet, the configuration and the last events, harmless", async () => {
  const swarm = swarmWith({
    botConfig: async () => ({
      bot_id: "a",
      config_name: "x.yaml",
      config: { session: { seed: 1, "k\u001b": ["\u009b"] } },
    }),
    botEvents: async () => ({
      ...replies.botEvents,
      events: [
        { type: "noted", at: 1_700_000_000_000, bot: "a", severity: "info", text: "\u001b]52;c;aGk=\u0007" },
        { type: "playing", at: 1_699_999_999_000, bot: "a" },
      ],
    }),
  });
  const { out } = await typed("describe a", swarm);
  expect(out).toContain('Configuration x.yaml\n  session:\n    seed: 1\n    k·: ["·"]\n');
  expect(out).toEndWith(
    "Last events\n  2023-11-14T22:13:19Z  playing\n  2023-11-14T22:13:20Z  noted  ·]52;c;aGk=·\n",
  );
  expect(JSON.parse((await typed("describe a --json", swarm)).out)).toMatchObject({
    bot: { bot_id: "a" },
    config_name: "x.yaml",
    events: [{ type: "noted" }, { type: "playing" }],
  });
});
