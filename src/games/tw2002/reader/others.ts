/**
 * Where whole lines are other people's words: mail and the log. Nothing in there is a fact, whatever it spells; the display is left only
 * where the game goes on after it.
 */

/** The mail of a hundred letters of twenty lines each, with headings, is shorter. */
const mailLinesMax = 5_000;
const logLinesMax = 2_000;

interface Place {
  readonly of: string;
  readonly opens: RegExp;
  /** The line above the one that opens it, where that matters. */
  readonly below: RegExp;
  /** The first line that is the game's again, and the one above it. */
  readonly ends: RegExp;
  readonly after: RegExp;
  /** Lines in there that the game says itself. */
  readonly own: RegExp;
  readonly linesMax: number;
}

const any = /^/;
const paused = /^\[Pause\]/;
const computer = /^Computer command \[TL=\d\d:\d\d:\d\d\]:\[\d{1,5}\] \(\?=Help\)\? /;

const places: readonly Place[] = [
  {
    of: "mail",
    opens: /^Searching for messages received since your last time on:$/,
    below: any,
    ends: /^<Scanning for Hazardous Sectors you have marked to Avoid>$/,
    after: paused,
    own: /^(?:\[Pause\](?: - \[Press Space or Enter to continue\])?|No messages received\.)$/,
    linesMax: mailLinesMax,
  },
  {
    of: "mail",
    opens: /^Computer command \[TL=\d\d:\d\d:\d\d\]:\[\d{1,5}\] \(\?=Help\)\? M$/,
    below: any,
    ends: computer,
    after: any,
    own: paused,
    linesMax: mailLinesMax,
  },
  {
    of: "the log",
    opens: /^ {2}(?:-=){9}- Trade Wars 2002 ver /,
    below: /^Include time\/date stamp\? \(Y\/N\) \[N\] /,
    ends: /^(?:\[Pause\]|Computer command \[TL=)/,
    after: any,
    own: /^No log entries today\.$/,
    linesMax: logLinesMax,
  },
];
/** First letters of the lines that open a place: all others cost one comparison. */
const initials = "SC ";

export interface Others {
  /** Takes the next line that is not empty, with the one above it; tells where it stands when it is the words of others. */
  hear(line: string, above: string): string | undefined;
  /** Whether what comes below that line may be the words of others. */
  goesOn(above: string): boolean;
}

export function createOthers(): Others {
  let inside: Place | undefined;
  let left = 0;
  return {
    hear(line, above) {
      if (inside) {
        const over = inside.ends.test(line) && inside.after.test(above);
        if (!over && --left > 0) return inside.own.test(line) ? undefined : inside.of;
        inside = undefined;
        if (over) return undefined;
      }
      // A message that is not compact: a heading, then the words.
      if (isHeading(above)) return "a message";
      if (!initials.includes(line[0]!)) return undefined;
      const place = places.find(({ opens, below }) => opens.test(line) && below.test(above));
      if (place) {
        inside = place;
        left = place.linesMax;
      }
      return undefined;
    },
    goesOn: (above) => inside !== undefined || isHeading(above),
  };
}

const heading = /^Incoming transmission from .{1,60} on .{1,40}:$/;
const isHeading = (line: string) => line.startsWith("Incoming") && heading.test(line);
