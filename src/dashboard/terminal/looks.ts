/** How a row of the game's screen looks: pieces of text with the names of their styles. The colours themselves are in palette.ts. */
import type { Span, Style } from "../../proto/screen.ts";

/** Text of one look. */
export interface Piece {
  readonly text: string;
  readonly look: string;
}

/** Bright where bold, as on a DOS screen; the two change places where reversed. */
function lookOf({ ink, paper, bold, blink, reverse }: Style): string {
  const bright = bold ? ink + 8 : ink;
  const [front, back] = reverse ? [paper, bright] : [bright, paper];
  return `ink-${front} paper-${back}${blink ? " blink" : ""}`;
}

/**
 * The pieces of a row. Odd letters stand alone, as "cell": whatever their width, the rest of the row must not move. Blanks at the end that
 * show nothing are left out, so that nobody copies them.
 */
export function piecesOf(row: readonly Span[], isOdd: (letter: string) => boolean): Piece[] {
  const pieces = row.flatMap((span) => {
    const look = lookOf(span);
    return runsOf(span.text, isOdd).map((text) => ({ text, look: isOdd(text) ? `${look} cell` : look }));
  });
  const last = pieces.findLastIndex(({ text, look }) => text.trim() !== "" || !/paper-0\b/.test(look));
  const kept = pieces.slice(0, last + 1);
  const end = kept.at(-1);
  return end && /paper-0\b/.test(end.look)
    ? [...kept.slice(0, -1), { ...end, text: end.text.trimEnd() }]
    : kept;
}

/** A text cut before and after each odd letter. */
function runsOf(text: string, isOdd: (letter: string) => boolean): string[] {
  const runs: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (!isOdd(text[at]!)) continue;
    if (from < at) runs.push(text.slice(from, at));
    runs.push(text[at]!);
    from = at + 1;
  }
  if (from < text.length) runs.push(text.slice(from));
  return runs;
}

/** Two rows that are told apart by this are drawn apart. */
export const signOf = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, look }) => `${look}\n${text}`).join("\n");
