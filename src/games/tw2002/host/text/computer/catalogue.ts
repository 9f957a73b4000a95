/** The catalogue of ships, the databank of planets, and a ship's specifications. The words about each are our own. */
import { type PlanetClass, planetClasses, planetTypes } from "../../../rules/planets.ts";
import { type Product, products } from "../../../rules/ports.ts";
import { shipKinds, type ShipKind, shipTypes } from "../../../rules/ships.ts";
import { commas } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { shipName, shipNameIn } from "../ships.ts";

export const shipQuestion = (paper: Paper) => paper.put`\n~mWhich ship are you interested in~Y (?=List) ~m? `;

export const shipList = (paper: Paper) => {
  paper.line();
  for (const kind of shipKinds) paper.put`~m<~g${shipTypes[kind].letter}~m> ~g${shipName(kind)}~g\n`;
  paper.put`\n~m<~gQ~m> ~gTo Leave\n`;
};

/** Nothing but the pod comes without a word of praise. */
const praise: { readonly [K in ShipKind]: string } = {
  escapePod: "",
  merchantCruiser: "The plain dealer of the lanes: a cargo, a few guns, and no bad surprises.",
  scoutMarauder: "Thin-skinned and quick. Sees much, carries little, is gone before breakfast.",
  missileFrigate: "A cruiser without its comforts, built round a photon tube and a grudge.",
  battleShip: "Slow to arrive, slower to leave, and nobody asks it to.",
  corporateFlagShip: "For heads of corporations: fast, roomy, armed, and fitted for TransWarp.",
  colonialTransport: "A hall with engines. Nothing moves more people, and nothing moves them slower.",
  cargoTran: "Holds, holds and a bridge. Trades well; fights like a warehouse.",
  merchantFreighter: "Two turns a warp and honest holds: the ship of those who count every turn.",
  imperialStarShip: "Lent by the Federation to those who carry its commission. It does everything.",
  havocGunStar: "A fortress's shields on a raider's hull, and TransWarp to choose the day.",
  starMaster: "A cruiser with thicker shields, for merchants who have made enemies.",
  constellation: "The patrol ship of quiet borders: even in all things and hard to surprise.",
  tKhasiOrion: "A nimble freighter from the southern yards that bites when it is cornered.",
  tholianSentinel: "A guard ship: four thousand points of shield, and patience behind them.",
  taureanMule: "Carries what you load, minds nobody and cannot win a fight with a beacon.",
  interdictorCruiser: "Where it stands nobody leaves. Fifteen turns a warp are the price of that.",
};

/** A page of the catalogue. */
export const shipPage = (kind: ShipKind) => (paper: Paper) => {
  const { number } = shipTypes[kind];
  const words = praise[kind];
  paper.line();
  if (words !== "") paper.raw("\x1b[2J\x1b[H");
  paper.put`~g          Ship Category #~Y${String(number).padEnd(4)}~gShip Class : ~Y${shipName(kind)}~g\n`;
  if (words !== "") paper.put`\n~w ${words}\n`;
  paper.line();
  shipSpecs(kind)(paper);
};

/** `;`: the type's name in the middle of the line above its figures. */
export const ownShip = (kind: ShipKind) => (paper: Paper) => {
  const { name } = shipTypes[kind];
  const left = Math.floor((specsWidth - name.length) / 2);
  paper.put`\n~c${" ".repeat(left)}${shipNameIn(kind)}`;
  // The blanks behind a magenta name are dark magenta, which is all that was seen.
  if (kind === "havocGunStar") paper.put`~m`;
  paper.put`${" ".repeat(specsWidth - left - name.length)}~w~g\n\n`;
  shipSpecs(kind)(paper);
};
const specsWidth = 78;

const yesNo = (has: boolean) => (has ? "Yes" : "No");
const right = (value: number | string, width: number) =>
  (typeof value === "number" ? commas(value) : value).padStart(width);

/** The table of a type's figures. */
const shipSpecs = (kind: ShipKind) => (paper: Paper) => {
  const type = shipTypes[kind];
  const odds = type.odds.toFixed(1).padStart(4);
  paper.put`~g     Basic Hold Cost~Y:~C${right(type.costs.holds, 11)} ~g  Initial Holds~Y:~C${right(type.holdsFirst, 7)} ~gMaximum Shields~Y:~C${right(type.shieldsMax, 6)}
~g     Main Drive Cost~Y:~C${right(type.costs.drive, 11)} ~g   Max Fighters~Y:~C${right(type.fightersMax, 7)} ~g Offensive Odds~Y:~C${odds}~r:~C1
~g       Computer Cost~Y:~C${right(type.costs.computer, 11)} ~g Turns Per Warp~Y:~C${right(type.turnsPerWarp, 7)} ~g Defensive Odds~Y:~C${odds}~r:~C1
~g      Ship Hull Cost~Y:~C${right(type.costs.hull, 11)} ~g       Mine Max~Y:~C${right(type.minesMax, 7)} ~g     Beacon Max~Y:~C${right(type.beaconsMax, 6)}
~g      Ship Base Cost~Y:~C${right(type.cost, 11)} ~g    Genesis Max~Y:~C${right(type.torpedoesMax, 7)} ~gLong Range Scan~Y:~C${right(yesNo(type.longRangeScanner), 6)}
~g Max Figs Per Attack~Y:~C${right(String(type.attackMax), 11)} ~gTransWarp Drive~Y:~C${right(yesNo(type.transwarp), 7)} ~g Planet Scanner~Y:~C${right(yesNo(type.planetScanner), 6)}
~g       Maximum Holds~Y:~C${right(type.holdsMax, 11)} ~gTransport Range~Y:~C${right(type.transportRange, 7)} ~gPhoton Missiles~Y:~C${right(yesNo(type.photons), 6)}\n`;
};

// ---- planets

export const planetQuestion = (paper: Paper) =>
  paper.put`\n~mWhich planet type are you interested in~Y (?=List) ~m? `;

/** Key of a class in the list. */
export const planetLetter = (type: PlanetClass) => "ABCDEFG".charAt(planetClasses.indexOf(type));

/** The name of a class in its ink. */
const titled: { readonly [K in PlanetClass]: (paper: Paper, title: string) => void } = {
  M: (paper, title) => paper.put`~y${title}`,
  K: (paper, title) => paper.put`~Y${title}`,
  O: (paper, title) => paper.put`~C${title}`,
  L: (paper, title) => paper.put`~g${title}`,
  C: (paper, title) => paper.put`~W${title}`,
  H: (paper, title) => paper.put`~R${title}`,
  U: (paper, title) => paper.put`~=${title}`,
};

/** `Class K-BE,    Desert wasteland`, the title moved to column `column`; what follows must name its ink. */
export const planetTypeName =
  (type: PlanetClass, column = 0) =>
  (paper: Paper) => {
    const { title, subclass } = planetTypes[type];
    const written = `Class ${type}${subclass === "" ? "" : `-${subclass}`},`.length;
    paper.put`~mClass ~=${type}`;
    if (subclass !== "") paper.put`~0-${subclass}`;
    paper.put`~m,${" ".repeat(Math.max(1, column - written))}~0`;
    titled[type](paper, title);
  };

export const planetList = (paper: Paper) => {
  paper.line();
  for (const type of planetClasses)
    paper.put`~m<~g${planetLetter(type)}~m> ~g${planetTypeName(type, titleColumn)}~g\n`;
  paper.put`\n~m<~gQ~m> ~gTo Leave\n`;
};
const titleColumn = 15;

const word: Record<Product, string> = {
  "Fuel Ore": "fuel ore",
  Organics: "organics",
  Equipment: "equipment",
};

/** A page of the databank: our own words and table, from the rules that planets go by. */
export const planetPage = (type: PlanetClass) => (paper: Paper) => {
  const { perUnit, perFighter, colonistsMax, storeMax, hazard, habitability, citadel } = planetTypes[type];
  paper.put`${planetTypeName(type)}~g\n\n`;
  for (const product of products) {
    const made =
      perUnit[product] === 0
        ? "cannot be made here"
        : `one unit a day takes ${perUnit[product]} thousand colonists`;
    paper.put`~g ${word[product].padEnd(10)}~Y: ~g${made}~Y;~g stores hold ~C${commas(storeMax[product])}\n`;
  }
  const fighters = perFighter === 0 ? "none are made" : `one beside every ${perFighter} units`;
  paper.put`~g fighters  ~Y: ~g${fighters}
~g colonists ~Y: ~gat most ~C${commas(colonistsMax)}~g thousand at work on each product
~g life      ~Y: ~ghabitability ~C${habitability}~g of 100~Y,~g hazard ~C${hazard}~g of 8\n\n`;
  paper.put`~m Citadel   Colonists   Ore   Org   Equ Days\n~C --------- --------- ----- ----- ----- ----\n`;
  for (const [index, { colonists, products: needs, days }] of citadel.entries()) {
    paper.put`~g Level ${index + 1}   ${commas(colonists).padStart(8)}T~Y${commas(needs["Fuel Ore"]).padStart(6)}${commas(needs.Organics).padStart(6)}${commas(needs.Equipment).padStart(6)}~C${String(days).padStart(5)}\n`;
  }
};
