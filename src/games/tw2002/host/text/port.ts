/** What a port says: its report and its half of the haggle. */
import { percentOf, products, type Side, sideOf } from "../../rules/ports.ts";
import type { Galaxy } from "../galaxy.ts";
import type { Planet, Port, Trader } from "../things.ts";
import { commas, gameDate } from "./figures.ts";
import type { Paper } from "./paper.ts";
import { dayMs } from "../../rules/time.ts";
import { stockAt, stockMax } from "../stock.ts";

export const portBanner = (paper: Paper) => paper.put`~=<Port>\n\n~!Docking...\n`;

export const turnDeducted = (left: number) => (paper: Paper) =>
  paper.put`~YOne turn deducted, ~C${left}~Y turns left.\n\n`;

export const reportHeading = (port: Port, galaxy: Galaxy, at: number) => (paper: Paper) =>
  paper.put`~YCommerce report for ~C${port.name}~Y: ${gameDate(at, galaxy.settings.yearsAhead)}\n\n`;

/** The ship that docked last. `minutes` 0 has just left. */
export const dockingLog = (ship: string | undefined, minutes: number) => (paper: Paper) => {
  paper.put`~m-=-=-        Docking Log        -=-=-\n`;
  if (ship === undefined) paper.put`~gNo current ship docking log on file.\n`;
  else if (minutes < 1) paper.put`~C${ship}~g just left.\n`;
  else paper.put`~C${ship}~g docked ~C${minutes}~g minutes ago.\n`;
};

export const neverVisited = (sector: number) => (paper: Paper) =>
  paper.put`~gYou have never visted sector ~Y${sector}~g.\n`;

export const noReport = (paper: Paper) => paper.put`\n~gI have no information about a port in that sector.\n`;

/** A port whose builders are at work: our words, no recording shows one. `at` is now. */
export const notYetOpen = (port: Port, at: number) => (paper: Paper) => {
  const days = Math.max(1, Math.ceil((port.opensAt - at) / dayMs));
  paper.put`\n~CThis port is still under construction, ~Y${days}~C day(s) are left.\n`;
};

export const foundPort = (points: number) => (paper: Paper) =>
  paper.put`~gFor finding this unused port you receive ~Y${points}~g experience point(s).\n`;

export const promoted = (title: string) => (paper: Paper) =>
  paper.put`~!You have been promoted to ${title}!\n`;

/** The table of a report. */
export const stockTable = (port: Port, galaxy: Galaxy, trader: Trader, at: number) => (paper: Paper) => {
  paper.put`~g Items     Status  Trading % of max OnBoard
~m -----     ------  ------- -------- -------\n`;
  for (const [index, product] of products.entries()) {
    const stock = port.stocks[index];
    const side = sideOf(port.portClass, product);
    if (!stock || !side) continue;
    const amount = stockAt(galaxy, stock, at);
    const percent = percentOf(amount, stockMax(stock));
    const status = side === "buying" ? "  Buying  " : "  Selling ";
    paper.put`~C${product.padEnd(9)}~g${status}~C${String(amount).padStart(6)}~g${String(percent).padStart(7)}~R% ~c${String(trader.ship.cargo[product]).padStart(7)}\n`;
  }
};

/** `last` when nothing more will be asked. */
export const purse = (credits: number, holds: number, last: boolean) => (paper: Paper) => {
  if (last) paper.put`\n~gYou have ~C${commas(credits)}~g credits and ~C${holds}~g empty cargo holds.\n`;
  else paper.put`\n~gYou have ~Y${commas(credits)}~g credits and ~Y${holds}~g empty cargo holds.\n`;
};

export const nothingToTrade = (paper: Paper) =>
  paper.put`\n~CYou don't have anything they want, and they don't have anything you can buy.\n`;

/** The question how many holds of a product change hands; `side` is the port's. */
export const howMany =
  (
    product: string,
    side: Side,
    figures: { readonly amount: number; readonly aboard: number; readonly offered: number },
  ) =>
  (paper: Paper) => {
    const { amount, aboard, offered } = figures;
    const [does, verb] = side === "buying" ? ["buying", "sell"] : ["selling", "buy"];
    paper.put`
~mWe are ${does} up to ~Y${amount}~m.  You have ~Y${aboard}~m in your holds.
~mHow many holds of ~C${product}~m do you want to ${verb} [~Y${offered}~m]? `;
  };

export const agreed = (units: number) => (paper: Paper) => paper.put`~CAgreed, ~Y${commas(units)}~C units.\n`;

export const priceLine = (side: Side, price: number) => (paper: Paper) =>
  paper.put`\n~gWe'll ${side === "buying" ? "buy" : "sell"} them for ~Y${commas(price)}~g credits.\n`;

export const finalLine = (price: number) => (paper: Paper) =>
  paper.put`\n~gOur final offer is ~Y${commas(price)}~g credits.\n`;

export const notInterested = (paper: Paper) => paper.put`~!We're not interested.\n`;

export const insultLine = (text: string) => (paper: Paper) => paper.put`\n~C${text}\n`;

/** A selling port leaves an empty line before it throws a trader out; a buying one does not. */
export const thrownOutLine = (side: Side, text: string) => (paper: Paper) => {
  if (side === "selling") paper.line();
  paper.put`~Y${text}\n`;
};

/** Green when the trader has bought, magenta when he has sold. */
export const acceptedLine = (side: Side, text: string) => (paper: Paper) =>
  side === "selling" ? paper.put`~g${text}\n` : paper.put`~m${text}\n`;

/** What a psychic probe reads: how near the price came to the best one, cut to hundredths, as 191 recorded deals show. */
export const probeLine = (percent: number) => (paper: Paper) => {
  const shown = (Math.floor(percent * 100 + 1e-9) / 100).toFixed(2).padStart(6);
  paper.put`~y<P-Probe estimates your offer was ~Y${shown}~y% of best price>\n`;
};

/** No recording shows what a port says to an offer beyond the purse: our words; the question comes again. */
export const beyondPurse = (credits: number) => (paper: Paper) =>
  paper.put`\n~!You only have ${commas(credits)} credits!\n`;

export const rewardLine = (reward: string, points: number) => (paper: Paper) =>
  paper.put`~gFor your ${reward} trading you receive ~Y${points}~g experience point(s).\n`;

/** One of these when a deal is struck, by what the port does. */
export const acceptances: Record<Side, readonly string[]> = {
  selling: [
    "Agreed, and a pleasure doing business with you!",
    "(Sigh) Very well, pay up and take them away.",
    "Cheapskate.  Here, take them and leave me alone.",
    "I hate haggling, they're all yours.",
    "I PAID more than that!  But we'll sell them to you anyway.",
    "I could have twice that much in the Androcan Empire, but they're yours.",
    "SOLD!  Come back anytime!",
    "Very well, we'll take that offer.",
    "You are a shrewd trader, they're all yours.",
    "You will put me out of business, I'll take your offer.",
  ],
  buying: [
    "Agreed! We'll purchase them!",
    "Done, we'll take the lot.",
    "FINE, we'll take them, just leave!",
    "If only more honest traders would port here, we'll take them though.",
    "Oh well, maybe I can sell these to some other fool, we'll take them.",
    "Very well, we'll buy them.",
    "You are a rogue! We'll take them anyway.",
    "You are robbing me, but we'll buy them anyway.",
    "You drive a hard bargain, but we'll take them.",
    "You insult my intelligence, but we'll buy them anyway.",
  ],
};

/** One of these for an offer that is no offer; the price stays. */
export const insults: readonly string[] = [
  "WHAT?!@!? you must be crazy!",
  "Make a real offer or get the h*ll out of here!",
  "Get real ion-brain, make me a real offer.",
  "Quit playing around, you're wasting my time!",
  "This is the big leagues Jr.  Make a real offer.",
  "My patience grows short with you.",
  "I have much better things to do than waste my time.  Try again.",
  "HA! HA, ha hahahhah hehehe hhhohhohohohh!  You choke me up!",
  "So, you think I'm as stupid as you look? Make a real offer.",
  "What do you take me for, a fool?  Make a real offer!",
];

/** One of these when the port has had enough of a product's haggle. */
export const dismissals: Record<Side, readonly string[]> = {
  buying: [
    "HA!  You think me a fool?  Thats insane!  Get out of here!",
    "I see you are as stupid as you look, get lost...",
    "I think you'd better leave if you value your life!",
    "Swine, go peddle your wares somewhere else, you make me sick.",
    "Get lost creep, that junk isn't worth half that much!",
  ],
  selling: [
    "HA!  You crack me up.  Now get lost.",
    "How have you survived this long?  Get lost, I'm not interested.",
    "These are not free!  Get lost...",
    "Thief!  I will not do business with you.",
    "When you want to make me a real offer, drop back by.",
  ],
};

// ---- with a planet

export const negotiationBanner = (paper: Paper) =>
  paper.put`~=<Negotiate Planetary TradeAgreement>\n\n~!Docking...\n`;

/** The planets in the sector with what is in their stores, and the question which of them. */
export const planetList = (planets: readonly Planet[]) => (paper: Paper) => {
  paper.put`
~gRegistry# and Planet Name                   Fuel Ore  Organics Equipment
~m------------------------------------------------------------------------\n`;
  for (const { id, name, store } of planets) {
    const figures = products.map((product) => commas(Math.floor(store[product])).padStart(10)).join("");
    paper.put`~m   <~Y${String(id).padStart(4)}~m> ~C${name.padEnd(31).slice(0, 31)}~g${figures}\n`;
  }
  paper.put`\n~mWhich planet do you negotiate for? `;
};

export const notYourPlanet = (paper: Paper) =>
  paper.put`~gYou don't own that planet!  Were you expecting us to invade it?\n`;

export const howManyUnits =
  (
    product: string,
    figures: { readonly wanted: number; readonly stored: number; readonly offered: number },
  ) =>
  (paper: Paper) => {
    const { wanted, stored, offered } = figures;
    paper.put`
~mWe are buying up to ~Y${wanted}~m.  The planet has ~Y${stored}~m in store.
~mHow many units of ~C${product}~m do you want to sell [~Y${offered}~m]? `;
  };
