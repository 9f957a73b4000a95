/**
 * The sixteen colours of a PC's screen, and how they can be read: blue on black was never easy. Where ink and paper are too near each
 * other the ink is made lighter, or darker, as far as it must.
 */
const colours = (
  "000000 aa0000 00aa00 aa5500 0000aa aa00aa 00aaaa aaaaaa " +
  "555555 ff5555 55ff55 ffff55 5555ff ff55ff 55ffff ffffff"
).split(" ");

/** What the guidelines for accessible content ask of text (WCAG 2.2, 1.4.3). */
export const contrastMin = 4.5;

type Colour = readonly [red: number, green: number, blue: number];
const black: Colour = [0, 0, 0];
const white: Colour = [255, 255, 255];

const colourOf = (index: number): Colour => {
  const value = Number.parseInt(colours[index]!, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
};
const written = (colour: Colour): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** After WCAG's definition of relative luminance. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1, no difference, to 21, black on white. */
export function contrast(one: Colour, other: Colour): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The ink that can be read on this paper, and the nearest to its own colour. Ink like its paper is meant not to be seen, and stays. */
export function readableInk(ink: number, paper: number): Colour {
  const [own, ground] = [colourOf(ink), colourOf(paper)];
  if (ink === paper) return own;
  const goal = contrast(white, ground) > contrast(black, ground) ? white : black;
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = own.map((part, at) => Math.round(part + share * (goal[at]! - part))) as unknown as Colour;
    if (contrast(mixed, ground) >= contrastMin) return mixed;
  }
  return goal;
}

const indices = colours.map((_, index) => index);

/** Rules for the classes that looks.ts names: the true colours, and within `.readable` those that can be read. */
export const rules = (): string =>
  [
    ...indices.map((index) => `.ink-${index}{color:#${colours[index]}}`),
    ...indices.slice(1).map((index) => `.paper-${index}{background:#${colours[index]}}`),
    ...indices.flatMap((ink) =>
      indices
        .filter((paper) => written(readableInk(ink, paper)) !== `#${colours[ink]}`)
        .map((paper) => `.readable .ink-${ink}.paper-${paper}{color:${written(readableInk(ink, paper))}}`),
    ),
  ].join("\n");

let isMade = false;

/** Puts the colours on the page, once. */
export function applyColours(): void {
  if (isMade) return;
  isMade = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules());
  document.adoptedStyleSheets.push(sheet);
}
