/** What the feed shows, as values: the events known, newest first, what a filter leaves of them, and how many were grave of late. */
import { severities, type Severity, type ToldEvent } from "../../proto/feed.ts";

/** Events the page keeps; the oldest go. */
export const feedMax = 2000;
/** How far back grave events are counted, in milliseconds. */
export const countedMs = 3_600_000;

export interface FeedFilter {
  readonly severity: Severity;
  /** Kinds of event; all where there are none. */
  readonly types: readonly string[];
  /** One bot, or a pattern of them; all where it is empty. */
  readonly bot: string;
}

/** The filter that an address asks for. */
export function filterIn(query: Pick<URLSearchParams, "get">): FeedFilter {
  const asked = query.get("severity");
  return {
    severity: severities.find((one) => one === asked) ?? "info",
    types: (query.get("types") ?? "").split(",").filter((type) => /^[A-Za-z]{1,40}$/.test(type)),
    bot: (query.get("bot") ?? "").trim(),
  };
}

/** Whether an event that was told live passes; the manager has seen to those that were asked for. */
export function passes({ severity, types }: FeedFilter, isMeant: (bot: string) => boolean) {
  const least = severities.indexOf(severity);
  return (event: ToldEvent): boolean =>
    severities.indexOf(event.severity) >= least &&
    (types.length === 0 || types.includes(event.type)) &&
    isMeant(event.bot);
}

/** Two tellings of the same event have the same. */
export const identityOf = ({ at, bot, type, text }: ToldEvent): string => `${at} ${bot} ${type} ${text}`;

/** All of both, newest first, each once. What is over `max` is left off at the old end. */
export function mergeEvents(
  known: readonly ToldEvent[],
  more: readonly ToldEvent[],
  max = feedMax,
): readonly ToldEvent[] {
  if (more.length === 0) return known;
  const seen = new Set<string>();
  const all = [...more, ...known].filter((event) => {
    const identity = identityOf(event);
    return !seen.has(identity) && seen.add(identity);
  });
  return all.sort((a, b) => b.at - a.at).slice(0, max);
}

/** How many of each severity happened within the last hour. */
export function countsOf(
  events: readonly Pick<ToldEvent, "at" | "severity">[],
  now: number,
): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { info: 0, warning: 0, error: 0 };
  for (const { at, severity } of events) if (at > now - countedMs) counts[severity]++;
  return counts;
}
