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
  /** The step's moment, from and to. */
  readonly seconds?: readonly [from: number, to: number];
  /** The keys of the step. */
  readonly keys?: RegExp;
  readonly reason: Reason;
}

const every = /^/;
/** A line of a picture that is drawn by moving the cursor about. */
// oxlint-disable-next-line no-control-regex
const drawn = /\x1b\[\d+(;\d+)?[HABCD]/;

/** A picture or a story shown on a key, up to a line that counts. */
const shown = (
  recording: RegExp,
  label: RegExp,
  key: string,
  to: RegExp,
  reason: Reason = "picture: our own",
): Exception => ({
  recording,
  label,
  keys: new RegExp(`^${key}$`),
  between: [new RegExp(`^${key === "\\r" ? "" : `${key}?`}$`), to],
  reason,
});

const docked = /^(06|12)/;
const wares = /^(sd-buy-scanner|sd-hardware-buy2?|buy-twarp2?)$/;

export const exceptions: readonly Exception[] = [
  {
    recording: every,
    label: /^(login|connect-accept|)$/,
    keys: /^[A-Z]$/,
    between: [/module now loading\.$/, /\[Pause\]/],
    reason: "picture: our own",
  },
  // ---- the computer's books
  { recording: /^04/, label: /^ship-catalog$/, raw: drawn, reason: "picture: our own" },
  // The last ship's picture is written from top to bottom.
  shown(/^04/, /^ship-catalog$/, "R", /^ {5}Basic Hold Cost/),
  {
    recording: /^04/,
    label: /^planet-specs$/,
    keys: /^[A-G]$/,
    between: [/^[A-G]?$/, /^Which planet/],
    reason: "prose: our own words",
  },
  // ---- the instructions: how to leave them, some pages of them, and what an A left of the second
  {
    recording: /^02/,
    label: /^$/,
    line: /^(\.\.\.To abort the listing of instructions|or press A at pause prompt)/,
    reason: "prose: our own words",
  },
  {
    recording: /^02/,
    label: /^$/,
    seconds: [126, 128],
    between: [/^$/, /\[Pause\]/],
    reason: "prose: our own words",
  },
  {
    recording: /^02/,
    label: /^$/,
    seconds: [147, 148],
    between: [/^$/, /^ {3}==--/],
    reason: "prose: our own words",
  },
  // ---- the planet's menu: of its keys only a few did anything
  {
    recording: /^02/,
    label: /^$/,
    seconds: [336, 390],
    reason: "the server's damaged menu file",
  },
  // ---- the StarDock
  {
    recording: docked,
    label: /^(stardock-port|buy-tradein-ship)$/,
    keys: /^S$/,
    between: [/^Landing on Federation StarDock/, /\[Pause\]/],
    reason: "picture: our own",
  },
  shown(docked, /^(stardock-port|buy-tradein-ship)$/, "\\r", /^One turn deducted/),
  shown(docked, /^(sd-hardware|buy-twarp)$/, "H", /^You have [\d,]+ credits/),
  shown(docked, /^(sd-shipyards|buy-tradein-ship)$/, "S", /^You have [\d,]+ credits/),
  shown(docked, /^sd-bank$/, "G", /^<Galactic Bank>/),
  shown(docked, /^sd-police$/, "P", /^<FedPolice>/),
  shown(docked, /^sd-(tavern|grimy)$/, "T", /^(There are no announcements|\(Enter the subject)/),
  shown(docked, /^sd-library$/, "L", /^Main Index/),
  {
    recording: docked,
    label: wares,
    keys: /^[A-Z]$/,
    between: [
      /^[A-Z]$/,
      /^(The Holographic|How many|I can let|Which would|Type 1|We sell them|These cost|Sorry|Ok!|You have)/,
    ],
    reason: "prose: our own words",
  },
  {
    recording: docked,
    label: /^sd-shipyards-buy5$/,
    between: [/^$/, /\[Pause\]/],
    reason: "prose: our own words",
  },
  { recording: /^06/, label: /^scan-holo-raw$/, line: /^"/, reason: "prose: our own words" },
  // ---- crime
  {
    recording: /^12/,
    label: /^(evil-port-menu|steal|rob)$/,
    keys: /^\r$/,
    between: [/^$/, /^\(R\)ob this port/],
    reason: "prose: our own words",
  },
  {
    recording: /^12/,
    label: /^rob$/,
    keys: /^R$/,
    line: /^(The port Guards surround|audacity\.|The port droids)/,
    reason: "prose: our own words",
  },
  // ---- journeys and planets
  { recording: /^12/, label: /^transwarp-locked$/, keys: /^Y$/, raw: drawn, reason: "picture: our own" },
  shown(/^15/, /^transporter-and-shipscan$/, "X", /^<Transport to Ship>/),
  {
    recording: /^07/,
    label: /^genesis$/,
    keys: /^Y$/,
    between: [/^Yes$/, /^For building this planet/],
    reason: "picture: our own",
  },
  {
    recording: /^07/,
    label: /^planet-leave2$/,
    keys: /^C$/,
    between: [/^<Build Citadel>/, /^Citadel construction/],
    reason: "prose: our own words",
  },
  shown(/^08/, /^citadel$/, "C", /^<Enter Citadel>/),
];
