/** Fighters, mines and the loss of a ship. Wording: the recordings 08, 09 and 11. */
import type { Fact } from "../facts.ts";
import { amount } from "../prompts.ts";

const damages =
  /^(?:Combat computer|The console|Shipboard Computers?) reports damages of ([\d,]{1,9}) battle points!$/;
const lost = /^(?:Your .{1,40} has been destroyed!|.{1,45} destroyed your .{1,40}!!!)$/;
const fled = /^You fled in your Escape Pod to sector (\d{1,5})$/;

export function readTrouble(line: string): readonly Fact[] | undefined {
  if (line.length > 120) return undefined;
  if (line.startsWith("You have to destroy the fighters")) return [{ type: "fightersMet" }];
  const hurt = damages.exec(line);
  if (hurt) return [{ type: "damaged", points: amount(hurt[1]!) }];
  if (line === "Your *** Escape Pod *** has been destroyed!") return [{ type: "podLost" }];
  if (lost.test(line)) return [{ type: "shipLost" }];
  const to = fled.exec(line);
  return to ? [{ type: "fledTo", sector: Number(to[1]) }] : undefined;
}
