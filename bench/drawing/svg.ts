/** Pictures as SVG text: pure, so that a test can read them. What they show comes from programs of ours, never from a game. */

/** Of a picture, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (value: string) => value.replace(/[&<>"]/g, (sign) => escapes[sign]!);

/** Pixels to a hundredth: more is noise in a file that is kept. */
const pixels = (value: number) => String(Math.round(value * 100) / 100);

type Attributes = Readonly<Record<string, string | number>>;

export function element(name: string, attributes: Attributes, content = ""): string {
  const told = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === "number" ? pixels(value) : escaped(value)}"`)
    .join("");
  return `<${name}${told}>${content}</${name}>`;
}

export interface Words {
  readonly size?: number;
  readonly fill?: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
}

export const words = (x: number, y: number, text: string, how: Words = {}): string =>
  element(
    "text",
    {
      x,
      y,
      fill: how.fill ?? ink,
      "font-size": how.size ?? 13,
      "text-anchor": how.anchor ?? "start",
      ...(how.bold && { "font-weight": "bold" }),
    },
    escaped(text),
  );

export const ink = "#1f2933";
export const faint = "#7b8794";
export const hairline = "#e4e7eb";

/** A whole picture on white. */
export const svg = ({ width, height }: Frame, content: readonly string[]): string =>
  element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${pixels(width)} ${pixels(height)}`,
      "font-family": "Helvetica, Arial, sans-serif",
    },
    [element("rect", { width, height, fill: "#ffffff" }), ...content].join("\n"),
  );

/** Round figures from 0 up to `top` or a little beyond: at most `count` steps. */
export function ticks(top: number, count = 5): number[] {
  if (top <= 0) return [0, 1];
  const rough = top / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough)!;
  return Array.from({ length: Math.ceil(top / step - 1e-9) + 1 }, (_, index) => index * step);
}

export interface Curve {
  readonly name: string;
  readonly colour: string;
  /** Null where nothing is known. */
  readonly values: readonly (number | null)[];
}

export interface Panel {
  readonly title: string;
  readonly at: readonly number[];
  readonly curves: readonly Curve[];
}

const margin = { left: 70, right: 190, top: 34, bottom: 26 };

/** One graph over time, in minutes, at a height of the whole picture. */
export function panel({ title, at, curves }: Panel, { width, height }: Frame, top: number): string {
  const [inner, tall] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
  const last = Math.max(1e-9, at.at(-1) ?? 0);
  const most = Math.max(0, ...curves.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const scale = ticks(most);
  const x = (value: number) => margin.left + (value / last) * inner;
  const y = (value: number) => top + margin.top + tall - (value / scale.at(-1)!) * tall;
  const grid = scale.map(
    (tick) =>
      element("line", { x1: x(0), x2: x(last), y1: y(tick), y2: y(tick), stroke: hairline }) +
      words(x(0) - 8, y(tick) + 4, tick.toLocaleString("en-US"), { size: 11, fill: faint, anchor: "end" }),
  );
  const times = ticks(last, 8)
    .filter((tick) => tick <= last)
    .map((tick) => words(x(tick), y(0) + 17, `${tick} min`, { size: 11, fill: faint, anchor: "middle" }));
  const lines = curves.map(({ name, colour, values }, index) => {
    const points = values.flatMap((value, place) =>
      value === null ? [] : [`${pixels(x(at[place]!))},${pixels(y(value))}`],
    );
    const label = top + margin.top + 12 + 20 * index;
    return (
      element("polyline", { points: points.join(" "), fill: "none", stroke: colour, "stroke-width": 2 }) +
      element("rect", { x: x(last) + 16, y: label - 9, width: 12, height: 3, fill: colour }) +
      words(x(last) + 34, label - 3, name, { size: 12 })
    );
  });
  return [words(margin.left, top + 20, title, { bold: true }), ...grid, ...times, ...lines].join("\n");
}

export interface Part {
  readonly name: string;
  readonly value: number;
  readonly colour: string;
}

/** Bars that are cut into parts, one below the other, all to one scale; each part is named where there is room, and below. */
export function bars(
  rows: readonly { readonly title: string; readonly parts: readonly Part[] }[],
  { width }: Frame,
  top: number,
  told: (value: number) => string,
): { readonly drawn: string; readonly height: number } {
  const rowHeight = 92;
  const inner = width - 2 * 20;
  const most = Math.max(1e-9, ...rows.map(({ parts }) => total(parts)));
  const drawn = rows.map(({ title, parts }, row) => {
    const at = top + row * rowHeight;
    let x = 20;
    let note = 20;
    const pieces = parts.map(({ name, value, colour }) => {
      const wide = (value / most) * inner;
      const piece = element("rect", {
        x,
        y: at + 24,
        width: wide,
        height: 26,
        fill: colour,
        stroke: "#ffffff",
      });
      const label = `${name} ${told(value)}`;
      const named =
        element("rect", { x: note, y: at + 60, width: 10, height: 10, fill: colour }) +
        words(note + 14, at + 69, label, { size: 11 });
      note += 32 + 6.1 * label.length;
      x += wide;
      return piece + named;
    });
    return words(20, at + 16, `${title}: ${told(total(parts))}`, { bold: true }) + pieces.join("");
  });
  return { drawn: drawn.join("\n"), height: rows.length * rowHeight };
}

const total = (parts: readonly Part[]) => parts.reduce((sum, { value }) => sum + value, 0);
