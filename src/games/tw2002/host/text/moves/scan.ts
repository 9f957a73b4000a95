/** What the long range scanners and the ether probe show. */
import { type Galaxy, hasSeen, sectorAt } from "../../galaxy.ts";
import type { Trader } from "../../things.ts";
import { commas } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { sectorView } from "../sector.ts";

export const scanHeading = (paper: Paper) => paper.put`\n~=Long Range Scan\n`;

export const whichScan = (paper: Paper) =>
  paper.put`~mSelect (~YH~m)olo Scan or (~YD~m)ensity Scan or (~YQ~m)uit? [~CD~m] `;

/** What a density scan finds out about a sector. */
export interface Reading {
  readonly sector: number;
  readonly density: number;
  /** Debris in per cent. */
  readonly navHaz: number;
  /** Something hides there. */
  readonly anomaly: boolean;
}

/** A line for each sector, in columns that helper programs cut out. */
export function densityTable(galaxy: Galaxy, viewer: Trader, readings: readonly Reading[]) {
  return (paper: Paper) => {
    paper.put`\n~y                          Relative Density Scan\n~R${"-".repeat(77)}\n`;
    for (const { sector, density, navHaz, anomaly } of readings) {
      const number = String(sector).padStart(4);
      if (hasSeen(galaxy, viewer, sector)) paper.put`~gSector  ~C${number}  ~g==> `;
      else paper.put`~gSector ~m(~R${number}~m) ~g==> `;
      paper.put`~m${commas(density).padStart(14)}~g  Warps~C : ~Y${sectorAt(galaxy, sector).warps.length}`;
      paper.put`~g    NavHaz~C : ~m${String(navHaz).padStart(5)}%~0~g    Anom~C : `;
      // The ink of a "Yes" is ours: no recording has one.
      if (anomaly) paper.put`~RYes\n`;
      else paper.put`~YNo\n`;
    }
  };
}

export const probeLoaded = (left: number) => (paper: Paper) =>
  paper.put`~gSubSpace Ether Probe loaded in launch tube, ~Y${left} ~gremaining.\n~mPlease enter a destination for this probe ~Y: ~C `;

export const probeEntering = (galaxy: Galaxy, viewer: Trader, sector: number) => (paper: Paper) =>
  paper.put`\n~yProbe entering sector ~Y: ~C${sector}\n\n${sectorView(galaxy, viewer, sector)}`;

/** Shot down. Not recorded: the words are those that helper programs wait for; the sector itself is not reported. */
export const probeLost = (sector: number) => (paper: Paper) =>
  paper.put`\n~yProbe entering sector ~Y: ~C${sector}\n\n~!Probe Destroyed!\n`;
