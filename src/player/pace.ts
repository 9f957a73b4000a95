/** How fast keys may leave, and those that have to wait for it: kept in order, none before its time. No timer in sight. */

import type { BotConfig } from "../proto/config.ts";

export interface PaceLimits {
  /** Least time between two keys, in milliseconds. Keys typed ahead are counted one by one, like all others. */
  readonly gapMs: number;
  /** Time a person would look at the screen before typing, in milliseconds: drawn evenly between the two. */
  readonly thinkMs: readonly [min: number, max: number];
}

/** As fast as the host answers. */
export const noPace: PaceLimits = { gapMs: 0, thinkMs: [0, 0] };

/** How fast a bot types on other people's hosts unless its file says otherwise: a quick typist, and no burden to anyone. */
export const politeKeysPerSecond = 10;

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i;

/** What a bot's file asks for; left open there, a host on this machine gets keys as fast as it answers, others politely. */
export function paceFor({ pace, connection }: Pick<BotConfig, "pace" | "connection">): PaceLimits {
  const { keys_per_second: asked, think_ms: thinkMs } = pace;
  const usual = loopback.test(connection.host) ? null : politeKeysPerSecond;
  const perSecond = asked === undefined ? usual : asked;
  return { gapMs: perSecond === null ? 0 : 1000 / perSecond, thinkMs };
}

/** Keys that wait at one time: an answer with all that is typed ahead of its prompts. More is a bug. */
export const unsentMaxKeys = 4_096;

/** Keys that leave together. */
export interface Stroke {
  readonly keys: string;
  readonly secret: boolean;
}

export interface Typing {
  /** Books keys, none to leave before `fromMs`. Throws when more than `unsentMaxKeys` wait. */
  book(keys: string, secret: boolean, fromMs: number): void;
  /** What may leave now; it is gone from here. */
  due(nowMs: number): readonly Stroke[];
  /** When the next key may leave; undefined when none waits. */
  nextAtMs(): number | undefined;
  /** What has not left stays here for ever. */
  forget(): void;
}

export function createTyping({ gapMs, thinkMs }: PaceLimits, dice: () => number): Typing {
  const [least, most] = thinkMs;
  let waiting: (Stroke & { readonly atMs: number })[] = [];
  let free = Number.NEGATIVE_INFINITY;
  return {
    book(keys, secret, fromMs) {
      const thought = fromMs + least + (most > least ? dice() * (most - least) : 0);
      const pieces = gapMs > 0 ? Array.from(keys) : [keys];
      if (waiting.length + pieces.length > unsentMaxKeys)
        throw new Error(`More than ${unsentMaxKeys} keys wait to be sent`);
      for (const piece of pieces) {
        const atMs = Math.max(thought, free);
        free = atMs + gapMs;
        waiting.push({ keys: piece, secret, atMs });
      }
    },
    due(nowMs) {
      const count = waiting.findIndex(({ atMs }) => atMs > nowMs);
      const ready = count < 0 ? waiting : waiting.slice(0, count);
      waiting = count < 0 ? [] : waiting.slice(count);
      return ready.map(({ keys, secret }) => ({ keys, secret }));
    },
    nextAtMs: () => waiting[0]?.atMs,
    forget() {
      // The time that was kept for these keys is free again.
      free = waiting[0]?.atMs ?? free;
      waiting = [];
    },
  };
}
