/**
 * Recordings of a connection, one JSON object a line: `t` seconds since it began, `d` who speaks, `hex` the bytes as they crossed the
 * wire (CP437, ANSI, telnet). S server, C client, L a label for what follows, X the connection's end, H where the recording comes from.
 */
import { z } from "zod";

const seconds = z.number().min(0);
const hex = z.string().regex(/^(?:[0-9a-f]{2})*$/i, "expected bytes as pairs of hexadecimal digits");

export const RecordingLine = z.discriminatedUnion("d", [
  z.object({ t: seconds, d: z.enum(["S", "C"]), hex }),
  z.object({ t: seconds, d: z.literal("L"), label: z.string() }),
  z.object({ t: seconds, d: z.literal("X") }),
  z.object({ t: seconds, d: z.literal("H"), source: z.string().optional() }),
]);
export type RecordingLine = z.infer<typeof RecordingLine>;
