/** What comes beside a bot's terminal for a while: a question about a paste, and the screen as text. */
import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { clean } from "../words.ts";
import { keysOfText, pasteFreely, pasteMax } from "./keyboard.ts";
import type { Seat } from "./seat.ts";

/** Types what was pasted, or asks first. */
export function pasted(text: string, seat: Seat, paste: Signal<string | undefined>): void {
  const keys = keysOfText(text);
  if (keys.length <= pasteFreely) seat.type(keys);
  else paste.value = keys;
}

/** A long text in the wrong window is much harm: it is asked about. */
export function PasteAsked({
  paste,
  seat,
}: {
  readonly paste: Signal<string | undefined>;
  readonly seat: Seat;
}) {
  const keys = paste.value;
  if (keys === undefined || seat.holder.value !== "us") return null;
  const tooLong = keys.length > pasteMax;
  const done = () => (paste.value = undefined);
  return (
    <div class="bar" role="alertdialog" aria-label="Paste">
      <span class="warning">
        {tooLong
          ? `${keys.length} characters are too many to paste: ${pasteMax} at most`
          : `Type ${keys.length} characters into the game?`}
      </span>
      {!tooLong && (
        <button
          type="button"
          onClick={() => {
            seat.type(keys);
            done();
          }}
        >
          Paste
        </button>
      )}
      <button type="button" onClick={done}>
        Leave it
      </button>
    </div>
  );
}

interface ScreenAsTextProps {
  readonly rows: readonly string[];
  readonly close: () => void;
}

/** The screen for those who do not see it: told once, and to be walked through row by row. */
export function ScreenAsText({ rows, close }: ScreenAsTextProps) {
  const place = useRef<HTMLPreElement>(null);
  useEffect(() => place.current?.focus(), [rows]);
  return (
    <div class="as-text">
      <pre ref={place} tabIndex={0} role="region" aria-label="Screen as text">
        {rows.map(clean).join("\n").trimEnd() || "The screen is empty"}
      </pre>
      <button type="button" onClick={close}>
        Close
      </button>
    </div>
  );
}
