/** What a worker shows of its game to those who watch: what was written last at once, then what comes, at a pace. Unwatched it only keeps. */
import { Buffer } from "node:buffer";
import { createRing } from "./player/ring.ts";
import type { WorkerMessage } from "./proto/link.ts";
import { linkMessageMaxBytes } from "./proto/orders.ts";
import { terminalChunkMax, terminalPaceMs, terminalRingMax } from "./proto/terminal.ts";

/** Bytes of a message beside its text. */
const frameBytes = 256;

export interface ShowingParts {
  /** To the manager: the present, worth nothing later. */
  say(message: WorkerMessage): void;
  /** Does the work after so many milliseconds, unless the answer is called before. */
  later(ms: number, work: () => void): () => void;
}

export interface Showing {
  /** The game wrote this; telnet's commands are not in it. */
  wrote(bytes: Uint8Array): void;
  /** There is a line to the game, a new one, or there is none. */
  online(live: boolean): void;
  /** What waits for its time is told at once. */
  now(): void;
  /** Somebody watches from now on, or nobody any more. */
  watch(on: boolean): void;
  /** The last of what the game wrote, also after the line to it has closed. */
  past(): string;
}

/** Nobody watches at first. */
export function createShowing({ say, later }: ShowingParts): Showing {
  const ring = createRing(terminalRingMax);
  let live = false;
  let watched = false;
  /** Bytes that those who watch have been shown. */
  let shown = 0;
  /** Calls off the next telling. */
  let due: (() => void) | undefined;

  function rest(): void {
    due?.();
    due = undefined;
  }

  function begin(): void {
    rest();
    say({ type: "shown", text: fitting(ring.since(0)), fresh: true });
    shown = ring.written();
  }

  /** What has come since the last telling; all anew where that is more than is kept, for nobody is owed the middle. */
  function tell(): void {
    if (shown === ring.written()) return rest();
    if (ring.written() - shown > terminalRingMax) return begin();
    rest();
    const text = ring.since(shown);
    for (let at = 0; at < text.length; at += terminalChunkMax)
      say({ type: "shown", text: text.slice(at, at + terminalChunkMax) });
    shown = ring.written();
  }

  return {
    past: () => ring.since(0),
    wrote(bytes) {
      ring.add(bytes);
      if (watched) due ??= later(terminalPaceMs, tell);
    },
    now() {
      if (watched) tell();
    },
    online(isLive) {
      live = isLive;
      if (watched) tell();
      if (live) ring.clear();
      shown = ring.written();
      if (!watched) return;
      if (live) begin();
      say({ type: "online", live });
    },
    watch(on) {
      watched = on;
      if (!on) return rest();
      begin();
      say({ type: "online", live });
    },
  };
}

/** As much of the latest as one message can carry: written out as JSON a control character takes six bytes. */
function fitting(text: string): string {
  const bytes = Buffer.byteLength(JSON.stringify(text));
  return bytes <= linkMessageMaxBytes - frameBytes ? text : text.slice(-terminalChunkMax);
}
