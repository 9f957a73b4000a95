/** The lists behind `?`. Labels are the game's; the frames are ours. */
import type { Paper } from "./paper.ts";

type Line = readonly (readonly [key: string, label: string])[];

/** One line of a list, each entry padded to a column. */
function list(paper: Paper, lines: readonly Line[], column: number): void {
  for (const line of lines) {
    paper.put`~g\xb3 `;
    for (const [key, label] of line) paper.put`~m<~g${key}~m> ~C${label.padEnd(column)}`;
    paper.put`~g\xb3\n`;
  }
}

function frame(paper: Paper, title: string, lines: readonly Line[], column: number): void {
  const width = (column + 4) * (lines[0]?.length ?? 1) + 1;
  const rule = (left: string, right: string) => left + "\xc4".repeat(width) + right;
  paper.put`\n~g${rule("\xda", "\xbf")}\n~g\xb3 ~Y${title.padEnd(width - 1)}~g\xb3\n`;
  list(paper, lines, column);
  paper.put`~g${rule("\xc0", "\xd9")}\n`;
}

export const commandHelp = (paper: Paper) => {
  paper.put`~!<Help>\n`;
  frame(
    paper,
    "Commands at the helm",
    [
      [
        ["D", "Re-Display Sector"],
        ["C", "Onboard Computer"],
        ["I", "Ship Information"],
      ],
      [
        ["P", "Port and Trade"],
        ["M", "Move to a Sector"],
        ["S", "Long Range Scan"],
      ],
      [
        ["V", "View Game Status"],
        ["?", "This list"],
        ["Q", "Quit and Exit"],
      ],
      [
        ["/", "Quick-stats"],
        ["#", "Who's Playing"],
        ["*", "List All Globals"],
      ],
    ],
    19,
  );
};

export const globalsHelp = (paper: Paper) => {
  paper.put`\n~RTrade Wars 2002 Global Commands\n\n`;
  const globals = [
    ["`", "Federation Comm-Link"],
    ["'", "Sub-Space Radio"],
    ["=", "Hailing Frequencies"],
    ["#", "Who's Playing"],
    ["/", "Quick-stats"],
    ["^", "Enter Computer Interrogation Mode (CIM)"],
    ["*", "List All Globals"],
  ] as const;
  for (const [key, label] of globals) paper.put`~m<~g${key}~m> ~g${label}\n`;
};

export const computerHelp = (paper: Paper) =>
  frame(
    paper,
    "Onboard computer",
    [
      [
        ["F", "Course Plotter"],
        ["I", "Inter Sector Warps"],
      ],
      [
        ["K", "Your Known Universe"],
        ["R", "Port Report"],
      ],
      [
        ["V", "Avoid Sectors"],
        ["X", "List Current Avoids"],
      ],
      [
        ["T", "Current Ship Time"],
        ["Q", "Exit Computer"],
      ],
    ],
    21,
  );

export const stopHelp = (paper: Paper) =>
  frame(
    paper,
    "AutoPilot Help",
    [
      [["Y", "Yes, stop here"]],
      [["N", "No, continue on"]],
      [["E", "Express Non-Stop"]],
      [["I", "Ship information"]],
      [["R", "Port Report"]],
      [["S", "Long Range Scan"]],
      [["D", "Re-Display Sector"]],
      [["P", "Port and Trade"]],
    ],
    19,
  );

export const cimHelp = (paper: Paper) =>
  paper.raw(
    [
      "",
      "",
      "Interrogation Modes",
      "",
      "<I> Warp Display",
      "<R> Port Report",
      "<F> Warp Route",
      "<E> Explored Sectors",
      "<U> Unexplored Sectors",
      "<S> Set Avoid",
      "<C> Clear Avoid",
      "<?> Menu",
      "<Q> Quit",
      "",
    ].join("\r\n"),
  );
