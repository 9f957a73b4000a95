/** New lines of the screen as they come, in words alone: for those who listen to the page. Off until it is asked for. */
import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { newRows } from "../../control/console/attach-screen.ts";
import { clean } from "../words.ts";
import type { Seat } from "./seat.ts";

/** Lines are gathered for so long, in milliseconds: a voice is slower than any game. */
const gatherMs = 1000;
const linesMax = 50;

export function NewLines({ seat }: { readonly seat: Seat }) {
  const lines = useSignal<readonly { readonly id: number; readonly text: string }[]>([]);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => void (place.current!.scrollTop = place.current!.scrollHeight), [lines.value]);
  useEffect(() => {
    let before = seat.text();
    let count = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const gather = () => {
      timer = undefined;
      const rows = seat.text();
      const fresh = newRows(before, rows).filter((row) => row !== "");
      before = rows;
      if (fresh.length > 0)
        lines.value = [...lines.value, ...fresh.map((text) => ({ id: count++, text }))].slice(-linesMax);
    };
    const stop = seat.drawn.subscribe(() => void (timer ??= setTimeout(gather, gatherMs)));
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [seat]);
  return (
    <div
      ref={place}
      class="new-lines"
      role="log"
      aria-live="polite"
      aria-label="New lines of the game"
      tabIndex={0}
    >
      {lines.value.map(({ id, text }) => (
        <div key={id}>{clean(text)}</div>
      ))}
    </div>
  );
}
