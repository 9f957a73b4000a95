/** The TransWarp drive's talk, as recorded but for the lines marked. */
import type { Paper } from "../paper.ts";

export const offerDrive = (paper: Paper) => paper.put`~gDo you want to engage the ~CTransWarp ~gdrive? `;

export const hopsAway = (to: number, hops: number) => (paper: Paper) =>
  paper.put`~gSector ~Y${to} ~gis ~Y${hops}~g hops away from here.\n`;

export const locked = (paper: Paper) =>
  paper.put`~gLocating beam pinpointed, TransWarp ~*Locked~0~g.\n~gAll Systems Ready, shall we engage? `;

export const noBeam = (to: number) => (paper: Paper) =>
  paper.put`~gYou do not have any fighters in Sector ~Y${to}~g.
~!*** WARNING *** ~0~YNo locating beam found for sector ~C${to}
~CDo you want to make this jump blind? `;

/**
 * What the pilot of a ship with a beam sees: stars that draw out into lines. The picture is ours, the codes at its
 * end are not.
 */
export const tunnel = (paper: Paper) => {
  paper.put`\n\x1b[2J\x1b[H~b\xda${"\xc4".repeat(36)}\xbf`;
  for (const row of [2, 3, 4, 5, 6, 7, 8, 9, 10]) paper.put`\x1b[${row};1H~b\xb3\x1b[${row};38H\xb3`;
  paper.put`\x1b[11;1H~b\xc0${"\xc4".repeat(36)}\xd9`;
  for (const [row, column] of stars) paper.put`\x1b[${row};${column}H~K\xfa`;
  for (const [row, column] of stars) paper.put`\x1b[${row};${column}H~w\xfe`;
  for (const [row, column] of stars)
    paper.put`\x1b[${row};${column}H~W${column < middle ? "\xc4\xfe" : "\xfe\xc4"}`;
  for (const [row, column] of stars) paper.put`\x1b[${row};${column}H~0  `;
  paper.raw("\x1b[11;1H\x1b[1B\r\n");
};
/** Rows and columns. */
const stars: readonly (readonly [number, number])[] = [
  [2, 7],
  [3, 29],
  [4, 14],
  [5, 24],
  [6, 9],
  [7, 31],
  [8, 17],
  [9, 26],
  [10, 5],
];
const middle = 19;

export const engaged = (paper: Paper) =>
  paper.put`\n~C-~Y=~C-~Y=~C-~Y=~C- ~RTransWarp Drive Engaged! ~C-~Y=~C-~Y=~C-~Y=~C-\n`;

/** Known from helper programs. */
export const noFuel = (paper: Paper) => paper.put`~!You do not have enough Fuel Ore to make the jump.\n`;

/** These are ours. */
export const fedSpaceClosed = (paper: Paper) =>
  paper.put`~!The Federation jams the beams of your kind in FedSpace!\n`;
export const tooHeavy = (paper: Paper) => paper.put`~!Your TransWarp drive is too weak for a ship in tow.\n`;
export const lostInSpace = (paper: Paper) => paper.put`\n~!Your ship comes out of warp inside solid rock!\n`;
export const deathBlind = "You destroyed your own ship!";
