/**
 * Where the cursor stands, and which prompt there has been answered: each appearance of a prompt is met once, however it is
 * cut on its way, echoed, or printed again because somebody's message wiped it away. Keys typed ahead count as the answer of
 * the prompt they were meant for and of no other: what comes instead of it is told as `astray`.
 */
import type { Ahead, Keys, Tagged } from "./game.ts";

/** The prompt that has been answered and not yet gone: its text, the keys, and how often they were sent again. */
export interface Outstanding {
  readonly type: string;
  text: string;
  readonly keys: Keys;
  resends: number;
  /** A message wiped the prompt away; when it is printed again it is the same appearance. */
  wiped: boolean;
}

/** What a look finds: whether the host was heard from, and the prompt that nobody has met yet. */
export interface Look<P> {
  readonly heard: boolean;
  readonly prompt?: P;
  /** The prompt has its answer already: it was typed ahead. */
  readonly answered?: boolean;
  /** What stands there looks like a prompt, but may be the beginning of another: only time can tell. */
  readonly doubtful?: boolean;
}

export interface Attention<P> {
  /** The open line up to the cursor. */
  open(): string;
  /** The last finished line. */
  above(): string;
  outstanding(): Outstanding | undefined;
  /** Prompts that are still to come for the keys typed ahead. */
  awaited(): number;
  /** Keys typed ahead were lost, or landed elsewhere, since the last answer: what became of the rest nobody can tell. */
  astray(): boolean;
  /** The last line that was typed arrived as another. */
  garbled(): boolean;
  /** Some of the keys in hand stand at their prompt, and it waits for the rest. */
  isBegun(): boolean;
  /** A new connection: nothing stands anywhere. */
  clear(): void;
  /** A line was finished; true when that is the host's answer rather than news while our keys are on their way. */
  finished(text: string): boolean;
  shown(text: string): void;
  erased(): void;
  /** `hearsay`: what is printed here is the words of others. */
  look(hearsay?: boolean): Look<P>;
  /** How much of the end of `typed` stands at the end of the open line, in characters. */
  begun(typed: string): number;
  /** Others have typed here: nothing of ours is on its way, and what theirs may still lead to nobody can tell. */
  estranged(): void;
  /** Whatever stands there now has not been answered: what was sent is over and done with. Returns the prompt, if there is one. */
  anew(): P | undefined;
  /** The prompt that stands there is answered with these keys. */
  answered(type: string, keys: Keys, resends?: number): void;
}

/** A host may cut what it finds too long. An echo of so many characters is no matter of lost keys. */
const cutEchoMinChars = 25;

/** `promptOf` reads the open line, given the last finished one; a `doubtful` type of prompt is not met until `anew`. */
export function createAttention<P extends Tagged>(
  promptOf: (open: string, above: string) => P | undefined,
  doubtful: readonly string[] = [],
): Attention<P> {
  let open = "";
  let above = "";
  let outstanding: Outstanding | undefined;
  let ahead: readonly Ahead[] = [];
  let astray = false;
  let garbled = false;
  /** The answered prompt that was finished without a sign of our keys, and nothing has come since. */
  let unsigned: Outstanding | undefined;
  /** The open line was wiped, and whatever stands on it now was printed in between. */
  let interrupted = false;
  /** What we typed last, as it may be seen. */
  let typed = "";

  /** What our own keys look like at the prompt is no prompt, whatever they spell. */
  function echoes({ text, keys }: Outstanding): boolean {
    if (open.length <= text.length || !open.startsWith(text)) return false;
    const echo = open.slice(text.length);
    return keys.secret === true ? stars.test(echo) : keys.keys.startsWith(echo);
  }

  /** The same appearance too, though the clock in it has moved on, or a cut had fallen before its last words. */
  const isSame = (prompt: P, { type, text, wiped }: Outstanding) =>
    type === prompt.type && (wiped || open.startsWith(text));

  function loseTrack(): void {
    ahead = [];
    astray = true;
  }

  /** The next awaited prompt, finished with the echo of its keys before it was ever seen open. */
  function passed(text: string, before: string): boolean {
    const [next] = ahead;
    return (
      next !== undefined && beforeEcho(next.keys, text).some((it) => promptOf(it, before)?.type === next.at)
    );
  }

  /** The keys in hand have left their mark on the screen. With more behind them it had better be theirs. */
  function echoed({ text: prompt, keys }: Outstanding, text: string): void {
    const shown = text.slice(prompt.length);
    if (
      keys.secret === true ? shown.trimEnd().length === visible(keys.keys).length : isEcho(keys.keys, shown)
    )
      return;
    garbled = visible(keys.keys).length > 1 && shown.length < cutEchoMinChars;
    if (ahead.length > 0) loseTrack();
  }

  /**
   * Others have a say here: in their words, and where a line begins with a name, as news that wipe a prompt away do, and questions
   * about what we have just typed. Cut behind it, a name may spell any prompt.
   */
  const isNamed = () => interrupted || (typed.length > 1 && open.trimEnd() === typed);

  function finished(text: string): boolean {
    const before = above;
    above = text;
    open = "";
    interrupted = false;
    // The prompt with its echo, finished: that appearance is over. Anything else that is printed while our keys are on
    // their way (another's message) leaves it standing.
    if (text.trim() !== "") unsigned = undefined;
    if (outstanding && text.startsWith(outstanding.text)) {
      if (text === outstanding.text && visible(outstanding.keys.keys) !== "") unsigned = outstanding;
      else echoed(outstanding, text);
      outstanding = undefined;
    } else if (passed(text, before)) {
      ahead = ahead.slice(1);
      outstanding = undefined;
    }
    return !outstanding;
  }

  /**
   * The same prompt once more, right below itself: printed twice with our keys still on their way, or one key was taken without
   * a sign. A line that was typed is never taken so; of a key only time can tell.
   */
  function again(first: Outstanding): Look<P> {
    if (visible(first.keys.keys).length + ahead.length <= 1) return { heard: true, doubtful: true };
    outstanding = first;
    unsigned = undefined;
    return { heard: false };
  }

  function look(hearsay = false): Look<P> {
    if (outstanding && (open === outstanding.text || echoes(outstanding))) {
      if (open !== outstanding.text) return { heard: true };
      outstanding.wiped = false; // printed again; our keys are on their way
      return { heard: false };
    }
    const heard = !outstanding && open !== "";
    const prompt = promptOf(open, above);
    if (!prompt) return { heard };
    if (outstanding && isSame(prompt, outstanding)) {
      // Not printed again yet, while the news stand there.
      if (interrupted) return { heard };
      outstanding.text = open;
      outstanding.wiped = false;
      return { heard };
    }
    if (unsigned && open === unsigned.text) return again(unsigned);
    if (hearsay || isNamed() || doubtful.includes(prompt.type)) return { heard: true, doubtful: true };
    outstanding = unsigned = undefined;
    const [next, ...rest] = ahead;
    if (next?.at !== prompt.type) {
      if (next) loseTrack();
      return { heard: true, prompt };
    }
    outstanding = { type: prompt.type, text: open, keys: { keys: next.keys }, resends: 0, wiped: false };
    ahead = rest;
    return { heard: true, prompt, answered: true };
  }

  return {
    open: () => open,
    above: () => above,
    outstanding: () => outstanding,
    awaited: () => ahead.length,
    astray: () => astray,
    garbled: () => garbled,
    isBegun: () => outstanding !== undefined && open !== outstanding.text && echoes(outstanding),
    clear() {
      open = above = typed = "";
      interrupted = false;
      outstanding = unsigned = undefined;
      ahead = [];
      astray = garbled = false;
    },
    finished,
    shown(text) {
      open = text;
    },
    erased() {
      open = "";
      interrupted = true;
      if (outstanding) outstanding.wiped = true;
    },
    look,
    begun(typed) {
      let count = Math.min(typed.length, open.length);
      while (!open.endsWith(typed.slice(typed.length - count))) count--;
      return count;
    },
    estranged() {
      outstanding = unsigned = undefined;
      ahead = [];
      typed = "";
      garbled = false;
      astray = true;
    },
    anew() {
      outstanding = unsigned = undefined;
      ahead = [];
      astray = false;
      return promptOf(open, above);
    },
    answered(type, keys, resends = 0) {
      outstanding = { type, text: open, keys, resends, wiped: false };
      typed = keys.secret === true ? "" : visible(keys.keys);
      ahead = keys.ahead ?? [];
      astray = garbled = false;
      unsigned = undefined;
    },
  };
}

/** Keys as they may be seen on the screen: without Enter, other controls and the blank at a [Pause]. */
const visible = (keys: string) => (control.test(keys) ? keys.replaceAll(/\p{Cc}/gu, "") : keys).trim();
const control = /\p{Cc}/u;
const word = /[A-Za-z]+$/;
/** How a secret is echoed (recording 03). */
const stars = /^\*+$/;

/**
 * Whether this is how keys look once they are taken: a line as it was typed; one key or Enter also as a word written out
 * ("Yes"), or not at all.
 */
function isEcho(keys: string, shown: string): boolean {
  const typed = visible(keys).toUpperCase();
  const seen = shown.trimEnd().toUpperCase();
  if (seen === typed) return true;
  return typed.length <= 1 && (seen === "" || (/^[A-Z]+$/.test(seen) && seen.startsWith(typed)));
}

/** What may stand before the echo of these keys on a finished line: one text for each way in which they are echoed. */
function beforeEcho(keys: string, text: string): string[] {
  const typed = visible(keys);
  const whole = text.slice(0, text.length - typed.length);
  const found = isEcho(keys, text.slice(whole.length)) ? [whole] : [];
  if (typed.length > 1) return found;
  const last = word.exec(text)?.[0];
  return last !== undefined && isEcho(keys, last)
    ? [...found, text.slice(0, -last.length), text]
    : [...found, text];
}
