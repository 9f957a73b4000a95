/** Between the sockets and the core: collects a turn's keys, plays them, saves, then writes. */
import type { Host, HostEffect } from "./games/tw2002/host/mod.ts";
import type { Incoming } from "./io/listen.ts";

/** Keys of one caller that are played in one turn of the event loop, so that nobody's flood delays the others. */
export const keysPerTurn = 64;
/** Keys of one caller that may wait; beyond it his line is not read until they are played. */
export const inboxMaxBytes = 16 * 1024;
/** A caller with this much unsent is not played on until he has taken it. */
export const unsentHighBytes = 64 * 1024;
/** A caller who takes nothing while others make news for him is dropped at this. */
export const unsentMaxBytes = 4 * 1024 * 1024;
/**
 * How long keys may be gathered after the last turn, ms, for each caller on the line: what many send is played and saved at one go,
 * and a few callers, for whom there is little to gather, are not kept waiting.
 */
const gatherMsPerCaller = 1 / 12;
/** And at most. */
export const gatherMaxMs = 8;
/** Longest that a timer can wait, ms; asked for more it would go off at once. */
const timerMaxMs = 2 ** 31 - 1;

interface Line {
  readonly incoming: Incoming;
  inbox: Uint8Array[];
  waiting: number;
  paused: boolean;
}

/** `save` is called before anything that followed from the keys is written to anybody. */
export function createExchange(host: Host, save: () => void, log: (line: string) => void) {
  const lines = new Map<number, Line>();
  /** Those with keys that wait. */
  const ready = new Map<number, Line>();
  let effects: HostEffect[] = [];
  let scheduled = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  let turnedAt = Number.NEGATIVE_INFINITY;

  const schedule = () => {
    if (scheduled || stopped) return;
    scheduled = true;
    const gatherMs = Math.min(gatherMaxMs, Math.floor(lines.size * gatherMsPerCaller));
    const waitMs = gatherMs - (performance.now() - turnedAt);
    if (waitMs > 0) setTimeout(turn, waitMs);
    else setImmediate(turn);
  };
  const add = (more: readonly HostEffect[]) => {
    for (const effect of more) effects.push(effect);
  };
  const turn = () => {
    scheduled = false;
    if (stopped) return;
    for (const [caller, line] of ready) play(caller, line);
    save();
    const due = effects;
    effects = [];
    for (const effect of due) perform(effect);
    turnedAt = performance.now();
  };
  const play = (caller: number, line: Line) => {
    if (line.incoming.unsent() + host.held(caller) > unsentHighBytes) return;
    for (const bytes of takeKeys(line)) add(host.receive(caller, bytes, Date.now()));
    if (line.waiting > 0) schedule();
    else ready.delete(caller);
    if (line.paused && line.waiting < inboxMaxBytes) {
      line.paused = false;
      line.incoming.resume();
    }
  };
  const perform = (effect: HostEffect) => {
    switch (effect.type) {
      case "write": {
        const line = lines.get(effect.caller);
        line?.incoming.write(effect.bytes);
        if (line && line.incoming.unsent() > unsentMaxBytes) {
          log(`caller ${effect.caller} dropped: took none of ${unsentMaxBytes} bytes`);
          line.incoming.reset();
        }
        return;
      }
      case "close":
        lines.get(effect.caller)?.incoming.end();
        return;
      case "wake":
        clearTimeout(timer);
        timer = setTimeout(
          () => {
            add(host.tick(Date.now()));
            schedule();
          },
          Math.min(timerMaxMs, Math.max(0, effect.at - Date.now())),
        );
        return;
      default:
        effect satisfies never;
    }
  };

  return {
    connected(incoming: Incoming) {
      const { caller, effects: first } = host.connect(Date.now());
      const line: Line = { incoming, inbox: [], waiting: 0, paused: false };
      lines.set(caller, line);
      add(first);
      schedule();
      return {
        data(bytes: Uint8Array) {
          line.inbox.push(bytes);
          line.waiting += bytes.length;
          ready.set(caller, line);
          if (line.waiting > inboxMaxBytes && !line.paused) {
            line.paused = true;
            incoming.pause();
          }
          schedule();
        },
        drained: schedule,
        closed() {
          lines.delete(caller);
          ready.delete(caller);
          add(host.hungUp(caller, Date.now()));
          schedule();
        },
      };
    },
    /** Lets what did not come from a caller happen, in its turn. */
    perform(more: readonly HostEffect[]) {
      add(more);
      schedule();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** At most a turn's worth of what waits, in order. */
function takeKeys(line: Line): Uint8Array[] {
  const taken: Uint8Array[] = [];
  for (let room = keysPerTurn; room > 0 && line.waiting > 0;) {
    const [first] = line.inbox;
    if (!first) break;
    const part = first.subarray(0, room);
    taken.push(part);
    room -= part.length;
    line.waiting -= part.length;
    if (part.length === first.length) line.inbox.shift();
    else line.inbox[0] = first.subarray(part.length);
  }
  return taken;
}
