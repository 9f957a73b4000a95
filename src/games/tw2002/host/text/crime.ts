/**
 * What a thief at a port reads. The recordings show it without colours, so the colours are ours; lines that programs
 * look for are the real ones, the story around them is ours.
 */
import { type Product, products, sideOf } from "../../rules/ports.ts";
import type { Galaxy } from "../galaxy.ts";
import type { Port, Trader } from "../things.ts";
import { onDock } from "../thieves.ts";
import { commas } from "./figures.ts";
import type { Paper } from "./paper.ts";
import { stockAt } from "../stock.ts";

export const thieveryBanner = (paper: Paper) => paper.put`~=<Thievery>\n\n~!Docking\n`;

export const turnTaken = (left: number) => (paper: Paper) =>
  paper.put`~YOne turn deducted, ~C${left}~Y turns left.\n`;

export const temptation = (paper: Paper) =>
  paper.put`
~gAfter docking with the port you look furtively about. The dock hands are
busy unloading a freighter, and nobody minds one more crew in the hall.
This could be your chance to leave richer than you came. Do you dare?\n`;

export const crimePrompt = (paper: Paper) =>
  paper.put`~m(~YR~m)ob this port, (~YS~m)teal product or (~YQ~m)uit (~Y?~m=Help) `;

export const crimeHelp = (paper: Paper) =>
  paper.put`
~CRobbing takes credits from the port's strongroom, stealing takes goods off
its dock. The more experience you have, the more you can carry away unseen:
about three credits, or a thirtieth of a hold, for each point. Never visit
the same port twice in a row, and never one whose guards have caught you.\n\n`;

/** The dock as a thief sees it: what is for trade, and what lies there. */
export const dockTable = (port: Port, galaxy: Galaxy, trader: Trader, at: number) => (paper: Paper) => {
  paper.put`
~g Items     Status  Trading On Dock OnBoard
~m -----     ------  ------- ------- -------\n`;
  for (const [index, product] of products.entries()) {
    const stock = port.stocks[index];
    const side = sideOf(port.portClass, product);
    if (!stock || !side) continue;
    const status = side === "buying" ? "  Buying  " : "  Selling ";
    const trading = String(stockAt(galaxy, stock, at)).padStart(6);
    const docked = String(onDock(galaxy, port, product, at)).padStart(8);
    paper.put`~C${product.padEnd(9)}~g${status}~C${trading}~g${docked}~c${String(trader.ship.cargo[product]).padStart(8)}\n`;
  }
};

export const whichProduct = (paper: Paper) =>
  paper.put`\n~mWhich product? (~Y1~m)Fuel Ore, (~Y2~m)Organics or (~Y3~m)Equipment (~YQ~m=Quit) ? `;

export const howManyHolds = (product: Product, offered: number) => (paper: Paper) =>
  paper.put`\n~mHow many holds of ~C${product}~m to swipe? [~Y${offered}~m] `;

export const notSoMany = (product: Product) => (paper: Paper) =>
  paper.put`~RThere aren't that many holds of ${product} at this port!\n`;

/** The sysop may keep thieves from ports that buy a product: our words. */
export const nothingToSteal = (product: Product) => (paper: Paper) =>
  paper.put`~RThis port only buys ${product}; there is none of it to steal.\n`;

export const noRoom = (paper: Paper) => paper.put`~RYou don't have that many empty cargo holds!\n`;

export const loading = (paper: Paper) => paper.put`~gYou start your droids loading the cargo and...`;

/** `share` of what there is; the journals never tell of the rest. */
export const journals = (credits: number) => (paper: Paper) =>
  paper.put`~gThe Trade Journals estimate this port has in excess of ~Y${commas(credits)}~g creds onhand.

~mHow much do you want to rob? `;

export const notSoRich = (paper: Paper) => paper.put`~CMaybe some other day, eh?\n`;

export const strongroom = (paper: Paper) => paper.put`~gYou start on the lock of the strongroom and...`;

export const success = (paper: Paper) => paper.put`\b\b\b ~YSuccess!\n`;

export const crimePaid = (
  deed: "stealing from" | "robbing",
  pay: { alignment: number; experience: number },
) => {
  return (paper: Paper) => {
    paper.put`~gFor ${deed} this port, your alignment went down by ~Y${pay.alignment}~g point(s).\n`;
    if (pay.experience > 0) paper.put`~gand you receive ~Y${pay.experience}~g experience point(s).\n`;
  };
};

/** How the guards knew him, if they did. */
export type Recognized = "last time" | "caught before" | undefined;

export const busted =
  (loss: { holds: number; alignment: number; experience: number }, recognized: Recognized) =>
  (paper: Paper) => {
    paper.put`\b\b\b ~RSuddenly you're Busted!\x07\x07\x07

~gGuards step out of every doorway and send for the port's Administrator.
He arrives shortly and fines you ~Y${loss.holds}~g Cargo Holds and all your cargo for your
trouble, and does not want to see your ship here any more.

His droids take the holds out of your hull and push you off the dock.

~gFor getting caught your alignment went down by ~Y${loss.alignment}~g point(s).
and you ~RLOSE ~Y${loss.experience}~g experience point(s).\n`;
    if (recognized === "last time") paper.put`~C(You realize the guards saw you last time!)\n`;
    if (recognized === "caught before") {
      paper.put`~C(You suddenly remember that you were caught stealing here before)\n`;
    }
  };

export const leavePort = (paper: Paper) => paper.put`\n~gYou leave the port.\n`;

export const tooWellGuarded = (paper: Paper) =>
  paper.put`~gHalf the Federation's police have their lockers here: you think better of it.\n`;
