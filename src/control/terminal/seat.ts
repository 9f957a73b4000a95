/** A viewer's place before a bot's terminal, as those on both sides of it see it. */
import type { ScreenShot, TerminalTold } from "../../proto/terminal-view.ts";

/** Somebody who watches. Neither may throw. */
export interface Viewer {
  told(message: TerminalTold): void;
  /** The bot is off the list: nothing more will be told. */
  gone(): void;
}

/** A viewer's place before a bot's terminal. */
export interface Seat {
  take(): void;
  type(keys: string): void;
  /** The holder is still there. */
  beat(): void;
  give(): void;
  /** Gives the keys back, too. Safe to call twice. */
  leave(): void;
}

/** What is known of a bot's terminal. */
export interface Sight {
  /** Undefined until the worker has shown something. */
  readonly shot: ScreenShot | undefined;
  /** All that the worker tells first has come: what is on the screen, and whether there is a line to the game. */
  readonly whole: boolean;
  /** Somebody has the keys, or is about to. */
  readonly taken: boolean;
}
