/** How a bot is called. */
import { z } from "zod";

/** A bot id: also a folder name, so nothing else may pass. */
export const BotId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "expected a bot id: 1 to 64 of a-z, 0-9, _ and -");
export type BotId = z.infer<typeof BotId>;

/** Under this name events tell of the models that advise bots. No bot has it. */
export const advisorName = "advisor";
