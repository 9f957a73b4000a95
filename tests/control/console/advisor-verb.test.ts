import { expect, test } from "bun:test";
import { replies, scribe } from "../../doubles/scribe.ts";
import { typed, type Scene } from "../../doubles/console.ts";
import type { OperationOutput } from "../../../src/proto/operations.ts";

type Known = OperationOutput<"advisor">;
const told = (change: Partial<Known>, line = "advisor", scene: Scene = {}) =>
  typed(line, {
    ...scene,
    doors: {
      swarm: async () => ({ ...scribe().swarm, advisor: async () => ({ ...replies.advisor, ...change }) }),
    },
  });

test("models, what is used of their budgets, and what plans earn are told in lines", async () => {
  const { out, status } = await told({});
  expect(status).toBe(0);
  expect(out.split("\n").map((line) => line.replaceAll(/ {2,}/g, "  ").trim())).toEqual([
    "MODEL  STATE  WAIT  CALLS  CALLS/MIN  TODAY  TOKENS  COST  MEDIAN  P95",
    "openai_compatible a mind  away until 2023-11-14T22:14:00Z  3+1  1,200  12/30  700  1,400,000/2,000,000  0.75/2.50  1.9s  4.2s",
    "",
    "PLAYED BY  BOTS  TURNS  CREDITS  CR/TURN",
    "plans  4  4,000  400,000  100.00",
    "rules, until a plan is there  0  500  30,000  60.00",
    "rules, the model having failed  1  200  -50  -0.25",
    "",
    "60 plans asked for, 50 taken; turned down: 2 leads into danger, 1 earns too little; none came: 7 no answer in time",
    "No plans from a mind: 4 no answer in time, 1 no plans in the answer",
    "Last error of a mind: No answer within 30 s",
    "",
  ]);
});

test("the answer is whole as JSON, and asks with nothing", async () => {
  const { out, asked } = await typed("advisor --json");
  expect(JSON.parse(out)).toEqual(replies.advisor);
  expect(asked).toEqual([["advisor", {}]]);
});

test("a service's words do no harm to a terminal", async () => {
  const [one] = replies.advisor.advisors;
  const { out } = await told({
    advisors: [{ ...one!, model: "x\u001b[2J", last_error: "boom\u001b]0;title\u0007" }],
  });
  expect(out).toContain("x·[2J");
  expect(out).toContain("Last error of x·[2J: boom·]0;title·\n");
  expect(out).not.toMatch(/[\u001b\u0007]/);
});

test("a model that is there is green, one that is away red, one whose budget is spent yellow", async () => {
  const [one] = replies.advisor.advisors;
  const inkOf = async (state: "ready" | "away" | "spent") => {
    const { out } = await told({ advisors: [{ ...one!, state }] }, "advisor --color always");
    return new RegExp(`\u001b\\[(\\d+)m${state}`).exec(out)?.[1];
  };
  expect([await inkOf("ready"), await inkOf("away"), await inkOf("spent")]).toEqual(["32", "31", "33"]);
});

test("where nobody asks, it is said so", async () => {
  const { bots } = replies.advisor;
  expect((await told({ advisors: [], bots: { ...bots, asked: 0 } })).out).toBe(
    "No bot has asked a model yet\n",
  );
  // A manager that has just begun knows no model yet, while its bots have played by plans.
  expect((await told({ advisors: [] })).out).toStartWith("PLAYED BY");
});
