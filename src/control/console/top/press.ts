/** What keys do. */
import { goalMaxChars } from "../../../proto/orders.ts";
import type { OrderAction } from "../../../proto/operations/steering.ts";
import { exits } from "../exits.ts";
import { arranged, movedTo, underCursor } from "./arrange.ts";
import { fitColumns } from "./columns.ts";
import { lastScroll } from "./panels.ts";
import {
  bodyRows,
  filterMaxChars,
  groups,
  sheetTabs,
  tableRows,
  type Panel,
  type Prompt,
  type Step,
  type Top,
} from "./state.ts";

/** A key in whatever is open. */
export function pressed(state: Top, key: string): Step {
  if (key === "ctrl-c") return { state, wish: { type: "quit", status: exits.interrupted } };
  if (key === "ctrl-l") return { state, wish: { type: "redraw" } };
  if (state.prompt) return inPrompt(state, state.prompt, key);
  if (key === "q") {
    if (state.panel.type === "table") return { state, wish: { type: "quit", status: exits.ok } };
    return { state: { ...state, panel: { type: "table" } } };
  }
  if (key === "?") return { state: { ...state, panel: { type: "help", scroll: 0 } } };
  if (key === "f") return { state: frozen(state) };
  const ordered = orderKeys[key] && order(state, orderKeys[key]);
  if (ordered) return ordered;
  return state.panel.type === "table" ? inTable(state, key) : inPanel(state, state.panel, key);
}

/** A paste is text for whoever takes text; nobody gives orders by it. */
export function pasted(state: Top, text: string): Top {
  return state.prompt ? typed(state, state.prompt, text.replaceAll(/\s+/g, " ")) : state;
}

function frozen(state: Top): Top {
  return state.frozen ? arranged({ ...state, frozen: false, shown: state.told }) : { ...state, frozen: true };
}

const orderKeys: Readonly<Record<string, OrderAction>> = {
  p: "pause",
  r: "resume",
  R: "restart",
  K: "kill",
  g: "goal",
};

/** The bots an order is for: the open sheet's, else those selected, else the one under the cursor, on which it stays from then on. */
function meant(state: Top): { state: Top; bots: readonly string[] } {
  if (state.panel.type === "sheet") return { state, bots: [state.panel.bot] };
  if (state.selected.size > 0) return { state, bots: [...state.selected] };
  const bot = underCursor(state);
  return bot ? { state: movedTo(state, state.place.row, true), bots: [bot.bot_id] } : { state, bots: [] };
}

function order(before: Top, action: OrderAction): Step | undefined {
  if (before.panel.type !== "table" && before.panel.type !== "sheet") return undefined;
  const { state, bots } = meant(before);
  if (bots.length === 0)
    return { state: { ...state, outcome: { text: "No bot is selected or under the cursor", how: "bad" } } };
  if (action === "goal") return { state: { ...state, prompt: { type: "goal", text: "", bots } } };
  if (action === "kill" || action === "restart")
    return { state: { ...state, prompt: { type: "sure", action, bots } } };
  return asked(state, action, bots);
}

const doing: Readonly<Record<OrderAction, string>> = {
  pause: "Pausing",
  resume: "Resuming",
  restart: "Restarting",
  kill: "Killing",
  goal: "Setting the goal of",
};

function asked(before: Top, action: OrderAction, bots: readonly string[], goal?: string): Step {
  const state = { ...before, prompt: undefined };
  if (state.isBusy) {
    const wait = "The order before is still under way; nothing was done";
    return { state: { ...state, outcome: { text: wait, how: "bad" } } };
  }
  const text = `${doing[action]} ${bots.length === 1 ? bots[0] : `${bots.length} bots`} ...`;
  return {
    state: { ...state, isBusy: true, outcome: { text, how: "plain" } },
    wish: { type: "order", action, bots, ...(goal === undefined ? {} : { goal }) },
  };
}

function inPrompt(state: Top, prompt: Prompt, key: string): Step {
  if (prompt.type === "sure") {
    if (key === "y" || key === "Y") return asked(state, prompt.action, prompt.bots);
    return { state: { ...state, prompt: undefined, outcome: { text: "Nothing was done", how: "plain" } } };
  }
  if (key === "esc") {
    const closed = { ...state, prompt: undefined };
    return { state: prompt.type === "filter" ? arranged({ ...closed, filter: prompt.before }) : closed };
  }
  if (key === "enter") {
    if (prompt.type === "filter") return { state: arranged({ ...state, prompt: undefined }) };
    const goal = prompt.text.trim();
    return goal === "" ? { state: { ...state, prompt: undefined } } : asked(state, "goal", prompt.bots, goal);
  }
  if (key === "backspace" || key === "ctrl-u") {
    const less = key === "ctrl-u" ? "" : Array.from(textOf(state, prompt)).slice(0, -1).join("");
    return { state: withText(state, prompt, less) };
  }
  if (prompt.type === "filter" && key in steps) return inTable(state, key);
  return { state: Array.from(key).length === 1 ? typed(state, prompt, key) : state };
}

function typed(state: Top, prompt: Prompt, text: string): Top {
  return withText(state, prompt, (textOf(state, prompt) + text).replaceAll(/\p{C}/gu, ""));
}

const textOf = ({ filter }: Top, prompt: Prompt) =>
  prompt.type === "filter" ? filter : prompt.type === "goal" ? prompt.text : "";

function withText(state: Top, prompt: Prompt, text: string): Top {
  if (prompt.type === "filter") return arranged({ ...state, filter: text.slice(0, filterMaxChars) });
  if (prompt.type === "goal") return { ...state, prompt: { ...prompt, text: text.slice(0, goalMaxChars) } };
  return state;
}

/** Where keys move the cursor from a row, or a text from its first line. */
const steps: Readonly<Record<string, (row: number, page: number) => number>> = {
  up: (row) => row - 1,
  down: (row) => row + 1,
  pgup: (row, page) => row - page,
  pgdn: (row, page) => row + page,
  home: () => 0,
  end: () => Number.MAX_SAFE_INTEGER,
};
const aliases: Readonly<Record<string, string>> = { k: "up", j: "down" };

function inTable(state: Top, key: string): Step {
  const move = steps[key] ?? steps[aliases[key] ?? ""];
  if (move) return { state: movedTo(state, move(state.place.row, tableRows(state.size)), key !== "home") };
  const group = groups[Number(key) - 1];
  if (group) return { state: arranged({ ...state, group }) };
  switch (key) {
    case "/":
      return { state: { ...state, prompt: { type: "filter", before: state.filter } } };
    case "esc":
      return { state: state.filter === "" ? state : arranged({ ...state, filter: "" }) };
    case "s":
    case ">":
      return { state: nextSorting(state, 1) };
    case "<":
      return { state: nextSorting(state, -1) };
    case "S":
      return {
        state: arranged({ ...state, sorting: { ...state.sorting, falling: !state.sorting.falling } }),
      };
    case " ":
      return { state: toggled(state) };
    case "a": {
      const all = state.order.map(({ bot_id }) => bot_id);
      return { state: { ...state, selected: new Set([...state.selected, ...all]) } };
    }
    case "u":
      return { state: { ...state, selected: new Set() } };
    case "o":
      return { state: { ...state, panel: { type: "outcomes", scroll: 0 } } };
    case "enter":
      return opened(state);
    default:
      return { state };
  }
}

/** Sorted by the next column of those that are shown; figures begin with the greatest. */
function nextSorting(state: Top, by: 1 | -1): Top {
  const sorts = fitColumns(state.size.columns - 2, state.longestId).flatMap(({ column }) =>
    column.sort ? [{ by: column.sort, falling: column.right === true }] : [],
  );
  const now = sorts.findIndex((sort) => sort.by === state.sorting.by);
  const next = sorts[(now + by + sorts.length) % sorts.length];
  return next ? arranged({ ...state, sorting: next }) : state;
}

/** Selects the bot under the cursor, or no more, and goes on to the next one. */
function toggled(state: Top): Top {
  const bot = underCursor(state);
  if (!bot) return state;
  const selected = new Set(state.selected);
  if (!selected.delete(bot.bot_id)) selected.add(bot.bot_id);
  return movedTo({ ...state, selected }, state.place.row + 1, true);
}

function opened(state: Top): Step {
  const bot = underCursor(state)?.bot_id;
  if (bot === undefined) return { state };
  const tab = state.panel.type === "sheet" ? state.panel.tab : "facts";
  const panel: Panel = { type: "sheet", bot, tab, scroll: 0 };
  return { state: { ...movedTo(state, state.place.row, true), panel }, wish: { type: "look", bot } };
}

function inPanel(state: Top, panel: Exclude<Panel, { type: "table" }>, key: string): Step {
  if (key === "esc" || key === "enter") return { state: { ...state, panel: { type: "table" } } };
  if (panel.type === "sheet") {
    if (key === "left" || key === "right")
      return opened(movedTo(state, state.place.row + (key === "left" ? -1 : 1), true));
    if (key === "tab" || key === "backtab") {
      const next = sheetTabs.indexOf(panel.tab) + (key === "tab" ? 1 : sheetTabs.length - 1);
      return {
        state: { ...state, panel: { ...panel, tab: sheetTabs[next % sheetTabs.length]!, scroll: 0 } },
      };
    }
  }
  const move = steps[key] ?? steps[aliases[key] ?? ""];
  if (!move) return { state };
  const scroll = Math.min(Math.max(0, move(panel.scroll, bodyRows(state.size))), lastScroll(state, panel));
  return { state: { ...state, panel: { ...panel, scroll } } };
}
