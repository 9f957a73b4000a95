/**
 * What crosses the one channel between a manager and a process that houses many bots: in both directions lists of pairs, whose message it
 * is and what it says. What a worker of its own says and is told goes through as it is (link.ts, orders.ts); beside it there is what
 * concerns the seat. Once that channel is gone each bot has a line of its own, as all workers have.
 */
import { z } from "zod";
import { BotId } from "./ids.ts";

/** Arguments by which this program knows that it is one; its folder follows, for people who look at the processes. */
export const packWords = ["worker", "--seats"] as const;
/** Most seats of one process. */
export const seatsMax = 2000;
/** Pairs in one list, at most. */
export const pairsMax = 10_000;

export const Pairs = z.array(z.tuple([BotId, z.unknown()])).max(pairsMax);
export type Pairs = [bot: string, message: unknown][];

/** From the manager, about a seat. */
export const SeatOrder = z.discriminatedUnion("type", [
  /** That bot is to live there; its configuration lies in its folder, an absolute path. */
  z.object({ type: z.literal("seat"), folder: z.string().min(1).max(4096) }),
  /** Its line is closed: it dials another. */
  z.object({ type: z.literal("unlink") }),
]);
export type SeatOrder = z.infer<typeof SeatOrder>;

/** From the process: the bot is not there any more. `code`: the exit status that it would have had as a process. */
export const SeatLeft = z.object({ type: z.literal("left"), code: z.int() });
export type SeatLeft = z.infer<typeof SeatLeft>;
