/** Names of ports, nebulae and ships' makers, put together from our own syllables. */
import type { Dice } from "./dice.ts";

const heads = [
  "Al",
  "Bar",
  "Cor",
  "Dra",
  "El",
  "Fen",
  "Gal",
  "Hes",
  "Ith",
  "Jor",
  "Kel",
  "Lor",
  "Mar",
  "Nor",
  "Or",
];
const moreHeads = [
  "Pel",
  "Quin",
  "Ras",
  "Sel",
  "Tor",
  "Ul",
  "Var",
  "Wes",
  "Xan",
  "Yor",
  "Zan",
  "Bren",
  "Cal",
  "Dor",
];
const middles = [
  "a",
  "e",
  "i",
  "o",
  "u",
  "an",
  "en",
  "ir",
  "or",
  "ul",
  "ae",
  "is",
  "em",
  "ov",
  "ad",
  "el",
  "",
  "",
  "",
];
const tails = [
  "dan",
  "dis",
  "gard",
  "lia",
  "lon",
  "mir",
  "mos",
  "nar",
  "nia",
  "phon",
  "rak",
  "ris",
  "ros",
  "sk",
];
const moreTails = [
  "ston",
  "tan",
  "thea",
  "tis",
  "tor",
  "tria",
  "vane",
  "var",
  "ven",
  "vik",
  "wick",
  "xis",
  "zar",
  "zeth",
];
const suffixes = [
  "Station",
  "Depot",
  "Landing",
  "Exchange",
  "Reach",
  "Haven",
  "Market",
  "Cross",
  "Yard",
  "Prime",
];
const moreSuffixes = ["II", "III", "IV", "Minor", "Major", "Beta", "Gamma", "Gate", "Point", "Wharf"];
const clouds = ["Nebula", "Cloud", "Drift", "Shoals", "Expanse", "Veil", "Rift", "Cluster", "Arm", "Deeps"];

const makers = [
  "Aldeen",
  "Brightwater",
  "Corvane",
  "Dunmore",
  "Estrel",
  "Farrow",
  "Gantry",
  "Holloway",
  "Ionica",
];
const moreMakers = [
  "Jessop",
  "Kestrel",
  "Lindqvist",
  "Morrow",
  "Nightingale",
  "Ostrava",
  "Pemberton",
  "Quillon",
];
const houses = ["Works", "Yards", "Ind", "Bros", "Dynamics", "Foundry", "", ""];

const word = (dice: Dice) =>
  dice.pick([...heads, ...moreHeads]) + dice.pick(middles) + dice.pick([...tails, ...moreTails]);

/** "Keladan", "Torenia Wharf". */
export const portName = (dice: Dice) =>
  dice.roll() < 0.45 ? `${word(dice)} ${dice.pick([...suffixes, ...moreSuffixes])}` : word(dice);

/** "The Norvane Drift", "Selmir Cloud". */
export const nebulaName = (dice: Dice) =>
  `${dice.roll() < 0.4 ? "The " : ""}${word(dice)} ${dice.pick(clouds)}`;

/** "Corvane Yards". */
export const makerName = (dice: Dice) =>
  `${dice.pick([...makers, ...moreMakers])} ${dice.pick(houses)}`.trimEnd();
