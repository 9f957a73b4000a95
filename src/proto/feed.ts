/**
 * What /ws/events tells: each event of the swarm as it is kept, from the moment the viewer came; with `?severity=` nothing less grave than
 * that. What was before is asked of `swarmEvents`.
 */
import { z } from "zod";

export const feedSocketPath = "/ws/events";

export const severities = ["info", "warning", "error"] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

/** What a viewer at this address wants to hear of; all where it does not say, or says what is none. */
export const feedSeverity = (url: URL): Severity =>
  severities.find((one) => one === url.searchParams.get("severity")) ?? "info";

/** An event as people are told it: what it is by itself, how grave it is, and in words. */
export const ToldEvent = z
  .object({
    type: z.string(),
    bot: z.string(),
    /** Milliseconds since 1970. */
    at: z.int(),
    severity: Severity,
    /** In words, on one line. Parts of it may come from the game. */
    text: z.string(),
  })
  .loose();
export type ToldEvent = z.infer<typeof ToldEvent>;

/** To a viewer: a batch of what happened, oldest first. `missed`: so many were left out, for there were too many at once. */
export const FeedTold = z.object({
  type: z.literal("events"),
  events: z.array(ToldEvent),
  missed: z.int().optional(),
});
export type FeedTold = z.infer<typeof FeedTold>;
