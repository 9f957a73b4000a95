/**
 * The game's screen and what has scrolled off it, drawn as rows of text. A row that scrolls keeps its element, and one that has not
 * changed is not touched: what somebody has marked stays marked. The past is drawn only while somebody has scrolled back to it; at other
 * times as much room is kept free as it takes.
 */
import type { Span } from "../../proto/screen.ts";
import { screenRows } from "../../proto/terminal-view.ts";
import { piecesOf, signOf } from "./looks.ts";

/** Rows of the past that can be scrolled back to. */
export const pastMax = 1000;

type Row = readonly Span[];

/** What has happened to the screen since the last drawing. */
export interface Change {
  /** Nothing counts that was before. */
  readonly fresh: boolean;
  /** Rows that left the screen, the oldest first. */
  readonly gone: readonly Row[];
  readonly rows: readonly Row[];
  readonly cursor: { readonly row: number; readonly column: number };
}

export interface Sheet {
  /** Tells how many drawn rows of the past it has forgotten. */
  draw(change: Change): number;
  /** Somebody looks at the past. Does nothing the second time. */
  unfold(): void;
  /** Nobody does. */
  fold(): void;
}

/** Draws into this element, which has `cursor` in it and nothing else. `isOdd`: letters that the font does not draw as wide as others. */
export function createSheet(
  sheet: HTMLElement,
  cursor: HTMLElement,
  isOdd: (letter: string) => boolean,
): Sheet {
  const signs = new WeakMap<Element, string>();
  const room = newElement("div", "past");
  let past: Row[] = [];
  let unfolded: HTMLElement[] | undefined;
  let shown: HTMLElement[] = [];

  function put(row: HTMLElement, spans: Row): void {
    const pieces = piecesOf(spans, isOdd);
    const sign = signOf(pieces);
    if (signs.get(row) === sign) return;
    signs.set(row, sign);
    row.replaceChildren(
      ...pieces.map(({ text, look }) => {
        const piece = newElement("span", look);
        piece.textContent = text;
        return piece;
      }),
    );
  }

  function begin(): void {
    past = [];
    unfolded = undefined;
    shown = Array.from({ length: screenRows }, newRow);
    sheet.replaceChildren(cursor, room, ...shown);
  }

  /** The uppermost row leaves the screen, and an empty one comes below the last. */
  function scroll(): HTMLElement {
    const row = newRow();
    shown.push(row);
    sheet.append(row);
    return shown.shift()!;
  }

  /** How many rows are no longer there to be scrolled back to. */
  function leave(gone: readonly Row[]): number {
    past = [...past, ...gone].slice(-pastMax);
    if (!unfolded) {
      for (const _ of gone.slice(-screenRows)) scroll().remove();
      room.style.setProperty("--rows", String(past.length));
      return 0;
    }
    for (const spans of gone) {
      const row = scroll();
      put(row, spans);
      unfolded.push(row);
    }
    const forgotten = unfolded.splice(0, unfolded.length - past.length);
    for (const row of forgotten) row.remove();
    return forgotten.length;
  }

  begin();
  return {
    draw({ fresh, gone, rows, cursor: at }) {
      if (fresh) begin();
      const forgotten = fresh || gone.length > 0 ? leave(gone) : 0;
      rows.forEach((spans, line) => put(shown[line]!, spans));
      cursor.style.setProperty("--row", String(past.length + at.row));
      cursor.style.setProperty("--column", String(at.column));
      return forgotten;
    },
    unfold() {
      if (unfolded) return;
      unfolded = past.map((spans) => {
        const row = newRow();
        put(row, spans);
        return row;
      });
      room.after(...unfolded);
      room.style.setProperty("--rows", "0");
    },
    fold() {
      if (!unfolded) return;
      for (const row of unfolded) row.remove();
      unfolded = undefined;
      room.style.setProperty("--rows", String(past.length));
    },
  };
}

const newRow = (): HTMLElement => newElement("div", "row");

function newElement(name: string, look: string): HTMLElement {
  const element = document.createElement(name);
  element.className = look;
  return element;
}
