/** The game's clock at the moment of a recording's connection, from the dates that its screens show. */
import type { Connection } from "./recording.ts";
import { plain } from "./plain.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** `02:14:15 PM Mon Nov 22, 2038`, but for the day a ship was built. */
const long = /(\d\d):(\d\d):(\d\d) ([AP])M \w{3} (\w{3}) (\d\d?), (\d{4})/g;
/** `11/22/38 01:57:46 PM` */
const short = /(\d\d)\/(\d\d)\/(\d\d) (\d\d):(\d\d):(\d\d) ([AP])M/g;
/** Where no screen shows a date: the afternoon on which the recordings were made. */
export const someDay = Date.UTC(2038, 10, 22, 14);

const hour = (figures: string | undefined, half: string | undefined) =>
  (Number(figures) % 12) + (half === "P" ? 12 : 0);

/** Dates shown in a text, ms since 1970. */
export function datesIn(text: string): number[] {
  const lines = plain(text)
    .split("\n")
    .filter((line) => !line.startsWith("Date Built"))
    .join("\n");
  return [
    ...[...lines.matchAll(long)].map(([, h, m, s, half, month, day, year]) =>
      Date.UTC(Number(year), months.indexOf(month ?? ""), Number(day), hour(h, half), Number(m), Number(s)),
    ),
    ...[...lines.matchAll(short)].map(([, month, day, year, h, m, s, half]) =>
      Date.UTC(2000 + Number(year), Number(month) - 1, Number(day), hour(h, half), Number(m), Number(s)),
    ),
  ];
}

const second = 1000;

/** What a new character's first list of all he has tells of the moment his ship was begun. */
function shipyardStarts({ steps }: Connection): number[] {
  const begun = steps.find(({ expected }) => expected.includes("Your ship is being initialized."));
  const told = steps.flatMap(({ expected }) => /^Date Built +: (.+)$/m.exec(plain(expected))?.[1] ?? [])[0];
  const [built] = told === undefined ? [] : datesIn(told);
  return begun && built !== undefined ? [built - Math.round((begun.keys.at(-1)?.t ?? begun.t) * second)] : [];
}

/**
 * When the connection was made, by the game's clock: the moment under which most of the dates fall into their second.
 * Undefined when no date is shown.
 */
export function connectedAt(connection: Connection): number | undefined {
  const { steps } = connection;
  const shown = steps.flatMap(({ keys, expected, t }) =>
    datesIn(expected).map((shown) => shown - Math.round((keys.at(-1)?.t ?? t) * second)),
  );
  const starts = [...shown, ...shipyardStarts(connection)];
  const fits = (zero: number) => starts.filter((start) => zero >= start && zero < start + second).length;
  let best: { from: number; fits: number } | undefined;
  for (const start of starts) {
    const count = fits(start);
    if (!best || count > best.fits) best = { from: start, fits: count };
  }
  if (!best) return undefined;
  // The middle of the span in which as many fit.
  const ends = starts.map((start) => start + second).filter((end) => end > (best?.from ?? 0));
  const until = Math.min(...ends);
  return Math.floor((best.from + until) / 2);
}
