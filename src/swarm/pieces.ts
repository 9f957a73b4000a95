/**
 * The pieces of lore known of one place, each as its line, in the order of their last changes. There are hundreds of thousands of them in
 * a swarm's manager, so beside the lines they are columns of numbers: some 110 bytes a piece, where a Map with an object for each took 400.
 */

/** What is known of one key. */
export interface Piece {
  readonly line: string;
  /** The number of its last change. */
  readonly seq: number;
  /** As it was put. */
  readonly by: number;
}

/** Pieces that room is made for at first; then twice as many, each time. */
const roomFirst = 64;
/** Slots of the table for each piece that there is room for: a search meets hardly more than its own. */
const slotsPerPiece = 2;
/** Outdated steps that the order may hold beyond a quarter of the pieces. */
const outdatedMax = 1000;

export class Pieces {
  #room = roomFirst;
  #lines: string[] = [];
  #seqs = new Float64Array(roomFirst);
  #bys = new Int32Array(roomFirst);
  /** Numbers of pieces, counted from 1, where the hash of their key wants them or behind; 0 for none. */
  #table = new Int32Array(slotsPerPiece * roomFirst);
  readonly #order = new Order();
  #seq = 0;

  get size(): number {
    return this.#lines.length;
  }

  /** The number of the latest change of all; it never goes back, not even with `clear`. */
  get seq(): number {
    return this.#seq;
  }

  has(key: string): boolean {
    return this.#table[this.#slotOf(key)] !== 0;
  }

  /** The line of a key. */
  line(key: string): string | undefined {
    return this.#lines[this.#table[this.#slotOf(key)]! - 1];
  }

  /** This line counts for the key from now on, which it begins with, before a space; it is the latest change. */
  put(key: string, line: string, by: number): void {
    let slot = this.#slotOf(key);
    if (this.#table[slot] === 0) {
      if (this.size === this.#room) {
        this.#grow();
        slot = this.#slotOf(key);
      }
      this.#lines.push(line);
      this.#table[slot] = this.size;
    }
    const index = this.#table[slot]! - 1;
    this.#lines[index] = line;
    this.#bys[index] = by;
    this.#seqs[index] = ++this.#seq;
    this.#order.add(index, this.#seq);
    if (this.#order.length > 1.25 * this.size + outdatedMax) this.#order.tidy(this.#seqs);
  }

  /** Nothing is known any more. */
  clear(): void {
    this.#lines = [];
    this.#table.fill(0);
    this.#order.clear();
  }

  /** What has changed after a number, the oldest change first; of a piece only its last one. */
  *since(after: number): IterableIterator<Piece> {
    for (let step = this.#order.firstAfter(after); step < this.#order.length; step++) {
      const index = this.#order.pieceAt(step);
      const seq = this.#order.seqAt(step);
      if (this.#seqs[index] === seq) yield { line: this.#lines[index]!, seq, by: this.#bys[index]! };
    }
  }

  /** Where the key is in the table, or would be. */
  #slotOf(key: string): number {
    const last = this.#table.length - 1;
    let slot = hashOf(key) & last;
    for (let found = this.#table[slot]!; found !== 0; found = this.#table[slot]!) {
      const line = this.#lines[found - 1]!;
      if (line.charCodeAt(key.length) === space && line.startsWith(key)) return slot;
      slot = (slot + 1) & last;
    }
    return slot;
  }

  #grow(): void {
    this.#room *= 2;
    this.#seqs = enlarged(this.#seqs, new Float64Array(this.#room));
    this.#bys = enlarged(this.#bys, new Int32Array(this.#room));
    this.#table = new Int32Array(slotsPerPiece * this.#room);
    this.#lines.forEach((line, index) => {
      this.#table[this.#slotOf(line.slice(0, line.indexOf(" ")))] = index + 1;
    });
  }
}

/** Changes in the order in which they came; a piece that has changed since stands further on, with its new number. */
class Order {
  length = 0;
  #pieces = new Int32Array(roomFirst);
  #seqs = new Float64Array(roomFirst);

  pieceAt(step: number): number {
    return this.#pieces[step]!;
  }

  seqAt(step: number): number {
    return this.#seqs[step]!;
  }

  add(piece: number, seq: number): void {
    if (this.length === this.#pieces.length) {
      this.#pieces = enlarged(this.#pieces, new Int32Array(2 * this.length));
      this.#seqs = enlarged(this.#seqs, new Float64Array(2 * this.length));
    }
    this.#pieces[this.length] = piece;
    this.#seqs[this.length++] = seq;
  }

  /** The first step of a greater number. */
  firstAfter(seq: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#seqs[middle]! > seq) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Keeps the steps that are the last of their pieces, whose numbers are handed in. */
  tidy(lastOf: Float64Array): void {
    let kept = 0;
    for (let step = 0; step < this.length; step++) {
      const [piece, seq] = [this.#pieces[step]!, this.#seqs[step]!];
      if (lastOf[piece] !== seq) continue;
      this.#pieces[kept] = piece;
      this.#seqs[kept++] = seq;
    }
    this.length = kept;
  }

  clear(): void {
    this.length = 0;
  }
}

const space = " ".charCodeAt(0);

/** FNV-1a, folded: keys are a letter and a number, so that their low bits alone would lie close together. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

function enlarged<Column extends Int32Array | Float64Array>(column: Column, greater: Column): Column {
  greater.set(column);
  return greater;
}
