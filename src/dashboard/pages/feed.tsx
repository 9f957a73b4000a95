/** The page of the feed: what happens to the swarm, newest first, live after what is kept of the past. */
import "./feed.css";
import { useSignal, type Signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { severities, type Severity, type ToldEvent } from "../../proto/feed.ts";
import { ask, pathOfBot, query } from "../address.ts";
import { useShortcuts } from "../keys.tsx";
import { clock, dateAndTime } from "../words.ts";
import { createFeedModel, type FeedModel } from "./feed-model.ts";
import { filterIn, type FeedFilter } from "./feed-list.ts";

/** Rows on the page at first, and more at each asking for more. */
const rowsStep = 200;

const namesOf: Readonly<Record<Severity, string>> = {
  info: "everything",
  warning: "warnings and errors",
  error: "errors",
};

export function FeedPage() {
  const words = query.value;
  const asked = `${words.get("severity")} ${words.get("types")} ${words.get("bot")}`;
  const filter = useMemo(() => filterIn(words), [asked]);
  const model = useMemo(createFeedModel, []);
  const rows = useSignal(rowsStep);
  useEffect(() => {
    rows.value = rowsStep;
    return model.show(filter);
  }, [model, filter]);
  useEffect(model.count, [model]);
  useShortcuts("Feed", [
    { key: " ", told: "hold the flow, or let it go on", work: model.turn },
    { key: "/", told: "filter by bot", work: () => document.getElementById("feed-bot")?.focus() },
  ]);
  return (
    <section class="feed" aria-labelledby="feed-title">
      <h1 id="feed-title">Feed</h1>
      <Counts model={model} />
      <Filter filter={filter} model={model} />
      <Notices model={model} />
      <Events model={model} rows={rows} />
    </section>
  );
}

function Counts({ model }: { readonly model: FeedModel }) {
  const { warning, error } = model.counts.value;
  return (
    <p class="feed-counts">
      In the last hour:{" "}
      <button type="button" class={error > 0 ? "bad" : ""} onClick={() => ask({ severity: "error" })}>
        {error} {error === 1 ? "error" : "errors"}
      </button>{" "}
      <button type="button" class={warning > 0 ? "warning" : ""} onClick={() => ask({ severity: "warning" })}>
        {warning} {warning === 1 ? "warning" : "warnings"}
      </button>{" "}
      <span class="quiet">{model.pace.value} events in the last minute</span>
    </p>
  );
}

const value = (event: Event) => (event.currentTarget as HTMLInputElement | HTMLSelectElement).value;

function Filter({ filter, model }: { readonly filter: FeedFilter; readonly model: FeedModel }) {
  const held = model.held.value;
  return (
    <form class="feed-filter" role="search" aria-label="Events" onSubmit={(event) => event.preventDefault()}>
      <label>
        Show{" "}
        <select
          value={filter.severity}
          onChange={(event) => ask({ severity: value(event).replace("info", "") })}
        >
          {severities.map((severity) => (
            <option key={severity} value={severity}>
              {namesOf[severity]}
            </option>
          ))}
        </select>
      </label>
      <label>
        of kind{" "}
        <select value={filter.types.join(",")} onChange={(event) => ask({ types: value(event) })}>
          <option value="">any</option>
          {kindsWith(filter.types).map((type) => (
            <option key={type} value={type}>
              {type}
            </option>
          ))}
        </select>
      </label>
      <label>
        of bot{" "}
        <input
          id="feed-bot"
          type="search"
          placeholder="id, or bot_0*"
          value={filter.bot}
          onChange={(event) => ask({ bot: value(event) })}
        />
      </label>
      <button type="button" aria-pressed={held !== undefined} onClick={model.turn}>
        {held === undefined ? "Hold" : `Go on (${held.length} new)`}
      </button>
    </form>
  );
}

/** Groups of kinds that people look for, then each by itself. */
const kinds = [
  "traded",
  "noted",
  "spawned,started,registered,playing",
  "ordered,confirmed",
  "completed,stopped,killed,left",
  "failed,exited,backedOff,gaveUp,startFailed,lost,cutOff",
  "timedOut,stalled,recovered",
];
const kindsWith = (types: readonly string[]) =>
  types.length === 0 || kinds.includes(types.join(",")) ? kinds : [types.join(","), ...kinds];

function Notices({ model }: { readonly model: FeedModel }) {
  const trouble = model.trouble.value;
  const missed = model.missed.value;
  return (
    <>
      {trouble !== undefined && (
        <p class="bad" role="alert">
          {trouble}
        </p>
      )}
      {missed > 0 && (
        <p class="warning">
          {missed} events came too fast to be told; ask for fewer kinds to see all of them
        </p>
      )}
    </>
  );
}

function Events({ model, rows }: { readonly model: FeedModel; readonly rows: Signal<number> }) {
  const events = model.events.value;
  if (events === undefined) return <p class="quiet">Reading what happened…</p>;
  if (events.length === 0) return <p class="quiet">Nothing of this kind has happened</p>;
  const shown = events.slice(0, rows.value);
  const isAll = shown.length === events.length && model.isAll.value;
  const more = async () => {
    if (shown.length + rowsStep > events.length) await model.older();
    rows.value += rowsStep;
  };
  return (
    <>
      <table class="feed-events">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Gravity</th>
            <th scope="col">Bot</th>
            <th scope="col">What happened</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((event) => (
            <Row key={model.keyOf(event)} event={event} />
          ))}
        </tbody>
      </table>
      {isAll ? (
        <p class="quiet">That is all that is kept</p>
      ) : (
        <button type="button" disabled={model.isReading.value} onClick={() => void more()}>
          {model.isReading.value ? "Reading…" : "More"}
        </button>
      )}
    </>
  );
}

const tones: Readonly<Record<Severity, string>> = { info: "quiet", warning: "warning", error: "bad" };

function Row({ event }: { readonly event: ToldEvent }) {
  const { at, severity, bot, type, text } = event;
  return (
    <tr class={`feed-${severity}`}>
      <td>
        <time dateTime={new Date(at).toISOString()} title={dateAndTime(at)}>
          {clock(at)}
        </time>
      </td>
      <td class={tones[severity]}>{severity}</td>
      <td>
        <a href={pathOfBot(bot)}>{bot}</a>
      </td>
      <td title={type}>{text}</td>
    </tr>
  );
}
