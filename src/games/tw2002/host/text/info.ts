/** What a trader is told about himself: the long list, the quick line, and who else is on. */
import { products } from "../../rules/ports.ts";
import { alignmentWord, titleOf } from "../../rules/ranks.ts";
import { shipTypes } from "../../rules/ships.ts";
import { emptyHolds, turnsPerWarp } from "../galaxy.ts";
import type { Trader } from "../things.ts";
import type { GameSettings } from "../settings.ts";
import { commas, gameDate } from "./figures.ts";
import type { Paper } from "./paper.ts";

/** The list under `<Info>`. */
export function infoLines(trader: Trader, settings: GameSettings) {
  return (paper: Paper) => {
    const { name: type } = shipTypes[trader.ship.kind];
    paper.put`
~mTrader Name    ~Y: ~g${titleOf(trader.experience, trader.alignment)} ${trader.name}
~mRank and Exp   ~Y: ~C${commas(trader.experience)}~g points~Y,~g Alignment~Y=~C${commas(trader.alignment)} ~R${alignmentWord(trader.alignment)}
~mShip Name      ~Y: ~g${trader.ship.name}
~mShip Info      ~Y: ~g${trader.ship.maker} ~0~g${type} ~mPorted~Y=~C${commas(trader.ship.ported)} ~mKills~Y=~C${commas(trader.ship.kills)}
~mDate Built     ~Y: ~g${gameDate(trader.ship.builtAt, settings.yearsAhead)}
~mTurns to Warp  ~w~m~Y: ~g${turnsPerWarp(trader)}
~mCurrent Sector ~Y: ~C${trader.sector}
~mTurns left     ~Y: ~C${trader.turnsLeft}
~mTotal Holds    ~Y: ~C${trader.ship.holds} -`;
    for (const product of products) {
      if (trader.ship.cargo[product] > 0) paper.put`~g ${product}~Y=~C${trader.ship.cargo[product]}`;
    }
    if (emptyHolds(trader.ship) > 0) paper.put`~g Empty~Y=~C${emptyHolds(trader.ship)}`;
    paper.put`
~mFighters       ~Y: ~C${commas(trader.ship.fighters)}\n`;
    if (trader.ship.shields > 0) paper.put`~mShield points  ~Y: ~C${commas(trader.ship.shields)}\n`;
    paper.put`~mCredits        ~w~m~Y: ~C${commas(trader.credits)}\n`;
  };
}

const quickWidth = 79;
/** Seen: a line of 76 characters was filled up, one that would have had 78 was broken. */
const quickFull = 77;

/** `/`: the items flow into lines, every other one in reverse. */
export function quickStats(trader: Trader) {
  return (paper: Paper) => {
    paper.line();
    for (const [index, text] of flow(quickItems(trader)).entries()) {
      if (index % 2 === 0) paper.put`~#`;
      paper.put`${text.padEnd(quickWidth)}\n`;
    }
  };
}

function flow(items: readonly string[]): string[] {
  const lines: string[] = [];
  let line = "";
  for (const item of items) {
    const longer = line === "" ? ` ${item}` : `${line}\xb3${item}`;
    if (line !== "" && longer.length > quickFull) {
      lines.push(line);
      line = ` ${item}`;
    } else line = longer;
  }
  return [...lines, line];
}

/** What the galaxy has no equipment for yet is shown as none of it. */
const unequipped =
  "Col 0,Phot 0,Armd 0,Lmpt 0,GTorp 0,TWarp No,Clks 0,Beacns 0,AtmDt 0,Crbo 0,EPrb 0,MDis 0,PsPrb No,PlScn No,LRS None".split(
    ",",
  );

function quickItems(trader: Trader): string[] {
  const { cargo } = trader.ship;
  return [
    `Sect ${trader.sector}`,
    `Turns ${commas(trader.turnsLeft)}`,
    `Creds ${commas(trader.credits)}`,
    `Figs ${commas(trader.ship.fighters)}`,
    `Shlds ${commas(trader.ship.shields)}`,
    `Hlds ${trader.ship.holds}`,
    `Ore ${cargo["Fuel Ore"]}`,
    `Org ${cargo.Organics}`,
    `Equ ${cargo.Equipment}`,
    ...unequipped,
    `Aln ${commas(trader.alignment)}`,
    `Exp ${commas(trader.experience)}`,
    `Ship ${trader.id} ${shipTypes[trader.ship.kind].short}`,
  ];
}

/** The banner and the names of those who are on; `others` are told apart by their titles. */
export function whosPlaying(players: readonly Trader[], aliens: boolean) {
  return (paper: Paper) => {
    paper.put`\n~=                               Who's Playing                                 \n\n`;
    for (const trader of players) {
      paper.put`~g${titleOf(trader.experience, trader.alignment)} ~C${trader.name}~b\n`;
    }
    if (!aliens) return;
    if (players.length > 0) paper.put`\n`;
    paper.put`~gThe ~YAlien Traders~g are on the move!\n~gThe ~YFerrengi~g are on the move!\n`;
  };
}
