/** Fighters, mines, those who attack, and the loss of a ship. Wording: the recordings 08, 09 and 11. */
import type { Fact } from "../facts.ts";
import { amount } from "../prompts.ts";
import { matched } from "./sector.ts";

const damages =
  /^(?:Combat computer|The console|Shipboard Computers?) reports damages of ([\d,]{1,9}) battle points!$/;
const lost = /^Your .{1,40} has been destroyed!$/;
/** Told by whoever shot us down; somebody's name may say so, too, but not below this. */
const shotDown = /^.{1,45} destroyed your .{1,40}!!!$/;
const blownUp = "For getting blown up, you lost ";
const fled = /^You fled in your Escape Pod to sector (\d{1,5})$/;
const odds = /^Your fighters: ([\d,]{1,9}) vs\. theirs: ([\d,]{1,9})$/;
const toll = /^These fighters will let you pass for a toll of ([\d,]{1,13}) credits\.$/;
const wave = /^You lost ([\d,]{1,9}) fighter\(s\)$/;
const shot = /^Shipboard Computers (.{1,45}) destroyed ([\d,]{1,9}) (?:fighters|shield points)\.$/;
const avoiding = /^Sector (\d{1,5}) will now be avoided in future navigation calculations\.$/;

const said = new Map<string, Fact>([
  ["You have to destroy the fighters to remain in this sector.", { type: "fightersMet", toll: false }],
  [
    "You have to destroy the fighters or pay their toll to remain in this sector.",
    { type: "fightersMet", toll: true },
  ],
  ["Do you want to pay it? Yes", { type: "tollPaid" }],
  ["You don't have enough credits!", { type: "cannotPay" }],
  ["<Retreat>", { type: "retreated" }],
  ["Your *** Escape Pod *** has been destroyed!", { type: "podLost" }],
  ["The Ferrengi are on the move!", { type: "wanderersAbout", race: "ferrengi" }],
  ["The Alien Traders are on the move!", { type: "wanderersAbout", race: "alien" }],
]);

export function readTrouble(line: string, above: string): readonly Fact[] | undefined {
  if (line.length > 120) return undefined;
  const fact = said.get(line);
  if (fact) return [fact];
  switch (line[0]) {
    case "Y":
      return (
        matched(odds, line, ([, ours, theirs]) => ({
          type: "odds",
          ours: amount(ours!),
          theirs: amount(theirs!),
        })) ??
        matched(wave, line, ([, count]) => ({ type: "waveSent", lost: amount(count!) })) ??
        matched(fled, line, ([, sector]) => ({ type: "fledTo", sector: Number(sector) })) ??
        shipLost(line, above)
      );
    case "T":
      return (
        matched(toll, line, ([, credits]) => ({ type: "tollAsked", credits: amount(credits!) })) ??
        hurt(line) ??
        shipLost(line, above)
      );
    case "S":
      return (
        matched(shot, line, ([, by]) => ({ type: "shotAt", by: by! })) ??
        matched(avoiding, line, ([, sector]) => ({ type: "avoiding", sector: Number(sector) })) ??
        hurt(line) ??
        shipLost(line, above)
      );
    default:
      return hurt(line) ?? shipLost(line, above);
  }
}

const hurt = (line: string) =>
  matched(damages, line, ([, points]) => ({ type: "damaged", points: amount(points!) }));
const shipLost = (line: string, above: string): readonly Fact[] | undefined =>
  lost.test(line) || (above.startsWith(blownUp) && shotDown.test(line)) ? [{ type: "shipLost" }] : undefined;
