/** What a sysop can ask of a running host, one JSON object a line, and what comes back. */
import { z } from "zod";

const letter = z.string().regex(/^[A-PR-Z]$/);
const number = z.int().min(1).max(20_000);

export const HostRequest = z.discriminatedUnion("op", [
  z.strictObject({ op: z.literal("who") }),
  z.strictObject({ op: z.literal("kick"), name: z.string().min(1).max(40) }),
  z.strictObject({
    op: z.literal("broadcast"),
    text: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[\x20-\x7e]*$/, "expected plain ASCII without control characters"),
  }),
  z.strictObject({ op: z.literal("reset"), game: letter }),
  z.strictObject({
    op: z.literal("inspect"),
    game: letter,
    what: z.discriminatedUnion("of", [
      z.strictObject({ of: z.literal("summary") }),
      z.strictObject({ of: z.literal("sector"), number }),
      z.strictObject({ of: z.literal("port"), number }),
      z.strictObject({ of: z.literal("player"), name: z.string().min(1).max(40) }),
      z.strictObject({ of: z.literal("pairs"), top: z.int().min(1).max(1000) }),
    ]),
  }),
]);
export type HostRequest = z.infer<typeof HostRequest>;
export type HostQuestion = Extract<HostRequest, { op: "inspect" }>["what"];

export const HostReply = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
export type HostReply = z.infer<typeof HostReply>;
