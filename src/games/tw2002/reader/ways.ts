/** Moves that were refused and courses that were computed. Wording: the recordings 04, 10 and 17. */
import type { Fact } from "../facts.ts";
import { matched } from "./sector.ts";

const course =
  /^The shortest path \((\d{1,3}) hops?, (\d{1,5}) turns?\) from sector (\d{1,5}) to sector (\d{1,5}) is:$/;
const path = /^\(?\d{1,5}\)?(?: > \(?\d{1,5}\)?){1,60} *>? *$/;
const avoided = /^[^A-Za-z]{0,60}DANGER! You have marked sector (\d{1,5}) to be avoided!$/;
const said = new Map<string, Fact>([
  ["That Warp Lane is not adjacent.", { type: "notAdjacent" }],
  ["Illegal number.", { type: "illegalNumber" }],
  ["You are already in that sector!", { type: "alreadyThere" }],
  ["You don't have enough turns left.", { type: "noTurns" }],
  ["You don't have any turns left.", { type: "noTurns" }],
]);

export function readWays(line: string): readonly Fact[] | undefined {
  switch (line[0]) {
    case "T":
      if (line.startsWith("The shortest path"))
        return matched(course, line, ([, hops, turns, from, to]) => ({
          type: "course",
          from: Number(from),
          to: Number(to),
          hops: Number(hops),
          turns: Number(turns),
        }));
      break;
    case "*":
      if (line.startsWith("*** Error - No route within")) return [{ type: "noRoute" }];
      break;
  }
  if (line.includes(" > ") && path.test(line))
    return [{ type: "path", sectors: line.match(/\d{1,5}/g)!.map(Number) }];
  if (line.includes("DANGER!"))
    return matched(avoided, line, ([, sector]) => ({ type: "avoided", sector: Number(sector) }));
  const fact = said.get(line);
  return fact && [fact];
}
