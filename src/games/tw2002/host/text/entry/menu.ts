/** What stands behind the letters of a game's front menu, and what a trader is told on coming back. */
import type { GameSettings } from "../../settings.ts";
import type { Mail } from "../../things.ts";
import { commas, gameDate, shortDate } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { rankHeading, type Ranked, rankLine } from "../computer/ranks.ts";

export const nowLeaving = (paper: Paper) =>
  paper.put`\n~m...Now leaving ~BTrade Wars 2002 ~mand returning to system.\n\n`;

export const instructionsHint = (paper: Paper) =>
  paper.put`\n~C...These pages end early with the space bar while they scroll,
~Cor with A at a [Pause].\n\n`;

/** Our own account of the game, a page at a time. */
export const instructions: readonly ((paper: Paper) => void)[] = [
  (paper) => paper.put`~g                     TRADE WARS 2002
~g
~gYou are given a ship, a handful of fighters and a little money.  Ports all
~gover the galaxy buy some of three goods and sell the others: Fuel Ore,
~gOrganics and Equipment.  Look for two ports close together of which each
~gsells what the other buys, and fly between them.
~g
~gPrices are a matter of haggling.  A port names its price; offer a little
~gless when you buy and a little more when you sell, and do not insult it.
~gGood bargains bring experience, and experience brings better prices.
~g
~gEvery warp and every docking takes turns, and there are only so many a day.
`,
  (paper) => paper.put`~gSectors 1 to 10 and the sector of the StarDock are watched by the Federation
~gand safe for beginners.  Elsewhere look out for fighters and mines, and for
~gother traders.
~g
~gAt the StarDock there are ships, equipment, a bank, a tavern and the police.
~gPlanets can be made, settled and fortified; corporations share what they own.
~g
~gType ~Y?~g at any prompt for its commands.
`,
];

/** M of the menu, and the key that asks for the same on board. */
export const accessModes =
  ({ password, closed }: GameSettings) =>
  (paper: Paper) => {
    paper.put`\n~MThis game allows ~Yunlimited multiplayer access~M.\n`;
    // Of private and closed games there is no recording.
    if (password !== "") paper.put`~MIt is a ~Yprivate game~M: a password is asked at its door.\n`;
    if (closed) paper.put`~MIt is a ~Yclosed game~M: nobody can start a new character.\n`;
    paper.line();
  };

const scoresShown = 20;

/** H: the best, as the computer lists them by rank. No recording shows this screen. */
export const highScores = (best: readonly Ranked[], at: number, yearsAhead: number) => (paper: Paper) => {
  rankHeading("Trader", false, at, yearsAhead)(paper);
  for (const [index, who] of best.slice(0, scoresShown).entries()) rankLine(index + 1, who, false)(paper);
  if (best.length === 0) paper.put`~gNobody has made a name for himself yet.\n`;
  paper.line();
};

// ---- coming back

export const askOldPassword = (paper: Paper) => paper.put`~YA password is required to enter this game.\n\n`;
export const invalidPassword = (paper: Paper) => paper.put`\n~!Invalid password.\n\n`;

/** Why he is not let in yet, and for how many days. */
export const mustWait = (death: string, days: number) => (paper: Paper) =>
  paper.put`~!${death}\n~gYou must wait for ~Y${days}~g day(s) to get back in.\n`;

/** When he was here before, and the heading of his messages. The day's wording is ours. */
export const lastHere = (today: boolean, last: number, yearsAhead: number) => (paper: Paper) => {
  if (today) paper.put`~YYou have been on today.\n`;
  else paper.put`~YYou were last on ${shortDate(last, yearsAhead)}.\n`;
  paper.put`~gSearching for messages received since your last time on~Y:\n`;
};

export const noMessages = (paper: Paper) => paper.put`~gNo messages received.\n`;

/** One message with its heading. No recording shows one: the heading is ours. */
export const mailLines =
  ({ at, from, text }: Mail, yearsAhead: number) =>
  (paper: Paper) => {
    paper.put`\n~gFrom ~C${from}~g, ~m${gameDate(at, yearsAhead)}\n`;
    for (const line of text.split("\n")) paper.put`~y${line}\n`;
  };

export const youHaveTurns = (turns: number) => (paper: Paper) =>
  paper.put`\n~yYou have ~Y${turns} ~yturns this Stardate.\n`;

export const taxTime = (tax: number, rate: number, points: number) => (paper: Paper) =>
  paper.put`\n~!Tax time!~0~C You are being taxed ~Y${commas(tax)}~C credits (${Math.round(rate * 100)}%)
~Cto help support the Federation's struggle against the Ferrengi.
~gFor this generous contribution your alignment went up by ~Y${points}~g point(s).\n`;

/** Our words, as are those below: no recording shows a limit of time. */
export const noTimeLeft = (paper: Paper) => paper.put`~RYou have used up your time for today.\n`;
export const timeIsUp = (paper: Paper) => paper.put`~RTIME LIMIT:  ~!Your time for today is used up.\n`;
export const oneMinuteLeft = (paper: Paper) =>
  paper.put`~RTIME LIMIT:\n~C  You have ~!One ~0~Cminute left today.\n`;
