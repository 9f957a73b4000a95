/** `bbsbot events`: what happened to bots, oldest first, and on as it happens. */
import { severities, type FeedTold, type Severity, type ToldEvent } from "../../proto/feed.ts";
import { eventsMax } from "../../proto/operations/looking.ts";
import type { Swarm } from "../../proto/operations.ts";
import { Refusal } from "../../proto/refusal.ts";
import { namedBy, type Selection } from "../../proto/selection.ts";
import { jsonLine, printable } from "../../proto/printable.ts";
import type { Doors } from "./doors.ts";
import { meantIds } from "./bot-pages.ts";
import { stream, type Outlet } from "./outlet.ts";
import { stamp } from "./since.ts";
import type { Reached } from "./verb.ts";

/** Events of the past that are shown, unless said otherwise; and where all since a moment are wanted, the most. */
export const eventsDefault = 100;
export const eventsKeptMax = 100_000;
/** Events by which the past and the present are fitted together: more come in no batch. */
export const seenMax = 20_000;
/** Where bots are meant by state or label, who they are is asked again so often, in milliseconds. */
const lookAgainMs = 5000;

export interface EventsAsked {
  readonly selection: Selection;
  readonly types: readonly string[] | undefined;
  readonly severity: Severity;
  readonly since: number | undefined;
  readonly until: number | undefined;
  /** Absent: the default, or with a moment to begin at all since then. */
  readonly count: number | undefined;
  readonly follow: boolean;
  readonly json: boolean;
}

export function showEvents(doors: Doors, { at, swarm, paint }: Reached, asked: EventsAsked): Promise<number> {
  const shown = (event: ToldEvent) => {
    if (asked.json) return jsonLine(event);
    const text = printable(event.text);
    const inked = { error: paint.bad, warning: paint.warn, info: (told: string) => told }[event.severity](
      text,
    );
    return `${stamp(event.at)}  ${paint.dim(printable(event.bot))}  ${printable(event.type)}  ${inked}`;
  };
  return stream(doors, async (outlet) => {
    if (!asked.follow) {
      const { events, more } = await history(swarm, asked, asked.since, countOf(asked));
      if (more && asked.count === undefined && asked.since !== undefined)
        doors.console.err(
          `Only the last ${eventsKeptMax} events are shown; "bbsbot export events" has them all\n`,
        );
      return outlet.putAll(events.map(shown));
    }
    const following = createFollowing(doors, swarm, asked, (event) => outlet.put(shown(event)));
    const { promise: ended, reject } = Promise.withResolvers<never>();
    let isGone = false;
    const line = await doors.feed(at, {
      told: following.told,
      opened() {
        if (isGone) doors.console.err("The manager is back\n");
        isGone = false;
        following.behind();
      },
      closed(reason, final) {
        isGone = true;
        if (final) reject(new Refusal("manager_unreachable", reason));
        else doors.console.err(`${printable(reason)}; waiting for it\n`);
      },
    });
    try {
      await Promise.race([following.run(outlet), ended]);
    } finally {
      line.close();
    }
  });
}

const countOf = ({ count, since }: EventsAsked) =>
  count ?? (since === undefined ? eventsDefault : eventsKeptMax);

/** The last so many events that fit, oldest first. */
async function history(
  swarm: Swarm,
  { selection, types, severity, until }: EventsAsked,
  since: number | undefined,
  count: number,
): Promise<{ events: ToldEvent[]; more: boolean }> {
  const events: ToldEvent[] = [];
  let cursor: string | undefined;
  while (events.length < count) {
    const limit = Math.min(eventsMax, count - events.length);
    const page = await swarm.swarmEvents({
      ...selection,
      types: types && [...types],
      severity,
      since,
      until,
      limit,
      cursor,
    });
    events.push(...page.events);
    cursor = page.next_cursor;
    if (cursor === undefined) break;
  }
  return { events: events.toReversed(), more: cursor !== undefined };
}

interface Following {
  told(message: FeedTold): void;
  /** Something may have happened that was not told: the past is to be asked for. */
  behind(): void;
  /** Tells until it is over. */
  run(outlet: Outlet): Promise<void>;
}

/**
 * The past and the present as one stream without gap and without double: the feed is open first, then the past is asked for, then what
 * came meanwhile is told as far as the past had it not. The same again whenever the line was broken, or the feed has left something out.
 */
function createFollowing(
  { tty }: Pick<Doors, "tty">,
  swarm: Swarm,
  asked: EventsAsked,
  tell: (event: ToldEvent) => void,
): Following {
  const seen = new Set<string>();
  const chosen = chooser(swarm, asked.selection, tty.monotonic);
  const isWanted = wants(asked);
  let came: ToldEvent[] = [];
  let isBehind = false;
  let last: number | undefined;
  let wake = () => {};

  function once(event: ToldEvent): void {
    const mark = JSON.stringify([event.bot, event.type, event.at, event.text]);
    if (seen.has(mark)) return;
    seen.add(mark);
    if (seen.size > seenMax) seen.delete(seen.values().next().value!);
    last = Math.max(last ?? 0, event.at);
    tell(event);
  }
  async function tellPast(): Promise<void> {
    const { events } =
      last === undefined
        ? await history(swarm, asked, asked.since, countOf(asked))
        : await history(swarm, asked, last, seenMax);
    events.forEach(once);
    // From here on what is told counts, even if there was nothing yet.
    last ??= asked.since ?? 0;
  }
  async function tellNew(): Promise<void> {
    const events = came.filter(isWanted);
    came = [];
    const isMeant = await chosen(events.length > 0);
    for (const event of events) if (isMeant(event.bot)) once(event);
  }
  const next = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    return isBehind || came.length > 0 ? Promise.resolve() : promise;
  };
  return {
    behind() {
      isBehind = true;
      wake();
    },
    told({ events, missed = 0 }) {
      if (missed > 0 || came.length + events.length > seenMax) {
        isBehind = true;
        came = [];
      } else came.push(...events);
      wake();
    },
    async run(outlet) {
      while (!outlet.isOver()) {
        const wasBehind = isBehind;
        isBehind = false;
        try {
          if (wasBehind) await tellPast();
          await tellNew();
        } catch (error) {
          if (!(error instanceof Refusal && error.code === "manager_unreachable")) throw error;
          isBehind = true;
          await outlet.pause(lookAgainMs);
        }
        await Promise.race([next(), outlet.over]);
      }
    },
  };
}

const wants = ({ severity, types, since = 0, until = Infinity }: EventsAsked) => {
  const least = severities.indexOf(severity);
  return (event: ToldEvent): boolean =>
    severities.indexOf(event.severity) >= least &&
    (types === undefined || types.includes(event.type)) &&
    event.at >= since &&
    event.at <= until;
};

/** Which bots are meant just now: by their words, or where states or labels count, by asking, now and then. */
function chooser(swarm: Swarm, selection: Selection, monotonic: () => number) {
  const { bots, states, labels } = selection;
  const byWords = bots === undefined ? () => true : namedBy(bots);
  let looked = -Infinity;
  let isMeant = byWords;
  return async (needed: boolean): Promise<(bot: string) => boolean> => {
    if (!needed || (states === undefined && labels === undefined)) return isMeant;
    if (monotonic() - looked < lookAgainMs) return isMeant;
    const ids = new Set(await meantIds(swarm, selection));
    looked = monotonic();
    isMeant = (bot) => ids.has(bot);
    return isMeant;
  };
}
