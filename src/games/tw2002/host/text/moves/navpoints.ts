/** The lists of navigation points. */
import { type Galaxy, isSector, sectorAt } from "../../galaxy.ts";
import type { Paper } from "../paper.ts";
import { planetLines, portInSector, sectorLine } from "../sector.ts";

export interface NavEntry {
  readonly key: string;
  /** 0 when none is set. */
  readonly sector: number;
  /** Whether its port and planets may be told. */
  readonly known: boolean;
}

const indent = "    ";

export const navPointList = (galaxy: Galaxy, entries: readonly NavEntry[]) => (paper: Paper) => {
  paper.line();
  for (const { key, sector, known } of entries) {
    paper.put`~m(~Y${key}~m) `;
    if (!isSector(galaxy, sector)) {
      paper.put`~gNot Assigned\n`;
      continue;
    }
    sectorLine(sectorAt(galaxy, sector), known)(paper);
    if (!known) continue;
    const port = galaxy.ports.get(sector);
    if (port && !port.destroyed) paper.put`${indent}~mPorts   ~Y: ${portInSector(port)}\n`;
    planetLines(galaxy, sector, indent)(paper);
  }
};
