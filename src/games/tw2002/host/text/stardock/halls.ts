/** What is said in the Bank, by the Police, in the Library and the theatre. */
import { commas } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { clearScreen } from "./places.ts";

// ---- the bank

export const hall = (paper: Paper) =>
  paper.put`\n\n${clearScreen}~b\xda\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xbf
~b\xb3    ~w\xdc\xdc\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdf\xdc\xdc    ~b\xb3  ~gCold air, high columns, and a queue between ropes
~b\xb3   ~W\xdb\xba~w\xdb\xba~K\xdb\xba~Y\xfe~K\xba\xdb~w\xba\xdb~W\xba\xdb    ~b\xb3  ~gof real velvet.  Credits are said to sleep well
~b\xb3   ~W\xdb\xba~w\xdb\xba~K\xdb\xba \xba\xdb~w\xba\xdb~W\xba\xdb    ~b\xb3  ~ghere, whatever happens to their owner.
~b\xc0\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xd9~0
~CAn automated TellBorg turns towards you.\n\n`;

export const account = (credits: number) => (paper: Paper) =>
  paper.put`\n~gYou have ~Y${commas(credits)}~g credits in your account.\n`;
export const askDeposit = (most: number) => (paper: Paper) =>
  paper.put`~mHow many credits do you want to deposit? ~Y(${commas(most)})~m `;
export const deposited = (credits: number) => (paper: Paper) =>
  paper.put`~Y${commas(credits)} ~gcredits have been deposited in your account.\n`;
export const askWithdrawal = (most: number) => (paper: Paper) =>
  paper.put`~mHow many credits do you want to withdraw? ~Y(${commas(most)})~m `;
export const withdrawn = (credits: number) => (paper: Paper) =>
  paper.put`~Y${commas(credits)} ~gcredits have been withdrawn from your account.\n`;

export const askPayee = (paper: Paper) => paper.put`\n~gWho do you want to transfer money to?\n`;
export const askTrader = (paper: Paper) => paper.put`~mWhich Trader ? (Full or Partial Name) - `;
export const unknownTrader = (paper: Paper) => paper.put`~!Unknown Trader!\n`;
export const voided = (paper: Paper) => paper.put`~gTransfer voided\n\n`;
/** The rest of a transfer is in our words. */
export const askTransfer = (name: string, most: number) => (paper: Paper) =>
  paper.put`~mHow many credits do you want to transfer to ~C${name}~m? ~Y(${commas(most)})~m `;
export const transferred = (name: string, credits: number) => (paper: Paper) =>
  paper.put`~Y${commas(credits)} ~gcredits have been transferred to ~C${name}~g.\n`;
export const received = (name: string, credits: number) =>
  `${name} has transferred ${commas(credits)} credits to your account.`;
export const leaveBank = (paper: Paper) => paper.put`~gYou leave the Galactic Bank.\n\n`;

// ---- the police

export const station = (paper: Paper) =>
  paper.put`\n\n${clearScreen}~b\xda\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xbf
~b\xb3~B\xb1\xb1\xb1~WFed~wSpace ~WPolice~B\xb1\xb1~b\xb3  ~WA scanner hums over you from head to boots, and
~b\xb3~B\xb1\xb1\xb1~b\xdb\xdb~K\xb0\xb0\xb0\xb0\xb0\xb0\xb0\xb0~b\xdb\xdb~B\xb1\xb1\xb1\xb1\xb1~b\xb3  ~Wthen once more, slowly.  You remember all that
~b\xb3~B\xb1\xb1\xb1~b\xdb\xdb~K\xb0\xb0\xb0~R\xfe~K\xb0\xb0\xb0\xb0~b\xdb\xdb~B\xb1\xb1\xb1\xb1\xb1~b\xb3  ~Wyou ever took without paying.
~b\xc0\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xd9~0

~CThe rather tough looking Sergeant at the front desk turns towards you.\n\n`;

export const applying = (paper: Paper) => paper.put`~=<Apply for Federal Commission>\n\n`;
export const notWorthy = (paper: Paper) => paper.put`~gThe Sergeant scowls at you and declares you not worthy!
~Y"You're going to have to work harder if you want to be commissioned!"\n\n`;
/** Only the refusal is recorded: from here on our words, but for the list's head. */
export const commissioned = (paper: Paper) =>
  paper.put`~gThe Sergeant stands up and salutes!
~Y"The Federation commissions you.  Wear it with honor, and fly what you like."\n\n`;
export const hasCommission = (paper: Paper) =>
  paper.put`~Y"You hold our Commission already, and we hold you to it."\n\n`;

export const wantedHead = (paper: Paper) => paper.put`
~Y                        The Ten Most Wanted List${" "}
~m #     Level   Corp        Trader Name           Bounties   Total Reward
~C--- ----------- -- ------------------------------ ------ ------------------${" "}\n`;
export const nobodyWanted = (paper: Paper) => paper.put`~gThere are no outstanding Federal Bounties.\n`;
interface Wanted {
  readonly experience: number;
  readonly corp: number;
  readonly name: string;
  readonly bounties: number;
  readonly total: number;
}
export const wantedRow = (rank: number, wanted: Wanted) => (paper: Paper) => {
  const row = {
    rank: String(rank).padStart(3),
    level: commas(wanted.experience).padStart(11),
    corp: (wanted.corp === 0 ? "" : String(wanted.corp)).padStart(2),
    name: wanted.name.padEnd(30),
    bounties: String(wanted.bounties).padStart(6),
    total: commas(wanted.total).padStart(18),
  };
  paper.put`~Y${row.rank} ~g${row.level} ~m${row.corp} ~C${row.name} ~R${row.bounties} ~Y${row.total}\n`;
};

export const noRewardDue = (paper: Paper) => paper.put`\n~gThe Sergeant finds no reward in your name.\n\n`;
export const rewardPaid = (credits: number) => (paper: Paper) =>
  paper.put`\n~gThe Federation thanks you.  You receive ~Y${commas(credits)}~g credits.\n\n`;

export const askReward = (name: string, most: number) => (paper: Paper) =>
  paper.put`~mHow much of a reward do you want to post on ~C${name}~m? ~Y(${commas(most)})~m `;
export const rewardPosted = (name: string, credits: number, points: number) => (paper: Paper) => {
  paper.put`~gA reward of ~Y${commas(credits)}~g credits has been posted on ~C${name}~g.\n`;
  if (points > 0) paper.put`~gFor your help your alignment went up by ~Y${commas(points)}~g point(s).\n`;
  paper.line();
};
export const noRewardsFromYou = (paper: Paper) =>
  paper.put`\n~Y"We don't take that kind of money from your kind of people."\n\n`;
export const noRewardsOn = (name: string) => (paper: Paper) =>
  paper.put`~gThe Sergeant has nothing against ~C${name}~g.\n\n`;
export const policeHelp = (paper: Paper) =>
  paper.put`
~gThe Commission is for those whose alignment is ~Y500~g or more.  The good can post
~grewards on the evil, a point of alignment for every ~Y1,000~g credits; they are
~gpaid to whoever brings them down and is good.\n\n`;
export const leavePolice = (paper: Paper) => paper.put`~gYou exit the Police Station.\n\n`;

// ---- the library and the theatre

const indexAt = "\x1b[32C";
export const shelves = (paper: Paper) =>
  paper.put`\n~C~0${clearScreen}~b\xda\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xbf
~b\xb3~W\xdb~K\xb3\xdb\xb3\xb3\xdb~W\xdb~K\xb3\xb3\xdb\xb3\xdb\xb3~W\xdb~K\xdb\xb3\xb3\xdb\xb3~W\xdb~b\xb3  ~BBooks, of all things.  A panel in front of them has
~b\xb3~w\xdb~K\xb3\xdb\xb3\xb3\xdb~w\xdb~K\xb3\xb3\xdb\xb3\xdb\xb3~w\xdb~K\xdb\xb3\xb3\xdb\xb3~w\xdb~b\xb3  ~Bread them all and will tell you if you ask.
~b\xc0\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xd9~0\n`;

export const mainIndex = (paper: Paper) => paper.put`
${indexAt}~gMain Index

~m<~gA~m> ~gArchive of Alien Races
~m<~gB~m> ~gArchive of Galactic Organizations
~m<~gC~m> ~gMiscellaneous Documents

~m<~gQ~m> ~gTo Leave\n\n`;

const page =
  (title: string, ...lines: readonly string[]) =>
  (paper: Paper) => {
    paper.put`\n~Y${title}\n\n`;
    for (const line of lines) paper.put`~g${line}\n`;
    paper.line();
  };

/** What is in the archives, by letter; all of it ours. */
export const archives: { readonly [letter: string]: (paper: Paper) => void } = {
  A: page(
    "Alien Races",
    "Many races trade in this galaxy.  Most of them pass by in ships like yours",
    "and want no trouble.  They carry fighters: whoever attacks learns how many.",
    "",
    "The Ferrengi do not trade: they take.  They come out of a home sector of their",
    "own in ships that nobody else builds, and look for holds worth emptying.",
  ),
  B: page(
    "Galactic Organizations",
    "The Federation keeps the peace in sectors 1 to 10 and around the StarDock.  It",
    "asks for two things: leave no litter there, neither ships nor mines nor",
    "fighters, and shoot at nobody.  Those who help it are given its Commission.",
    "",
    "Corporations are founded by Traders who have had enough of being alone.  What",
    "belongs to one belongs to all of its members, and so do its enemies.",
  ),
  C: page(
    "Miscellaneous",
    "Ports trade in three products.  B stands for what they buy, S for what they",
    "sell, in the order Fuel Ore, Organics, Equipment.  The fuller the port, the",
    "better the price.",
    "",
    "Holds, fighters and shields are sold at Sol, Alpha Centauri, Rylos and here,",
    "at prices that drift with the calendar.",
  ),
};

/** A reel a day, by the day of the year; ours as well. */
export const reels: readonly string[] = [
  "'The Long Haul': four hours of a freighter in an empty arm of the galaxy.",
  "'Twelve Limpets': a comedy of mistaken hulls.",
  "'Your Final Offer': two port clerks fall in love over a load of Organics.",
  "'No Littering': the Federation's own film, shown by order.",
  "'The Tow': you have seen it, and so has everybody here.",
];
export const nowShowing = (reel: string) => (paper: Paper) =>
  paper.put`
~gYou find a seat in the dark.  Today's Videon is
~C${reel}
~gWhen the light comes on you are none the richer, but you have rested.\n\n`;
