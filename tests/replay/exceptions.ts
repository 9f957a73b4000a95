/** Recorded lines that our host need not write, each with its reason. One that covers nothing is an error. */

export type Reason =
  | "prose: our own words"
  | "picture: our own"
  | "name: our own"
  | "cut in the recording"
  | "the server's damaged menu file"
  | "not built";

export interface Exception {
  /** A recording's name, or a pattern for several. */
  readonly recording: RegExp;
  readonly label: RegExp;
  /** On the plain line. */
  readonly line?: RegExp;
  /** Lines between one that matches `from` and one that matches `to`, both not included, within a step. */
  readonly between?: readonly [from: RegExp, to: RegExp];
  /** The keys of the step. */
  readonly keys?: RegExp;
  readonly reason: Reason;
}

export const exceptions: readonly Exception[] = [];
