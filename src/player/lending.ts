/**
 * A bot's keys and who has them: somebody who wants them, somebody to whom they are lent, under a lease that ends by itself. What the
 * bot does meanwhile, and how it goes on, is not its business.
 */
import type { ManagerMessage } from "../proto/orders.ts";
import { keysMax, leaseMs, takeMaxMs } from "../proto/terminal.ts";
import type { Deeds } from "./deeds.ts";

/** What somebody says who wants the keys or has them. */
export type KeysWord = Extract<ManagerMessage, { type: "take" | "renew" | "type" | "give" }>;

/** The bot whose keys they are. */
export interface Lender {
  /** Why the keys cannot be had now, for people; undefined where they can. */
  refusal(): string | undefined;
  /** Nothing is going on that has to be waited for. */
  isIdle(): boolean;
  /** They are somebody else's from here on. */
  lent(): void;
  /** They are its own again; `begun` is what was typed last, without Enter. */
  back(begun: string): void;
}

export interface Lending {
  hear(word: KeysWord, nowMs: number): void;
  isLent(): boolean;
  /** The bot has come to a prompt: whoever waits for the keys gets them. */
  lend(): void;
  /** The lease is over, if there is one. */
  end(reason: string): void;
  /** When it is over by itself unless something is heard. */
  dueMs(): number;
  /** Ends what is over by now. */
  lapse(nowMs: number): void;
}

interface Lease {
  readonly id: string;
  /** The bot has to be at a prompt by then. */
  readonly comeByMs: number;
  untilMs: number;
  lent: boolean;
  /** What was typed since the last Enter. */
  begun: string;
}

/** Keys that are the bot's own at first. */
export function createLending(deeds: Deeds, lender: Lender): Lending {
  let lease: Lease | undefined;
  const given = (id: string, reason: string) => deeds.add({ type: "given", lease: id, reason });

  function ask(id: string, nowMs: number): void {
    if (lease && lease.id !== id) return given(id, "somebody else has the keys");
    if (lease?.lent) return deeds.add({ type: "taken", lease: id });
    const refusal = lender.refusal();
    if (refusal !== undefined) return given(id, refusal);
    lease ??= { id, comeByMs: nowMs + takeMaxMs, untilMs: nowMs + leaseMs, lent: false, begun: "" };
    if (lender.isIdle()) lend();
  }

  function lend(): void {
    if (!lease || lease.lent) return;
    lease.lent = true;
    // First, so that who hears that the keys are his sees where the bot stands.
    lender.lent();
    deeds.add({ type: "taken", lease: lease.id });
  }

  function end(reason: string): void {
    if (!lease) return;
    const { id, lent, begun } = lease;
    lease = undefined;
    given(id, reason);
    if (lent) lender.back(begun);
  }

  return {
    hear(word, nowMs) {
      if (word.type === "take") return ask(word.lease, nowMs);
      if (lease?.id !== word.lease) return given(word.lease, "the keys are not yours any more");
      lease.untilMs = nowMs + leaseMs;
      if (word.type === "give") return end("given back");
      // What is typed too early goes nowhere: it was meant for a prompt that the typist has not seen.
      if (word.type !== "type" || !lease.lent) return;
      lease.begun = unfinished(lease.begun + word.keys);
      // It may be a password.
      deeds.add({ type: "send", keys: word.keys, secret: true });
    },
    isLent: () => lease?.lent === true,
    lend,
    end,
    dueMs() {
      if (!lease) return Number.POSITIVE_INFINITY;
      return lease.lent ? lease.untilMs : Math.min(lease.untilMs, lease.comeByMs);
    },
    lapse(nowMs) {
      if (!lease) return;
      if (nowMs >= lease.untilMs) end(`nothing was heard of whoever had the keys for ${leaseMs / 1000} s`);
      else if (!lease.lent && nowMs >= lease.comeByMs)
        end(`the bot did not come to a safe prompt within ${takeMaxMs / 1000} s`);
    },
  };
}

/** What of these keys may still stand on the line where they were typed. */
function unfinished(keys: string): string {
  let line = "";
  for (const key of keys.slice(keys.lastIndexOf("\r") + 1)) {
    if (key === "\b") line = line.slice(0, -1);
    else if (key >= " ") line += key;
  }
  return line.slice(-keysMax);
}
