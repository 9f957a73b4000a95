/** Building ports. The recording of an upgrade has no colours, so they are ours; so are all words about a new port. */
import {
  portClasses,
  portPlan,
  type Product,
  products,
  type TradingClass,
  upgradePrice,
} from "../../rules/ports.ts";
import { commas } from "./figures.ts";
import type { Paper } from "./paper.ts";

export const constructionBanner = (paper: Paper) => paper.put`~=<Construct Starbase>\n\n`;

export const upgradeHeading = (paper: Paper) => paper.put`~C(Upgrade StarPort)\n`;

/** Double lines in code page 437. */
const across = "\xcd".repeat(32);

export const upgradeMenu = (paper: Paper) => {
  paper.put`\n\n~m\xc9${across}\xbb
~m\xba~C  Upgrade Starport Production   ~m\xba
~m\xcc${across}\xb9\n`;
  for (const [index, product] of products.entries()) {
    const label = `${product},`.padEnd(12);
    paper.put`~m\xba~Y ${index + 1} ~g${label}costs $${upgradePrice[product]}/unit  ~m\xba\n`;
  }
  paper.put`~m\xcc${across}\xb9
~m\xba~C   Choose 1, 2, 3 or Q to quit  ~m\xba
~m\xc8${across}\xbc
~mChoice ? `;
};

export const upgradeCost = (product: Product, most: number) => (paper: Paper) =>
  paper.put`
~gThat will cost ~Y${upgradePrice[product]}~g per unit to upgrade the ~C${product}
~mHow many units do you want to invest? (~Y${most}~m max, 0 to quit) `;

export const upgraded = (paper: Paper) => paper.put`~YStarPort upgraded!\n`;

export const noUpgrade = (paper: Paper) => paper.put`~gThe Federation looks after this port itself.\n`;

export const stillBuilding = (days: number) => (paper: Paper) =>
  paper.put`~gThe builders of this port need ~Y${days}~g more day(s).\n`;

export const radiation = (days: number) => (paper: Paper) =>
  paper.put`~gThe wreck of the old port will glow for ~Y${days}~g more day(s); nobody can build here before.\n`;

export const noBuilding = (why: "FedSpace" | "planet" | "full") => (paper: Paper) => {
  if (why === "FedSpace") paper.put`~gThe Federation licenses no ports in FedSpace.\n`;
  else if (why === "planet")
    paper.put`~gYou need a planet of your own in this sector to supply the builders.\n`;
  else paper.put`~gThe Federation licenses no more ports in this galaxy.\n`;
};

/** What a port of each class takes. */
export const classTable = (paper: Paper) => {
  paper.put`~CThere is no port here. Your planet can supply the builders of one.

~g Class         Licence  Fuel Ore  Organics Equipment  Days
~m -----------  --------  --------  -------- ---------  ----\n`;
  for (const [number, sides] of Object.entries(portClasses)) {
    const { licence, materials, days } = portPlan(Number(number) as TradingClass);
    const [ore, organics, equipment] = products.map((product) => String(materials[product]));
    paper.put` ~Y${number} ~g(${sides})  ~C${commas(licence).padStart(13)}${(ore ?? "").padStart(10)}${(organics ?? "").padStart(10)}${(equipment ?? "").padStart(10)}${String(days).padStart(6)}\n`;
  }
  paper.put`\n~mWhich class do you want to build? (~Y1-8~m, ~YQ~m=Quit) `;
};

export const missing = (product: Product) => (paper: Paper) =>
  paper.put`~gYour planet does not have enough ~C${product}~g for that.\n`;

export const noFunds = (licence: number) => (paper: Paper) =>
  paper.put`~gThe licence costs ~Y${commas(licence)}~g credits, and you do not have them.\n`;

export const askPortName = (paper: Paper) => paper.put`~mWhat do you want to name this port? (30 letters) `;

export const badName = (paper: Paper) => paper.put`~gThe Federation's clerk cannot read that.\n`;

export const begun = (name: string, days: number) => (paper: Paper) =>
  paper.put`~YThe builders of ${name} set to work. It will open in ${days} days.\n`;
