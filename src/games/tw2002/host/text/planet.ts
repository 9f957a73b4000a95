/** Planets on the screen: the table of what they make, the list to land from, and the talk on the ground. */
import { type PlanetClass, planetFightersMax, planetTypes, planetWarpOre } from "../../rules/planets.ts";
import { type Product, products } from "../../rules/ports.ts";
import type { Galaxy } from "../galaxy.ts";
import {
  cannonPower,
  colonistsOn,
  daysToGo,
  fightersOn,
  inStore,
  population,
  production,
} from "../planet.ts";
import type { Planet, Ship } from "../things.ts";
import { planetTypeName } from "./computer/catalogue.ts";
import { commas, shortFigure } from "./figures.ts";
import type { Paper } from "./paper.ts";
import { emptyHolds } from "../ships.ts";
import { ownerName } from "../owners.ts";

/** Whose it is, where a screen gives an owner: a corporation with its number. The form with the number is ours. */
function ownerWords(galaxy: Galaxy, { owner }: Planet): string {
  const name = ownerName(galaxy, owner);
  return owner.type === "corp" ? `[${owner.id}] ${name}` : name;
}

// ---- the planet's own screen

/** Everything about a planet below an empty line; an empty line ends it. */
export const planetDisplay = (galaxy: Galaxy, planet: Planet, ship: Ship, at: number) => (paper: Paper) => {
  paper.put`
~gPlanet ~Y#~C${planet.id}~g in sector ~Y${planet.sector}~g:~C ${planet.name}
${planetTypeName(planet.type)}~g
~mCreated by: ~C${planet.creator === "" ? "<UNKNOWN>" : planet.creator}
~mClaimed by:~C ~Y${ownerWords(galaxy, planet)}

~g  Item    Colonists  Colonists    Daily     Planet      Ship      Planet  \n~g           (1000s)   2 Build 1   Product    Amount     Amount     Maximum \n~m -------  ---------  ---------  ---------  ---------  ---------  ---------\n`;
  const { storeMax, perUnit } = planetTypes[planet.type];
  const { units, fighters } = production(planet);
  for (const product of products) {
    const per = perUnit[product];
    paper.put`~g${product.padEnd(9)}~Y${commas(colonistsOn(planet, product)).padStart(10)}${columns(
      per === 0 ? "N/A" : commas(per),
      units[product],
      inStore(planet, product),
      ship.cargo[product],
      storeMax[product],
    )}\n`;
  }
  // What a fighter takes is worked out backwards from the day's: 191 thousand for 4 were shown as 47.
  const perFighter = fighters === 0 ? "N/A" : commas(Math.floor(population(planet) / fighters));
  paper.put`~gFighters  ~Y      N/A${columns(perFighter, fighters, fightersOn(planet), ship.fighters, planetFightersMax)}\n`;
  if (planet.citadel.level > 0 || planet.citadel.doneAt > 0) citadelLines(planet, at)(paper);
  paper.line();
};

const columns = (per: string, daily: number, here: number, aboard: number, most: number) => (paper: Paper) =>
  paper.put`~r${per.padStart(11)}~B${commas(daily).padStart(11)}~C${commas(here).padStart(11)}~m${commas(aboard).padStart(11)}~y${commas(most).padStart(11)}`;

/** A level 6 citadel was seen; that each line belongs to the level that brings it is our reading. */
const citadelLines = (planet: Planet, at: number) => (paper: Paper) => {
  const { level, treasury, military, atmosphere, quasar, doneAt, interdictor } = planet.citadel;
  paper.line();
  if (level > 0) {
    paper.put`~yPlanet has a level ~Y${level} ~yCitadel, treasury contains ~Y${commas(treasury)}~y credits.\n`;
  }
  if (doneAt > 0) {
    paper.put`~yLevel ~Y${level + 1} ~yof the Citadel is under construction, ~Y${daysToGo(planet, at)} ~yday(s) till complete.\n`;
  }
  if (level === 2) paper.put`~yMilitary reaction=~Y${military}~y%\n`;
  if (level >= 3) {
    paper.put`~yMilitary reaction=~Y${military}~y%,~C QCannon~y power=~Y${cannonPower(planet)}~y%, AtmosLvl=~Y${atmosphere}~y%, SectLvl=~Y${quasar}~y%\n`;
  }
  if (level >= 4) {
    paper.put`      ~C-~Y=~C-~Y=~C-~!=~0~C-~Y=~C-~Y=~C- TransWarp~m power ~Y= ~C${Math.floor(inStore(planet, "Fuel Ore") / planetWarpOre)}~g hops ~C-~Y=~C-~Y=~C-~!=~0~C-~Y=~C-~Y=~C-\n`;
  }
  if (level >= 5) {
    paper.put`  ~<\xdb~>\xdb~0~<\xdb~>\xdb~0  ~rPlanetary Defense Shielding Power Level ~Y= ~C${planet.shields}  ~<\xdb~>\xdb~0~<\xdb~>\xdb~0\n`;
  }
  if (level >= 6) {
    paper.put`         ~rPlanetary Interdictor Generator = ~C${interdictor ? "ACTIVE" : "INACTIVE"}\n`;
  }
};

export const freeHolds = (ship: Ship) => (paper: Paper) =>
  paper.put`~gYou have ~Y${emptyHolds(ship)}~g free cargo holds.\n\n`;

export const planetPrompt = (paper: Paper) => paper.put`~mPlanet command ~Y(?=help) ~m[D] `;

export const blastOff = (planet: Planet) => (paper: Paper) =>
  paper.put`\n~gBlasting off from ~C${planet.name}\n`;

/** The ruler and the question for the name of a planet: "this planet" or "your home planet". */
export const askPlanetName = (which: string, type: PlanetClass) => (paper: Paper) => {
  paper.put`~mWhat do you want to name ${which}? (${planetTypeName(type)}~g~m)\n~g[---------------------------------------]`;
  paper.raw("\r\n");
  paper.put`~y`;
};

const bar = "\xcd".repeat(29);
export const planetHelp = (paper: Paper) =>
  paper.put`
~g\xc9${bar}\xbb
~g\xba ~m<~gA~m> ~CTake All Products       ~g\xba
~g\xba ~m<~gC~m> ~CEnter Citadel           ~g\xba
~g\xba ~m<~gD~m> ~CDisplay Planet   ~g       \xba
~g\xba ~m<~gM~m> ~CChange Military Levels  ~g\xba
~g\xba ~m<~gO~m> ~CClaim Ownership of      ~g\xba
~g\xba    ~C   this planet           ~g\xba
~g\xba ~m<~gP~m> ~CChange Population Lvls  ~g\xba
~g\xba ~m<~gS~m> ~CLoad/Unload Colonists   ~g\xba
~g\xba ~m<~gT~m> ~CTake or Leave Product   ~g\xba
~g\xba ~m<~gZ~m> ~CTry to Destroy Planet   ~g\xba
~g\xba                             \xba
~g\xba ~m<~Y!~m> ~YPlanetary Help   ~g       \xba
~g\xba ~m<~YQ~m> ~YLeave this Planet~g       \xba
~g\xc8${bar}\xbc
`;

/** What others in the sector see. Scripts know "lifts off from"; the rest is ours. */
export const liftedOff = (name: string, planet: string) => (paper: Paper) =>
  paper.put`~C${name} ~glifts off from ~C${planet}~g.\n`;
export const landed = (name: string, planet: string) => (paper: Paper) =>
  paper.put`~C${name} ~glands on ~C${planet}~g.\n`;

// ---- coming down

export const landingHeading = (paper: Paper) =>
  paper.put`~C<Preparing ship to land on planet surface>\n\n~C<Atmospheric maneuvering system engaged>\n`;

export const noPlanetHere = (paper: Paper) =>
  paper.put`~gThere isn't a planet in this sector.\n~gYou can create one with a Genesis Torpedo.\n`;

/** The planets to choose from; a ship without a planet scanner sees no defences but its friends'. */
export const landingList =
  (galaxy: Galaxy, rows: readonly { planet: Planet; open: boolean }[]) => (paper: Paper) => {
    paper.put`~gRegistry# and Planet Name                    Citadel RLvl Fighters QCanRLvl Cls\n~Y-------------------------------------------------------------------------------\n`;
    for (const { planet, open } of rows) {
      paper.put`~m   <~g${String(planet.id).padStart(4)}~m> ~C${planet.name.padEnd(35)}`;
      if (open) defences(planet)(paper);
      else paper.put`~Y   ?   ~C   ?   ~Y     ?       ?`;
      paper.put`~g    ${planet.type}\n`;
      if (planet.owner.type !== "nobody")
        paper.put`          ~gOwned by:~C ~Y${ownerWords(galaxy, planet)}\n`;
    }
    paper.put`\n~mLand on which planet ~Y<Q to abort>~m ? `;
  };

const defences = (planet: Planet) => (paper: Paper) => {
  const { level, military, quasar } = planet.citadel;
  if (level === 0) paper.put`~Y  None ~C${String(military).padStart(4)}~g%  `;
  else paper.put`~yLevel ~Y${level}~C${String(military).padStart(4)}~g%  `;
  paper.put`~Y${shortFigure(fightersOn(planet)).padStart(6)}    `;
  if (level < 3) paper.put`None`;
  else paper.put`~C${String(quasar).padStart(3)}~g%`;
};

export const landingBegun = (paper: Paper) => paper.put`~!Landing sequence engaged...\n\n`;

export const landingScan = (paper: Paper) => {
  paper.put`~RScanning for Defensive forces on planet surface.\n`;
  for (let turn = 0; turn < 6; turn++) paper.put`~R/\b~Y-\b~R\\\b~Y|\b~B*`;
  paper.put`\n`;
};

/** How the ground receives a friend. */
export const cleared = (planet: Planet) => (paper: Paper) => {
  if (planet.citadel.level >= 2) {
    paper.put`~gActive Combat Control system detected:\n~CFighters standing down, landing site cleared for your approach.\n\n`;
  } else paper.put`~gNo enemy forces deployed on the surface, landing site clear.\n\n`;
};

// ---- on the ground

export const takeLeaveHeading = (paper: Paper) => paper.put`~=<Take/Leave Products>\n\n~mDisplay planet? `;
export const colonistHeading = (paper: Paper) => paper.put`~=<Load/Unload Colonists>\n\n~mDisplay planet? `;
export const militaryHeading = (paper: Paper) => paper.put`~=<Change Military>\n\n~mDisplay Planet? `;
export const populationHeading = (paper: Paper) => paper.put`~=<Change Population>\n\n~mDisplay planet? `;

export const leaveOrTake = (what: string, enter: "L" | "T") => (paper: Paper) =>
  paper.put`~m(~YL~m)eave or (~YT~m)ake ${what}? ~Y[${enter}] ~C`;

/** `Which product are you taking?` and the three of them. */
export const whichOf = (question: string, kind: string) => (paper: Paper) =>
  paper.put`~g${question} \n~m(~Y1~m)Ore, (~Y2~m)Org or (~Y3~m)Equipment${kind} ? ~C`;

/** How many to take or to leave: holds of a product or groups of colonists. */
export const howMany = (what: string, deed: "take" | "leave" | "move", most: number) => (paper: Paper) => {
  const tail = { take: "empty holds", leave: "on board", move: "available" }[deed];
  paper.put`~mHow many ${what} do you want to ${deed} (~C[~Y${most}~C]~m ${tail}) ? `;
};

export const unloaded = (product: Product) => (paper: Paper) =>
  paper.put`~gYou unload the ${product} from your ship.\n`;
export const loaded = (product: Product) => (paper: Paper) =>
  paper.put`~gYou load the ${product} aboard your ship.\n`;
export const colonistsAboard = (paper: Paper) =>
  paper.put`~gThe Colonists file aboard your ship, eager to head out to new frontiers.\n`;
export const colonistsAshore = (paper: Paper) =>
  paper.put`~gThe Colonists disembark to begin their new life.\n`;
export const noRoomThere = (paper: Paper) => paper.put`~gThey don't have room for that many on the planet!\n`;
export const notSoMany = (paper: Paper) => paper.put`~gThere aren't that many on the planet!\n`;

export const fightersHere = (count: number) => (paper: Paper) =>
  paper.put`
~yThere are currently ~Y${count} ~yFighters on this planet.
~mDo you wish to (~YL~m)eave or (~YT~m)ake Fighters? ~Y[T] (Q to Exit) ~C`;

export const howManyFighters = (deed: "take" | "leave", most: number) => (paper: Paper) => {
  const bound = deed === "take" ? `(${most} Max)` : `(${most} on board)`;
  paper.put`~mHow many Fighters do you want to ${deed} ~Y${bound} [${most}]~m ? `;
};

// ---- Terra

/** The recordings never land there; scripts know the question and its answers by heart, the rest is ours. */
export const terraHeading = (colonists: number) => (paper: Paper) =>
  paper.put`
~gTerra, the home of mankind, has more people than it can feed.
~gThere are currently ~Y${commas(colonists)}~g groups of Colonists ready to leave.

~mDo you wish to (~YL~m)eave or (~YT~m)ake Colonists? ~Y[T] (Q to leave) ~C`;

export const notOnTerra = (paper: Paper) => paper.put`~gThere aren't that many on Terra!\n`;

/** A short word on each command of the planet prompt; ours. */
export const planetGuide = (paper: Paper) =>
  paper.put`
~gColonists at work on a product make it day by day; beside the products they make fighters.
~gBring people from Terra with ~YS~g, share out their work with ~YP~g, fetch what they make with ~YT~g or ~YA~g.
~gFighters left with ~YM~g keep strangers from landing. A Citadel (~YC~g) keeps you and your credits.\n\n`;

// ---- strangers

export const barred = (what: "shields" | "fighters") => (paper: Paper) =>
  what === "shields"
    ? paper.put`\n~CYou have to destroy the Planetary Shields defending the planet to land.\n\n`
    : paper.put`\n~CYou have to destroy the fighters defending the planet to land.\n\n`;

export const quasarBlast = (planet: Planet) => (damage: number) => (paper: Paper) =>
  paper.put`\n~!Quasar Cannon on ${planet.name}!\n~gCombat computer reports damages of ~Y${commas(damage)}~g battle points!\n`;
