/** Colours on a terminal, all of them: when they are wanted, and what is coloured how. */
import type { BotState } from "../../proto/status.ts";

export const colourChoices = ["auto", "always", "never"] as const;
export type ColourChoice = (typeof colourChoices)[number];

/** What the environment says of colours; undefined where it says nothing. https://no-color.org and https://bixense.com/clicolors */
export function colourTold(env: Readonly<Record<string, string | undefined>>): boolean | undefined {
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"] || env["CLICOLOR_FORCE"];
  return forced ? forced !== "0" && forced !== "false" : undefined;
}

/** How a text can look. */
export type Style = "bold" | "dim" | "good" | "warn" | "bad" | "calm" | "accent" | "inverse";

const sgr: Readonly<Record<Style, number>> = {
  bold: 1,
  dim: 2,
  good: 32,
  warn: 33,
  bad: 31,
  calm: 34,
  accent: 36,
  inverse: 7,
};

/** How each state looks, wherever it is shown. */
export const stateStyles: Readonly<Record<BotState, Style>> = {
  QUEUED: "dim",
  SPAWNING: "calm",
  REGISTERING: "calm",
  RUNNING: "good",
  PAUSED: "warn",
  STUCK: "bad",
  BACKOFF: "warn",
  COMPLETED: "accent",
  DEAD: "dim",
  ERROR: "bad",
  FAILED: "bad",
};

/** The one way to colour: a text in these styles, and nothing of them behind it. */
export const inked = (text: string, styles: readonly Style[]): string =>
  styles.length > 0 && text !== ""
    ? `\u001b[${styles.map((style) => sgr[style]).join(";")}m${text}\u001b[0m`
    : text;

/** What can be said in colour; each leaves the text as it is where colours are not wanted. */
export interface Palette {
  /** Whether colours are wanted at all. */
  readonly isOn: boolean;
  state(text: string, state: BotState): string;
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
}

export function palette(isOn: boolean): Palette {
  const ink = (style: Style) => (text: string) => (isOn ? inked(text, [style]) : text);
  return {
    isOn,
    state: (text, state) => ink(stateStyles[state])(text),
    good: ink("good"),
    warn: ink("warn"),
    bad: ink("bad"),
    dim: ink("dim"),
  };
}
