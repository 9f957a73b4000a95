/**
 * Where the cursor stands, and which prompt there has been answered: each appearance of a prompt is met once, however it is
 * cut on its way, echoed, or printed again because somebody's message wiped it away.
 */
import type { Keys, Tagged } from "./game.ts";

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
}

export interface Attention<P> {
  /** The open line up to the cursor. */
  open(): string;
  /** The last finished line. */
  above(): string;
  outstanding(): Outstanding | undefined;
  /** A new connection: nothing stands anywhere. */
  clear(): void;
  /** A line was finished; true when that is the host's answer rather than news while our keys are on their way. */
  finished(text: string): boolean;
  shown(text: string): void;
  erased(): void;
  look(): Look<P>;
  /** The prompt that stands there is answered with these keys. */
  answered(type: string, keys: Keys, resends?: number): void;
}

/** `promptOf` reads the open line, given the last finished one. */
export function createAttention<P extends Tagged>(
  promptOf: (open: string, above: string) => P | undefined,
): Attention<P> {
  let open = "";
  let above = "";
  let outstanding: Outstanding | undefined;

  /** What our own keys look like at the prompt is no prompt, whatever they spell. */
  const echoes = ({ text, keys }: Outstanding) =>
    open.length > text.length && open.startsWith(text) && keys.keys.startsWith(open.slice(text.length));

  /** The same appearance too, though the clock in it has moved on, or a cut had fallen before its last words. */
  const isSame = (prompt: P, { type, text, wiped }: Outstanding) =>
    type === prompt.type && (wiped || open.startsWith(text));

  function look(): Look<P> {
    if (outstanding && (open === outstanding.text || echoes(outstanding))) {
      if (open !== outstanding.text) return { heard: true };
      outstanding.wiped = false; // printed again; our keys are on their way
      return { heard: false };
    }
    const heard = !outstanding && open !== "";
    const prompt = promptOf(open, above);
    if (!prompt) return { heard };
    if (outstanding && isSame(prompt, outstanding)) {
      outstanding.text = open;
      outstanding.wiped = false;
      return { heard };
    }
    outstanding = undefined;
    return { heard: true, prompt };
  }

  return {
    open: () => open,
    above: () => above,
    outstanding: () => outstanding,
    clear() {
      open = above = "";
      outstanding = undefined;
    },
    finished(text) {
      above = text;
      open = "";
      // The prompt with its echo, finished: that appearance is over. Anything else that is printed while our keys are on
      // their way (another's message) leaves it standing.
      if (outstanding && text.startsWith(outstanding.text)) outstanding = undefined;
      return !outstanding;
    },
    shown(text) {
      open = text;
    },
    erased() {
      open = "";
      if (outstanding) outstanding.wiped = true;
    },
    look,
    answered(type, keys, resends = 0) {
      outstanding = { type, text: open, keys, resends, wiped: false };
    },
  };
}
