/** The line to the host as a whole: when it is dialled, how often in vain, and when there is no point in dialling for a while. */
import type { Deeds } from "./deeds.ts";
import type { Rest } from "./game.ts";

/** Connections in a row that never came home. */
export const homelessMax = 6;
/** Attempts in a row that made no connection: a host that is down is no failure of ours. At the longest waits, five weeks. */
export const unreachedMax = 50_000;
/** Of these attempts it is told that they failed: a host that stays away for days is one trouble, not thousands. */
const unreachedTold: readonly number[] = [1, 10, 100, 1000, 10_000];
/** Rests in a row that changed nothing, after which there is no point in another. */
export const restsMax = 150;
/** How long a life that has played leaves alone a host that leads it nowhere, in milliseconds: with `restsMax` for a day. */
export const nowhereRestMs = 600_000;
/** Waits before dialling again: doubled from the first up to the last, in milliseconds. */
export const redialMinMs = 1_000;
export const redialMaxMs = 60_000;

export interface Dialling {
  isUp(): boolean;
  connected(): void;
  /** Home was reached; true for the first time on this connection. */
  home(): boolean;
  isHome(): boolean;
  /** Connections in a row, up to now, that never came home. */
  failures(): number;
  /** The line is gone. The reason when there is no point in another; `here` is where the game has got to. */
  lost(reason: string, nowMs: number, here: string): string | undefined;
  /** The line is gone, and that is no failure of the bot's. */
  left(reason: string): undefined;
  /** No line could be made. The reason when there is no point in trying again. */
  unreached(reason: string, nowMs: number): string | undefined;
  /** The line is down for good, or not needed. */
  down(): void;
  /** Asks for the next connection: soon, when the host has had time to recover, or when the rest is over. */
  dial(nowMs: number): void;
  /** There is nothing to do for a while. The reason when that has been so too often. */
  rest(rest: Rest, nowMs: number, here: string): string | undefined;
  resting(): Rest | undefined;
  /** Why it is down, for people. */
  waitsFor(): string;
}

export function createDialling(deeds: Deeds, reconnectsMax: number): Dialling {
  let up = false;
  let seenHome = false;
  /** Was home ever reached: then host, name and password are right, and what fails now may pass. */
  let played = false;
  let reconnects = 0;
  let homeless = 0;
  /** Attempts since there was last a connection. */
  let unreached = 0;
  let lostBecause = "";
  /** On the way out of the game for a while, or out. */
  let resting: Rest | undefined;
  let restUntil = 0;
  let rests = 0;
  let restedAt = "";

  function rest(next: Rest, nowMs: number, here: string): string | undefined {
    rests = here === restedAt ? rests + 1 : 1;
    restedAt = here;
    if (rests > restsMax) return `Rested ${restsMax} times to no avail: ${next.reason}`;
    resting = next;
    restUntil = nowMs + next.forMs;
    return undefined;
  }

  function hopeless(reason: string, nowMs: number, here: string): string | undefined {
    if (++reconnects > reconnectsMax) return `The connection was lost ${reconnects} times, last: ${reason}`;
    if (!seenHome && ++homeless >= homelessMax) {
      if (!played) return `${homeless} connections in a row led nowhere, last: ${reason}`;
      const cannot = rest({ reason: `The game leads nowhere: ${reason}`, forMs: nowhereRestMs }, nowMs, here);
      if (cannot !== undefined) return cannot;
    }
    deeds.note("warning", `Connection lost: ${reason}`);
    return undefined;
  }

  return {
    isUp: () => up,
    connected() {
      up = true;
      if (unreached > 0) deeds.note("info", `The host was reached at attempt ${unreached + 1}`);
      unreached = 0;
      seenHome = false;
      resting = undefined;
    },
    home() {
      if (seenHome) return false;
      seenHome = played = true;
      homeless = 0;
      return true;
    },
    isHome: () => seenHome,
    failures: () => homeless,
    lost(reason, nowMs, here) {
      lostBecause = reason;
      if (!resting || nowMs >= restUntil) {
        resting = undefined;
        const cannot = hopeless(reason, nowMs, here);
        if (cannot !== undefined) return cannot;
      }
      if (resting)
        deeds.note("info", `Rests for ${Math.round((restUntil - nowMs) / 60_000)} min (${reason})`);
      seenHome = false;
      return undefined;
    },
    left(reason) {
      lostBecause = reason;
      seenHome = false;
      deeds.note("info", `The connection is gone: ${reason}`);
    },
    unreached(reason, nowMs) {
      lostBecause = reason;
      if (nowMs >= restUntil) resting = undefined;
      if (++unreached > unreachedMax)
        return `The host was not reached ${unreachedMax} times, last: ${reason}`;
      if (unreachedTold.includes(unreached)) deeds.note("warning", `The host is not reached: ${reason}`);
      return undefined;
    },
    down() {
      up = false;
    },
    dial(nowMs) {
      const doublings = unreached > 0 ? unreached - 1 : homeless;
      const backOffMs = Math.min(redialMaxMs, redialMinMs * 2 ** doublings);
      const afterMs = resting ? Math.max(backOffMs, restUntil - nowMs) : backOffMs;
      // Whoever gets in and no further had better leave the host alone, even if others may call it.
      const firm = resting !== undefined || (unreached === 0 && homeless > 0);
      deeds.add({ type: "dial", afterMs, firm });
    },
    rest,
    resting: () => resting,
    waitsFor() {
      if (resting) return `waiting: ${resting.reason}`;
      return lostBecause === "" ? "being connected" : `waiting to be connected again: ${lostBecause}`;
    },
  };
}
