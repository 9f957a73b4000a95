/**
 * How long an answer may take, by how long answers take here: a slow host is waited for, a dead one is not. Times in
 * milliseconds; the reckoning is TCP's (RFC 6298): a mean, and a mean of the differences from it.
 */

/** A slow host is given so many times the configured time, and no more. */
export const growthMax = 4;
/** An answer is given up after so many times what answers usually take. */
const usualsToWait = 4;
/** A line is quiet when nothing has come for so many times what answers usually take, within these bounds. */
const usualsToSettle = 2;
export const settleMinMs = 250;
export const settleMaxMs = 5_000;

export interface Patience {
  /** Keys have left. */
  sent(nowMs: number): void;
  /** The host has shown something. */
  heard(nowMs: number): void;
  /** A new connection: what was sent on the last one gets no answer. */
  forget(): void;
  /** Silence after which something is wrong; longer after connections that led nowhere. */
  timeoutMs(failures: number): number;
  /** Silence after which keys that went astray have done all they could. */
  settleMs(): number;
  /** How long an answer takes in the mean; undefined before the first. */
  roundTripMs(): number | undefined;
}

export function createPatience(timeoutMs: number): Patience {
  let sentMs: number | undefined;
  let mean = 0;
  let spread = 0;
  const usual = () => mean + 4 * spread;

  function take(roundTrip: number): void {
    if (mean === 0) {
      mean = roundTrip;
      spread = roundTrip / 2;
      return;
    }
    spread += (Math.abs(roundTrip - mean) - spread) / 4;
    mean += (roundTrip - mean) / 8;
  }

  return {
    sent(nowMs) {
      sentMs = nowMs;
    },
    heard(nowMs) {
      if (sentMs !== undefined) take(nowMs - sentMs);
      sentMs = undefined;
    },
    forget() {
      sentMs = undefined;
    },
    timeoutMs: (failures) =>
      Math.min(growthMax * timeoutMs, Math.max(timeoutMs, usualsToWait * usual()) * 2 ** failures),
    settleMs: () => Math.min(settleMaxMs, Math.max(settleMinMs, usualsToSettle * usual())),
    roundTripMs: () => (mean > 0 ? mean : undefined),
  };
}
