import { describe, expect, test } from "bun:test";
import { processFacts, traderFacts, tradeOf, whyOf } from "../../src/dashboard/pages/bot-words.ts";
import type { ToldEvent } from "../../src/proto/feed.ts";
import { botStates, type BotStatus } from "../../src/proto/status.ts";

const now = 1_000_000_000;
const bot = (over: Partial<BotStatus> = {}): BotStatus => ({
  bot_id: "bot_1",
  state: "RUNNING",
  linked: true,
  config: "demo",
  strategy: "opportunistic",
  goal: "profit",
  activity: "trading at 991",
  sector: 991,
  credits: 5000,
  credits_start: 300,
  turns_executed: 10,
  turns_max: 0,
  holds: 20,
  experience: 1,
  trades_executed: 3,
  trade_attempts: 4,
  sectors_explored: 5,
  ports_known: 2,
  uptime_seconds: 61,
  credits_per_turn: 1.5,
  net_worth: 6000,
  restarts: 0,
  ...over,
});

describe("why a bot is in its state", () => {
  test("is a sentence for every state", () => {
    for (const state of botStates) expect(whyOf(bot({ state }), now)).toMatch(/^[A-Z].{5,}$/);
  });
  test("tells what it does, what it waits for, and who has its keys", () => {
    expect(whyOf(bot(), now)).toBe("Trading at 991");
    expect(whyOf(bot({ waits: true, activity: "turns" }), now)).toBe("Waits: turns");
    expect(whyOf(bot({ taken: true }), now)).toContain("somebody has its keys");
  });
  test("tells the error and when it begins again", () => {
    const crashed = bot({ state: "BACKOFF", error: "exit code 7\u001b[31m", next_start_at: now + 12_000 });
    expect(whyOf(crashed, now)).toBe("Crashed: exit code 7·[31m; started again in 12s");
  });
  test("tells who ended it", () => {
    expect(whyOf(bot({ state: "DEAD", activity: "killed by request" }), now)).toBe(
      "Was ended: killed by request",
    );
  });
  test("tells that its line is down, but not of one that has ended", () => {
    expect(whyOf(bot({ linked: false }), now)).toContain("line to the manager is down");
    expect(whyOf(bot({ linked: false, state: "DEAD", activity: "" }), now)).toBe("Was ended");
  });
});

describe("figures", () => {
  const valueOf = (
    facts: readonly { name: string; value: string; more?: string | undefined }[],
    name: string,
  ) => {
    const fact = facts.find((one) => one.name === name);
    return fact && [fact.value, fact.more];
  };
  test("that the game has not told yet are a dash, not a nought", () => {
    expect(valueOf(traderFacts(bot()), "Bank")).toEqual(["–", undefined]);
    expect(valueOf(traderFacts(bot({ bank: 0 })), "Bank")).toEqual(["0", undefined]);
    expect(valueOf(traderFacts(bot({ sector: 0 })), "Sector")).toEqual(["–", undefined]);
  });
  test("have beside them what they are measured by", () => {
    expect(valueOf(traderFacts(bot()), "Credits")).toEqual(["5,000", "+4.7K"]);
    expect(valueOf(traderFacts(bot()), "Turns")).toEqual(["10", undefined]);
    expect(valueOf(traderFacts(bot({ turns_max: 500, turns_left: 90 })), "Turns")).toEqual([
      "10",
      "of 500, 90 left today",
    ]);
  });
  test("of the process tell where the last order stands", () => {
    expect(valueOf(processFacts(bot(), now), "Order")).toBeUndefined();
    const ordered = bot({ order: { id: 1, type: "pause", state: "queued" } });
    expect(valueOf(processFacts(ordered, now), "Order")).toEqual(["pause: waits for the bot", undefined]);
  });
});

describe("a trade", () => {
  const traded = (over: Record<string, unknown>): ToldEvent => ({
    type: "traded",
    bot: "bot_1",
    at: 1,
    severity: "info",
    text: "",
    sector: 5,
    product: "Equipment",
    units: 20,
    credits: 950,
    ...over,
  });
  test("tells the price of a unit and which part of the best price was got", () => {
    expect(tradeOf(traded({ hidden: 1000, offers: 3 }))).toMatchObject({
      perUnit: 47.5,
      share: 0.95,
      offers: 3,
    });
  });
  test("of a buyer is the better the less he paid", () => {
    expect(tradeOf(traded({ credits: -1250, hidden: 1000 }))).toMatchObject({ perUnit: 62.5, share: 0.8 });
  });
  test("without a hidden price tells no part, and one without units divides by nothing", () => {
    expect(tradeOf(traded({}))).toMatchObject({ hidden: undefined, share: undefined });
    expect(tradeOf(traded({ units: 0, credits: 0, hidden: 0 }))).toMatchObject({
      perUnit: 0,
      share: undefined,
    });
  });
  test("is no other event", () => {
    expect(tradeOf(traded({ type: "noted" }))).toBeUndefined();
    expect(tradeOf(traded({ credits: "950" }))).toBeUndefined();
  });
});
