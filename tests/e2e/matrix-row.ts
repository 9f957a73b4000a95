/** What a row says of a command: words that succeed and words that do not, and what may be seen of it. */
import { join } from "node:path";

/** What is there for the commands to work on. */
export interface World {
  readonly folder: string;
  /** A bot that is at play, and stays. */
  readonly bot: string;
  /** Another that does what it is told, for this once. */
  fresh(): Promise<string>;
  /** The name of a trader who has called the host, for this once. */
  caller(): Promise<string>;
  /** A number that was not drawn before, for files and folders. */
  next(): number;
}

export interface Row {
  /** Words after the command that succeed; what they use up is made anew each time. */
  words(world: World): readonly string[] | Promise<readonly string[]>;
  /** Status of success where it is not 0. */
  readonly status?: number;
  /** stdout with --json: one value, or a value a line. `always`: JSON without the flag; `never`: there is no such flag. */
  readonly json: "value" | "lines" | "always" | "never";
  /** It goes on until Ctrl-C, and has said this by then. */
  readonly stays?: RegExp;
  /** It has colours at a terminal; `perhaps`: as soon as there is something to tell. */
  readonly inked?: true | "perhaps";
  /** It speaks to a manager, and cannot do without: 4 when none is there, 7 without its token. */
  readonly asks?: true;
  /** All that may be on stderr. */
  readonly chatter?: RegExp;
  /** Words that are refused, and how. */
  readonly refused?: readonly (readonly [words: string, status: number])[];
  /** Only one at a time, and no more often than it must: it is a whole swarm, or takes away what others work on. */
  readonly heavy?: true;
  /** Words at a terminal, where these differ. */
  terminal?(world: World): readonly string[];
  /** Something happens that it tells of. */
  readonly stirred?: true;
  /** What is on standard input. */
  readonly stdin?: string;
}

/** Words of a command line. */
export const split = (text: string) => text.split(" ");
/** A configuration whose bot is a double. */
export const config = ({ folder }: World) => join(folder, "double.yaml");
