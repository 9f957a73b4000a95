/** What stands under a bot's terminal: whether it is true, and whose the keys are. */
import type { Holder } from "../../control/console/attach-screen.ts";

export interface Stand {
  readonly line: "dialling" | "open" | "lost";
  readonly hasSeen: boolean;
  /** The bot has a line to its game. */
  readonly live: boolean;
  readonly ended: boolean;
}

/** Why what is shown may not be how it stands; undefined when it is. */
export function noteOf({ line, hasSeen, live, ended }: Stand): string | undefined {
  if (ended && hasSeen) return "The bot has ended: this was its last screen";
  if (ended && line === "open")
    return "The bot has ended, and its worker left nothing behind: its last screen is not known";
  if (line === "lost")
    return `No line to the manager${hasSeen ? ": this is what was last seen" : ""}; trying again`;
  if (ended) return "Asking for its last screen";
  if (!live)
    return hasSeen
      ? "The bot has no line to its game just now: this is what was last seen"
      : "The bot has no line to its game yet";
  return hasSeen ? undefined : "Waiting for the bot to show its screen";
}

const holders: Readonly<Record<Holder, string>> = {
  bot: "The bot has the keys",
  asked: "Waiting until the bot stands at a safe prompt",
  us: "The keys are yours: Esc Esc or Ctrl-] gives them back",
  other: "Somebody else has the keys",
};
export const wordsOfHolder = (holder: Holder): string => holders[holder];
