/**
 * Lines over time: drawn by uPlot, which is loaded when the first graph is looked at. A stretch dragged over is told to whoever wants to
 * show it closer. What is drawn can also be read as a table.
 */
import "./graph.css";
import { signal, useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { clock, compact, dateAndTime, grouped, rate } from "../words.ts";
import type { Drawing } from "./graph-drawing.ts";
import { everyFew, type Values } from "./graph-points.ts";

/** Rows of the table that stands for a graph. */
const tableRowsMax = 24;

/** How values are written. */
export type Measure = "whole" | "rate" | "percent";

export interface GraphLine {
  readonly name: string;
  /** The name of a colour of the style sheet, such as "accent". */
  readonly colour: string;
  readonly measure: Measure;
  readonly values: Values;
}

export interface GraphParts {
  readonly title: string;
  /** Milliseconds since 1970, for each value of each line. */
  readonly at: readonly number[];
  readonly lines: readonly GraphLine[];
  /** What is shown of time, from and until, in milliseconds since 1970; all there is without it. */
  readonly span?: readonly [number, number] | undefined;
  /** A stretch was dragged over, or with none a double click asked for the whole again. */
  readonly zoomed?: (span?: readonly [number, number]) => void;
}

export const written: Readonly<Record<Measure, (value: number) => string>> = {
  whole: (value) => (Math.abs(value) < 100_000 ? grouped(value) : compact(value)),
  rate: (value) => (Math.abs(value) < 100 ? rate(value) : grouped(value)),
  percent: (value) => `${Math.round(100 * value)}%`,
};

/** Counts the changes of the theme: whoever draws with its colours draws anew. */
const themes = signal(0);
const changed = () => themes.value++;
new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });

export function Graph(parts: GraphParts) {
  const host = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing>(undefined);
  const latest = useRef(parts);
  const pointed = useSignal<number | undefined>(undefined);
  const isOpen = useSignal(false);
  latest.current = parts;
  const theme = themes.value;
  const kind = parts.lines.map(({ name, colour, measure }) => `${name} ${colour} ${measure}`).join();

  // What is left of other effects ends after the next picture: until then this would still draw, on nothing.
  useLayoutEffect(() => {
    let isOver = false;
    void import("./graph-drawing.ts").then(({ draw }) => {
      if (isOver) return;
      drawing.current = draw(host.current!, latest.current.lines, {
        pointed: (index) => (pointed.value = index),
        zoomed: (span) => latest.current.zoomed?.(span),
      });
      drawing.current.show(latest.current);
    });
    return () => {
      isOver = true;
      drawing.current?.end();
      drawing.current = undefined;
    };
  }, [theme, kind]);
  useEffect(() => drawing.current?.show(parts), [parts.at, parts.lines, parts.span]);

  const index = pointed.value;
  const at = index === undefined ? undefined : parts.at[index];
  return (
    <figure class="graph">
      <figcaption>
        <h3>{parts.title}</h3>
        {parts.lines.map(({ name, colour, measure, values }) => {
          const value = index === undefined ? values.findLast((one) => one !== null) : values[index];
          return (
            <span key={name} class="graph-legend">
              <i class={`ink-${colour}`} aria-hidden="true" />
              {parts.lines.length > 1 && `${name} `}
              <b>{value === undefined || value === null ? "–" : written[measure](value)}</b>
            </span>
          );
        })}
        <time>{at === undefined ? "" : clock(at)}</time>
      </figcaption>
      <div class="graph-drawing" ref={host} aria-hidden="true">
        {parts.at.length < 2 && <p class="graph-none">Nothing to draw yet</p>}
      </div>
      <details onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}>
        <summary>As a table</summary>
        {isOpen.value && <Table {...parts} />}
      </details>
    </figure>
  );
}

function Table({ title, at, lines }: GraphParts) {
  const rows = everyFew(
    at.map((moment, index) => ({ moment, index })),
    tableRowsMax,
  );
  return (
    <div class="graph-table" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            {lines.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ moment, index }) => (
            <tr key={moment}>
              <th scope="row">{dateAndTime(moment)}</th>
              {lines.map(({ name, measure, values }) => {
                const value = values[index] ?? null;
                return <td key={name}>{value === null ? "–" : written[measure](value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
