/**
 * What is said about tractor beams and interdictors. Nothing of it is recorded: what helper programs wait for is
 * theirs, the rest ours.
 */
import { shipTypes } from "../../../rules/ships.ts";
import type { Ship } from "../../things.ts";
import { commas } from "../figures.ts";
import type { Paper } from "../paper.ts";
import { shipName } from "../ships.ts";

/** Columns as in the yards' list of ships in orbit. */
export const shipsToTow = (ships: readonly Ship[]) => (paper: Paper) => {
  paper.put`
~C                        --<  Available Ship Scan  >--
~mShip  Sect Name                  Fighters Shields Hops Type
~=${"-".repeat(77)}\n`;
  for (const { id, sector, name, fighters, shields, kind } of ships) {
    const padding = "".padEnd(23 - shipTypes[kind].name.length);
    paper.put`~B${String(id).padStart(4)} ~C${String(sector).padStart(5)} ~Y${name.slice(0, 20).padEnd(21)}`;
    paper.put`~C${commas(fighters).padStart(8)} ~y${commas(shields).padStart(7)} ~g   0  ${shipName(kind)}~g${padding}\n`;
  }
};

export const interdictorIs = (on: boolean) => (paper: Paper) =>
  paper.put`~gYour Interdictor generator is now ~Y${on ? "ON" : "OFF"}\n`;
