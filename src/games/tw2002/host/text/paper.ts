/**
 * What a caller's screen is told, with its colours. The game writes a colour only where it changes, ends a coloured line
 * with CR, ESC[0m, LF and a plain one with CR LF; all texts of the host go through here so that this holds everywhere.
 * Characters are code page 437: one character, one byte.
 *
 * In a template, `~` and one character set the ink: a small letter a dark colour, a capital the bright one
 * (k black, r red, g green, y yellow, b blue, m magenta, c cyan, w white), or one of the signs below. What stands in
 * `${}` is written as it is, so no name can carry a colour in.
 */

interface Ink {
  readonly bold: boolean;
  readonly blink: boolean;
  readonly fore: number;
  readonly back: number;
}
const plain: Ink = { bold: false, blink: false, fore: 7, back: 0 };

const inks = new Map<string, Ink>();
for (const [fore, letter] of "krgybmcw".split("").entries()) {
  inks.set(letter, { ...plain, fore });
  inks.set(letter.toUpperCase(), { ...plain, fore, bold: true });
}
/** Heading on blue. */
inks.set("=", { bold: true, blink: false, fore: 7, back: 4 });
/** Blinking bright red, and blinking bright blue. */
inks.set("!", { bold: true, blink: true, fore: 1, back: 0 });
inks.set("*", { bold: true, blink: true, fore: 4, back: 0 });
/** Black on white, as in the quick statistics. */
inks.set("#", { ...plain, fore: 0, back: 7 });
/** Red on white. */
inks.set("%", { ...plain, fore: 1, back: 7 });
/** The two halves of the danger sign: blinking red on white, white on red. */
inks.set("<", { bold: false, blink: true, fore: 1, back: 7 });
inks.set(">", { bold: false, blink: true, fore: 7, back: 1 });
/** Grounds of three ships' names: blue on white, bright yellow on blue, black on red. */
inks.set("1", { ...plain, fore: 4, back: 7 });
inks.set("2", { ...plain, bold: true, fore: 3, back: 4 });
inks.set("3", { ...plain, fore: 0, back: 1 });

/** The codes that lead from one ink to the next: whatever changed, or everything anew when something must go out. */
function change(from: Ink, to: Ink): string {
  const anew = (from.bold && !to.bold) || (from.blink && !to.blink);
  const before = anew ? plain : from;
  const codes: number[] = anew ? [0] : [];
  if (to.bold && !before.bold) codes.push(1);
  if (to.blink && !before.blink) codes.push(5);
  if (to.fore !== before.fore) codes.push(30 + to.fore);
  if (to.back !== before.back) codes.push(40 + to.back);
  return codes.length === 0 ? "" : `\x1b[${codes.join(";")}m`;
}

/** Every ink by number, so that a change is looked up and not worked out each time. */
const numbered: Ink[] = [plain, ...inks.values()];
const numberOf = new Map([...inks.keys()].map((letter, index) => [letter, index + 1]));
/** Number 0 is the terminal's own; dark white looks the same but is asked for by its letter. */
const changes = numbered.map((from) => numbered.map((to) => change(from, to)));

/** `~0` turns everything off and is always written. */
const newline = { newline: true } as const;
const off = { off: true } as const;
type Piece = string | number | typeof newline | typeof off;

function compile(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (index > 0) pieces.push(newline);
    const [head = "", ...inked] = line.split("~");
    if (head !== "") pieces.push(head);
    for (const part of inked) {
      const letter = part.charAt(0);
      const number = numberOf.get(letter);
      if (letter === "0") pieces.push(off);
      else if (number === undefined) throw new Error(`Unknown ink "${letter}" in "${text}"`);
      else pieces.push(number);
      if (part.length > 1) pieces.push(part.slice(1));
    }
  }
  return pieces;
}
const compiled = new WeakMap<TemplateStringsArray, Piece[][]>();

/** Something to write at a place in a template: text as it is, or a part that has inks of its own. */
type Insert = string | number | ((paper: Paper) => void);

/** Something that can be written: every text of the host is one, or makes one of what it is to tell. */
export type Text = (paper: Paper) => void;

export interface Paper {
  /** Writes a template with its inks. */
  put(strings: TemplateStringsArray, ...inserts: Insert[]): void;
  /** Writes text untouched, in whatever ink there is: echoes, terminal codes. */
  raw(text: string): void;
  /** Ends the line as the game does. */
  line(): void;
  /** The answer to a yes-or-no question: bright cyan on whatever ground the question had. */
  answer(text: string): void;
  /** All that was written since the last time; empties it. */
  take(): string;
  /** Remembers what there is; the function it gives takes everything back that was written since. */
  mark(): () => void;
  /** Without ANSI no code of any kind is written, neither for colours nor for the cursor. */
  setAnsi(on: boolean): void;
  readonly empty: boolean;
}

// oxlint-disable-next-line no-control-regex
const escapes = /\x1b\[[0-9;]*[A-Za-z]/g;

/** A fresh sheet in the terminal's own colours. */
export function createPaper(): Paper {
  let out = "";
  /** Written before a change of mode. */
  let before = "";
  let ink = 0;
  let ansi = true;
  const all = () => before + (ansi ? out : out.replace(escapes, ""));
  const line = () => {
    out += ink === 0 ? "\r\n" : "\r\x1b[0m\n";
    ink = 0;
  };
  const put = (pieces: readonly Piece[]) => {
    for (const piece of pieces) {
      if (typeof piece === "string") out += piece;
      else if (typeof piece === "number") {
        out += changes[ink]?.[piece] ?? "";
        ink = piece;
      } else if (piece === newline) line();
      else {
        out += "\x1b[0m";
        ink = 0;
      }
    }
  };
  const bright = numberOf.get("C") ?? 0;
  const paper: Paper = {
    put(strings, ...inserts) {
      let parts = compiled.get(strings);
      if (!parts) compiled.set(strings, (parts = strings.map(compile)));
      for (const [index, pieces] of parts.entries()) {
        put(pieces);
        if (index >= inserts.length) break;
        const insert = inserts[index];
        if (typeof insert === "function") insert(paper);
        else out += insert;
      }
    },
    raw(text) {
      out += text;
    },
    line,
    answer(text) {
      const from = numbered[ink] ?? plain;
      out += change(from, { bold: true, blink: false, fore: 6, back: from.back }) + text;
      ink = bright;
    },
    take() {
      const written = all();
      before = "";
      out = "";
      return written;
    },
    mark() {
      const was = { out, before, ink, ansi };
      return () => void ({ out, before, ink, ansi } = was);
    },
    setAnsi(on) {
      if (on === ansi) return;
      before = all();
      out = "";
      ansi = on;
      // Nothing has been coloured meanwhile.
      ink = 0;
    },
    get empty() {
      return before === "" && out === "";
    },
  };
  return paper;
}
