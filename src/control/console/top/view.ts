/** What `top` looks like: its state as the rows of a screen. */
import type { BotState, BotStatus } from "../../../proto/status.ts";
import { botsOf } from "../views.ts";
import { duration, grouped } from "../terminal.ts";
import { clean, filled, fitting, line, sides, type Row, type Span } from "../cells.ts";
import { figure, fitColumns, type FittedColumn } from "./columns.ts";
import { isWide, panelRows } from "./panels.ts";
import { bodyRows, groups, headerRows, leastSize, tableRows, type Top } from "./state.ts";

/** As many rows as the terminal has. */
export function view(state: Top): Row[] {
  const { columns, rows } = state.size;
  if (columns < leastSize.columns || rows < leastSize.rows) {
    const text = `Too small: ${columns}x${rows}, at least ${leastSize.columns}x${leastSize.rows}; q quits`;
    return [line(text), ...blank(rows - 1)].slice(0, rows);
  }
  const body = state.panel.type === "table" ? tableView(state) : panelRows(state, state.panel);
  const height = bodyRows(state.size);
  return [
    ...headerView(state),
    ...body.slice(0, height),
    ...blank(height - body.length),
    ...footerView(state),
  ];
}

/** The figures and all rows of the table, for one look. */
export function wholeView(state: Top): Row[] {
  const columns = columnsOf(state);
  const rows = state.order.map((bot): Row => ({
    spans: [plain(" ".repeat(marks)), ...botSpans(bot, columns)],
  }));
  return [...figures(state), head(state, columns), ...rows];
}

const blank = (count: number): Row[] => Array.from({ length: Math.max(0, count) }, () => ({ spans: [] }));
const plain = (text: string): Span => ({ text });

function headerView(state: Top): Row[] {
  const { columns } = state.size;
  const told = state.shown;
  const left = [
    { text: "bbsbot top", style: "bold" } as const,
    plain(`  ${clean(state.title)}`),
    plain(told ? `  up ${duration(told.totals.uptime_seconds)}` : ""),
  ];
  const top = sides(left, connection(state), columns);
  return headerRows(state.size) === 2 ? [top, tabs(state)] : [top, ...figures(state), tabs(state)];
}

function connection({ line: now, at, frozen, told }: Top): Span {
  const still = frozen ? "FROZEN, " : "";
  if (now.up) {
    const degraded = told?.totals.degraded;
    if (degraded !== undefined) return { text: clean(`${still}degraded: ${degraded}`), style: "bad" };
    return { text: `${still}connected`, style: frozen ? "warn" : "good" };
  }
  const since = `not connected, since ${duration((at - now.since) / 1000)}`;
  return {
    text: clean(`${still}${since}, ${now.final ? now.reason : "trying again"}`),
    style: "bad",
  };
}

/** Who plays and who needs somebody are told first. */
const telling: readonly BotState[] = [
  ...(["RUNNING", "PAUSED", "STUCK", "FAILED", "ERROR", "BACKOFF"] as const),
  ...(["QUEUED", "SPAWNING", "REGISTERING", "COMPLETED", "DEAD"] as const),
];

/** What the swarm consists of, and what it has done: as much as there is room for. */
function figures(state: Top): Row[] {
  const { columns } = state.size;
  const totals = state.shown?.totals;
  if (!totals) return [line("Nothing has been told yet"), line("")];
  const states = telling.filter((name) => (totals.by_state[name] ?? 0) > 0);
  const cells = columns < 100 ? 7 : 13;
  const rate = turnsPerMinute(state);
  const style = isOld(state) ? "dim" : undefined;
  return [
    {
      style,
      spans: fitting(
        [
          { text: `${botsOf(totals.total_bots)}:`, style: "bold" },
          ...states.map((name) => plain(`${grouped(totals.by_state[name] ?? 0)} ${name}`)),
        ],
        columns,
      ),
    },
    {
      style,
      spans: fitting(
        [
          ...(rate === undefined ? [] : [plain(`${figure(rate, cells)} turns/min`)]),
          plain(`${figure(totals.total_credits, cells)} credits`),
          plain(`${figure(totals.total_net_worth, cells)} net worth`),
          plain(`${totals.credits_per_turn.toFixed(2)} credits/turn`),
          plain(`${figure(totals.total_trades, cells)} trades`),
        ],
        columns,
      ),
    },
  ];
}

/** What is told is not how things stand now. */
const isOld = ({ line: now }: Top) => !now.up;

/** Over the last minute, as far as it was seen. */
function turnsPerMinute({ turnsAt }: Top): number | undefined {
  const [first, last] = [turnsAt[0], turnsAt.at(-1)];
  if (!first || !last || last.at <= first.at) return undefined;
  return ((last.turns - first.turns) * 60_000) / (last.at - first.at);
}

function tabs(state: Top): Row {
  const names = groups.map((group, index): Span => {
    const text = `${index + 1} ${group} ${grouped(state.counts[group])}`;
    return group === state.group ? { text: `[${text}]`, style: "bold" } : { text };
  });
  const notes = [
    ...(state.selected.size > 0 ? [`${state.selected.size} selected`] : []),
    ...(state.filter !== "" ? [`filter "${clean(state.filter)}": ${state.order.length}`] : []),
  ];
  const { columns } = state.size;
  const spans = fitting(names, columns);
  return notes.length > 0 ? sides(spans, { text: notes.join(", "), style: "accent" }, columns) : { spans };
}

/** The cursor's mark and that of the selected stand before the columns. */
const marks = 2;

const columnsOf = ({ size, longestId }: Top) => fitColumns(size.columns - marks, longestId);

function tableView(state: Top): Row[] {
  const columns = columnsOf(state);
  const { first, row } = state.place;
  if (state.order.length === 0) return [head(state, columns), line(`  ${nothing(state)}`, "dim")];
  const rows = state.order.slice(first, first + tableRows(state.size)).map((bot, index): Row => {
    const isCursor = first + index === row;
    const mark = `${isCursor ? ">" : " "}${state.selected.has(bot.bot_id) ? "*" : " "}`;
    const spans = botSpans(bot, columns);
    return {
      // Reversed and coloured at once would be unreadable.
      spans: [plain(mark), ...(isCursor ? spans.map(({ text }) => ({ text })) : spans)],
      style: isCursor ? "inverse" : isOld(state) ? "dim" : undefined,
    };
  });
  return [head(state, columns), ...rows];
}

function nothing({ shown, counts, filter }: Top): string {
  if (!shown) return "Waiting for the manager";
  if (shown.bots.size === 0) return "No bots; start some with: bbsbot spawn-swarm --count 111";
  if (filter !== "") return "No bot fits the filter; Esc lifts it";
  return counts.all === 0 ? "No bot of this selection" : "No bot in this group; 1 shows all";
}

function head({ sorting }: Top, columns: readonly FittedColumn[]): Row {
  const titles = columns.map(({ column, width }) => {
    const arrow = column.sort === sorting.by ? (sorting.falling ? "▼" : "▲") : "";
    return filled(column.title + arrow, width, column.right);
  });
  return { spans: [{ text: `${" ".repeat(marks)}${titles.join("  ")}`, style: "bold" }] };
}

function botSpans(bot: BotStatus, columns: readonly FittedColumn[]): Span[] {
  return columns.flatMap(({ column, width }, index) => [
    ...(index === 0 ? [] : [plain("  ")]),
    { text: filled(column.value(bot, width), width, column.right), style: column.style?.(bot) },
  ]);
}

function footerView(state: Top): Row[] {
  return [promptLine(state), { spans: fitting(keysOf(state).map(plain), state.size.columns), style: "dim" }];
}

function promptLine({ prompt, outcome, filter }: Top): Row {
  switch (prompt?.type) {
    case "filter":
      return line(`Filter: ${filter}_`, "bold");
    case "goal":
      return line(`Goal for ${several(prompt.bots)}: ${prompt.text}_`, "bold");
    case "sure": {
      const verb = prompt.action === "kill" ? "Kill" : "Restart";
      return line(`${verb} ${several(prompt.bots)}? y/n`, "warn");
    }
    case undefined:
      break;
    default:
      prompt satisfies never;
  }
  return outcome ? line(outcome.text, outcome.how === "plain" ? undefined : outcome.how) : line("");
}

const several = (bots: readonly string[]) => (bots.length === 1 ? bots[0]! : botsOf(bots.length));

const phrases = (...lines: readonly string[]) => lines.flatMap((text) => text.split("  "));

function keysOf({ panel, prompt, size }: Top): string[] {
  if (prompt?.type === "sure") return ["y does it", "any other key does not"];
  if (prompt) return ["Enter takes it", "Esc leaves it", "Ctrl-U empties it"];
  switch (panel.type) {
    case "table":
      return phrases(
        "? help  q quit  / filter  s sort  Space select  p pause  r resume  g goal  K kill  Enter open",
        "R restart  1-5 group  S reverse  f freeze  a all  u none  o outcomes",
      );
    case "sheet":
      return phrases(
        isWide(size) ? "Esc back" : "Esc back  Tab next",
        "Up Down scroll  Left Right neighbours  p pause  r resume  g goal  R restart  K kill",
      );
    case "help":
    case "outcomes":
      return ["Esc back", "Up Down scroll"];
    default:
      panel satisfies never;
      return [];
  }
}
