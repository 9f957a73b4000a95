/** A bot's configuration and its last events as text for people. */
import { printable } from "../../proto/printable.ts";
import { moment } from "./terminal.ts";

/** A configuration, an indented line for each key. */
export const configText = ({ config_name, config }: { config_name: string; config: unknown }): string =>
  `Configuration ${printable(config_name)}\n${outline(config, 1)}`;

function outline(value: unknown, depth: number): string {
  if (typeof value !== "object" || value === null) return "";
  const margin = "  ".repeat(depth);
  return Object.entries(value)
    .map(([key, inner]) => {
      const isSection = typeof inner === "object" && inner !== null && !Array.isArray(inner);
      const head = `${margin}${printable(key)}:`;
      if (isSection && Object.keys(inner).length === 0) return "";
      return isSection ? `${head}\n${outline(inner, depth + 1)}` : `${head} ${scalar(inner)}\n`;
    })
    .join("");
}

const scalar = (value: unknown) => printable(typeof value === "string" ? value : JSON.stringify(value));

interface Event {
  readonly type: string;
  readonly at: number;
  readonly text?: unknown;
}

/** Events, oldest first, as they happened. */
export function eventText(events: readonly Event[]): string {
  if (events.length === 0) return "No events\n";
  return `Last events\n${events.toReversed().map(eventLine).join("")}`;
}

const eventLine = ({ type, at, text }: Event): string =>
  `  ${moment(at)}  ${printable(type)}${typeof text === "string" ? `  ${printable(text)}` : ""}\n`;
