/** What is said in the Tavern. The keys, prompts and refusals that are recorded are the game's, all the talk is ours. */
import type { Mail } from "../../things.ts";
import { commas, shortDate } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { clearScreen } from "./places.ts";

export const taproom = (paper: Paper) =>
  paper.put`\n\n${clearScreen}~b\xda\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xbf
~b\xb3 ~Y\xdc  ~R\xdc ~G\xdc  ~Y\xdc ~R\xdc  ~M\xdc ~Y\xdc   ~b\xb3  ~WSmoke, noise, and a floor that holds your boots
~b\xb3 ~y\xdb  ~r\xdb ~g\xdb  ~y\xdb ~r\xdb  ~m\xdb ~y\xdb   ~b\xb3  ~Wlonger than it should.  Everybody looks up when
~b\xb3~K\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf~b\xb3  ~Wyou come in, and nobody does when you sit down.
~b\xc0\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xd9~0\n\n\n`;

export const announcements = (posted: readonly Mail[], yearsAhead: number) => (paper: Paper) => {
  if (posted.length === 0) return paper.put`~gThere are no announcements posted.\n\n`;
  for (const { at, from, text } of posted) {
    paper.put`~g${shortDate(at, yearsAhead)} ~C${from}~g: ~Y${text}\n`;
  }
  paper.line();
};

export const askAnnouncement = (price: number) => (paper: Paper) =>
  paper.put`
~gThe barkeep hangs up a notice for ~Y${commas(price)}~g credits.
~mWhat should it say? (blank for nothing)\n~y`;
export const posted = (paper: Paper) => paper.put`~gYour words go up beside the others.\n`;

export const drinks: readonly (readonly [name: string, price: number, effect: string])[] = [
  ["Rigger's Ale", 5, "It is wet, and that is the best of it."],
  ["Stellar Stout", 12, "Dark, heavy, and gone before you have tasted it."],
  ["Rim Whisky", 30, "The room turns once around you and stops where it was."],
];
export const bar = (paper: Paper) => {
  paper.line();
  for (const [index, [name, price]] of drinks.entries()) {
    paper.put`~m<~g${index + 1}~m> ~C${name.padEnd(16)} ~Y${String(price).padStart(4)}\n`;
  }
  paper.put`\n~mWhat will it be? ~Y(1-${drinks.length}/Quit)~m `;
};
export const drunk = (effect: string) => (paper: Paper) => paper.put`~g${effect}\n`;

export const mealPrice = 20;
export const meal = (price: number) => (paper: Paper) =>
  paper.put`\n~gToday's dish is stew, as it was yesterday.\n~mWould you like some for ~Y${commas(price)}~m credits? `;
export const eaten = (paper: Paper) =>
  paper.put`~gIt was hot once.  You feel a little stronger, or a little sick.\n`;

/** Overheard at the next table: true, all of it. */
export const overheard: readonly string[] = [
  '"...so I let the port name its price, asked a little more, and it paid..."',
  '"...never leave a ship in FedSpace overnight, they tow it or they sell it..."',
  '"...a port that has just been emptied pays badly for a week..."',
  '"...two ports side by side, each with what the other wants, and I am rich..."',
  '"...a density scan costs no turn, and what weighs nothing is no trouble..."',
  '"...fighters were dearer when shields were cheap, it is always so..."',
  '"...a limpet on my hull for a month, and nobody but the dock told me..."',
];
export const eavesdrop = (line: string) => (paper: Paper) =>
  paper.put`\n~gYou lean back with your eyes closed and listen.\n~Y${line}\n`;

export const facilities = (paper: Paper) =>
  paper.put`\n~gThe walls are written over from floor to ceiling, mostly with sector numbers
~gand what somebody's mother would have said to that.\n`;

export const tableTaken = (paper: Paper) =>
  paper.put`\n~gAll three seats at the Tri-Cron table are taken, and nobody is about to get up.\n`;

export const chatting = (paper: Paper) =>
  paper.put`\n~gSpeak up, they can hear you all over the room:\n\n~m;~y`;
export const heard = (name: string, text: string) => (paper: Paper) =>
  paper.put`~mT ~C${name.slice(0, 6)} ~Y${text}\n`;
export const spoken = (listeners: number) => (paper: Paper) => {
  if (listeners === 0) paper.put`\n~mThere is nobody here but the barkeep.\n`;
  else paper.put`\n~mYou have been heard.\n`;
};

export const tavernHelp = (paper: Paper) =>
  paper.put`\n~gPost a notice, drink, eat, listen to the next table, or pay the old Trader in
~gthe back for what he knows: about the galaxy, or where another Trader is.\n`;
export const hastyExit = (paper: Paper) => paper.put`~gYou make a hasty exit from the Tavern.\n\n`;

// ---- the grimy Trader

export const noMore = (paper: Paper) => paper.put`\n~Y"Mind how you go, then."\n\n`;

export const grimy = (paper: Paper) =>
  paper.put`~C~0${clearScreen}~b\xda\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xbf
~b\xb3      ~r\xdc~y\xdc\xdc           ~b\xb3
~b\xb3     ~y\xde\xdb\xdb\xdb\xdd   ~c\xdc\xdc     ~b\xb3
~b\xb3    ~c\xdc\xdb\xdb\xdb\xdc~y\xc4\xc4\xc4~c\xdb\xdb      ~b\xb3
~b\xc0\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xd9~0


~gAn old Trader sits in the dark with an empty mug and turns it round
~gand round.  He moves up when you come, but not far.

~Y"Der seat's free if der next one's on you.  What you want to know?"

~gYou sit down and talk to the old Trader.
~m(Enter the subject you want to know about, blank to exit)\n`;
export const subject = (paper: Paper) => paper.put`~Y> ~y`;
export const itWillCost = (about: string, price: number) => (paper: Paper) =>
  paper.put`~Y"I can tell you something about ${about}, but its gonna cost ya!"
~Y"Would ye pay me ${commas(price)} credits for it?" `;
export const ohWell = (paper: Paper) => paper.put`~Y"Oh well..."\n`;
export const neverHeard = (paper: Paper) => paper.put`~Y"Never heard of it, and I heard of most."\n`;
export const told = (news: string) => (paper: Paper) => paper.put`~Y"${news}"\n`;
export const seenIn = (name: string, sector: number) =>
  `${name}?  Last I heard, in sector ${sector} or thereabouts.`;

/** What he knows, by subject; ours, and true in this game. */
export const knowledge = new Map<string, string>([
  ["FEDERATION", "500 points of good and der Feds commission ye.  Then der big ship is yours."],
  ["FERRENGI", "Pirates.  Dey want yer holds, and dey come back with more when ye fight."],
  ["PORTS", "Der fuller a port is, der better its price.  Leave it a day and it fills."],
  ["FIGHTERS", "350 for a fighter and a shield together, always.  Buy der one that's cheap."],
  ["SHIELDS", "350 for a fighter and a shield together, always.  Buy der one that's cheap."],
  ["HOLDS", "Every hold is 20 more than der last.  Der first goes up and down in 18 days."],
  ["SHIPS", "Yards give ye nine tenths of her worth.  Nothing for what's in der holds."],
  ["PLANETS", "Genesis torpedo makes ye one.  Take people from Terra, or it will stay empty."],
  ["MINES", "Armids hurt, limpets tell.  Disruptors take both if ye know where they are."],
  ["TRANSWARP", "Goes where ye have a fighter.  Goes where ye have none, too, but not twice."],
  ["UNDERGROUND", "Der door's by der bank.  Dey don't open it for der likes of us."],
]);

/** The door that nobody opens. */
export const closedDoor = (paper: Paper) =>
  paper.put`
~gBetween the bank and the air lock is a door without a sign.  A shutter opens,
~gtwo eyes look you over, and the shutter closes again.  That was all.\n\n`;
