/** What is shown in place of the table: help, what came of the last order, and a bot's sheet with its events and its screen. */
import type { BotStatus } from "../../../proto/status.ts";
import { screenColumns, type ScreenShot } from "../../../proto/terminal-view.ts";
import { botSheet } from "../views.ts";
import { cellsIn, clean, cutSpans, filled, line, type Row } from "../cells.ts";
import type { Style } from "../colours.ts";
import { bodyRows, sheetTabs, type Panel, type Sheet, type Size, type Top } from "./state.ts";

type Open = Exclude<Panel, { type: "table" }>;

/** The rows of what is open, as many as there is room for. */
export function panelRows(state: Top, panel: Open): Row[] {
  const height = bodyRows(state.size);
  if (panel.type !== "sheet") return page(textOf(state, panel), panel.scroll, height);
  return sheetRows(state, panel, height);
}

/** How far what is open can be scrolled. */
export const lastScroll = (state: Top, panel: Open) =>
  Math.max(0, textOf(state, panel).length - room(state, panel));

const room = ({ size }: Top, panel: Open) => bodyRows(size) - (panel.type === "sheet" ? 1 : 0);

/** All lines of what can be scrolled. */
function textOf(state: Top, panel: Open): Row[] {
  switch (panel.type) {
    case "help":
      return helpLines;
    case "outcomes":
      return outcomeLines(state);
    case "sheet":
      if (isWide(state.size)) return [...factLines(state, panel), line(""), ...eventLines(panel)];
      if (panel.tab === "facts") return factLines(state, panel);
      return panel.tab === "events" ? eventLines(panel) : [];
    default:
      panel satisfies never;
      return [];
  }
}

const page = (lines: readonly Row[], scroll: number, height: number) => {
  const from = Math.max(0, Math.min(scroll, lines.length - height));
  return lines.slice(from, from + height);
};

const help = `Moving
  Up Down k j        a bot up, a bot down
  PgUp PgDn End      a page up, a page down, the last bot
  Home               the first row, and stay there, whoever comes first

Looking
  /                  filter by words of id, trader, state, goal, label; Esc lifts
  1 2 3 4 5          all, running or starting, paused, in trouble, ended
  s > <              sort by the next column, by the one before
  S                  turn the order round
  f                  freeze the figures, and let them go on
  Enter              open a bot; Left and Right go to its neighbours

Selecting
  Space              select the bot under the cursor, or no more
  a u                select all that are shown; select none

Orders, to the selected bots, or else to the one under the cursor
  p r                pause, resume
  g                  give a goal: profit, exploration, combat, banking, auto, or words
  R K                restart, kill; both ask first
  o                  what came of the last order, bot by bot

  Ctrl-L             draw the screen anew
  ? q Ctrl-C         this help, quit`;
const helpLines = help
  .split("\n")
  .map((text) => line(text, text && !text.startsWith(" ") ? "bold" : undefined));

function outcomeLines({ outcomes }: Top): Row[] {
  if (outcomes.length === 0) return [line("No order has been given yet")];
  // Those that need somebody come first.
  return outcomes
    .toSorted((one, other) => Number(one.ok) - Number(other.ok))
    .map(({ bot_id, ok, state, order, code, detail }) => ({
      spans: [
        { text: `${filled(bot_id, 20)} ` },
        ok
          ? { text: clean(`${order ?? detail ?? "done"}${state ? `, ${state}` : ""}`), style: "good" }
          : { text: clean(detail ?? code ?? "refused"), style: "bad" },
      ],
    }));
}

/** Facts at the left, so many cells, when the screen stands beside them. */
const leastFacts = 50;
const mostFacts = 90;
export const isWide = ({ columns }: Size) => columns >= leastFacts + 2 + screenColumns;

function sheetRows(state: Top, panel: Sheet, height: number): Row[] {
  const bot = botOf(state, panel);
  const head: Row = {
    spans: [
      { text: `${clean(panel.bot)}  `, style: "bold" },
      { text: `${bot?.state ?? "no more on the list"}  ` },
      ...(isWide(state.size) ? [] : sheetTabs.map((tab) => tabOf(tab, tab === panel.tab))),
    ],
  };
  const text = page(textOf(state, panel), panel.scroll, height - 1);
  if (!isWide(state.size)) {
    return [head, ...(panel.tab === "screen" ? screenLines(panel, height - 1) : text)];
  }
  const facts = Math.min(state.size.columns - screenColumns - 2, mostFacts);
  return [head, ...beside(text, screenLines(panel, height - 1), facts)];
}

const tabOf = (tab: string, isOpen: boolean) => ({
  text: isOpen ? `[${tab}] ` : ` ${tab}  `,
  style: (isOpen ? "bold" : "dim") as Style,
});

function beside(left: readonly Row[], right: readonly Row[], width: number): Row[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const spans = cutSpans(left[index]?.spans ?? [], width);
    const gap = " ".repeat(width + 2 - cellsIn(spans));
    return { spans: [...spans, { text: gap }, ...(right[index]?.spans ?? [])] };
  });
}

const botOf = ({ shown }: Top, { bot }: Sheet): BotStatus | undefined => shown?.bots.get(bot);

function factLines(state: Top, panel: Sheet): Row[] {
  const bot = botOf(state, panel);
  if (!bot) return [line("It is no more on the list")];
  return botSheet(bot)
    .trimEnd()
    .split("\n")
    .map((text) => line(text));
}

const grave: Readonly<Record<string, Style>> = { warning: "warn", error: "bad" };

function eventLines({ events, noEvents }: Sheet): Row[] {
  if (noEvents !== undefined) return [line(`No events: ${noEvents}`, "warn")];
  if (!events) return [line("Asking for its events ...", "dim")];
  if (events.length === 0) return [line("Nothing has happened to it yet")];
  return events.map(({ at, text, severity }) => ({
    spans: [
      { text: `${clockOf(at)} `, style: "dim" },
      { text: clean(text), style: grave[severity] },
    ],
  }));
}

/** Hours, minutes and seconds of a moment, UTC as all times here. */
const clockOf = (at: number) => `${new Date(at).toISOString().slice(11, 19)}Z`;

/** A screen in so many rows: those around its cursor. */
function screenLines({ screen, noScreen }: Sheet, height: number): Row[] {
  if (noScreen !== undefined && !screen) return [line(`No screen: ${noScreen}`, "warn")];
  if (!screen) return [line("Asking for its screen ...", "dim")];
  const rows = windowOf(screen, height).map((text) => line(text));
  const old = noScreen ?? (screen.live ? undefined : "it has no line to the game just now");
  return old === undefined ? rows : [line(`As last seen: ${old}`, "warn"), ...rows].slice(0, height);
}

function windowOf({ rows, cursor }: ScreenShot, height: number): readonly string[] {
  const last = Math.max(
    cursor.row,
    rows.findLastIndex((text) => text !== ""),
  );
  const first = Math.max(0, Math.min(last - height + 1, cursor.row));
  return rows.slice(first, first + height);
}
