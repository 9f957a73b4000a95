/** Who has one bot's keys: one holder at a time, under a lease that ends by itself when nothing is heard of the holder. */
import type { ManagerMessage } from "../../proto/orders.ts";
import { leaseMs, takeMaxMs } from "../../proto/terminal.ts";

/** A worker gives a taking up by itself; one that does not even say so gets this much longer, in milliseconds. */
export const takeSlackMs = 2000;

/** Somebody who may have the keys. */
export interface Hand {
  taken(): void;
  /** Not, or no more; the reason is for people. */
  given(reason: string): void;
}

export interface KeysParts {
  /** Tells the bot's worker. */
  readonly tell: (message: ManagerMessage) => void;
  /** Does it after so many milliseconds, unless the answer is called before. */
  readonly later: (ms: number, work: () => void) => () => void;
  /** A lease nobody can guess. */
  readonly newLease: () => string;
  /** The keys have come into this hand, or have left it. */
  readonly passed: (hand: Hand, taken: boolean) => void;
}

export interface Keys {
  /** Who has them, or is about to. */
  asker(): Hand | undefined;
  /** Whether somebody has them. */
  isTaken(): boolean;
  take(hand: Hand): void;
  type(hand: Hand, keys: string): void;
  beat(hand: Hand): void;
  /** Back to the bot; nothing happens when they are not this hand's. */
  give(hand: Hand, reason: string): void;
  /** What the worker says. */
  confirmed(lease: string): void;
  ended(lease: string, reason: string): void;
  /** The worker is out of reach, or has given them back already. */
  lost(reason: string): void;
}

interface Lease {
  readonly hand: Hand;
  readonly id: string;
  taken: boolean;
  /** Calls the timers off. */
  forget: () => void;
  giveUp: () => void;
}

/** Keys that are the bot's own at first. */
export function createKeys({ tell, later, newLease, passed }: KeysParts): Keys {
  let lease: Lease | undefined;

  function end(reason: string): void {
    if (!lease) return;
    const { hand, taken, forget, giveUp } = lease;
    lease = undefined;
    forget();
    giveUp();
    hand.given(reason);
    if (taken) passed(hand, false);
  }

  function renew(current: Lease): void {
    current.forget();
    current.forget = later(leaseMs, () => giveBack(current, "Nothing was heard of you for too long"));
  }

  function giveBack(current: Lease, reason: string): void {
    if (lease !== current) return;
    tell({ type: "give", lease: current.id });
    end(reason);
  }

  const leaseOf = (hand: Hand) => (lease?.hand === hand ? lease : undefined);

  return {
    asker: () => lease?.hand,
    isTaken: () => lease?.taken === true,
    take(hand) {
      if (lease && lease.hand !== hand) return hand.given("Somebody else has the keys");
      if (lease) return lease.taken ? hand.taken() : undefined;
      const current: Lease = { hand, id: newLease(), taken: false, forget() {}, giveUp() {} };
      lease = current;
      renew(current);
      current.giveUp = later(takeMaxMs + takeSlackMs, () =>
        giveBack(current, "The bot did not come to a prompt in time"),
      );
      tell({ type: "take", lease: current.id });
    },
    type(hand, keys) {
      const current = leaseOf(hand);
      if (!current?.taken) return hand.given("You do not have the keys");
      renew(current);
      tell({ type: "type", lease: current.id, keys });
    },
    beat(hand) {
      const current = leaseOf(hand);
      if (!current) return;
      renew(current);
      tell({ type: "renew", lease: current.id });
    },
    give(hand, reason) {
      const current = leaseOf(hand);
      if (current) giveBack(current, reason);
    },
    confirmed(id) {
      // Of one that is over, and whose end crossed this word on the way: it has been told already.
      if (lease?.id !== id || lease.taken) return;
      lease.taken = true;
      lease.giveUp();
      lease.hand.taken();
      passed(lease.hand, true);
    },
    ended(id, reason) {
      if (lease?.id === id) end(reason);
    },
    lost: end,
  };
}
