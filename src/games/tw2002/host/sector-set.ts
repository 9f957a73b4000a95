/** A set of sectors as bits: a trader who plays for months sees the whole galaxy, and in a Set each sector would be some 30 bytes. */

/** Sectors that room is made for at first; then twice as many, or what is needed. */
const roomFirst = 1024;

export class SectorSet implements Iterable<number> {
  #bits = new Uint8Array(roomFirst / 8);
  #size = 0;

  constructor(sectors: Iterable<number> = []) {
    for (const sector of sectors) this.add(sector);
  }

  get size(): number {
    return this.#size;
  }

  has(sector: number): boolean {
    return ((this.#bits[sector >> 3] ?? 0) & (1 << (sector & 7))) !== 0;
  }

  add(sector: number): void {
    if (this.has(sector)) return;
    const byte = sector >> 3;
    if (byte >= this.#bits.length) {
      const bits = new Uint8Array(Math.max(2 * this.#bits.length, byte + 1));
      bits.set(this.#bits);
      this.#bits = bits;
    }
    this.#bits[byte]! |= 1 << (sector & 7);
    this.#size++;
  }

  /** Ascending. */
  *[Symbol.iterator](): IterableIterator<number> {
    for (let sector = 0; sector < 8 * this.#bits.length; sector++) if (this.has(sector)) yield sector;
  }
}
