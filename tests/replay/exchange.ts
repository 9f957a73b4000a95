/** A host on a clock that only moves when told to, and the lines into it. */
import type { createHost, HostEffect } from "../../src/games/tw2002/host/mod.ts";
import type { Session } from "../../src/games/tw2002/host/session.ts";
import type { Givens } from "./givens.ts";

const second = 1000;
const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

/** One caller's line, and what it has brought since it was last taken. */
export interface Line {
  readonly caller: number;
  readonly session: Session | undefined;
  open: boolean;
  text: string;
}

export function exchange(host: ReturnType<typeof createHost>, at: number) {
  let now = at;
  let ticked = 0;
  let wakes: number[] = [];
  const lines = new Map<number, Line>();
  /** What the host threw: findings, not the end of the replay. */
  const failures: string[] = [];
  const perform = (done: readonly HostEffect[]) => {
    for (const effect of done) {
      const line = effect.type === "wake" ? undefined : lines.get(effect.caller);
      if (effect.type === "wake") wakes.push(effect.at);
      else if (!line) continue;
      else if (effect.type === "close") line.open = false;
      else line.text += latin1(effect.bytes);
    }
  };
  const guarded = (act: () => readonly HostEffect[]) => {
    try {
      perform(act());
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  };
  return {
    failures,
    now: () => now,
    /** Lets time pass with all that falls due in it; `all` for what falls due at its end, too. */
    wait(until: number, all: boolean) {
      for (;;) {
        const next = Math.min(...wakes, Number.POSITIVE_INFINITY);
        if (next > until || (next === until && !all)) break;
        wakes = wakes.filter((wake) => wake > next);
        // A host that wants to be woken at once, again and again, shall not stop the clock.
        now = Math.max(now + (next <= ticked ? 1 : 0), next);
        ticked = now;
        guarded(() => host.tick(now));
      }
      now = Math.max(now, until);
    },
    dial(): Line {
      const { caller, effects } = host.connect(now);
      const session = host.sessionOf(caller);
      const line: Line = { caller, session, open: true, text: "" };
      lines.set(caller, line);
      perform(effects);
      return line;
    },
    press(line: Line, keys: string) {
      if (line.open) guarded(() => host.receive(line.caller, Buffer.from(keys, "latin1"), now));
    },
    hangUp: (line: Line) => guarded(() => host.hungUp(line.caller, now)),
  };
}

export const taken = (line: Line): string => {
  const { text } = line;
  line.text = "";
  return text;
};

/** Types what other callers do until a moment (game time), each at its own. */
export function othersOf(givens: Givens, zero: number, host: ReturnType<typeof exchange>) {
  const waiting = (givens.others ?? []).flatMap(({ keys }, caller) =>
    keys.map(([t, text]) => ({ at: zero + Math.round(t * second), text, caller })),
  );
  waiting.sort((a, b) => a.at - b.at);
  const lines = new Map<number, Line>();
  return {
    wait(until: number, all: boolean) {
      for (let [next] = waiting; next && next.at < until; [next] = waiting) {
        waiting.shift();
        host.wait(next.at, false);
        const line = lines.get(next.caller) ?? host.dial();
        lines.set(next.caller, line);
        host.press(line, next.text);
      }
      host.wait(until, all);
    },
    /** What the others see, for those who write their part. */
    screens: () => [...lines.values()].map(({ text }) => text),
  };
}
