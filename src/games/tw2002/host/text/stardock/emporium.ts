/**
 * What the Hardware Emporium says. The sales talk is ours; the lines that name a price or ask for an answer are the
 * game's.
 */
import { type Prices, upgradePrice } from "../../../rules/equipment.ts";
import { commas } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { clearScreen } from "./places.ts";

/** What is bought by the piece. */
export type Ware =
  | "detonator"
  | "beacon"
  | "corbomite"
  | "cloak"
  | "probe"
  | "limpet"
  | "armid"
  | "photon"
  | "disruptor"
  | "torpedo";

export const counter = (paper: Paper) =>
  paper.put`\n\n${clearScreen}~g\xda\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xbf
~g\xb3 ~C\xdc\xdb\xdc  ~R\xfe\xfe  ~M\xdb\xdf\xdb  ~Y\xdd\xde    ~g\xb3  ~WShelf upon shelf of gadgets, most of them with a
~g\xb3 ~c\xdf\xdb\xdf  ~R\xfe\xfe  ~M\xdb\xdc\xdb  ~Y\xdd\xde    ~g\xb3  ~Wred lever and a label that says not to pull it.
~g\xb3\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xb3  ~WAsk for ~Y?~W to see what there is.
~g\xc0\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xc4\xd9~0\n\n`;

const each = (price: number) => (paper: Paper) =>
  paper.put`~gWe sell them for ~Y${commas(price)}~g credits each.\n`;
const these = (price: number) => (paper: Paper) =>
  paper.put`~gThese cost ~Y${commas(price)} ~gcredits each.\n`;

const pitches: { readonly [W in Ware]: (paper: Paper, price: number) => void } = {
  detonator: (paper, price) => paper.put`
~gOne of these in the right place and a planet is a memory.  In the
~gwrong place it is you.  Nobody returns them.
${each(price)}`,
  beacon: (paper, price) => paper.put`
~gA marker to leave your words in a sector, until somebody shoots it.
${each(price)}`,
  corbomite: (paper, price) => paper.put`
~gFor those who will not go alone: each device aboard adds 20 battle
~gpoints to the blast that takes whoever destroys you.
~gThey only cost ~Y${commas(price)}~g credits each.\n`,
  cloak: (paper, price) => paper.put`
~gHides a ship that keeps still, from friends as well.  Works once.
${these(price)}`,
  probe: (paper, price) => paper.put`
~gFlies a course for you and tells what it sees on the way, as long as
~gnobody's fighters are in it.
${each(price)}`,
  limpet: (paper, price) => paper.put`
~gSits in a sector until somebody comes through, then on his hull until
~gsomebody takes it off.  You will know where he is.
~gThey're quite a bargain at only ~Y${commas(price)}~g credits each.\n`,
  armid: (paper, price) => paper.put`
~gSpace mines of the old sort, up to ~Y30 ~gpoints of damage in each.
~gThey know you and your companions.
~gThese cost ~Y${commas(price)}~g credits each.\n`,
  photon: (paper, price) => paper.put`
~gA missile for the sector next door: while its wave lasts nothing there
~gfires a shot.
${each(price)}`,
  disruptor: (paper, price) => paper.put`
~gFor sectors full of other people's mines: launched into the one next to
~gyou, it takes up to 12 of them along.
${these(price)}`,
  torpedo: (paper, price) => paper.put`
~gA planet in a tube.  Point it at an empty place and think of a name.
~gThey cost ~Y${commas(price)}~g credits, one planet each.\n`,
};

const nouns: Record<Ware, string> = {
  detonator: "Atomic Detonators",
  beacon: "Beacons",
  corbomite: "Corbomite Transducers",
  cloak: "Cloaking units",
  probe: "Probes",
  limpet: "mines",
  armid: "mines",
  photon: "Photon Missiles",
  disruptor: "Mine Disruptors",
  torpedo: "Genesis Torpedoes",
};

/** The talk, and the question how many. */
export const pitch = (ware: Ware, price: number, most: number) => (paper: Paper) => {
  pitches[ware](paper, price);
  paper.put`\n~gHow many ${nouns[ware]} do you want ~C(Max ${commas(most)})~Y [0] ~g? `;
};

export const noPhotons = (paper: Paper) =>
  paper.put`\n~gSorry, your ship is not equipped to handle Photon Missiles!\n`;
export const noTransWarp = (paper: Paper) =>
  paper.put`\n~gSorry, your ship is not equipped for a TransWarp Drive!\n`;
/** This one and the next are our words. */
export const noScanner = (paper: Paper) =>
  paper.put`\n~gSorry, your ship is not equipped for such a scanner!\n`;
export const haveThat = (paper: Paper) => paper.put`~gYou have one already, and one is all a ship can use.\n`;

const interested = (price: number) => (paper: Paper) =>
  paper.put`\n~mI can let you have one for ~Y${commas(price)} ~mcredits, interested? `;

export const planetScanner = (price: number) => (paper: Paper) => paper.put`
~gSee who sits on a planet, and behind what, before you set down on it.
~gIt has saved more hulls than all the shields we sell.
${interested(price)}`;

export const psychicProbe = (price: number) => (paper: Paper) => paper.put`
~gTells you after a deal how near you came to the port's best price.  It
~gpays for itself with those who can bear the truth.
${interested(price)}`;

export const scanners = (prices: Prices) => (paper: Paper) => paper.put`
~gTwo kinds: the cheap one weighs the sectors around you, the dear one
~gshows them to you as if you were there.

~mThe Holographic costs ~Y${commas(prices.holoScanner)} ~mcredits,${" "}
~mand the Density costs ~Y${commas(prices.densityScanner)} ~mcredits.

~mWhich would you like? ~Y(H/D/Quit)~m `;

export const drives = (prices: Prices) => (paper: Paper) => paper.put`
~gFrom here to anywhere you keep a fighter, in one jump, for three holds
~gof Fuel Ore a hop.

~mType 1:  TransWarp a single ship, costs ~Y${commas(prices.transwarp1)} ~mcredits
~mType 2:  TransWarp your ship plus a ship in tow, costs ~Y${commas(prices.transwarp2)} ~mcredits

~mUpgrade Type 1 to Type 2, costs ~Y${commas(upgradePrice(prices))} ~mcredits


~mWhich would you like? ~Y(1/2/U/Quit)~m `;
/** Our words. */
export const nothingToUpgrade = (paper: Paper) =>
  paper.put`~gThere is no Type 1 drive in your ship that we could make more of.\n`;

export const sentOver = (paper: Paper) =>
  paper.put`~gOk!  We'll get that sent over to your ship, installation is free!\n`;
export const installed = (paper: Paper) =>
  paper.put`~gOk!  We'll get that installed in your ship right away!\n`;
export const needsOre = (paper: Paper) => paper.put`~gDon't forget, you'll need lots of Fuel Ore for this.\n`;
export const otherTime = (paper: Paper) => paper.put`~gMaybe some other time\n`;
export const seeYou = (paper: Paper) => paper.put`~gSee you later.\n\n`;
