/**
 * A world as lore, and back. Keys are a letter and a sector; what the values mean:
 *
 *     w852  87,744,1000*        all ways out, "*" when somebody has seen the sector itself
 *     L852  l87,744             ways out that courses have shown, of a sector whose ways are not all known
 *     p852  3                   the class of the port there; nothing: no port
 *     g852  3,2450,240,251,...  a port's class, then of each product the trading amount and the bounds of its productivity
 *     H852  x1f;x0;x2.3         of each product the |MCIC|s struck out (struck.ts), "2." begun anew for the second time
 *     d852  mines,10,           a danger: kind, count, mode; nothing: none any more
 *     u     1000,852            sectors of the universe, and the StarDock's; 0 for unknown
 *
 * Pieces of others are taken in as if seen by ourselves, except where we have news of our own that nobody has heard yet. Nothing of
 * theirs is trusted: a number that cannot be one changes nothing.
 */
import type { GameLore } from "../../player/game.ts";
import { ageOf, eachPiece, lineOf, loreText, ownCopy } from "../../proto/lore.ts";
import { chartLane, chartWays, createChart, isCharted, isSector, isSeen, sizeUp, waysOf } from "./chart.ts";
import { clearDanger, type DangerKind, dangerKinds, fadesAfterMs, markDanger } from "./dangers.ts";
import type { FighterMode } from "./facts.ts";
import { sighted } from "./hints.ts";
import { newNews } from "./news.ts";
import { type PortClass, products, sideOf } from "./rules/ports.ts";
import { union } from "./struck.ts";
import type { Good, Port } from "./ports.ts";
import type { World } from "./world.ts";

/** Sectors in a row that contradict the chart, after which the universe must be another one. */
export const contradictionsMax = 3;
/** More units than any port trades in. */
const tradingMax = 65_530;
const modes: readonly FighterMode[] = ["Defensive", "Offensive", "Toll"];
/** Longest first line of a text. */
const headChars = 8;

export const lore: GameLore<World> = { recall, news, claimed };

// --- what we tell ---

function news(world: World, maxChars: number): string | undefined {
  const { news: marks, chart, now } = world;
  if (marks.age === undefined) return undefined;
  const lines: string[] = [];
  let room = maxChars - headChars;
  const say = (key: string, at: number, value: string) => {
    const line = lineOf({ key, at: Math.floor(at), value });
    lines.push(line);
    room -= line.length + 1;
  };
  const universe = `${chart.sectors},${world.stardock ?? 0}`;
  if (universe !== marks.universe && universe !== "0,0") {
    say("u", now, universe);
    marks.universe = universe;
  }
  const tell = (sectors: Set<number>, about: (sector: number) => void) => {
    for (const sector of sectors) {
      if (room < lineMostChars) return;
      sectors.delete(sector);
      about(sector);
    }
  };
  tell(chart.news, (sector) => {
    const ways = waysOf(chart, sector).join();
    if (isCharted(chart, sector)) say(`w${sector}`, now, ways + (isSeen(chart, sector) ? "*" : ""));
    else if (ways !== "") say(`L${sector}`, now, `l${ways}`);
  });
  tell(marks.ports, (sector) => say(`p${sector}`, now, String(world.ports.get(sector)?.portClass ?? "")));
  tell(marks.stocks, (sector) => {
    const port = world.ports.get(sector);
    const goods = readGoods(port);
    if (port && goods) say(`g${sector}`, port.stockAt ?? now, stockOf(port.portClass, goods));
  });
  tell(marks.hidden, (sector) => {
    const goods = readGoods(world.ports.get(sector));
    if (goods) say(`H${sector}`, now, hiddenOf(goods));
  });
  tell(marks.dangers, (sector) => {
    const danger = world.dangers.get(sector);
    if (danger) say(`d${sector}`, danger.at, `${danger.kind},${danger.count},${danger.mode ?? ""}`);
    else say(`d${sector}`, now, "");
  });
  return lines.length === 0 ? undefined : loreText(marks.age, lines);
}

/** The longest line that is ever said: hidden numbers. */
const lineMostChars = 120;

/** What a port deals in, when all of it has been read. */
function readGoods(port: Port | undefined): readonly Good[] | undefined {
  const goods = products.flatMap((_, index) => port?.good(index) ?? []);
  return goods.length === products.length ? goods : undefined;
}

const stockOf = (portClass: PortClass, goods: readonly Good[]): string =>
  [
    portClass,
    ...goods.flatMap(({ trading, least, most }) => [trading, Math.floor(least), Math.ceil(most)]),
  ].join();

const hiddenOf = (goods: readonly Good[]): string =>
  goods.map(({ struck, redone }) => `x${redone ? `${redone}.` : ""}${struck.toString(16)}`).join(";");

// --- what others tell ---

function recall(world: World, text: string): void {
  const { news: marks } = world;
  const age = ageOf(text);
  // From before the universe was made anew, by somebody who has not heard of it.
  if (age === undefined || age < (marks.age ?? 0)) return;
  if (marks.age !== undefined && age > marks.age) forget(world);
  world.news.age = age;
  let changed = false;
  eachPiece(text, (key, at, value) => {
    if (take(world, key, at, value)) changed = true;
  });
  if (changed) world.mapVersion++;
}

/** True when it changed what we know. */
function take(world: World, key: string, at: number, value: string): boolean {
  const letter = key[0];
  if (letter === "u") return takeUniverse(world, value);
  const sector = Number(key.slice(1));
  if (!isSector(sector)) return false;
  switch (letter) {
    case "w":
      return takeWays(world, sector, at, value);
    case "L":
      return takeLanes(world, sector, value);
    case "p":
      return takePort(world, sector, value);
    case "g":
      return takeStock(world, sector, at, value);
    case "H":
      return takeHidden(world, sector, value);
    case "d":
      return takeDanger(world, sector, at, value);
    default:
      return false;
  }
}

const list = /^(?:0|[1-9]\d{0,8})(?:,(?:0|[1-9]\d{0,8})){0,11}$/;
/** The numbers of a list. A worker without JIT reads twenty thousand of them: JSON's reader is native. */
const numbers = (value: string): readonly number[] =>
  list.test(value) ? (JSON.parse(`[${value}]`) as number[]) : [];
const isCount = (count: number | undefined, most: number): count is number =>
  count !== undefined && Number.isInteger(count) && count >= 0 && count <= most;

function takeUniverse(world: World, value: string): boolean {
  const [sectors = 0, stardock = 0] = numbers(value);
  if (isSector(sectors)) sizeUp(world.chart, sectors);
  if (isSector(stardock)) world.stardock = stardock;
  world.news.universe = value;
  return true;
}

function takeWays(world: World, sector: number, at: number, value: string): boolean {
  const { chart } = world;
  const wasSeen = value.endsWith("*");
  const ways = numbers(wasSeen ? value.slice(0, -1) : value);
  if (ways.length === 0 && value.length > 1) return false;
  const hadNews = chart.news.has(sector);
  // Our own eyes saw it later than anybody has told.
  const ours = hadNews && isCharted(chart, sector);
  const changed = !ours && chartWays(chart, sector, ways);
  const isSight = wasSeen && sighted(world, sector, at);
  // What we were told is no news of ours.
  if (!hadNews) chart.news.delete(sector);
  return changed || isSight;
}

function takeLanes(world: World, sector: number, value: string): boolean {
  const { chart } = world;
  if (isCharted(chart, sector)) return false;
  const hadNews = chart.news.has(sector);
  let changed = false;
  for (const to of numbers(value.slice(1))) if (chartLane(chart, sector, to)) changed = true;
  if (!hadNews) chart.news.delete(sector);
  return changed;
}

const isPortClass = (portClass: number): portClass is PortClass => isCount(portClass, 9);

function takePort(world: World, sector: number, value: string): boolean {
  if (world.news.ports.has(sector)) return false;
  if (value === "") return world.ports.delete(sector);
  return portOf(world, sector, Number(value)) !== undefined;
}

/** The port there, made when we have not heard of it, or of another one; undefined where it cannot be. */
function portOf(world: World, sector: number, portClass: number): Port | undefined {
  const known = world.ports.get(sector);
  if (known?.portClass === portClass) return known;
  if (!isPortClass(portClass)) return undefined;
  return world.ports.add(sector, portClass);
}

function takeStock(world: World, sector: number, at: number, value: string): boolean {
  const known = world.ports.get(sector);
  if (world.news.stocks.has(sector) || (known?.stockAt ?? 0) > at) return false;
  // Where we are docked the port itself tells us better.
  if (sector === world.sector && world.dockings > 0) return false;
  const [portClass = -1, ...stocks] = numbers(value);
  if (stocks.length !== 3 * products.length || Math.max(...stocks) > tradingMax) return false;
  const port = portOf(world, sector, portClass);
  if (!port) return false;
  for (const [index, product] of products.entries()) {
    const side = sideOf(port.portClass, product);
    if (!side) return false;
    const [trading, low, high] = [stocks[3 * index]!, stocks[3 * index + 1]!, stocks[3 * index + 2]!];
    if (low < 1 || low > high) return false;
    const old = port.good(index);
    const [least, most] = narrowed([low, high], old);
    // As good as the report that nobody passes on: what matters is told by the bounds.
    const percent = Math.min(100, Math.floor((100 * trading) / (5 * (least + most))));
    const { struck = 0, redone = 0 } = old ?? {};
    port.learn(index, { side, trading, percent, least, most, struck, redone });
  }
  port.stockAt = at;
  const hidden = world.news.unread.get(sector);
  if (hidden !== undefined) takeHidden(world, sector, hidden);
  return true;
}

/** Bounds that contradict those of the last report are of a time before the port was built up. */
function narrowed(
  told: readonly [number, number],
  others: Pick<Good, "least" | "most"> | undefined,
): readonly [number, number] {
  if (!others) return told;
  const low = Math.max(told[0], others.least);
  const high = Math.min(told[1], others.most);
  return low <= high ? [low, high] : told;
}

/** What is struck out of the three products' |MCIC|s, at most 52 bits each. */
const hiddenNumbers =
  /^x(?:(\d{1,4})\.)?([0-9a-f]{1,13});x(?:(\d{1,4})\.)?([0-9a-f]{1,13});x(?:(\d{1,4})\.)?([0-9a-f]{1,13})$/;

function takeHidden(world: World, sector: number, value: string): boolean {
  const goods = readGoods(world.ports.get(sector));
  if (!goods) {
    world.news.unread.set(sector, ownCopy(value));
    return false;
  }
  world.news.unread.delete(sector);
  const found = hiddenNumbers.exec(value);
  if (!found) return false;
  for (const [index, good] of goods.entries()) {
    const redone = Number(found[1 + 2 * index] ?? 0);
    const ours = good.redone;
    if (redone < ours) continue;
    const struck = Number.parseInt(found[2 + 2 * index]!, 16);
    good.struck = redone === ours ? union(good.struck, struck) : struck;
    if (redone > 0) good.redone = redone;
  }
  return true;
}

function takeDanger(world: World, sector: number, at: number, value: string): boolean {
  if (world.news.dangers.has(sector)) return false;
  const known = world.dangers.get(sector);
  if (value === "") return known !== undefined && known.at <= at && clearDanger(world, sector);
  const [name, amount, wayOf] = value.split(",");
  const kind = dangerKinds.find((one): one is DangerKind => one === name);
  const count = Number(amount);
  const mode = modes.find((one) => one === wayOf);
  if (!kind || !isCount(count, Number.MAX_SAFE_INTEGER) || world.now - at >= fadesAfterMs[kind]) return false;
  markDanger(world, sector, { kind, count, at, ...(mode ? { mode } : {}) });
  world.news.dangers.delete(sector);
  return true;
}

function claimed(world: World, taken: readonly string[], free: readonly string[]): void {
  for (const name of taken) if (isSector(Number(name))) world.taken.add(Number(name));
  for (const name of free) world.taken.delete(Number(name));
}

// --- a universe made anew ---

/**
 * The ways out of a sector as they are shown: when several in a row are not those of the chart, the sysop has made a new universe,
 * and what we knew, and others with us, is of the old one. Nothing else moves a way.
 */
export function compareWays(world: World, sector: number, ways: readonly number[]): void {
  const { chart, news: marks } = world;
  if (!isCharted(chart, sector)) return;
  const shown = [...ways].sort((a, b) => a - b).join();
  marks.contradictions = shown === waysOf(chart, sector).join() ? 0 : marks.contradictions + 1;
  if (marks.contradictions < contradictionsMax) return;
  const { age } = marks;
  forget(world);
  world.news.age = age === undefined ? undefined : age + 1;
}

/** All that belongs to the universe and not to us. */
function forget(world: World): void {
  Object.assign(world.chart, { ...createChart(), version: world.chart.version + 1 });
  world.ports.clear();
  world.dangers.clear();
  world.forgiven.clear();
  world.hints.clear();
  world.stardock = undefined;
  world.news = newNews();
  world.mapVersion++;
}
