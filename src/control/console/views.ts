/** The swarm and its bots as text for people. */
import type { BotState, BotStatus, SwarmStatus } from "../../proto/status.ts";
import { botStates } from "../../proto/status.ts";
import { duration, grouped, printable, table } from "./terminal.ts";

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

/** A line for each bot. */
export const botTable = (bots: readonly BotStatus[]) =>
  table<BotStatus>(
    [
      { title: "BOT", value: (bot) => bot.bot_id },
      { title: "STATE", value: (bot) => bot.state },
      { title: "TRADER", value: (bot) => bot.trader ?? "-" },
      { title: "SECTOR", value: (bot) => (bot.sector > 0 ? String(bot.sector) : "-"), right: true },
      { title: "CREDITS", value: (bot) => grouped(bot.credits), right: true },
      { title: "TURNS", value: turnsOf, right: true },
      { title: "CR/TURN", value: (bot) => bot.credits_per_turn.toFixed(2), right: true },
      { title: "TRADES", value: (bot) => grouped(bot.trades_executed), right: true },
      { title: "DOING", value: (bot) => firstLine(bot.error ?? bot.activity) },
    ],
    bots,
  );

/** An error may bring along the end of a log, which is for the bot's own sheet. */
const firstLine = (text: string) => text.split("\n", 1)[0]!;

const turnsOf = (bot: BotStatus) =>
  bot.turns_max > 0
    ? `${grouped(bot.turns_executed)}/${grouped(bot.turns_max)}`
    : grouped(bot.turns_executed);

/** One bot, a fact a line; further lines of a text stand under its first. */
export function botSheet(bot: BotStatus): string {
  const facts: [string, string | undefined][] = [
    ["Bot", bot.bot_id],
    ["State", bot.state],
    ["Error", bot.error],
    ["Since", moment(bot.error_at)],
    ["Next start", moment(bot.next_start_at)],
    ["Doing", bot.activity === bot.error ? undefined : bot.activity],
    ["Trader", bot.trader],
    ["Sector", bot.sector > 0 ? String(bot.sector) : undefined],
    ["Credits", `${grouped(bot.credits)} (${bot.credits_per_turn.toFixed(2)} a turn)`],
    ["Bank", bot.bank === undefined ? undefined : grouped(bot.bank)],
    ["Turns", turnsOf(bot)],
    ["Trades", `${grouped(bot.trades_executed)} of ${grouped(bot.trade_attempts)} tried`],
    ["Known", `${grouped(bot.sectors_explored)} sectors, ${grouped(bot.ports_known)} ports`],
    ["Holds", String(bot.holds)],
    ["Experience", grouped(bot.experience)],
    ["Strategy", `${bot.strategy}, goal "${bot.goal}"`],
    ["Config", bot.config],
    ["Process", bot.pid === undefined ? undefined : `${bot.pid}${taking(bot)}`],
    ["Restarts", bot.restarts > 0 ? String(bot.restarts) : undefined],
    ["Up", duration(bot.uptime_seconds)],
    ["Order", bot.order && `${bot.order.type}, ${bot.order.state}`],
  ];
  return facts.map(([label, value]) => (value ? fact(label, value) : "")).join("");
}

const labelCells = 11;

function fact(label: string, value: string): string {
  const lines = value.split("\n").map(printable);
  return lines
    .map((line, index) => `${(index === 0 ? label : "").padEnd(labelCells)}${line}`.trimEnd() + "\n")
    .join("");
}

/** Milliseconds since 1970 as a date and a time, UTC. */
const moment = (at: number | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

/** What its process takes, where it has been measured. */
const taking = ({ memory_mb: memory, cpu_percent: cpu }: BotStatus) =>
  memory === undefined ? "" : `, ${memory.toFixed(0)} MB, ${(cpu ?? 0).toFixed(0)}% of a core`;
