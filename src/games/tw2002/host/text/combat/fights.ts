/**
 * Fighters, mines, fights and losses, as they are told. What no recording shows is worded by us: messages to owners, the
 * list of targets, fights between ships, surrender, photons.
 */
import type { ShipKind } from "../../../rules/ships.ts";
import type { Garrison, Owner } from "../../things.ts";
import { commas } from "../figures.ts";
import type { Text } from "../paper.ts";
import { shipName } from "../ships.ts";

// ---- meeting fighters

export const fightersBar =
  (toll: boolean): Text =>
  (paper) =>
    toll
      ? paper.put`\n~CYou have to destroy the fighters or pay their toll to remain in this sector.\n\n`
      : paper.put`\n~CYou have to destroy the fighters to remain in this sector.\n\n`;

export const encounterPrompt =
  (own: number, { count, mode }: Garrison): Text =>
  (paper) => {
    paper.put`~gYour fighters: ~Y${commas(own)}~g vs. theirs: ~Y${commas(count)}\n`;
    if (mode === "toll") paper.put`~mOption? ~Y(A,D,I,R,P,S,?)~m:? `;
    else paper.put`~mOption? ~Y(A,D,I,R,S,?)~m:? `;
  };

export const encounterHelp: Text = (paper) => {
  const rule = "\xcd".repeat(30);
  paper.put`\n~g\xc9${rule}\xbb\n`;
  const line = (key: string, label: string) =>
    paper.put`~g\xba ~m<~g${key}~m> ~C${label.padEnd(24)} ~g\xba\n`;
  line("A", "Attack Deployed Fighters");
  line("D", "Re-Display this Sector");
  line("I", "Information on your ship");
  line("P", "Pay Toll (if applicable)");
  paper.put`~g\xba ~m<~gR~m> ~!RETREAT!!!!!!!!!!!!!!!!~0~g  \xba\n`;
  line("S", "Surrender your ship");
  paper.put`~g\xc8${rule}\xbc\n`;
};

export const askWave =
  (most: number): Text =>
  (paper) =>
    paper.put`~mHow many fighters do you wish to use (~Y0 to ${most}~m) ~Y[0]~m? `;

export const waveResult =
  (lost: number, destroyed: number): Text =>
  (paper) =>
    paper.put`~gYou lost ~Y${lost}~g fighter(s)\n~gYou destroyed ~Y${destroyed}~g enemy fighters.\n`;

/** How the game calls an upright owner is not known. */
export const waveReward =
  (good: boolean, experience: number): Text =>
  (paper) =>
    paper.put`~gFor attacking this ${good ? "trader" : "slimeball"}'s fighters you receive ~Y${experience}~g experience point(s).\n`;

export const alignmentMoved =
  (points: number): Text =>
  (paper) =>
    paper.put`~gyour alignment went ${points > 0 ? "up" : "down"} by ~Y${Math.abs(points)}~g point(s).\n`;

export const retreating: Text = (paper) => paper.put`~=<Retreat>\n`;
export const stalled =
  (left: number): Text =>
  (paper) =>
    paper.put`~gYour fighters make a valiant attempt to stall the oncoming horde.\n~gYou have ~Y${left}~g fighter(s) left.\n`;
export const uncovered: Text = (paper) => paper.put`~gThere is no fighter left to cover your retreat!\n`;

export const askToll =
  (credits: number): Text =>
  (paper) =>
    paper.put`~mThese fighters will let you pass for a toll of ~Y${commas(credits)}~m credits.\n~mDo you want to pay it? `;
export const cannotPay: Text = (paper) => paper.put`~!You don't have enough credits!\n`;

export const askSurrender: Text = (paper) =>
  paper.put`~RYou will lose this ship with all that is in it!\n~mDo you really want to surrender? ~Y(Y/N) ~m[N] `;
export const surrendered =
  (kind: ShipKind): Text =>
  (paper) =>
    paper.put`\n~YThe crew of your ${shipName(kind)}~Y is led away; you are put into an escape pod and sent back.\n`;
export const podUnwanted: Text = (paper) => paper.put`~gThey have no use for an escape pod.\n`;

// ---- being attacked

export const fighterAttack =
  (damage: number): Text =>
  (paper) =>
    paper.put`\n~!Fighter Attack!\n~gCombat computer reports damages of ~Y${commas(damage)}~g battle points!\n`;
export const damageReport =
  (damage: number): Text =>
  (paper) =>
    paper.put`~gCombat computer reports damages of ~Y${commas(damage)}~g battle points!\n`;
export const shieldsHeld: Text = (paper) => paper.put`~CYour ship's shields absorb most of their attack!\n`;
export const fightersFell =
  (count: number, cause: "blast" | "attack"): Text =>
  (paper) =>
    paper.put`~Y${commas(count)}~C K3-A Fighters destroyed by the ${cause}!\n`;

/** The danger sign, twice. */
const signs: Text = (paper) => paper.put`~<\xdb~>\xdb~0~<\xdb~>\xdb~0`;

export const minesWentOff =
  (count: number, damage: number): Text =>
  (paper) =>
    paper.put`\n${signs} ~Y${count}~R space mine(s) detonate near you!\n~gThe console reports damages of ~Y${commas(damage)}~g battle points!\n`;
export const askAvoid: Text = (paper) =>
  paper.put`\n~gMined Sector: Do you wish to Avoid this sector in the future? (Y/N) `;
export const willAvoid =
  (sector: number): Text =>
  (paper) =>
    paper.put`~gSector ~Y${sector}~g will now be avoided in future navigation calculations.\n`;

export const debrisMissed: Text = (paper) =>
  paper.put`\n\n${signs} ~!WARNING! WARNING! ~0~gSpace Debris/Asteroids narrowly avoided! ${signs}\n`;
export const debrisStruck =
  (damage: number): Text =>
  (paper) =>
    paper.put`\n\n${signs} ~!WARNING! WARNING! ~0~gSpace Debris/Asteroids struck your ship! ${signs}\n~gThe console reports damages of ~Y${commas(damage)}~g battle points!\n`;

// ---- losing a ship

export const lifeSupportOut: Text = (paper) =>
  paper.put`~!Life Support knocked out!  Energy generation shut down!\n\n`;
export const abandonShip: Text = (paper) => paper.put`~YYou rush to an escape pod and abandon ship...\n`;
export const shipDestroyed =
  (kind: ShipKind): Text =>
  (paper) =>
    paper.put`~CYour ${shipName(kind)}~g~C has been destroyed!\n\n`;
export const podWorks =
  (points: number): Text =>
  (paper) =>
    paper.put`~gYour trusty Escape Pod is functioning normally.\n~gFor getting blown up you LOSE ~Y${points}~g experience point(s).\n`;
export const startOver: Text = (paper) =>
  paper.put`~gYou will have to start over from scratch!\n~gMaybe you'll have better luck with a different ship!\n`;

/** The killer that a dead trader is told of at the door when it was no trader. */
export const ownFault = "You destroyed your own ship!";
export const killedBy = (name: string) => `${name} destroyed your ship!`;

// ---- what a victim on line is told

export const poweringUp =
  (name: string): Text =>
  (paper) =>
    paper.put`~C${name}~g is powering up weapons systems!\n`;
export const shotDown =
  (name: string, fighters: number): Text =>
  (paper) =>
    paper.put`~YShipboard Computers ~C${name}~g destroyed ~Y${commas(fighters)}~g fighters.\n`;
export const shieldsShot =
  (name: string, shields: number): Text =>
  (paper) =>
    paper.put`~YShipboard Computers ~C${name}~g destroyed ~Y${commas(shields)}~g shield points.\n`;
export const fledInPod =
  (name: string, points: number, kind: ShipKind, sector: number): Text =>
  (paper) =>
    paper.put`~gFor getting blown up, you lost ~Y${points}~g experience points.\n~C${name} ~Ydestroyed your ${shipName(kind)}~Y!!!\n~gYou fled in your Escape Pod to sector ~Y${sector}\n`;
export const killedInPod =
  (name: string, kind: ShipKind): Text =>
  (paper) =>
    paper.put`~C${name} ~Ydestroyed your ${shipName(kind)}~Y!!!\n\n${startOver}`;

// ---- the log

const logName = (owner: Owner, name: string): Text =>
  owner.type === "nobody" ? (paper) => paper.put`~Y~RAbandoned` : (paper) => paper.put`~Y${name}`;

export const loggedAttack =
  (victim: string, owner: Owner, name: string): Text =>
  (paper) =>
    paper.put`~C${victim}~g was attacked by ${logName(owner, name)}'s ~gfighters!`;
export const loggedLoss =
  (victim: string, kind: ShipKind, by: Text): Text =>
  (paper) => {
    paper.put`~C${victim}'s ${shipName(kind)}~g was ~!destroyed`;
    // Blinking dark green is nowhere else.
    paper.raw("\x1b[0;5;32m by ");
    paper.put`~0${by}!`;
  };
export const byFighters =
  (owner: Owner, name: string): Text =>
  (paper) =>
    paper.put`${logName(owner, name)}~g's fighters`;
export const byMines: Text = (paper) => paper.put`~gspace mines`;
export const byDebris: Text = (paper) => paper.put`~gspace debris`;
export const byTrader =
  (name: string): Text =>
  (paper) =>
    paper.put`~C${name}~g`;

// ---- attacking ships

export const attackBanner: Text = (paper) => paper.put`~!<Attack>\n`;
export const nothingToAttack: Text = (paper) => paper.put`~!There is nothing here to attack.\n`;
export const askTarget =
  (name: string, ship: Text, fighters: number): Text =>
  (paper) =>
    paper.put`~mAttack ~C${name}~m's ${ship}~m (~Y${commas(fighters)}~m) ~Y(Y/N) ~m[N]? `;
export const askEmptyShip =
  (owner: string, ship: Text): Text =>
  (paper) =>
    paper.put`~mAttack ~C${owner}~m's unmanned ${ship}~Y (Y/N) ~m[N]? `;
export const askFighters =
  (owner: string, fighters: number): Text =>
  (paper) =>
    paper.put`~mAttack the ~Y${commas(fighters)}~m fighters of ~C${owner}~m ~Y(Y/N) ~m[N]? `;
export const targetGone: Text = (paper) => paper.put`~!Your target is no longer here!\n`;
export const shieldsGone =
  (points: number): Text =>
  (paper) =>
    paper.put`~gYou destroyed ~Y${points}~g shield points.\n`;
export const targetLeft =
  (name: string, fighters: number, shields: number): Text =>
  (paper) =>
    paper.put`~C${name}~g has ~Y${commas(fighters)}~g fighters and ~Y${commas(shields)}~g shield points left.\n`;
export const youDestroyed =
  (name: string, ship: Text): Text =>
  (paper) =>
    paper.put`~YYou destroyed ~C${name}~Y's ${ship}~Y!!!\n`;
export const youCaptured =
  (name: string, ship: Text): Text =>
  (paper) =>
    paper.put`~YYou captured ~C${name}~Y's ${ship}~Y!!!\n`;
export const killReward =
  (experience: number): Text =>
  (paper) =>
    paper.put`~gFor destroying this ship you receive ~Y${experience}~g experience point(s).\n`;
export const loot =
  (credits: number): Text =>
  (paper) =>
    paper.put`~gIn the wreckage you find ~Y${commas(credits)}~g credits.\n`;
export const corbomiteBlast =
  (damage: number): Text =>
  (paper) =>
    paper.put`~!Corbomite goes off as the ship breaks up!\n~gThe console reports damages of ~Y${commas(damage)}~g battle points!\n`;
export const fedLaw: Text = (paper) =>
  paper.put`~!A Federation StarShip drops out of warp and locks its weapons on you!\n~g"This is Federation space. Power down your weapons or lose your ship."\n`;

// ---- reports to owners

export const fighterReport =
  (sector: number, what: string): Text =>
  (paper) =>
    paper.put`~YDeployed Fighters ~gReport Sector ~Y${sector}~g: ~C${what}\n`;
export const plainly =
  (text: string): Text =>
  (paper) =>
    paper.put`~C${text}\n`;
