/** The door: the list of games, passwords, names, and being turned away. Wording: the recordings 02, 03, 09, 11 and 12. */
import type { Fact } from "../facts.ts";
import type { DisplayReader } from "./read.ts";
import { matched } from "./sector.ts";

const listed = /^<([A-Z])> (.{1,60}?) *$/;
const locked = /^You must wait for (\d{1,3}) day\(s\) to get back in\.$/;
const taken = /^Sorry, you cannot use the (?:name|word) .{1,60} in your name\.|its already in use\./;
/** Ways in which a host says that nobody, or nobody new, may come in. */
const refusals =
  /^(?:Game server is currently full\.|.{0,20}I'm sorry but the game is full.{0,40}|New player not allowed - game full.{0,40}|.{0,40}closed game.{0,40}|Failed to start game session.{0,40})$/;
/** One of these stands in each of them: looked for first, since every line that is nobody else's comes by. */
const refusalWords = ["full", "closed game", "Failed"];

const said = new Map<string, Fact>([
  ["Please enter a password for this game account.", { type: "passwordWanted", use: "new" }],
  ["Repeat password to verify.", { type: "passwordWanted", use: "new" }],
  ["A password is required to enter this game.", { type: "passwordWanted", use: "known" }],
  ["Invalid password.", { type: "passwordWrong" }],
  ["Invalid password!", { type: "passwordWrong" }],
  ["Passwords didn't match.  Try again.", { type: "passwordWrong" }],
  ["INACTIVITY WARNING:", { type: "idleWarning" }],
  ["CRITICAL INACTIVITY:  Your session has been terminated.", { type: "idleOut" }],
]);

export function createLobbyReader(): DisplayReader {
  /** Inside the list of games; ports and shops have menus of the same form. */
  let listing = false;
  return (line) => {
    if (line.startsWith("TradeWars Game Server ")) listing = true;
    else if (line.startsWith("<Q> ")) listing = false;
    return line.length > 120 ? undefined : readLobby(line, listing);
  };
}

function readLobby(line: string, listing: boolean): readonly Fact[] | undefined {
  const fact = said.get(line);
  if (fact) return [fact];
  switch (line[0]) {
    case "<":
      if (!listing) return undefined;
      return matched(listed, line, ([, letter, name]) => ({
        type: "gameListed",
        letter: letter!,
        name: name!,
      }));
    case "Y":
      if (line.startsWith("You must wait"))
        return matched(locked, line, ([, days]) => ({ type: "lockedOut", days: Number(days) }));
      break;
    case "S":
      if (taken.test(line)) return [{ type: "nameRefused" }];
      break;
  }
  if (line.endsWith("module now loading.")) return [{ type: "gameLoading" }];
  return refusalWords.some((words) => line.includes(words)) && refusals.test(line)
    ? [{ type: "gameRefused", text: line.trim() }]
    : undefined;
}
