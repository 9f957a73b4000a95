/**
 * What is launched into a neighbouring sector: photon missiles and mine disruptors. No recording shows either; the
 * words are ours.
 */
import type { Text } from "../paper.ts";

type Device = "photons" | "disruptors";
const names = { photons: "Photon Missiles", disruptors: "Mine Disruptors" } as const;

export const noneAboard =
  (device: Device): Text =>
  (paper) =>
    paper.put`\n~gYou do not have any ${names[device]}.\n`;
export const askTarget =
  (device: Device, left: number): Text =>
  (paper) =>
    paper.put`\n~gYou have ~Y${left}~g ready to launch.\n~mInto which adjacent sector shall the ${device === "photons" ? "missile" : "disruptor"} go? `;
export const notAdjacent: Text = (paper) => paper.put`~!That is not an adjacent sector!\n`;
export const federationForbids: Text = (paper) =>
  paper.put`~RThe Federation does not allow photon missiles in FedSpace!\n`;
export const disrupted =
  (sector: number, mines: number): Text =>
  (paper) =>
    mines === 0
      ? paper.put`~gThere was nothing in sector ~Y${sector}~g for it to work on.\n`
      : paper.put`~gThe disruptor set off ~Y${mines}~g mines in sector ~Y${sector}~g.\n`;
export const launched =
  (sector: number): Text =>
  (paper) =>
    paper.put`~YPhoton missile launched into sector ~C${sector}~Y!\n`;
export const waveSeen =
  (name: string): Text =>
  (paper) =>
    paper.put`~!A photon wave from ${name} sweeps the sector!~g Your shields are down.\n`;
