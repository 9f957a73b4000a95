/** uPlot, as the page uses it. It is in a chunk of its own, with nothing but the drawing. */
import UPlot from "uplot";
import { colourOf } from "../theme.ts";
import type { GraphLine, GraphParts, Measure } from "./graph.tsx";

/** A drag shorter than this is a click, in pixels. */
const dragMinPx = 8;
const height = 150;

export interface DrawingEars {
  /** Which moment the pointer is at, by its number. */
  pointed(index: number | undefined): void;
  zoomed(span?: readonly [number, number]): void;
}

export interface Drawing {
  show(parts: Pick<GraphParts, "at" | "lines" | "span">): void;
  end(): void;
}

/** Draws lines like these into an element, with the colours of the moment, as wide as it is. */
export function draw(host: HTMLElement, lines: readonly GraphLine[], ears: DrawingEars): Drawing {
  const widthNow = () => Math.max(120, host.clientWidth);
  const measures = [...new Set(lines.map(({ measure }) => measure))];
  const [quiet, grid] = [colourOf("quiet"), colourOf("line")];
  const axis = {
    stroke: quiet,
    grid: { stroke: grid, width: 1 },
    ticks: { show: false },
    font: "11px system-ui",
  };
  const plot = new UPlot(
    {
      width: widthNow(),
      height,
      ms: 1,
      padding: [8, 4, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: true, y: false, dist: dragMinPx, setScale: false },
        points: { size: 6 },
        bind: {
          dblclick: () => () => {
            ears.zoomed();
            return null;
          },
        },
      },
      scales: Object.fromEntries(measures.map((measure) => [measure, { range: rangeOf(measure) }])),
      axes: [
        { ...axis, size: 22, values: (_: UPlot, moments: readonly number[]) => times(moments) },
        ...measures.map((measure, index) => ({
          ...axis,
          scale: measure,
          side: index === 0 ? (3 as const) : (1 as const),
          size: 46,
          ...(index > 0 && { grid: { show: false } }),
          values: (_: UPlot, values: readonly number[]) => values.map(short(measure)),
        })),
      ],
      series: [
        {},
        ...lines.map(({ name, colour, measure }) => ({
          label: name,
          scale: measure,
          stroke: colourOf(colour),
          width: 1.5,
          points: { show: false },
        })),
      ],
      hooks: {
        setCursor: [({ cursor }) => ears.pointed(cursor.idx ?? undefined)],
        setSelect: [
          ({ select, posToVal }) => {
            if (select.width < dragMinPx) return;
            ears.zoomed([posToVal(select.left, "x"), posToVal(select.left + select.width, "x")]);
            plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
          },
        ],
      },
    },
    [[], ...lines.map(() => [])],
    host,
  );
  const watch = new ResizeObserver(() => {
    if (widthNow() !== plot.width) plot.setSize({ width: widthNow(), height });
  });
  watch.observe(host);
  return {
    show({ at, lines: now, span }) {
      plot.setData([[...at], ...now.map(({ values }) => [...values])], span === undefined);
      if (span !== undefined) plot.setScale("x", { min: span[0], max: span[1] });
    },
    end() {
      watch.disconnect();
      plot.destroy();
    },
  };
}

/** From nought or below to the most there is; never a flat line in the middle of nowhere. */
function rangeOf(measure: Measure): UPlot.Range.Function {
  return (_, min, max) => {
    if (measure === "percent") return [0, 1];
    if (measure === "whole") {
      const room = Math.max(1, (max - min) * 0.1, max * 0.001);
      return [Math.max(Math.min(0, min), min - room), max + room];
    }
    return [Math.min(0, min), Math.max(1, max * 1.1)];
  };
}

const day = { month: "short", day: "numeric" } as const;
const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Moments on the axis, as fine as they lie apart. */
function times(moments: readonly number[]): string[] {
  const apart = (moments[1] ?? 0) - (moments[0] ?? 0);
  const format = new Intl.DateTimeFormat(
    "en",
    apart >= dayMs ? day : apart < minuteMs ? { ...time, second: "2-digit" } : time,
  );
  return moments.map((moment, index) => {
    const isNewDay = index > 0 && new Date(moment).getDate() !== new Date(moments[index - 1]!).getDate();
    return isNewDay && apart < dayMs ? new Date(moment).toLocaleDateString("en", day) : format.format(moment);
  });
}

const figures = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
const short = (measure: Measure) => (value: number) =>
  measure === "percent" ? `${Math.round(100 * value)}%` : figures.format(value);
