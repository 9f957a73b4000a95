/** What bots can be told: one of them, or all that a selection names. */
import { z } from "zod";
import { BotId } from "../ids.ts";
import { define, OneBot, Pid, whole } from "../operation.ts";
import { goalMaxChars } from "../orders.ts";
import { refusalCodes, type RefusalCode } from "../refusal.ts";
import { selectionShape } from "../selection.ts";
import { BotStatus } from "../status.ts";
import { Keys } from "../terminal.ts";
import { ScreenShot } from "../terminal-view.ts";

/** What came of an order: in the bot's hands already, or kept until the bot can take it. */
export const OrderReceipt = z.object({
  bot_id: BotId,
  order: z.enum(["delivered", "queued"]),
  state: BotStatus.shape.state,
  goal: z.string().optional(),
});
export type OrderReceipt = z.infer<typeof OrderReceipt>;

export const orderActions = ["pause", "resume", "restart", "kill", "goal"] as const;
export type OrderAction = (typeof orderActions)[number];

const Goal = z
  .string()
  .trim()
  .min(1, "expected a goal, found nothing")
  .max(goalMaxChars)
  .regex(/^\P{Cc}*$/u, "expected text without control characters");

/** What came of an order for one of many bots: done or kept for it, or why not. */
export const OrderOutcome = z.object({
  bot_id: BotId,
  ok: z.boolean(),
  state: BotStatus.shape.state.optional(),
  order: OrderReceipt.shape.order.optional(),
  code: z.enum(Object.keys(refusalCodes) as [RefusalCode, ...RefusalCode[]]).optional(),
  detail: z.string().optional(),
});
export type OrderOutcome = z.infer<typeof OrderOutcome>;

/** Longest time that `sendKeys` looks on before it answers, in milliseconds. */
export const sendWaitMaxMs = 20_000;

export const steering = {
  pauseBot: define({
    summary: "Hold a bot at its next safe prompt",
    http: ["POST", "/bot/:bot_id/pause"],
    success: 200,
    cli: "pause",
    mcp: {
      name: "tw2002_pause_bot",
      title: "Pause a bot",
      destructive: false,
      idempotent: true,
      openWorld: true,
    },
    writes: true,
    input: OneBot,
    output: OrderReceipt,
  }),
  resumeBot: define({
    summary: "Let a paused bot go on",
    http: ["POST", "/bot/:bot_id/resume"],
    success: 200,
    cli: "resume",
    mcp: {
      name: "tw2002_resume_bot",
      title: "Resume a bot",
      destructive: false,
      idempotent: true,
      openWorld: true,
    },
    writes: true,
    input: OneBot,
    output: OrderReceipt,
  }),
  stepBot: define({
    summary:
      "Let a paused bot do one thing and stand still again; one that plays is paused after its present one",
    http: ["POST", "/bot/:bot_id/step"],
    success: 200,
    cli: "step",
    writes: true,
    input: OneBot,
    output: OrderReceipt,
  }),
  setGoal: define({
    summary: "Give a bot a goal: profit, exploration, combat, banking, auto, or words of your own",
    http: ["POST", "/bot/:bot_id/set-goal"],
    success: 200,
    cli: "set-goal",
    mcp: {
      name: "tw2002_set_bot_goal",
      title: "Set a bot's goal",
      destructive: false,
      idempotent: true,
      openWorld: true,
    },
    writes: true,
    input: z.strictObject({
      bot_id: BotId,
      goal: Goal,
    }),
    output: OrderReceipt,
  }),
  restartBot: define({
    summary: "Start a bot's worker anew: it logs off first; one that has ended begins again",
    http: ["POST", "/bot/:bot_id/restart"],
    success: 202,
    cli: "restart",
    mcp: {
      name: "tw2002_restart_bot",
      title: "Restart a bot",
      destructive: true,
      idempotent: false,
      openWorld: true,
    },
    writes: true,
    input: OneBot,
    output: z.object({ bot_id: BotId, state: BotStatus.shape.state, pid: Pid }),
  }),
  killBot: define({
    summary: "Stop a bot for good: it logs off, its process ends",
    http: ["DELETE", "/bot/:bot_id"],
    success: 200,
    cli: "kill",
    mcp: {
      name: "tw2002_kill_bot",
      title: "Kill a bot",
      destructive: true,
      idempotent: true,
      openWorld: true,
    },
    writes: true,
    input: OneBot,
    output: z.object({ killed: BotId }),
  }),
  killAll: define({
    summary: "Stop every bot",
    http: ["POST", "/swarm/kill-all"],
    success: 200,
    cli: "kill-all",
    mcp: {
      name: "tw2002_kill_all",
      title: "Kill every bot",
      destructive: true,
      idempotent: true,
      openWorld: true,
    },
    writes: true,
    input: z.strictObject({}),
    output: z.object({ killed: z.array(BotId), count: z.int() }),
  }),
  clearSwarm: define({
    summary: "Take the bots that have ended off the list",
    http: ["POST", "/swarm/clear"],
    success: 200,
    cli: "clear",
    writes: true,
    input: z.strictObject({}),
    output: z.object({ cleared: z.int(), bot_ids: z.array(BotId) }),
  }),
  orderBots: define({
    summary:
      "Pause, resume, restart, kill or give a goal to every bot of a selection, and tell what came of each",
    http: ["POST", "/swarm/order"],
    success: 200,
    cli: "order",
    mcp: {
      name: "tw2002_order_bots",
      title: "Order many bots at once",
      destructive: true,
      idempotent: false,
      openWorld: true,
    },
    writes: true,
    /** A selection must be given, if only `bots: ["all"]`. */
    input: z
      .strictObject({ action: z.enum(orderActions), goal: Goal.optional(), ...selectionShape })
      .refine(({ action, goal }) => (action === "goal") === (goal !== undefined), {
        path: ["goal"],
        message: 'expected with the action "goal", and with no other',
      })
      .refine(({ bots, states, labels }) => bots ?? states ?? labels, {
        path: ["bots"],
        message: 'expected bots, states or labels; "all" for every bot',
      }),
    /** One outcome for each bot that was meant, in the swarm's order, then for each id that names none. */
    output: z.object({
      action: z.enum(orderActions),
      matched: z.int(),
      failed: z.int(),
      results: z.array(OrderOutcome),
    }),
  }),
  sendKeys: define({
    summary: "Type keys into a bot's game: it waits at a safe prompt meanwhile, then goes on",
    http: ["POST", "/bot/:bot_id/send"],
    success: 200,
    cli: "send",
    writes: true,
    input: z.strictObject({
      bot_id: BotId,
      /** Enter is "\r". */
      keys: Keys,
      /** The screen is told when nothing has been written for so long. */
      quiet_ms: whole(50, 5000).default(500),
    }),
    output: z.object({ bot_id: BotId, ...ScreenShot.shape }),
  }),
} as const;
