/** The swarm and its bots as text for people. */
import { decisionSources, type AdviceReport } from "../../proto/advice.ts";
import { rateBy } from "../../proto/advice-sums.ts";
import {
  countsInWords,
  failureWords,
  rejectionWords,
  shortSourceWords,
  sourceWords,
} from "../../proto/advice-words.ts";
import type { BotState, BotStatus, SwarmStatus } from "../../proto/status.ts";
import { botStates } from "../../proto/status.ts";
import { printable } from "../../proto/printable.ts";
import { palette, type Palette } from "./colours.ts";
import { table, type Column } from "./table.ts";
import { duration, grouped, moment } from "./terminal.ts";

/** The swarm in one line: states that occur, turns, credits, credits per turn, trades. */
export function swarmLine(status: SwarmStatus): string {
  const states = botStates
    .filter((state) => (status.by_state[state] ?? 0) > 0)
    .map((state) => `${status.by_state[state]} ${state}`);
  return [
    `${botsOf(status.total_bots)}: ${states.join(", ") || "none"}`,
    `${grouped(status.total_turns)} turns`,
    `${grouped(status.total_credits)} credits`,
    `${status.credits_per_turn.toFixed(2)} credits/turn`,
    `${grouped(status.total_trades)} trades`,
  ].join(" · ");
}

/** So many bots, in words. */
export const botsOf = (count: number) => (count === 1 ? "1 bot" : `${grouped(count)} bots`);

/** The swarm's figures, one a line, for a display that is drawn anew in place. */
export function swarmTable(status: SwarmStatus, elapsed: string): string[] {
  const count = (state: BotState) => String(status.by_state[state] ?? 0).padStart(6);
  return [
    `Elapsed       ${elapsed}`,
    ...botStates.map((state) => `${state.padEnd(12)}${count(state)}`),
    `Turns         ${grouped(status.total_turns)}`,
    `Credits       ${grouped(status.total_credits)}`,
    `Credits/turn  ${status.credits_per_turn.toFixed(2)}`,
    `Trades        ${grouped(status.total_trades)}`,
  ];
}

/** The swarm as `status` tells it: its bots, a warning where its manager is in trouble, the totals. */
export function swarmText(status: SwarmStatus, paint: Palette): string {
  const bots = status.bots.length > 0 ? botTable(status.bots, { paint }) : "";
  const warning =
    status.degraded === undefined ? "" : `${paint.bad(`Degraded: ${printable(status.degraded)}`)}\n`;
  return `${bots}${warning}${swarmLine(status)}\n`;
}

export interface TableLook {
  /** More columns. */
  readonly wide?: boolean;
  /** Width that no row goes beyond. */
  readonly columns?: number | undefined;
  readonly paint?: Palette;
}

/** A line for each bot. */
export const botTable = (bots: readonly BotStatus[], look: TableLook = {}) =>
  table<BotStatus>(columnsOf(look), bots, look.columns);

function columnsOf({ wide, paint = palette(false) }: TableLook): Column<BotStatus>[] {
  const text = (title: string, value: (bot: BotStatus) => string): Column<BotStatus> => ({ title, value });
  const figure = (title: string, value: (bot: BotStatus) => string): Column<BotStatus> => ({
    title,
    value,
    right: true,
  });
  return [
    text("BOT", (bot) => bot.bot_id),
    { ...text("STATE", (bot) => bot.state), paint: (cell, bot) => paint.state(cell, bot.state) },
    text("TRADER", (bot) => bot.trader ?? "-"),
    figure("SECTOR", (bot) => (bot.sector > 0 ? String(bot.sector) : "-")),
    figure("CREDITS", (bot) => grouped(bot.credits)),
    ...(wide ? [figure("NET WORTH", (bot) => grouped(bot.net_worth))] : []),
    figure("TURNS", turnsOf),
    figure("CR/TURN", (bot) => bot.credits_per_turn.toFixed(2)),
    figure("TRADES", (bot) => grouped(bot.trades_executed)),
    ...(wide
      ? [
          figure("UP", (bot) => duration(bot.uptime_seconds)),
          figure("RESTARTS", (bot) => String(bot.restarts)),
          figure("MB", (bot) => bot.memory_mb?.toFixed(0) ?? "-"),
          figure("CPU%", (bot) => bot.cpu_percent?.toFixed(0) ?? "-"),
          figure("PID", (bot) => String(bot.pid ?? "-")),
          text("STRATEGY", (bot) => bot.strategy),
          text("GOAL", (bot) => bot.goal),
          text("LABELS", (bot) => labelsOf(bot) || "-"),
          text("CONFIG", (bot) => bot.config),
        ]
      : []),
    text("DOING", (bot) => firstLine(bot.error ?? bot.activity)),
  ];
}

const labelsOf = ({ labels = {} }: BotStatus) =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");

/** An error may bring along the end of a log, which is for the bot's own sheet. */
const firstLine = (text: string) => text.split("\n", 1)[0]!;

const turnsOf = (bot: BotStatus) =>
  bot.turns_max > 0
    ? `${grouped(bot.turns_executed)}/${grouped(bot.turns_max)}`
    : grouped(bot.turns_executed);

/** One bot, a fact a line; further lines of a text stand under its first. */
export function botSheet(bot: BotStatus, paint = palette(false)): string {
  const facts: [string, string | undefined][] = [
    ["Bot", bot.bot_id],
    ["State", bot.state],
    ["Error", bot.error],
    ["Since", bot.error_at === undefined ? undefined : moment(bot.error_at)],
    ["Next start", bot.next_start_at === undefined ? undefined : moment(bot.next_start_at)],
    ["Doing", bot.activity === bot.error ? undefined : bot.activity],
    ["Trader", bot.trader],
    ["Plays at", bot.place],
    ["Sector", bot.sector > 0 ? String(bot.sector) : undefined],
    ["Credits", `${grouped(bot.credits)} (${bot.credits_per_turn.toFixed(2)} a turn)`],
    ["Bank", bot.bank === undefined ? undefined : grouped(bot.bank)],
    ["Turns", turnsOf(bot)],
    ["Trades", `${grouped(bot.trades_executed)} of ${grouped(bot.trade_attempts)} tried`],
    ["Known", `${grouped(bot.sectors_explored)} sectors, ${grouped(bot.ports_known)} ports`],
    ["Holds", String(bot.holds)],
    ["Experience", grouped(bot.experience)],
    ["Strategy", `${bot.strategy}, goal "${bot.goal}"`],
    ...(bot.advice ? adviceFacts(bot.advice) : []),
    ["Labels", labelsOf(bot)],
    ["Config", bot.config],
    ["Process", bot.pid === undefined ? undefined : `${bot.pid}${taking(bot)}`],
    ["Restarts", bot.restarts > 0 ? String(bot.restarts) : undefined],
    ["Up", duration(bot.uptime_seconds)],
    ["Order", bot.order && `${bot.order.type}, ${bot.order.state}`],
  ];
  const sheet = facts.map(([label, value]) => (value ? fact(label, value) : "")).join("");
  return sheet.replace(
    /^(State +)(.*)$/m,
    (_, label: string, state: string) => label + paint.state(state, bot.state),
  );
}

/** How it fares with its model. */
function adviceFacts(advice: AdviceReport): [string, string | undefined][] {
  const earned = decisionSources
    .filter((source) => advice.turns[source] > 0)
    .map(
      (source) =>
        `${rateBy(advice, source).toFixed(2)} a turn by ${shortSourceWords[source]} (${grouped(advice.turns[source])} turns)`,
    );
  const lost = [
    countsInWords(advice.rejected, rejectionWords),
    countsInWords(advice.failed, failureWords),
  ].filter((words) => words !== "");
  return [
    ["Plays by", sourceWords[advice.source]],
    ["Plan", advice.plan],
    ["Why", advice.why],
    [
      "Plans",
      [`${grouped(advice.accepted)} of ${grouped(advice.asked)} asked for taken`, ...lost].join("; "),
    ],
    ["Earns", earned.join(", ")],
  ];
}

const labelCells = 11;

function fact(label: string, value: string): string {
  const lines = value.split("\n").map(printable);
  return lines
    .map((line, index) => `${(index === 0 ? label : "").padEnd(labelCells)}${line}`.trimEnd() + "\n")
    .join("");
}

/** What its process takes, where it has been measured. */
const taking = ({ memory_mb: memory, cpu_percent: cpu }: BotStatus) =>
  memory === undefined ? "" : `, ${memory.toFixed(0)} MB, ${(cpu ?? 0).toFixed(0)}% of a core`;
