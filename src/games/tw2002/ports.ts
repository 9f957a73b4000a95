/**
 * The ports that a bot knows. They are most of what it remembers, and thousands in the end, so they lie in columns of plain numbers, some hundred
 * bytes each; a `Port` and its goods are windows on a row.
 */
import { sectorsMax } from "./chart.ts";
import { type PortClass, products, type Side } from "./rules/ports.ts";

/** What is known of one product at one port. */
export interface Good {
  side: Side;
  /** Units that the port has, or still wants; `tradingMax` at most. */
  trading: number;
  percent: number;
  /** Bounds of the hidden productivity, in units a day: what all reports since the port was last built up leave. */
  least: number;
  most: number;
  /** |MCIC|s that bargains have struck out (struck.ts); 0 before the first. */
  struck: number;
  /** Times that evidence struck out all, and was begun anew with the latest; `redoneMax` at most. */
  redone: number;
}

export interface Port {
  readonly sector: number;
  readonly portClass: PortClass;
  /** Game turns used when we last docked; undefined before. */
  dockedAt: number | undefined;
  /** When its stock was last read, or changed by us, in ms since 1970; undefined before. */
  stockAt: number | undefined;
  /** By product order; undefined until we docked, or were told. What is written to it is kept. */
  good(index: number): Good | undefined;
  /** All that is known of a product, in place of what was. */
  learn(index: number, good: Readonly<Good>): void;
}

/** A port holds no more of anything (the game's own numbers are of 16 bits). */
export const tradingMax = 65_535;
export const redoneMax = 9999;
/** Rows that are made room for at first; then twice as many, each time. */
const roomFirst = 64;
const count = products.length;

const clamped = (value: number, most: number): number => Math.max(0, Math.min(most, value));

export class Ports {
  /** Places of the known ones by sector, counted from 1; 0 for none. */
  #places = new Uint16Array(roomFirst);
  #size = 0;
  #windows: (Row | undefined)[] = [];
  readonly columns = new Columns(roomFirst);

  get size(): number {
    return this.#size;
  }

  has(sector: number): boolean {
    return (this.#places[sector] ?? 0) !== 0;
  }

  /** To be used while the world is as it is: a port that goes takes its window along. */
  get(sector: number): Port | undefined {
    const place = this.#places[sector] ?? 0;
    return place === 0 ? undefined : this.#window(place - 1);
  }

  /** A port of this class was heard of, of which nothing else is known: a new one, also where another was. */
  add(sector: number, portClass: PortClass): Port {
    const known = this.#places[sector] ?? 0;
    const row = known === 0 ? this.#append(sector) : known - 1;
    this.columns.begin(row, sector, portClass);
    return this.#window(row);
  }

  /** True when there was one. */
  delete(sector: number): boolean {
    const place = this.#places[sector] ?? 0;
    if (place === 0) return false;
    // Seldom: those behind it move up, so that all stay in the order in which they were heard of.
    this.columns.remove(place - 1, this.#size);
    this.#size--;
    this.#places[sector] = 0;
    for (let row = place - 1; row < this.#size; row++) this.#places[this.columns.sectors[row]!] = row + 1;
    this.#windows = [];
    return true;
  }

  clear(): void {
    this.#places.fill(0);
    this.#size = 0;
    this.#windows = [];
  }

  /** In the order in which they were heard of. */
  *values(): IterableIterator<Port> {
    for (let row = 0; row < this.#size; row++) yield this.#window(row);
  }

  #window(row: number): Port {
    return (this.#windows[row] ??= new Row(this.columns, row));
  }

  #append(sector: number): number {
    if (sector >= this.#places.length) {
      const places = new Uint16Array(Math.min(sectorsMax, Math.max(2 * this.#places.length, sector)) + 1);
      places.set(this.#places);
      this.#places = places;
    }
    const row = this.#size++;
    if (row >= this.columns.room) this.columns.grow(2 * this.columns.room);
    this.#places[sector] = row + 1;
    return row;
  }
}

/** Marks of a row: bit `index` for a product that is known, bit `count + index` for one that the port buys. */
class Columns {
  room: number;
  sectors: Uint16Array;
  classes: Uint8Array;
  marks: Uint8Array;
  /** -1 for never. */
  dockedAt: Int32Array;
  /** NaN for never. */
  stockAt: Float64Array;
  /** From here on one for each product of a row. */
  trading: Uint16Array;
  redone: Uint16Array;
  percent: Uint8Array;
  least: Float64Array;
  most: Float64Array;
  struck: Float64Array;

  constructor(room: number) {
    this.room = room;
    this.sectors = new Uint16Array(room);
    this.classes = new Uint8Array(room);
    this.marks = new Uint8Array(room);
    this.dockedAt = new Int32Array(room);
    this.stockAt = new Float64Array(room);
    this.trading = new Uint16Array(count * room);
    this.redone = new Uint16Array(count * room);
    this.percent = new Uint8Array(count * room);
    this.least = new Float64Array(count * room);
    this.most = new Float64Array(count * room);
    this.struck = new Float64Array(count * room);
  }

  begin(row: number, sector: number, portClass: PortClass): void {
    this.sectors[row] = sector;
    this.classes[row] = portClass;
    this.marks[row] = 0;
    this.dockedAt[row] = -1;
    this.stockAt[row] = Number.NaN;
  }

  remove(row: number, size: number): void {
    for (const [column, each] of this.#all()) column.copyWithin(each * row, each * (row + 1), each * size);
  }

  grow(room: number): void {
    const larger = new Columns(room);
    const columns = larger.#all();
    for (const [index, [column]] of this.#all().entries())
      (columns[index]![0] as Uint8Array).set(column as Uint8Array);
    Object.assign(this, larger);
  }

  /** Each column, and its entries for a row. */
  #all() {
    return [
      [this.sectors, 1],
      [this.classes, 1],
      [this.marks, 1],
      [this.dockedAt, 1],
      [this.stockAt, 1],
      [this.trading, count],
      [this.redone, count],
      [this.percent, count],
      [this.least, count],
      [this.most, count],
      [this.struck, count],
    ] as const;
  }
}

class Row implements Port {
  readonly #columns: Columns;
  readonly #row: number;

  constructor(columns: Columns, row: number) {
    this.#columns = columns;
    this.#row = row;
  }

  get sector(): number {
    return this.#columns.sectors[this.#row]!;
  }

  get portClass(): PortClass {
    return this.#columns.classes[this.#row] as PortClass;
  }

  get dockedAt(): number | undefined {
    const at = this.#columns.dockedAt[this.#row]!;
    return at < 0 ? undefined : at;
  }

  set dockedAt(at: number | undefined) {
    this.#columns.dockedAt[this.#row] = at ?? -1;
  }

  get stockAt(): number | undefined {
    const at = this.#columns.stockAt[this.#row]!;
    return Number.isNaN(at) ? undefined : at;
  }

  set stockAt(at: number | undefined) {
    this.#columns.stockAt[this.#row] = at ?? Number.NaN;
  }

  good(index: number): Good | undefined {
    const isKnown = (this.#columns.marks[this.#row]! & (1 << index)) !== 0;
    return isKnown ? new Cell(this.#columns, this.#row, index) : undefined;
  }

  learn(index: number, good: Readonly<Good>): void {
    this.#columns.marks[this.#row]! |= 1 << index;
    Object.assign(new Cell(this.#columns, this.#row, index), pick(good));
  }
}

/** As a plain value: what is read off a window must be read before the window is written to. */
const pick = ({ side, trading, percent, least, most, struck, redone }: Readonly<Good>): Good => ({
  side,
  trading,
  percent,
  least,
  most,
  struck,
  redone,
});

class Cell implements Good {
  readonly #columns: Columns;
  readonly #row: number;
  readonly #index: number;

  constructor(columns: Columns, row: number, index: number) {
    this.#columns = columns;
    this.#row = row;
    this.#index = index;
  }

  get #at(): number {
    return count * this.#row + this.#index;
  }

  get side(): Side {
    return (this.#columns.marks[this.#row]! & (1 << (count + this.#index))) === 0 ? "selling" : "buying";
  }

  set side(side: Side) {
    const bit = 1 << (count + this.#index);
    if (side === "buying") this.#columns.marks[this.#row]! |= bit;
    else this.#columns.marks[this.#row]! &= ~bit;
  }

  get trading(): number {
    return this.#columns.trading[this.#at]!;
  }

  set trading(units: number) {
    this.#columns.trading[this.#at] = clamped(units, tradingMax);
  }

  get percent(): number {
    return this.#columns.percent[this.#at]!;
  }

  set percent(percent: number) {
    this.#columns.percent[this.#at] = clamped(percent, 255);
  }

  get least(): number {
    return this.#columns.least[this.#at]!;
  }

  set least(units: number) {
    this.#columns.least[this.#at] = units;
  }

  get most(): number {
    return this.#columns.most[this.#at]!;
  }

  set most(units: number) {
    this.#columns.most[this.#at] = units;
  }

  get struck(): number {
    return this.#columns.struck[this.#at]!;
  }

  set struck(struck: number) {
    this.#columns.struck[this.#at] = struck;
  }

  get redone(): number {
    return this.#columns.redone[this.#at]!;
  }

  set redone(times: number) {
    this.#columns.redone[this.#at] = clamped(times, redoneMax);
  }
}
