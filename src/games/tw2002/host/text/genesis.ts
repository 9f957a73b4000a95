/** Launching a Genesis torpedo. The questions and rewards are the game's, the pictures' place is taken by a line of ours. */
import { commas } from "./figures.ts";
import type { Paper } from "./paper.ts";

export const noTorpedoes = (paper: Paper) => paper.put`~RYou do not have any Genesis Torpedoes!\n`;
export const notInFedSpace = (paper: Paper) =>
  paper.put`~RThe Federation does not allow planets to be made in FedSpace.\n`;
export const universeFull = (paper: Paper) =>
  paper.put`~RThere is no room in the universe for another planet.\n`;
export const crowded = (paper: Paper) =>
  paper.put`~RThis sector holds as many planets as it can; another one may strike one of them.\n`;

export const offerLaunch = (torpedoes: number) => (paper: Paper) =>
  paper.put`~gYou have ~Y${commas(torpedoes)}~g Genesis ${torpedoes === 1 ? "Torpedo" : "Torpedoes"}.\n`;
export const askLaunch = (paper: Paper) => paper.put`~mDo you wish to launch one ~Y(Y/N)~m [N]? `;

export const launched = (paper: Paper) => {
  paper.raw("\x1b[2J\x1b[H");
  paper.put`~CThe torpedo falls away into the dark, shines like a small sun, and gathers a world about it.~0\n`;
};
export const collided = (paper: Paper) =>
  paper.put`~RThe new world strikes an older one before it has cooled, and is dust.\n`;

export const rewarded = (points: { experience: number; alignment: number }) => (paper: Paper) =>
  paper.put`~gFor building this planet you receive ~Y${points.experience}~g experience point(s).\n~gand your alignment went up by ~Y${points.alignment}~g point(s).\n`;
