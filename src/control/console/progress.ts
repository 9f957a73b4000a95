/** How far bots have come, on stderr: two lines drawn anew in place for a person, a line now and then for a pipe. */
import type { Doors } from "./doors.ts";
import { duration, grouped } from "./terminal.ts";
import { botsOf } from "./views.ts";
import type { Tally, Wish } from "./wishes.ts";

/** Enough to follow. */
const drawEveryMs = 100;
const tellEveryMs = 2000;
const barMaxCells = 40;

export interface Progress {
  /** Shows it, unless something was shown a moment ago. */
  show(now: Tally, seconds: number): void;
  /** Shows how it ended, whenever something was shown last. */
  end(now: Tally, seconds: number): void;
  /** A line beside the progress. */
  say(text: string): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** Nothing is shown before `show`. */
export function startProgress({ console, tty }: Doors, wish: Wish): Progress {
  const pace = console.errIsTty ? drawEveryMs : tellEveryMs;
  let shownAt = Number.NEGATIVE_INFINITY;
  let shown = "";
  const put = (now: Tally, seconds: number) => {
    shownAt = tty.monotonic();
    if (console.errIsTty) draw(progressLines(wish, now, seconds, tty.size().columns));
    // The same again would tell nothing; that time goes on is no news in a log.
    else if (tallyText(wish, now) !== shown)
      console.err(`${duration(seconds)}  ${(shown = tallyText(wish, now))}\n`);
  };
  const draw = (lines: readonly string[]) => {
    console.err(`${wiped()}${lines.join("\n")}\n`);
    shown = String(lines.length);
  };
  /** To the beginning of what was drawn, and nothing after it. */
  const wiped = () => (console.errIsTty && shown !== "" ? `\u001b[${shown}A\r\u001b[J` : "");
  return {
    show(now, seconds) {
      if (tty.monotonic() - shownAt >= pace) put(now, seconds);
    },
    end: put,
    say(text) {
      console.err(`${wiped()}${text}\n`);
      if (console.errIsTty) shown = "";
    },
    close() {
      shown = "";
    },
  };
}

/** A bar and the counts, no line wider than the terminal. */
export function progressLines(wish: Wish, now: Tally, seconds: number, columns: number): string[] {
  const width = Math.max(columns - 1, 1);
  const share = now.total === 0 ? 1 : now.reached / now.total;
  const head = `${botsOf(now.total)} `;
  const tail = ` ${String(Math.floor(share * 100)).padStart(3)}% ${wish}, ${duration(seconds)}`;
  const cells = Math.min(barMaxCells, width - head.length - tail.length - 2);
  const filled = Math.floor(share * cells);
  const bar = cells >= 5 ? `[${"#".repeat(filled)}${"·".repeat(cells - filled)}]` : "";
  return [`${head}${bar}${tail}`.slice(0, width), counts(now).slice(0, width)];
}

const tallyText = (wish: Wish, now: Tally) =>
  `${botsOf(now.total)}: ${counts(now)}${wish === "running" ? "" : `, ${grouped(now.reached)} ${wish}`}`;

function counts({ spawned, registered, loggedIn, retrying, failed }: Tally): string {
  return [
    `${grouped(spawned)} spawned`,
    `${grouped(registered)} registered`,
    `${grouped(loggedIn)} logged in`,
    `${grouped(failed)} failed`,
    ...(retrying > 0 ? [`${grouped(retrying)} trying again`] : []),
  ].join(", ");
}
