/** A terminal's cells: text made harmless, measured and cut to a width, and rows of styled text as a terminal takes them. */
import { printable } from "../../proto/printable.ts";
import { inked, type Style } from "./colours.ts";

export interface Span {
  /** Harmless already: whoever makes a span from foreign text cleans it. */
  readonly text: string;
  readonly style?: Style | undefined;
}

export interface Row {
  readonly spans: readonly Span[];
  /** For the whole row, to the terminal's right edge: where the cursor stands, or figures that are old. */
  readonly style?: "inverse" | "dim" | undefined;
}

/** Marks without a width of their own, the unassigned, the private, the half of a pair: no two terminals draw them alike. */
const unsteady = /[\p{M}\p{C}\p{Zl}\p{Zp}\u1160-\u11ff\ud7b0-\ud7fb]/gu;
const ascii = /^[\x20-\x7e]*$/;
/** East Asian Wide and Fullwidth of Unicode's EastAsianWidth.txt, gaps of the unassigned closed; a test compares it with Bun's table. */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{1d300}-\u{1d376}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}])$/u;

/** Foreign text as each of its characters fills one or two cells and does nothing else. */
export const clean = (text: string) => (ascii.test(text) ? text : printable(text).replaceAll(unsteady, "·"));

const cellsOf = (character: string) => (wide.test(character) ? 2 : 1);

/** Cells that cleaned text fills. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let cells = 0;
  for (const character of text) cells += cellsOf(character);
  return cells;
}

/** Foreign text in at most so many cells; "…" where something is missing. */
export function cut(text: string, width: number): string {
  if (width <= 0) return "";
  // No character takes less than one cell, nor more than two units of the text: the rest of a long log need not be looked at.
  const start = clean(text.slice(0, 2 * width + 2));
  if (widthOf(start) <= width) return start;
  let kept = "";
  let cells = 0;
  for (const character of start) {
    cells += cellsOf(character);
    if (cells >= width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Foreign text in exactly so many cells. */
export function filled(text: string, width: number, right = false): string {
  const fitting = cut(text, width);
  const gap = " ".repeat(Math.max(0, width - widthOf(fitting)));
  return right ? gap + fitting : fitting + gap;
}

/** A row of one text, cleaned; the view cuts it to the terminal. */
export const line = (text: string, style?: Style): Row => ({ spans: [{ text: clean(text), style }] });

/** The phrases that fit, in the order of their worth, with two spaces in between. */
export function fitting(phrases: readonly Span[], width: number): Span[] {
  const spans: Span[] = [];
  let left = width;
  for (const phrase of phrases) {
    const needs = widthOf(phrase.text) + (spans.length > 0 ? 2 : 0);
    if (needs > left) break;
    spans.push(...(spans.length > 0 ? [{ text: "  " }] : []), phrase);
    left -= needs;
  }
  return spans;
}

/** Two sides of a row: the right one is kept whole as far as there is room, the left one gets the rest. */
export function sides(left: readonly Span[], right: Span, width: number): Row {
  const end = { ...right, text: cut(right.text, width) };
  const room = width - widthOf(end.text) - 2;
  if (room <= 0) return { spans: [end] };
  const start = cutSpans(left, room);
  const gap = " ".repeat(room + 2 - cellsIn(start));
  return { spans: [...start, { text: gap }, end] };
}

/** Spans cut to so many cells. */
export function cutSpans(spans: readonly Span[], width: number): Span[] {
  const kept: Span[] = [];
  let left = width;
  for (const span of spans) {
    if (left <= 0) break;
    const text = cut(span.text, left);
    kept.push({ ...span, text });
    left -= widthOf(text);
  }
  return kept;
}

export const cellsIn = (spans: readonly Span[]) =>
  spans.reduce((cells, { text }) => cells + widthOf(text), 0);

/**
 * A row as a terminal takes it, at most so many cells. Without colour nothing but the reversed look of the cursor remains, which is
 * no colour.
 */
export function rendered(row: Row, columns: number, colour: boolean): string {
  const spans = cutSpans(row.spans, columns);
  const rest = row.style === "inverse" ? " ".repeat(Math.max(0, columns - cellsIn(spans))) : "";
  const all = rest ? [...spans, { text: rest }] : spans;
  let text = "";
  let run = "";
  // Neighbours that look alike are one run: fewer bytes over a slow line.
  all.forEach((span, index) => {
    run += span.text;
    if (all[index + 1]?.style === span.style && index + 1 < all.length) return;
    const styles = [row.style, span.style].filter((style) => style !== undefined);
    text += inked(run, colour ? styles : styles.filter((style) => style === "inverse"));
    run = "";
  });
  return text;
}
