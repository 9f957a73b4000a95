/**
 * Corporations on the screen. Prompts, lists and the table of assets were seen; what passes between members is worded
 * by us.
 */
import { titleOf } from "../../rules/ranks.ts";
import type { Corporation, Trader } from "../things.ts";
import { commas, shortDate, shortFigure } from "./figures.ts";
import type { Paper } from "./paper.ts";

/** Longest name of a corporation; the register's column holds 41. */

export const corpHeading = (paper: Paper) => paper.put`\n~=Corp Menu\n`;
export const corpPrompt = (sector: number) => (paper: Paper) =>
  paper.put`~mCorporate command [~YTL~y=~Y00:00:00~m]~W:~m[~C${sector}~m] (~Y?=Help~m)? `;

const bar = (width: number) => "\xcd".repeat(width);
export const corpHelp = (paper: Paper) =>
  paper.put`
~g\xc9${bar(22)}~B 2 0 0 2 ~g${bar(25)}\xbb
~g\xba ~m<~gD~m> ~YDisplay Corporations    ~m<~gX~m> ~CLeave Your Corporation ~g\xba
~g\xba ~m<~gJ~m> ~YJoin a Corporation      ~m<~gL~m> ~CList Corporate Planets ~g\xba
~g\xba ~m<~gM~m> ~YMake a New Corporation  ~m<~g!~m> ~CCorporation Help       ~g\xba
~g\xba ~m<~YQ~m> ~gQUIT ~YCorp Menu          ~m<~gA~m>~C Show Corporate Assets  ~g\xba
~g\xba ~B-- ~m(~CCorporations Only~m) ~B-- ~C      & Member Locations     ~g\xba
~g\xba ~m<~gC~m> ~CCredit Transfer         ~m<~gT~m> ~CSend Corporate Memo    ~g\xba
~g\xba ~m<~gF~m> ~CFighter Transfer          ~B- ~yC.E.O.s  Only ~B-        ~g\xba
~g\xba ~m<~gH~m> ~CMine Transfer           ~m<~gP~m> ~yCorporate Security     ~g\xba
~g\xba ~m<~gS~m> ~CShields Transfer        ~m<~gR~m> ~yDrop Corporate Member  ~g\xba
~g\xc8${bar(24)} ~Rv3~g ${bar(28)}\xbc
`;

export const corpGuide = (paper: Paper) =>
  paper.put`
~gMembers share what belongs to the Corporation: fighters and mines in space, planets, ships.
~gThe C.E.O. gives newcomers its password, changes it with ~YP~g and sends members away with ~YR~g.\n`;

// ---- making one, joining one

export const createHeading = (paper: Paper) => paper.put`~=<Create New Corporation>\n\n`;
export const askCorpName = (paper: Paper) => paper.put`~mEnter Corp name ~Y`;
export const askCorpPassword = (paper: Paper) => paper.put`\n~mEnter Corp password ~Y`;
export const isWhatYouWant = (text: string) => (paper: Paper) => paper.put`~g${text}~C is what you want? `;

export const already = (paper: Paper) => paper.put`~RYou are a member of a Corporation already!\n`;
export const notMember = (paper: Paper) => paper.put`~RYou are not a member of a Corporation!\n`;
export const nameTaken = (paper: Paper) => paper.put`~RThere is a Corporation of that name already.\n`;
export const joinHeading = (paper: Paper) =>
  paper.put`~=<Join a Corporation>\n\n~mWhich Corporation do you want to join ~Y(0 for none)~m ? `;
export const noSuchCorp = (paper: Paper) => paper.put`~RThere is no such Corporation.\n`;
export const wrongPassword = (paper: Paper) => paper.put`~!Invalid password.\n`;
export const corpFull = (paper: Paper) => paper.put`~RThat Corporation has no room for another member.\n`;
export const joined = (name: string) => (paper: Paper) => paper.put`~gYou are now a member of ~C${name}~g.\n`;
export const askLeave = (paper: Paper) => paper.put`~=<Leave Your Corporation>\n\n~mAre you sure? (Y/N) `;
export const left = (name: string) => (paper: Paper) => paper.put`~gYou have left ~C${name}~g.\n`;

// ---- lists

export const listingsMenu = (paper: Paper) =>
  paper.put`
~g\xc9${bar(31)}\xbb
~g\xba ~YTW2002 Corporate Listings:    ~g\xba
~g\xba                               \xba
~g\xba ~m<~gL~m> ~CList Active Corporations  ~g\xba
~g\xba ~m<~gR~m> ~CRank Corporations         ~g\xba
~g\xba                               \xba
~g\xba ~m<~YQ~m> ~YQuit                      ~g\xba
~g\xba                               \xba
~g\xc8${bar(31)}\xbc
~mWhich Listing? `;

/** The register; a line of its own ends it. */
export const register =
  (corps: readonly { corp: Corporation; ceo: string }[], yearsAhead: number) => (paper: Paper) => {
    paper.put`~=<List Corporations>\n~C   < T h e   C o r p o r a t e   R e g i s t e r >

~gCorp Number                 Corp Name\n~Y-----------------------------------------------------\n`;
    for (const { corp, ceo } of corps) {
      paper.put`~Y${String(corp.id).padStart(5)}~C${corp.name.padStart(48)}
            ~gCreation Date: ~C${shortDate(corp.foundedAt, yearsAhead)}
~gCorp C.E.O.  -> ~Y${ceo.padStart(37)}\n\n`;
    }
  };

export const ranking = (corps: readonly { corp: Corporation; experience: number }[]) => (paper: Paper) => {
  paper.put`~=<Rank Corporations>\n\n~gRank  Experience  Members  Corp Name\n~Y-----------------------------------------------------\n`;
  for (const [index, { corp, experience }] of corps.entries()) {
    paper.put`~Y${String(index + 1).padStart(4)}~C${commas(experience).padStart(12)}~g${String(corp.members.length).padStart(9)}  ~C${corp.name}\n`;
  }
  paper.line();
};

/** Where the members are and what they have with them. */
export const assets = (members: readonly Trader[]) => (paper: Paper) => {
  paper.put`~g    Corp Member Name                   Sector  Fighters Shields Mines  Credits\n~Y------------------------------------------------------------------------------\n`;
  for (const { name, sector, ship, credits } of members) {
    const mines = ship.gear.armids + ship.gear.limpets;
    paper.put`~C${name.padEnd(38)}~Y${String(sector).padStart(6)}~m${shortFigure(ship.fighters).padStart(9)}~g${shortFigure(ship.shields).padStart(8)}~r${shortFigure(mines).padStart(6)}~C${shortFigure(credits).padStart(11)}\n`;
  }
};

// ---- between members

export const nobodyHere = (paper: Paper) => paper.put`~gNone of your partners is in this sector.\n`;
export const askPartner = (what: string, partners: readonly Trader[]) => (paper: Paper) => {
  paper.put`~=<${what} Transfer>\n\n`;
  for (const [index, { name, experience, alignment }] of partners.entries()) {
    paper.put`~m<~g${index + 1}~m> ~g${titleOf(experience, alignment)} ~C${name}\n`;
  }
  paper.put`~mTransfer with whom ~Y(0 for none)~m ? `;
};
export const askWay = (name: string) => (paper: Paper) =>
  paper.put`~mTransfer To or From ~C${name} ~Y(T/F)~m [T]? `;
export const holdings = (what: string, own: number, name: string, theirs: number) => (paper: Paper) =>
  paper.put`~gYou have ~Y${commas(own)}~g ${what}, and ~C${name}~g has ~Y${commas(theirs)}\n~mHow much to transfer?~Y `;
export const transferred = (paper: Paper) => paper.put`~gDone!\n`;
export const askMineType = (paper: Paper) => paper.put`~mWhich mines, (~Y1~m) Armid or (~Y2~m) Limpet ? `;

export const askMemo = (paper: Paper) => paper.put`~=<Send Corporate Memo>\n\n~mMessage : ~Y`;
export const memo = (from: string, text: string) => (paper: Paper) =>
  paper.put`~MCorporate Memo ~mfrom ~C${from}~m: ~Y${text}\n`;
export const memoSent = (paper: Paper) => paper.put`~gYour memo has been sent.\n`;

export const ceoOnly = (paper: Paper) => paper.put`~ROnly the C.E.O. can do that!\n`;
export const askDrop = (members: readonly Trader[]) => (paper: Paper) => {
  paper.put`~=<Drop Corporate Member>\n\n`;
  for (const [index, { name }] of members.entries()) paper.put`~m<~g${index + 1}~m> ~C${name}\n`;
  paper.put`~mDrop which member ~Y(0 for none)~m ? `;
};
export const dropped = (name: string) => (paper: Paper) =>
  paper.put`~C${name}~g is no longer a member of your Corporation.\n`;
