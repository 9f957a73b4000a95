/** How the swarm went: graphs over time, from what the manager keeps and what the page sees come. */
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { SeriesRow } from "../../proto/operations/looking.ts";
import { ask, query } from "../address.ts";
import { manager, wordsOfRefusal } from "../asked.ts";
import { line } from "../live.ts";
import { past } from "../parts/figures-seen.ts";
import { Graph } from "../parts/graph.tsx";
import { joined, momentsOf } from "../parts/graph-points.ts";
import { clean } from "../words.ts";
import {
  graphNames,
  graphs,
  ranges,
  shownIn,
  spanWord,
  withOrWithout,
  wordOfGraphs,
  type Range,
  type Shown,
} from "./swarm-graphs.ts";

/** Points of a graph: one for each two pixels of a wide one. */
const pointsMax = 300;
const narrow = matchMedia("(max-width: 40rem)");
const shownNow = (params: URLSearchParams) => shownIn(params, narrow.matches);

export function History() {
  const shown = useComputed(() => shownNow(query.value)).value;
  const { names, range, span, strategy } = shown;
  const { rows, refused } = useRows();
  const strategies = [...(past.value.looks.at(-1)?.byStrategy.keys() ?? [])].sort();
  if (strategy !== undefined && !strategies.includes(strategy)) strategies.push(strategy);
  return (
    <section class="history" aria-label="Over time">
      <h2 class="unseen">Over time</h2>
      <div class="history-ways">
        <div role="group" aria-label="Range" class="choice">
          {(Object.keys(ranges) as Range[]).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={!span && one === range}
              onClick={() => ask({ range: one === "1h" ? undefined : one, span: undefined })}
            >
              {one}
            </button>
          ))}
          {span && (
            <button type="button" aria-pressed={true} onClick={() => ask({ span: undefined })}>
              zoomed ×
            </button>
          )}
        </div>
        <div role="group" aria-label="Graphs" class="choice">
          {graphNames.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={names.includes(name)}
              onClick={() => ask({ graphs: wordOfGraphs(withOrWithout(names, name), narrow.matches) })}
            >
              {graphs[name].title}
            </button>
          ))}
        </div>
        {strategies.length > 1 && (
          <label>
            Strategy{" "}
            <select
              value={strategy ?? ""}
              onChange={({ currentTarget }) => ask({ strategy: currentTarget.value })}
            >
              <option value="">all</option>
              {strategies.map((one) => (
                <option key={one} value={one}>
                  {clean(one)}
                </option>
              ))}
            </select>
          </label>
        )}
        {refused !== undefined && <span class="bad">{refused}</span>}
      </div>
      <div class="history-graphs">
        {names.map((name) => (
          <SwarmGraph key={name} name={name} rows={rows} span={span} />
        ))}
      </div>
    </section>
  );
}

interface SwarmGraphParts {
  readonly name: keyof typeof graphs;
  readonly rows: readonly SeriesRow[];
  readonly span: readonly [number, number] | undefined;
}

function SwarmGraph({ name, rows, span }: SwarmGraphParts) {
  const { title, lines } = graphs[name];
  const drawn = useMemo(() => ({ at: momentsOf(rows), lines: lines(rows) }), [rows, name]);
  return (
    <Graph
      title={title}
      {...drawn}
      span={span}
      zoomed={(to) => ask({ span: to === undefined ? undefined : spanWord(to) })}
    />
  );
}

interface Rows {
  readonly rows: readonly SeriesRow[];
  readonly refused?: string;
}

/**
 * Rows of what the address asks for. The manager is asked when another stretch is wanted, when a line opens, and when the page itself has
 * seen so much since that a graph would have too many points.
 */
function useRows(): Rows {
  const answer = useSignal<Rows>({ rows: [] });
  const wanted = useComputed(() => {
    const { range, span, strategy } = shownNow(query.value);
    return JSON.stringify([range, span, strategy]);
  });
  const isOpen = useComputed(() => line.value.state === "open");
  const seen = useComputed(() => {
    const { strategy } = shownNow(query.value);
    return past.value.looks.flatMap(({ all, byStrategy }) =>
      strategy === undefined ? all : (byStrategy.get(strategy) ?? []),
    );
  });
  const since = useComputed(() =>
    seen.value.filter(({ at }) => at > (answer.value.rows.at(-1)?.at ?? Infinity)),
  );
  const fills = useSignal(0);
  useSignalEffect(() => {
    if (since.value.length > pointsMax / 2) fills.value = fills.peek() + 1;
  });
  useSignalEffect(() => {
    const [asked] = [wanted.value, fills.value];
    if (!isOpen.value) return;
    const take = (rows: Rows) => {
      if (asked === wanted.peek()) answer.value = rows;
    };
    manager
      .timeSeries(questionOf(shownNow(query.peek()), Date.now()))
      .then(take, (error) => take({ rows: [], refused: wordsOfRefusal(error) }));
  });
  return useComputed(() => {
    const { range, span } = shownNow(query.value);
    const rows = span ? answer.value.rows : joined(answer.value.rows, seen.value);
    const first = (rows.at(-1)?.at ?? 0) - (span ? Infinity : (ranges[range] ?? Infinity));
    return { ...answer.value, rows: rows.filter(({ at }) => at >= first) };
  }).value;
}

function questionOf({ range, span, strategy }: Shown, now: number): Parameters<typeof manager.timeSeries>[0] {
  const length = ranges[range];
  const since = span ? Math.floor(span[0]) : length === undefined ? undefined : now - length;
  return {
    points: pointsMax,
    ...(since !== undefined && { since }),
    ...(span && { until: Math.ceil(span[1]) }),
    ...(strategy !== undefined && { strategy }),
  };
}
