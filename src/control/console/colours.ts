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

/** What can be said in colour; each leaves the text as it is where colours are not wanted. */
export interface Palette {
  state(text: string, state: BotState): string;
  good(text: string): string;
  poor(text: string): string;
  bad(text: string): string;
  dim(text: string): string;
}

const green = 32;
const yellow = 33;
const red = 31;
const blue = 34;
const faint = 2;

const stateColours: Readonly<Record<BotState, number>> = {
  QUEUED: faint,
  SPAWNING: blue,
  REGISTERING: blue,
  RUNNING: green,
  PAUSED: yellow,
  STUCK: red,
  BACKOFF: yellow,
  COMPLETED: 36,
  DEAD: faint,
  ERROR: red,
  FAILED: red,
};

/** The one way to colour. */
export function palette(on: boolean): Palette {
  const ink = (code: number) => (text: string) =>
    on && text !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;
  return {
    state: (text, state) => ink(stateColours[state])(text),
    good: ink(green),
    poor: ink(yellow),
    bad: ink(red),
    dim: ink(faint),
  };
}
