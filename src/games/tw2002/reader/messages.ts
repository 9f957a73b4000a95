/** What other people do and say. None of it steers anything. Wording: the recording 11. */
import type { Fact } from "../facts.ts";

const message = /^([FRP]) (\S.{0,5}) (.{1,160})$/;
const traffic =
  /^(.{1,45}) (warps into the sector|is powering up weapons systems|warps out of the sector)[.!]$/;
const channels = { F: "federation", R: "subspace", P: "hail" } as const;

export function readMessage(line: string): readonly Fact[] | undefined {
  if (line.length > 240) return undefined;
  // Nearly all lines are neither: two looks instead of two searches.
  const heard = line[1] === " " ? message.exec(line) : null;
  if (heard)
    return [
      {
        type: "message",
        channel: channels[heard[1] as "F" | "R" | "P"],
        from: heard[2]!.trimEnd(),
        text: heard[3]!,
      },
    ];
  const seen = line.endsWith(".") || line.endsWith("!") ? traffic.exec(line) : null;
  return seen ? [{ type: "traffic", who: seen[1]!, what: seen[2]! }] : undefined;
}
