/** The names of ships in the colours of the yards, as lists, scans and information screens show them. */
import { type ShipKind, shipTypes } from "../../rules/ships.ts";
import type { Paper } from "./paper.ts";

/** Each writes its letter in the ship's own ink; the catalogue is where the inks were read off. */
const painted: { readonly [K in ShipKind]: (paper: Paper, name: string) => void } = {
  escapePod: (paper, name) => paper.put`~*${name}`,
  merchantCruiser: (paper, name) => paper.put`~g${name}`,
  scoutMarauder: (paper, name) => paper.put`~m${name}`,
  missileFrigate: (paper, name) => paper.put`~y${name}`,
  battleShip: (paper, name) => paper.put`~Y${name}`,
  corporateFlagShip: (paper, name) => paper.put`~r${name}`,
  colonialTransport: (paper, name) => paper.put`~c${name}`,
  cargoTran: (paper, name) => paper.put`~B${name}`,
  merchantFreighter: (paper, name) => paper.put`~G${name}`,
  imperialStarShip: (paper, name) => paper.put`~=${name}`,
  havocGunStar: (paper, name) => paper.put`~M${name}`,
  starMaster: (paper, name) => paper.put`~C${name}`,
  constellation: (paper, name) => paper.put`~1${name}`,
  tKhasiOrion: (paper, name) => paper.put`~R${name}`,
  tholianSentinel: (paper, name) => paper.put`~2${name}`,
  taureanMule: (paper, name) => paper.put`~%${name}`,
  interdictorCruiser: (paper, name) => paper.put`~3${name}`,
};

/** The type's name in its own colours, after everything was turned off. What follows must name its ink. */
export const shipName = (kind: ShipKind) => (paper: Paper) => {
  paper.put`~0`;
  painted[kind](paper, shipTypes[kind].name);
};

/** The same without turning anything off before. */
export const shipNameIn = (kind: ShipKind) => (paper: Paper) => painted[kind](paper, shipTypes[kind].name);
