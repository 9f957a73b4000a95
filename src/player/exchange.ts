/**
 * The talk on one line: keys that leave, prompts that come, and what a silence means. It decides when something is an answer and
 * when nothing will come any more; what to answer is not its business.
 */
import { createAttention, type Outstanding } from "./attention.ts";
import type { Deeds } from "./deeds.ts";
import type { Keys, Tagged } from "./game.ts";
import { createTyping, type PaceLimits } from "./pace.ts";
import { createPatience } from "./patience.ts";

/** Times the same keys are sent to a prompt that does not react. */
export const resendsMax = 2;
/** Of an unknown line, so much is told. */
export const shownMaxChars = 200;

export interface ExchangeOptions<P> {
  /** As game.ts has them. */
  readonly prompt: (open: string, above: string) => P | undefined;
  readonly doubtful: readonly string[];
  readonly repeatable: readonly string[];
  readonly waysHome: (open: string) => readonly string[];
  /** Milliseconds without an answer after which something is wrong. */
  readonly answerTimeoutMs: number;
  readonly pace: PaceLimits;
  readonly dice: () => number;
  readonly deeds: Deeds;
}

/** What there is to do after a look or a silence. */
export type Turn<P> =
  /** A prompt that nobody has met yet. */
  | { readonly what: "met"; readonly prompt: P }
  /** A prompt whose answer was typed ahead. */
  | { readonly what: "answered"; readonly prompt: P }
  /** Only a new connection helps. */
  | { readonly what: "hangUp"; readonly reason: string }
  /** Nobody knows what stands there; `at` is for people. */
  | { readonly what: "unknown"; readonly at: string };

export interface Exchange<P> {
  /** Nothing stands anywhere, and what was typed is history: a line has begun or ended. */
  clear(): void;
  /** A line was finished; true when what was typed last arrived as something else. */
  finished(text: string, nowMs: number): boolean;
  shown(text: string): void;
  erased(): void;
  /** Is there a prompt where the cursor stands? `hearsay`: what is printed here is the words of others. */
  look(nowMs: number, hearsay: boolean): Turn<P> | undefined;
  /** The prompt that stands there is answered with these keys. */
  answer(type: string, keys: Keys, nowMs: number): void;
  /** The next of the ways home from an unknown line goes out; false when none is left. `at` is for people. */
  tryHome(at: string, nowMs: number): boolean;
  /** What has not left yet stays here. */
  hush(): void;
  /** Others have typed here, `begun` last, without Enter. When the line is quiet, what stands there is met anew, and that is taken back. */
  estranged(begun: string, nowMs: number): void;
  /** Patience begins anew. */
  refresh(nowMs: number): void;
  /** The time that was asked for has passed: lets go what may leave, and says what the silence means. */
  silent(nowMs: number, failures: number, mayAnswer: boolean): Turn<P> | undefined;
  /** When the next key may leave, the line has settled or patience ends, whichever is first. */
  dueMs(failures: number): number;
  /** How long answers take here, in milliseconds; undefined before the first. */
  roundTripMs(): number | undefined;
  /** What stands there, for people. */
  words(): string;
}

export function createExchange<P extends Tagged>(options: ExchangeOptions<P>): Exchange<P> {
  const { deeds, repeatable, waysHome } = options;
  const line = createAttention(options.prompt, options.doubtful);
  const typing = createTyping(options.pace, options.dice);
  const patience = createPatience(options.answerTimeoutMs);
  /** When something last happened that counts as an answer. */
  let heardMs = 0;
  /** Until then the line has to be quiet before anything is made of it: keys went astray, or more of a prompt may come. */
  let settledMs: number | undefined;
  /** What others have typed last, where they have typed since we last met a prompt. */
  let begun = "";
  let waysTried = 0;

  const words = () => (line.open() || line.above()).slice(0, shownMaxChars).trim();
  const unknown = (at: string): Turn<P> => ({ what: "unknown", at });
  const hangUp = (reason: string): Turn<P> => ({ what: "hangUp", reason });

  function hear(nowMs: number): void {
    heardMs = nowMs;
    patience.heard(nowMs);
  }

  function transmit({ keys, secret = false, waitMs = 0, ahead = [] }: Keys, nowMs: number): void {
    typing.book(keys + ahead.map((later) => later.keys).join(""), secret, nowMs + waitMs);
    flush(nowMs);
  }

  /** Lets go what may leave by now. */
  function flush(nowMs: number): void {
    for (const stroke of typing.due(nowMs)) {
      deeds.add({ type: "send", ...stroke });
      patience.sent(nowMs);
      heardMs = nowMs;
    }
  }

  /**
   * Keys typed ahead were lost or met another prompt than theirs. What has not left yet never will; what has may still be on
   * its way. It does no harm wherever it lands, but it would come before any answer: so the line has to be quiet first.
   */
  function settle(nowMs: number): void {
    if (settledMs === undefined) deeds.note("info", `Keys typed ahead went astray, at "${words()}"`);
    typing.forget();
    heardMs = nowMs;
    settledMs = nowMs + patience.settleMs();
  }

  /** Quiet long enough: what stands there now is met as if nothing had been sent; undefined when nothing stands there. */
  function settled(nowMs: number): Turn<P> | undefined {
    const prompt = line.anew();
    settledMs = prompt ? undefined : Number.POSITIVE_INFINITY;
    if (!prompt) return takeBack(nowMs);
    begun = "";
    waysTried = 0;
    return { what: "met", prompt };
  }

  /** Half a line that others have left at a prompt: whatever is typed now would make another of it. */
  function takeBack(nowMs: number): undefined {
    const count = line.begun(begun);
    begun = "";
    if (count === 0) return;
    transmit({ keys: "\b".repeat(count) }, nowMs);
  }

  /** Nothing has come for longer than anything takes. */
  function gaveOut(nowMs: number, timeoutMs: number): Turn<P> | undefined {
    const outstanding = line.outstanding();
    if (line.astray() || line.awaited() > 0) {
      deeds.note("warning", `Keys typed ahead were lost, at "${words()}"`);
      return hangUp("the host took only some of the keys");
    }
    if (outstanding && !outstanding.wiped && waysTried === 0) return repeat(outstanding, nowMs);
    if (line.open() === "" || outstanding?.wiped) {
      deeds.note("warning", `No word from the host for ${Math.round(timeoutMs / 1000)} s`);
      return hangUp("the host fell silent");
    }
    return unknown("an unknown line");
  }

  /**
   * The prompt stands as it stood: the keys were lost on the way, as happens while a host changes screens, or the host stalls
   * and has them still. Only a new connection tells the two apart, unless the keys are harmless wherever they land.
   */
  function repeat(lost: Outstanding, nowMs: number): Turn<P> | undefined {
    // Half an answer stands there: whatever is typed now would make another of it.
    if (line.isBegun()) return hangUp("the host took only some of the keys");
    if (line.open() !== lost.text) return unknown("a prompt that did not take its answer");
    if (!repeatable.includes(lost.type) || ++lost.resends > resendsMax) {
      deeds.note("warning", `No answer to the keys at "${words()}"`);
      return hangUp("the host no longer answers");
    }
    deeds.note("info", `Keys were lost at "${words()}": sent again`);
    transmit(lost.keys, nowMs);
    return undefined;
  }

  return {
    clear() {
      line.clear();
      typing.forget();
      patience.forget();
      settledMs = undefined;
      begun = "";
      waysTried = 0;
    },
    finished(text, nowMs) {
      if (line.finished(text)) hear(nowMs);
      return line.garbled();
    },
    shown: line.shown,
    erased: line.erased,
    look(nowMs, hearsay) {
      const { heard, prompt, answered, doubtful } = line.look(hearsay);
      if (heard) hear(nowMs);
      if (line.astray()) {
        settle(nowMs);
        return undefined;
      }
      settledMs = doubtful ? nowMs + patience.settleMs() : undefined;
      if (!prompt) return undefined;
      waysTried = 0;
      return { what: answered ? "answered" : "met", prompt };
    },
    answer(type, keys, nowMs) {
      line.answered(type, keys);
      heardMs = nowMs;
      transmit(keys, nowMs);
    },
    tryHome(at, nowMs) {
      if (waysTried === 0) {
        deeds.add({ type: "stuck", at, text: line.open().slice(0, shownMaxChars) });
        deeds.note("warning", `No answer to ${at}: "${words()}"`);
      }
      const keys = waysHome(line.open())[waysTried++];
      if (keys === undefined) return false;
      // Never sent twice: where it led nowhere, another way is next.
      line.answered("", { keys }, resendsMax);
      transmit({ keys }, nowMs);
      return true;
    },
    hush: typing.forget,
    estranged(typed, nowMs) {
      line.estranged();
      typing.forget();
      patience.forget();
      begun = typed;
      waysTried = 0;
      heardMs = nowMs;
      settledMs = nowMs + patience.settleMs();
    },
    refresh(nowMs) {
      heardMs = nowMs;
    },
    silent(nowMs, failures, mayAnswer) {
      flush(nowMs);
      if (!mayAnswer || typing.nextAtMs() !== undefined) return undefined;
      if (settledMs !== undefined && nowMs >= settledMs) {
        const turn = settled(nowMs);
        if (turn) return turn;
      }
      const timeoutMs = patience.timeoutMs(failures);
      if (heardMs + timeoutMs > nowMs) return undefined;
      heardMs = nowMs;
      return gaveOut(nowMs, timeoutMs);
    },
    dueMs: (failures) =>
      Math.min(
        typing.nextAtMs() ?? heardMs + patience.timeoutMs(failures),
        settledMs ?? Number.POSITIVE_INFINITY,
      ),
    roundTripMs: patience.roundTripMs,
    words,
  };
}
