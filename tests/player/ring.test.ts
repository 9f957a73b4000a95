import { expect, test } from "bun:test";
import { createLine } from "../../src/player/line.ts";
import { createRing } from "../../src/player/ring.ts";
import { writeCp437 } from "../../src/proto/cp437.ts";
import { byteByByte, cutAt } from "../cuts.ts";

const text = Array.from({ length: 40 }, (_, i) => `${i} ─ é\r\n`).join("");
const bytes = writeCp437(text);

test("the last of what was written is there, however it was cut", () => {
  for (const max of [1, 7, 64, bytes.length - 1, bytes.length, bytes.length + 1]) {
    for (const pieces of [[bytes], byteByByte(bytes), ...[1, 2, 3].map((seed) => cutAt(bytes, 30, seed))]) {
      const ring = createRing(max);
      for (const piece of pieces) ring.add(piece);
      expect(ring.since(0)).toBe(text.slice(-max));
      expect(ring.written()).toBe(bytes.length);
    }
  }
});

test("whoever has read so far gets the rest, and nothing twice", () => {
  const ring = createRing(50);
  let read = "";
  for (const piece of cutAt(bytes, 30, 4)) {
    const before = ring.written();
    ring.add(piece);
    if (piece.length <= 50) read += ring.since(before);
    else read += text.slice(read.length, read.length + piece.length);
  }
  expect(read).toBe(text);
  expect(ring.since(ring.written())).toBe("");
});

test("a new line begins empty, and a ring that nothing was written to is", () => {
  const ring = createRing(8);
  expect(ring.since(0)).toBe("");
  ring.add(bytes);
  ring.clear();
  expect([ring.written(), ring.since(0)]).toEqual([0, ""]);
  ring.add(writeCp437("new"));
  expect(ring.since(0)).toBe("new");
});

test("a line hands on what the game wrote, as it came, without telnet, however it is cut", () => {
  const wire = Uint8Array.from([0x41, 255, 253, 246, 0x1b, 0x5b, 0x4b, 255, 255, 255, 251, 1, 0x0d, 0xc4]);
  for (const pieces of [[wire], byteByByte(wire)]) {
    const ring = createRing(100);
    const line = createLine(ring.add);
    for (const piece of pieces) line.feed(piece);
    expect(ring.since(0)).toBe("A\x1b[K\u00a0\r─");
  }
});
