/** The TransWarp drive's talk, as recorded but for the lines marked. */
import type { Paper } from "./paper.ts";

export const offerDrive = (paper: Paper) => paper.put`~gDo you want to engage the ~CTransWarp ~gdrive? `;

export const hopsAway = (to: number, hops: number) => (paper: Paper) =>
  paper.put`~gSector ~Y${to} ~gis ~Y${hops}~g hops away from here.\n`;

export const locked = (paper: Paper) =>
  paper.put`~gLocating beam pinpointed, TransWarp ~*Locked~0~g.\n~gAll Systems Ready, shall we engage? `;

export const noBeam = (to: number) => (paper: Paper) =>
  paper.put`~gYou do not have any fighters in Sector ~Y${to}~g.
~!*** WARNING *** ~0~YNo locating beam found for sector ~C${to}
~CDo you want to make this jump blind? `;

/** A real one shows a picture before this line when it has a beam. */
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
