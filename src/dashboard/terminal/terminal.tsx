/** A bot's terminal on the page: its screen, whose the keys are, and a line to send. */
import "./terminal.css";
import { useSignal } from "@preact/signals";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { settings } from "../asked.ts";
import { useShortcuts } from "../keys.tsx";
import { dial } from "../socket.ts";
import { clean } from "../words.ts";
import { pasted, PasteAsked, ScreenAsText } from "./asides.tsx";
import { fitFont } from "./fit.ts";
import { KeysHeld } from "./keys-held.tsx";
import { NewLines } from "./new-lines.tsx";
import { noteOf, wordsOfHolder } from "./note.ts";
import { oddLettersIn } from "./odd-letters.ts";
import { applyColours } from "./palette.ts";
import { createSeat, type Seat } from "./seat.ts";
import { whileSeen } from "./seen.ts";
import { Send } from "./send.tsx";
import { createSheet, type Sheet } from "./sheet.ts";

/** Where the browser keeps that a person wants the colours as they were. */
const trueColoursKey = "bbsbot true colours";

interface TerminalProps {
  readonly bot: string;
  /** The bot has ended. */
  readonly ended: boolean;
}

/** The terminal of one bot; another bot wants another one, by its key. */
export function Terminal({ bot, ended }: TerminalProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const sheetPlace = useRef<HTMLDivElement>(null);
  const cursorPlace = useRef<HTMLElement>(null);
  const sheet = useRef<Sheet>(undefined);
  const seat = useMemo(() => newSeat(bot, sheet, scroller), [bot]);
  const read = useSignal<readonly string[] | undefined>(undefined);
  const paste = useSignal<string | undefined>(undefined);
  const tellsLines = useSignal(false);
  const hasTrueColours = useSignal(localStorage.getItem(trueColoursKey) === "yes");

  // What is left of other effects ends after the next picture, for which this terminal would still draw, on nothing.
  useLayoutEffect(() => {
    applyColours();
    const odd = oddLettersIn(scroller.current!);
    sheet.current = createSheet(sheetPlace.current!, cursorPlace.current!, (letter) => odd.has(letter));
    const unfit = fitFont(scroller.current!);
    const leave = whileSeen(seat.open, seat.close, () => seat.holder.value === "us");
    return () => {
      leave();
      unfit();
    };
  }, [seat]);
  useShortcuts("Terminal", [
    {
      key: "o",
      told: "take over the keys; Esc Esc or Ctrl-] gives them back",
      work: () => {
        if (!settings.value.read_only && seat.holder.value === "bot") seat.take();
      },
    },
    { key: "r", told: "read the screen as text", work: () => (read.value = seat.text()) },
  ]);

  const holder = seat.holder.value;
  return (
    <section class={`terminal held-by-${holder}`} aria-label="Terminal">
      <div class="screen">
        <div
          class="scroller"
          ref={scroller}
          onScroll={({ currentTarget }) => {
            if (isAtEnd(currentTarget)) sheet.current?.fold();
            else sheet.current?.unfold();
          }}
          tabIndex={0}
          role="region"
          aria-label="The game's screen and what has scrolled off it"
        >
          <div class={`sheet${hasTrueColours.value ? "" : " readable"}`} ref={sheetPlace} aria-hidden="true">
            <i class="cursor" ref={cursorPlace} />
          </div>
        </div>
        {holder === "us" && (
          <KeysHeld
            scroller={scroller}
            type={seat.type}
            give={seat.give}
            pasted={(text) => pasted(text, seat, paste)}
          />
        )}
      </div>
      <State seat={seat} ended={ended} />
      <div class="bar">
        {!settings.value.read_only && <Take seat={seat} ended={ended} />}
        <button type="button" onClick={() => (read.value = seat.text())}>
          Read screen
        </button>
        <label>
          <input
            type="checkbox"
            checked={hasTrueColours.value}
            onChange={({ currentTarget: { checked } }) => {
              localStorage.setItem(trueColoursKey, checked ? "yes" : "no");
              hasTrueColours.value = checked;
            }}
          />{" "}
          True colours
        </label>
        <label>
          <input
            type="checkbox"
            checked={tellsLines.value}
            onChange={({ currentTarget: { checked } }) => (tellsLines.value = checked)}
          />{" "}
          Tell new lines
        </label>
      </div>
      {tellsLines.value && <NewLines seat={seat} />}
      <PasteAsked paste={paste} seat={seat} />
      {read.value !== undefined && <ScreenAsText rows={read.value} close={() => (read.value = undefined)} />}
      {!settings.value.read_only && !ended && <Send bot={bot} seat={seat} />}
    </section>
  );
}

/** In pixels: fractions of rows are rounded. */
const isAtEnd = (place: Element): boolean => place.scrollHeight - place.scrollTop - place.clientHeight < 8;

function newSeat(
  bot: string,
  sheet: { readonly current: Sheet | undefined },
  scroller: { readonly current: HTMLDivElement | null },
): Seat {
  return createSeat({
    bot,
    dial,
    nextFrame(work) {
      const frame = requestAnimationFrame(work);
      return () => cancelAnimationFrame(frame);
    },
    every(ms, work) {
      const timer = setInterval(work, ms);
      return () => clearInterval(timer);
    },
    draw(change) {
      const place = scroller.current!;
      // Who has scrolled back reads on there; who looks at the end stays at the end.
      const stays = isAtEnd(place) || change.fresh;
      const forgotten = sheet.current!.draw(change);
      if (forgotten > 0) place.scrollTop -= forgotten * Number.parseFloat(place.style.lineHeight);
      if (stays) place.scrollTop = place.scrollHeight;
    },
  });
}

function State({ seat, ended }: { readonly seat: Seat; readonly ended: boolean }) {
  const holder = seat.holder.value;
  const reason = seat.reason.value;
  const note = noteOf({
    line: seat.line.value,
    hasSeen: seat.hasSeen.value,
    live: seat.live.value,
    ended,
  });
  return (
    <p class="state" role="status">
      {note !== undefined && <span class="warning">{note}. </span>}
      {!ended && <span class={holder === "us" ? "good" : ""}>{wordsOfHolder(holder)}</span>}
      {reason !== undefined && <span class="warning"> · {clean(reason)}</span>}
    </p>
  );
}

function Take({ seat, ended }: { readonly seat: Seat; readonly ended: boolean }) {
  const holder = seat.holder.value;
  if (holder === "us" || holder === "asked")
    return (
      <button type="button" class="give" onClick={seat.give}>
        {holder === "us" ? "Hand back" : "Ask no more"}
      </button>
    );
  return (
    <button
      type="button"
      class="take"
      disabled={ended || holder === "other" || seat.line.value !== "open"}
      onClick={seat.take}
    >
      Take over
    </button>
  );
}
