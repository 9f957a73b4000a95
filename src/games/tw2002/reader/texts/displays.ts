/**
 * Displays whose lines mean nothing for play: pictures, catalogues, rules, lists of names. Each begins with a line of its own and
 * ends at the next prompt, or at a line of its own; no line inside is looked at more closely, so the game's pictures and prose need
 * not be known word by word. Openings: the recordings.
 */

export interface Display {
  /** What it is, for people. */
  readonly of: string;
  readonly opens: RegExp;
  /** Its last line, where that is no prompt. */
  readonly ends?: RegExp;
  /** It goes on after [Pause]. */
  readonly pauses?: true;
  /** What is in it was written, or is called so, by others. */
  readonly words?: true;
  /** Lines after which it must be over. */
  readonly linesMax: number;
}

/** Animated pictures come as several hundred odd short lines. */
const pictureLinesMax = 400;
const pageLinesMax = 80;
const booksLinesMax = 2_000;
const frontMenu = /^ {3}==-- Trade Wars 2002 --==$/;
const shop =
  /^(?:<(?:Hardware Emporium|Shipyards|Tavern|Galactic Bank|FedPolice|Libram Universitatus)> |Welcome to the 'yards'|You ready to deal\?|Still interested \?|Want to buy it\?)/;

export const displays: readonly Display[] = [
  {
    of: "the splash screen",
    opens: /^Trade Wars 2002 Win32 module now loading\.$/,
    linesMax: pictureLinesMax,
  },
  {
    of: "the game's settings",
    opens: /^Enter your choice: S$/,
    ends: frontMenu,
    pauses: true,
    linesMax: pageLinesMax,
  },
  {
    of: "the game's figures",
    opens: /^Game Stats:$/,
    ends: /^End Stats\.$/,
    linesMax: 2 * pageLinesMax,
  },
  {
    of: "the instructions",
    opens: /^(?:Enter your choice: [IH]|Command .{1,40} : Z)$/,
    ends: frontMenu,
    pauses: true,
    linesMax: booksLinesMax,
  },
  {
    of: "a message of ours",
    opens: /^(?:Federation comm-link: \[|Sub-space radio \(\d{1,5}\): \[|Hailing frequencies: \[)/,
    ends: /^(?:Message sent|Unknown Trader!)/,
    linesMax: 40,
  },
  { of: "the title", opens: /^Initializing\.\.\.$/, linesMax: 20 },
  { of: "the log", opens: /^ {2}(?:-=){9}- Trade Wars 2002 ver /, words: true, linesMax: booksLinesMax },
  { of: "who is playing", opens: /^ {20,40}Who's Playing {10,40}$/, words: true, linesMax: 250 },
  {
    of: "the landing on the StarDock",
    opens: /^Landing on Federation StarDock\.$/,
    pauses: true,
    linesMax: pictureLinesMax,
  },
  {
    of: "a place on the StarDock",
    opens: /^<StarDock> Where to\? \(\?=Help\) \S$/,
    linesMax: pictureLinesMax,
  },
  { of: "the talk in a shop", opens: shop, linesMax: pageLinesMax },
  {
    of: "a ship of the catalogue",
    opens: /^Which ship are you interested in \(\?=List\) \? /,
    linesMax: 200,
  },
  {
    of: "a type of planet",
    opens: /^Which planet type are you interested in \(\?=List\) \? /,
    linesMax: pageLinesMax,
  },
  { of: "the ship's papers", opens: /^Computer command .{1,40} ;$/, linesMax: 20 },
  {
    of: "the state of the game",
    opens: /^ {5,20}Trade Wars 2002 Game Configuration and Status$/,
    linesMax: 40,
  },
  {
    of: "the launch of a Genesis torpedo",
    opens: /^Do you wish to launch one \(Y\/N\) \[N\]\? Yes$/,
    ends: /^For .{1,60} you receive /,
    linesMax: pictureLinesMax,
  },
  {
    of: "a TransWarp jump",
    opens: /^(?:All Systems Ready, shall we engage|Do you want to make this jump blind)\? Yes$/,
    ends: /^-=-=-=- TransWarp Drive Engaged! -=-=-=-$/,
    linesMax: pictureLinesMax,
  },
  {
    of: "the way into the citadel",
    opens: /^Planet command \(\?=help\) \[D\] C$/,
    ends: /^<(?:Enter|Build) Citadel>$/,
    linesMax: pageLinesMax,
  },
  { of: "the list of games", opens: /^Show Game Descriptions$/, linesMax: pageLinesMax },
  {
    of: "the transporter",
    opens: /^Command .{1,40} : X$/,
    ends: /^<Transport to Ship>$/,
    linesMax: pictureLinesMax,
  },
];
