/** A port under attack. The words are ours. */
import { commas } from "../figures.ts";
import type { Text } from "../paper.ts";

export const portHit =
  (name: string, lost: number, points: number): Text =>
  (paper) =>
    paper.put`~gYou lost ~Y${lost}~g fighter(s)\n~gYou did ~Y${commas(points)}~g battle points of damage to ~C${name}~g.\n`;
export const portFires =
  (damage: number): Text =>
  (paper) =>
    paper.put`~!The port's guns answer!\n~gCombat computer reports damages of ~Y${commas(damage)}~g battle points!\n`;
export const portDestroyed =
  (name: string): Text =>
  (paper) =>
    paper.put`~Y${name} breaks up in a chain of explosions!\n`;
export const loggedRuin =
  (trader: string, port: string): Text =>
  (paper) =>
    paper.put`~C${trader}~g destroyed the port ~Y${port}~g!`;
