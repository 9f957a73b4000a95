/** Names of ports, nebulae and ships' makers, put together from our own syllables. */
import type { Dice } from "../dice.ts";

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
  dice.pick([...heads, ...moreHeads], "a name") +
  dice.pick(middles, "a name") +
  dice.pick([...tails, ...moreTails], "a name");

/** "Keladan", "Torenia Wharf". */
export const portName = (dice: Dice) =>
  dice.chance(0.45, "a name")
    ? `${word(dice)} ${dice.pick([...suffixes, ...moreSuffixes], "a name")}`
    : word(dice);

/** "The Norvane Drift", "Selmir Cloud". */
export const nebulaName = (dice: Dice) =>
  `${dice.chance(0.4, "a name") ? "The " : ""}${word(dice)} ${dice.pick(clouds, "a name")}`;

/** "Corvane Yards". */
export const makerName = (dice: Dice) =>
  `${dice.pick([...makers, ...moreMakers], "a name")} ${dice.pick(houses, "a name")}`.trimEnd();

/** "Torenia Kelven": a stranger's name, two words of ours. */
export const strangerName = (dice: Dice) => `${word(dice)} ${word(dice)}`;
