/** What a trader is told about himself: the long list, the quick line, and who else is on. */
import { products } from "../../rules/ports.ts";
import { alignmentWord, titleOf } from "../../rules/ranks.ts";
import { shipTypes } from "../../rules/ships.ts";
import { orePerHop } from "../../rules/transwarp.ts";
import type { Galaxy } from "../galaxy.ts";
import type { GameSettings } from "../settings.ts";
import type { Ship, Trader } from "../things.ts";
import { commas, gameDate } from "./figures.ts";
import type { Paper } from "./paper.ts";
import { shipName } from "./ships.ts";
import { emptyHolds, turnsPerWarp } from "../ships.ts";

/** The list under `<Info>`; what a ship does not have is left out. */
export function infoLines(trader: Trader, galaxy: Galaxy) {
  return (paper: Paper) => {
    const { ship } = trader;
    const { yearsAhead } = galaxy.settings;
    paper.put`
~mTrader Name    ~Y: ~g${titleOf(trader.experience, trader.alignment)} ${trader.name}
~mRank and Exp   ~Y: ~C${commas(trader.experience)}~g points~Y,~g Alignment~Y=~C${commas(trader.alignment)} ~R${alignmentWord(trader.alignment)}\n`;
    const corp = galaxy.corps.get(trader.corp);
    if (corp) paper.put`~mCorp           ~Y# ~g${corp.id}~Y, ~g${corp.name}\n`;
    paper.put`~mShip Name      ~Y: ~g${ship.name}
~mShip Info      ~Y: ~g${ship.maker} ${shipName(ship.kind)}~g ~mPorted~Y=~C${commas(ship.ported)} ~mKills~Y=~C${commas(ship.kills)}
~mDate Built     ~Y: ~g${gameDate(ship.builtAt, yearsAhead)}
~mTurns to Warp  ~w~m~Y: ~g${turnsPerWarp(trader)}
~mCurrent Sector ~Y: ~C${trader.sector}
~mTurns left     ~Y: ~C${trader.turnsLeft}
~mTotal Holds    ~Y: ~C${ship.holds} -`;
    for (const product of products) {
      if (ship.cargo[product] > 0) paper.put`~g ${product}~Y=~C${ship.cargo[product]}`;
    }
    if (ship.colonists > 0) paper.put`~g Colonists~Y=~C${ship.colonists}`;
    if (emptyHolds(ship) > 0) paper.put`~g Empty~Y=~C${emptyHolds(ship)}`;
    paper.put`
~mFighters       ~Y: ~C${commas(ship.fighters)}\n`;
    gearLines(ship)(paper);
    paper.put`~mCredits        ~w~m~Y: ~C${commas(trader.credits)}\n`;
  };
}

/**
 * Shields and equipment. Of two that share a line the first is padded, to a column of its own for each line; where photons
 * and colonists stand, and the line on the interdictor, is ours.
 */
function gearLines(ship: Ship) {
  const { gear, shields } = ship;
  return (paper: Paper) => {
    if (shields > 0) paper.put`~mShield points  ~Y: ~C${commas(shields).padEnd(23)}`;
    if (gear.photons > 0) paper.put`~mPhoton Missiles~Y: ~C${gear.photons}`;
    if (shields > 0 || gear.photons > 0) paper.line();
    if (gear.armids > 0) paper.put`~mArmid Mines ~w~m T1~Y: ~C${String(gear.armids).padEnd(24)}`;
    if (gear.limpets > 0) paper.put`~mLimpet Mines T2~Y: ~C${String(gear.limpets).padEnd(21)}`;
    if (gear.armids > 0 || gear.limpets > 0) paper.line();
    if (gear.beacons > 0) paper.put`~mMarker Beacons ~Y: ~C${gear.beacons}\n`;
    if (gear.torpedoes > 0) paper.put`~mGenesis Torps  ~w~m~Y: ~C${gear.torpedoes}\n`;
    if (gear.detonators > 0) paper.put`~mAtomic Detn.   ~w~m~Y: ~C${String(gear.detonators).padEnd(26)}`;
    if (gear.corbomite > 0) paper.put`~mCorbomite Level~Y: ~C${gear.corbomite}`;
    if (gear.detonators > 0 || gear.corbomite > 0) paper.line();
    if (gear.cloaks > 0) paper.put`~mCloaking Device~Y: ~C${String(gear.cloaks).padEnd(23)}`;
    if (gear.probes > 0) paper.put`~mEther Probes   ~w~m~Y: ~C${gear.probes}`;
    if (gear.cloaks > 0 || gear.probes > 0) paper.line();
    if (gear.disruptors > 0) paper.put`~mMine Disruptors~Y: ~C${gear.disruptors}\n`;
    if (gear.psychicProbe) paper.put`~mPsychic Probe  ~Y: ~C${"Yes".padEnd(23)}`;
    if (gear.planetScanner) paper.put`~mPlanet Scanner ~Y: ~CYes`;
    if (gear.psychicProbe || gear.planetScanner) paper.line();
    if (gear.scanner !== "none") paper.put`~mLongRange Scan ~Y: ~C${scannerNames[gear.scanner]}\n`;
    if (gear.transwarp > 0) {
      const hops = Math.floor(ship.cargo["Fuel Ore"] / orePerHop);
      paper.put`~mTransWarp Power\n~m  (Type 1 Jump)~Y: ~C${hops}~g hops\n`;
      // The second type tows another ship along, at twice the fuel: what it looks like is ours.
      if (gear.transwarp === 2) paper.put`~m  (Type 2 Jump)~Y: ~C${Math.floor(hops / 2)}~g hops\n`;
    }
    if (ship.interdicting) paper.put`~mInterdictor ON ~Y: ~CYes\n`;
  };
}

const scannerNames = { density: "Density Scanner", holo: "Holographic Scanner" } as const;

const quickWidth = 79;
/** Seen: a line of 78 characters was left whole, one that would have had 79 was broken. */
const quickFull = 78;

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

const quickScanner = { none: "None", density: "Dens", holo: "Holo" } as const;

function quickItems({ ship, ...trader }: Trader): string[] {
  const { cargo, gear } = ship;
  return [
    `Sect ${trader.sector}`,
    `Turns ${commas(trader.turnsLeft)}`,
    `Creds ${commas(trader.credits)}`,
    `Figs ${commas(ship.fighters)}`,
    `Shlds ${commas(ship.shields)}`,
    `Hlds ${ship.holds}`,
    `Ore ${cargo["Fuel Ore"]}`,
    `Org ${cargo.Organics}`,
    `Equ ${cargo.Equipment}`,
    `Col ${ship.colonists}`,
    `Phot ${gear.photons}`,
    `Armd ${gear.armids}`,
    `Lmpt ${gear.limpets}`,
    `GTorp ${gear.torpedoes}`,
    `TWarp ${gear.transwarp === 0 ? "No" : gear.transwarp}`,
    `Clks ${gear.cloaks}`,
    `Beacns ${gear.beacons}`,
    `AtmDt ${gear.detonators}`,
    `Crbo ${gear.corbomite}`,
    `EPrb ${gear.probes}`,
    `MDis ${gear.disruptors}`,
    `PsPrb ${gear.psychicProbe ? "Yes" : "No"}`,
    `PlScn ${gear.planetScanner ? "Yes" : "No"}`,
    `LRS ${quickScanner[gear.scanner]}`,
    `Aln ${commas(trader.alignment)}`,
    `Exp ${commas(trader.experience)}`,
    ...(trader.corp === 0 ? [] : [`Corp ${trader.corp}`]),
    `Ship ${ship.id} ${shipTypes[ship.kind].short}`,
  ];
}

/**
 * The dark blue behind a trader's name, with the number of his corporation if he is in one. Seen without; how the number
 * looks is what players know from other boards.
 */
const corpTag =
  ({ corp }: Trader) =>
  (paper: Paper) => {
    if (corp === 0) paper.put`~b`;
    else paper.put`~b [~C${corp}~b]`;
  };

/** The banner, the names of those who are on, and who else flies about in such a game. */
export function whosPlaying(
  players: readonly Trader[],
  { aliens, ferrengi }: Pick<GameSettings, "aliens" | "ferrengi">,
) {
  return (paper: Paper) => {
    paper.put`\n~=                               Who's Playing                                 \n\n`;
    for (const trader of players) {
      paper.put`~g${titleOf(trader.experience, trader.alignment)} ~C${trader.name}${corpTag(trader)}\n`;
    }
    if (!aliens && !ferrengi) return;
    if (players.length > 0) paper.put`\n`;
    if (aliens) paper.put`~gThe ~YAlien Traders~g are on the move!\n`;
    if (ferrengi) paper.put`~gThe ~YFerrengi~g are on the move!\n`;
  };
}

/** The refusal of whatever costs more turns than are left. */
export const outOfTurns = (paper: Paper) => paper.put`~!You don't have enough turns left.\n`;
