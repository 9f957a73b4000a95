/** What bots chose to do, and why. */
import { z } from "zod";
import { BotId } from "../ids.ts";
import { define, OneBot } from "../operation.ts";

/** One thing that a bot chose to do, and why. */
const Decision = z.object({
  at: z.int(),
  /** What kind of thing, by the game's own name: "trade". */
  intent: z.string(),
  /** In words. Parts of it may come from the game. */
  why: z.string(),
  /** Where it was then; 0 when it did not know. */
  sector: z.int(),
});

export const deciding = {
  botDecisions: define({
    summary: "What a bot chose to do last, and why, newest first",
    http: ["GET", "/bot/:bot_id/decisions"],
    success: 200,
    cli: "decisions",
    writes: false,
    input: OneBot,
    output: z.object({ bot_id: BotId, decisions: z.array(Decision) }),
  }),
} as const;
