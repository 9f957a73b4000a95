import type { ClientCapabilities } from "@modelcontextprotocol/server";
import { describe, expect, test } from "bun:test";
import { consentTo } from "../../../src/control/mcp/consent.ts";
import type { OperationInput } from "../../../src/proto/operations.ts";
import { selects } from "../../../src/proto/selection.ts";
import type { BotState } from "../../../src/proto/status.ts";
import { bot, replies, status } from "../../doubles/scribe.ts";
import { assistant, eras } from "./rig.ts";

/** One of them is stuck, ten have ended. */
const bots = Array.from({ length: 60 }, (_, i) => ({
  ...bot,
  bot_id: `bot_${String(i).padStart(2, "0")}`,
  state: (i === 0 ? "STUCK" : i < 50 ? "RUNNING" : "DEAD") as BotState,
}));
const by_state = { ...status.by_state, STUCK: 1, RUNNING: 49, DEAD: 10 };
const crowd = {
  swarmTotals: () => ({ ...replies.swarmTotals, total_bots: 60, by_state }),
  listBots({ limit, ...selection }: OperationInput<"listBots">) {
    const meant = bots.filter(selects(selection));
    return { matched: meant.length, bots: meant.slice(0, limit) };
  },
};
const mass = [
  ["tw2002_kill_all", {}, "killAll", "kill all 50 bots"],
  [
    "tw2002_order_bots",
    { action: "kill", bots: ["all"] },
    "orderBots",
    "kill 50 bots: bot_00, bot_01, bot_02, bot_03, bot_04 and more",
  ],
  [
    "tw2002_order_bots",
    { action: "restart", bots: ["bot_*"] },
    "orderBots",
    "restart 60 bots: bot_00, bot_01, bot_02, bot_03, bot_04 and more",
  ],
  ["tw2002_scale_swarm", { count: 3 }, "scaleSwarm", "kill the youngest 47 bots"],
] as const;

describe.each(eras)("in the %s era, what ends many bots", (era) => {
  test("is done once the user has agreed", async () => {
    for (const [name, args, operation, deed] of mass) {
      const on = await assistant({
        era,
        swarm: crowd,
        user: () => ({ action: "accept", content: { confirm: true } }),
      });
      expect((await on.call(name, args)).isError).toBe(false);
      expect(on.questions).toEqual([`Really ${deed}?`]);
      expect(on.asked.map(([operation]) => operation)).toContain(operation);
      await on.close();
    }
  });

  test.each([
    ["said no", { action: "decline" }],
    ["closed the question", { action: "cancel" }],
    ["said no", { action: "accept", content: { confirm: false } }],
  ] as const)("is not done when the user %s, whatever the model vouches for", async (how, answer) => {
    for (const [name, args, operation] of mass) {
      const on = await assistant({ era, swarm: crowd, user: () => answer });
      const { isError, text } = await on.call(name, { ...args, confirm: true });
      expect([isError, text]).toEqual([true, expect.stringContaining(`the user ${how}`)]);
      expect(text).toStartWith("Nothing was done");
      expect(on.questions.length).toBe(1);
      expect(on.asked.map(([operation]) => operation)).not.toContain(operation);
      await on.close();
    }
  });

  test("needs the word of the model where the client cannot ask", async () => {
    for (const [name, args, operation, deed] of mass) {
      const on = await assistant({ era, swarm: crowd });
      const { isError, text } = await on.call(name, args);
      expect([isError, text]).toEqual([true, expect.stringContaining("confirm: true")]);
      expect(text).toContain(deed);
      expect(on.asked.map(([operation]) => operation)).not.toContain(operation);
      expect((await on.call(name, { ...args, confirm: true })).isError).toBe(false);
      const [, input] = on.asked.find(([name]) => name === operation)!;
      expect(input).not.toHaveProperty("confirm");
      await on.close();
    }
  });

  test("is asked about by no tool that ends one bot, or none", async () => {
    const on = await assistant({ era, swarm: crowd, user: () => ({ action: "decline" }) });
    for (const [name, args] of [
      ["tw2002_kill_bot", { bot_id: "a" }],
      ["tw2002_restart_bot", { bot_id: "a" }],
      ["tw2002_order_bots", { action: "kill", states: ["STUCK"] }],
      ["tw2002_order_bots", { action: "kill", states: ["DEAD", "FAILED"] }],
      ["tw2002_order_bots", { action: "pause", bots: ["all"] }],
      ["tw2002_order_bots", { action: "goal", goal: "banking", bots: ["all"] }],
      ["tw2002_scale_swarm", { count: 49 }],
      ["tw2002_scale_swarm", { count: 100 }],
    ] as const)
      expect([name, (await on.call(name, args)).isError]).toEqual([name, false]);
    expect(on.questions).toEqual([]);
    await on.close();
  });
});

test("an answer stands for the deed that was asked about, and no other", () => {
  const able = { elicitation: { form: {} } };
  const asked = consentTo("kill 12 bots", undefined, { capabilities: able, responses: undefined });
  if (asked.type !== "asks") throw new Error("It did not ask");
  const [key] = Object.keys(asked.result.inputRequests!);
  const responses = { [key!]: { action: "accept", content: { confirm: true } } };
  expect(consentTo("kill 12 bots", undefined, { capabilities: able, responses }).type).toBe("given");
  expect(consentTo("kill 13 bots", undefined, { capabilities: able, responses }).type).toBe("asks");
});

test("a client that asks by links alone cannot ask", () => {
  const type = (elicitation?: { form?: object; url?: object }) =>
    consentTo("kill 2 bots", undefined, {
      capabilities: elicitation && ({ elicitation } as ClientCapabilities),
      responses: undefined,
    }).type;
  expect([type(), type({ url: {} }), type({}), type({ form: {} }), type({ form: {}, url: {} })]).toEqual([
    "refused",
    "refused",
    "asks",
    "asks",
    "asks",
  ]);
});
