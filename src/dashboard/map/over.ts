/** What lies over sectors and warps: space that is safe or is not, routes, a way that was asked for, and the bots. */
import { isFed, type Chart } from "./chart.ts";
import type { Traffic } from "./traffic.ts";
import type { Route } from "./universe.ts";
import type { Layer } from "./view.ts";

export interface Over {
  readonly off: ReadonlySet<Layer>;
  readonly traffic: Traffic;
  readonly routes: readonly Route[];
  readonly selected: number | undefined;
  /** The sectors of a way, from its first to its last. */
  readonly way: readonly number[];
}

export interface Ground {
  readonly chart: Chart;
  /** Where a sector is on the canvas; undefined where it is not known. */
  readonly spotOf: (sector: number) => Spot | undefined;
  /** A colour of the style sheet. */
  readonly ink: (name: string) => string;
  /** Above 1 when the eye is near. */
  readonly zoom: number;
  /** Milliseconds of the page's own clock. */
  readonly now: number;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}
type Pen = CanvasRenderingContext2D;

/** Of the routes so many have their figure beside them, unless the eye is near; the best come first. */
const figuresMax = 5;
const near = 2;
const font = "600 11px system-ui, sans-serif";

/** Draws all of it. True when something is on its way, and the next picture will be another. */
export function drawOver(pen: Pen, over: Over, ground: Ground): boolean {
  const { off } = over;
  if (!off.has("space")) drawSpace(pen, ground);
  if (!off.has("dangers")) drawDangers(pen, ground);
  if (!off.has("routes")) drawRoutes(pen, over.routes, ground);
  drawWay(pen, over.way, ground);
  const isMoving = !off.has("bots") && drawBots(pen, over.traffic, ground);
  if (over.selected !== undefined) drawSelected(pen, over.selected, ground);
  return isMoving;
}

function ring(pen: Pen, { x, y }: Spot, radius: number): void {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
}

function drawSpace(pen: Pen, { chart, spotOf, zoom, ink }: Ground): void {
  const fed = [...Array(11).keys(), ...(chart.stardock === undefined ? [] : [chart.stardock])];
  pen.fillStyle = ink("map-fed");
  for (const sector of new Set(fed.filter((one) => isFed(chart, one)))) {
    const spot = spotOf(sector);
    if (!spot) continue;
    ring(pen, spot, 9 * Math.sqrt(zoom));
    pen.fill();
  }
  const dock = chart.stardock === undefined ? undefined : spotOf(chart.stardock);
  if (!dock) return;
  pen.fillStyle = ink("text");
  pen.font = font;
  pen.textAlign = "center";
  pen.fillText("★ StarDock", dock.x, dock.y - 11);
}

function drawDangers(pen: Pen, { chart, spotOf, ink }: Ground): void {
  pen.strokeStyle = ink("bad");
  pen.lineWidth = 1.5;
  for (const sector of chart.dangers.keys()) {
    const spot = spotOf(sector);
    if (!spot) continue;
    // A cross, so that colour is not all there is to see.
    pen.beginPath();
    pen.moveTo(spot.x - 4, spot.y - 4);
    pen.lineTo(spot.x + 4, spot.y + 4);
    pen.moveTo(spot.x + 4, spot.y - 4);
    pen.lineTo(spot.x - 4, spot.y + 4);
    pen.stroke();
  }
}

function drawRoutes(pen: Pen, routes: readonly Route[], { spotOf, zoom, ink }: Ground): void {
  const best = routes[0]?.credits_per_turn ?? 1;
  const labels: [text: string, x: number, y: number][] = [];
  for (const [rank, { from, to, credits_per_turn, in_work }] of routes.entries()) {
    const [start, end] = [spotOf(from), spotOf(to)];
    if (!start || !end) continue;
    const middle = bowed(start, end);
    pen.strokeStyle = ink(in_work ? "good" : "held");
    pen.globalAlpha = in_work ? 0.95 : 0.55;
    pen.setLineDash(in_work ? [] : [5, 4]);
    pen.lineWidth = 1 + 2.5 * (credits_per_turn / best);
    pen.beginPath();
    pen.moveTo(start.x, start.y);
    pen.quadraticCurveTo(middle.x, middle.y, end.x, end.y);
    pen.stroke();
    const label = [(start.x + end.x) / 4 + middle.x / 2, (start.y + end.y) / 4 + middle.y / 2] as const;
    if (rank < figuresMax || zoom > near) labels.push([String(Math.round(credits_per_turn)), ...label]);
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
  for (const [text, x, y] of labels) tag(pen, ink, text, x, y);
}

/** A curve beside the straight line, so that a route is told from a warp. */
function bowed(start: Spot, end: Spot): Spot {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  return { x: (start.x + end.x) / 2 - dy * 0.2, y: (start.y + end.y) / 2 + dx * 0.2 };
}

function tag(pen: Pen, ink: Ground["ink"], text: string, x: number, y: number): void {
  pen.font = font;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 3;
  pen.strokeStyle = ink("ground");
  pen.strokeText(text, x, y);
  pen.fillStyle = ink("text");
  pen.fillText(text, x, y);
  pen.textBaseline = "alphabetic";
}

function drawWay(pen: Pen, way: readonly number[], { spotOf, ink }: Ground): void {
  const spots = way.map(spotOf).filter((spot) => spot !== undefined);
  if (spots.length === 0) return;
  pen.strokeStyle = ink("accent");
  pen.lineWidth = 4;
  pen.lineJoin = "round";
  pen.beginPath();
  for (const { x, y } of spots) pen.lineTo(x, y);
  pen.stroke();
  pen.fillStyle = ink("accent");
  for (const spot of [spots[0]!, spots.at(-1)!]) {
    ring(pen, spot, 6);
    pen.fill();
  }
}

function drawBots(pen: Pen, traffic: Traffic, { spotOf, now, ink }: Ground): boolean {
  const { standing, flights } = traffic.at(now);
  pen.strokeStyle = ink("ground");
  pen.lineWidth = 1.5;
  for (const { from, to, part, tone } of flights) {
    const [start, end] = [spotOf(from), spotOf(to)];
    if (!start || !end) continue;
    const eased = part * part * (3 - 2 * part);
    pen.fillStyle = ink(tone);
    ring(pen, { x: start.x + (end.x - start.x) * eased, y: start.y + (end.y - start.y) * eased }, 4.5);
    pen.fill();
    pen.stroke();
  }
  for (const [sector, { count, tone }] of standing) {
    const spot = spotOf(sector);
    if (!spot) continue;
    pen.strokeStyle = ink("ground");
    pen.lineWidth = 1.5;
    pen.fillStyle = ink(tone);
    ring(pen, spot, count === 1 ? 4.5 : Math.min(14, 6 + 2 * Math.log2(count)));
    pen.fill();
    pen.stroke();
    if (count > 1) tag(pen, ink, String(count), spot.x, spot.y);
  }
  return flights.length > 0;
}

function drawSelected(pen: Pen, sector: number, { spotOf, ink }: Ground): void {
  const spot = spotOf(sector);
  if (!spot) return;
  pen.strokeStyle = ink("text");
  pen.lineWidth = 2;
  ring(pen, spot, 11);
  pen.stroke();
  tag(pen, ink, String(sector), spot.x, spot.y + 20);
}
