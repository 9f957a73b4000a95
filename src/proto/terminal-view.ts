/** What a viewer of /ws/bot/:bot_id/terminal hears and says, and a screen as it stands (see terminal.ts). */
import { z } from "zod";
import { Keys, terminalRingMax } from "./terminal.ts";

export const screenRows = 25;
export const screenColumns = 80;

/** A screen as it stands. */
export const ScreenShot = z.object({
  /** Rows of text without colour, blanks at their ends cut off. */
  rows: z.array(z.string().max(screenColumns)).max(screenRows),
  /** Counted from 0. */
  cursor: z.object({ row: z.int().min(0), column: z.int().min(0) }),
  /** When something last changed on it, in milliseconds since 1970. */
  at: z.int(),
  /** False when the bot has no line to the game: then this is what was last seen. */
  live: z.boolean(),
});
export type ScreenShot = z.infer<typeof ScreenShot>;

/** To a viewer. */
export const TerminalTold = z.discriminatedUnion("type", [
  /** What the game wrote. `fresh`: what was known before counts no more, the screen begins anew. */
  z.object({
    type: z.literal("shown"),
    text: z.string().max(terminalRingMax),
    fresh: z.boolean().optional(),
  }),
  /** Whether the bot has a line to its game now, for those who watch. */
  z.object({ type: z.literal("line"), live: z.boolean() }),
  /** The keys are this viewer's; the bot stands at a prompt. */
  z.object({ type: z.literal("taken") }),
  /** They are not, or no more. The reason is for people. */
  z.object({ type: z.literal("given"), reason: z.string().max(400) }),
  /** Somebody else has the keys, or nobody any more. */
  z.object({ type: z.literal("held"), by_other: z.boolean() }),
]);
export type TerminalTold = z.infer<typeof TerminalTold>;

/** From a viewer. */
export const TerminalAsked = z.discriminatedUnion("type", [
  z.object({ type: z.literal("take") }),
  z.object({ type: z.literal("type"), keys: Keys }),
  /** The holder is still there. */
  z.object({ type: z.literal("beat") }),
  z.object({ type: z.literal("give") }),
]);
export type TerminalAsked = z.infer<typeof TerminalAsked>;

export const terminalSocketPath = (bot: string): string => `/ws/bot/${encodeURIComponent(bot)}/terminal`;
/** The bot whose terminal is at this path; undefined where no terminal is. Ids have no character that must be written otherwise. */
export const terminalSocketBot = (path: string): string | undefined =>
  /^\/ws\/bot\/([^/]+)\/terminal$/.exec(path)?.[1];
