/** The last of what a game wrote on one line: bytes in, text only when somebody asks for it. Whoever asks says how far he has read. */
import { readCp437 } from "../proto/cp437.ts";

export interface Ring {
  add(bytes: Uint8Array): void;
  /** Bytes written since the line began. */
  written(): number;
  /** What was written after the first so many, as far back as the ring goes: one character for each byte. */
  since(from: number): string;
  /** A new line: nothing has been written on it. */
  clear(): void;
}

/** A ring of so many bytes. It takes its memory with the first of them. */
export function createRing(max: number): Ring {
  let ring: Uint8Array | undefined;
  let written = 0;

  return {
    add(bytes) {
      ring ??= new Uint8Array(max);
      written += bytes.length;
      const kept = bytes.length > max ? bytes.subarray(bytes.length - max) : bytes;
      const at = (written - kept.length) % max;
      const room = max - at;
      // Copied in one go: a loop over them would cost a worker, which compiles nothing, more than reading them does.
      if (kept.length <= room) return ring.set(kept, at);
      ring.set(kept.subarray(0, room), at);
      ring.set(kept.subarray(room));
    },
    written: () => written,
    since(from) {
      if (!ring) return "";
      const count = Math.min(written - from, written, max);
      const at = (written - count) % max;
      const end = at + count;
      if (end <= max) return readCp437(ring, at, end);
      return readCp437(ring, at, max) + readCp437(ring, 0, end - max);
    },
    clear() {
      written = 0;
    },
  };
}
