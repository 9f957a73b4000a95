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
  /** On the line with its codes. */
  readonly raw?: RegExp;
  /** Lines between one that matches `from` and one that matches `to`, both not included, within a step. */
  readonly between?: readonly [from: RegExp, to: RegExp];
  /** The keys of the step. */
  readonly keys?: RegExp;
  readonly reason: Reason;
}

const anyLabel = /^/;
const every = /^/;
/** A line of a picture that is drawn by moving the cursor about. */
// oxlint-disable-next-line no-control-regex
const drawn = /\x1b\[\d+(;\d+)?[HABCD]/;

export const exceptions: readonly Exception[] = [
  {
    recording: every,
    label: /^(login|connect-accept|)$/,
    keys: /^[A-Z]$/,
    between: [/module now loading\.$/, /\[Pause\]/],
    reason: "picture: our own",
  },
  { recording: /^04/, label: /^ship-catalog$/, raw: drawn, reason: "picture: our own" },
  // The last ship's picture is written from top to bottom.
  {
    recording: /^04/,
    label: /^ship-catalog$/,
    keys: /^R$/,
    between: [/^R?$/, /^ {5}Basic Hold Cost/],
    reason: "picture: our own",
  },
  { recording: /^04/, label: /^planet-specs$/, keys: /^[A-G]$/, between: [/^[A-G]?$/, /^Which planet/], reason: "prose: our own words" },
];
