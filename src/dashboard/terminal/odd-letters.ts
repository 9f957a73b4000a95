/** Letters of the game's alphabet that a font lacks: others lend them, as wide as they like, so each is given a cell of its own. */
import { glyphOf } from "../../proto/cp437.ts";

/** How far a width may be from the others', as a part of it. */
const tolerance = 0.01;

/** `widthOf`: of a letter, in whatever unit. */
export function oddLetters(widthOf: (letter: string) => number): ReadonlySet<string> {
  const width = widthOf("M");
  const letters = Array.from({ length: 256 }, (_, byte) => glyphOf(byte));
  return new Set(letters.filter((letter) => Math.abs(widthOf(letter) - width) > tolerance * width));
}

/** Those of the font that this element is written in. */
export function oddLettersIn(element: Element): ReadonlySet<string> {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return new Set();
  pen.font = `100px ${getComputedStyle(element).fontFamily}`;
  return oddLetters((letter) => pen.measureText(letter).width);
}
