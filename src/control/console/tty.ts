/** The terminal a person sits at, beyond what is written to it: its size, keys, Ctrl-C and time. Handed in, so that tests can play the person. */

export interface Tty {
  /** Size in cells as it is now; 80 and 24 where unknown. */
  size(): { readonly columns: number; readonly rows: number };
  /** Calls when the size has changed. The answer calls it off, as with all listeners here. */
  onResize(listener: () => void): () => void;
  /** Whether a person types at stdin. */
  readonly hasKeyboard: boolean;
  /** Every key as it is pressed, unechoed, Ctrl-C included (as "\x03"), until it is called off. Only where there is a keyboard. */
  onKeys(listener: (keys: string) => void): () => void;
  /** Asks on stderr and waits for a line; undefined at the end of input. Only where there is a keyboard. */
  ask(question: string): Promise<string | undefined>;
  /** All lines of stdin, for `-`; at most so many characters. Throws Refusal "bad_input" for more. */
  readLines(maxChars: number): Promise<string[]>;
  /** Calls at Ctrl-C, SIGTERM and SIGHUP, in place of ending the process, with the exit status for it. */
  onInterrupt(listener: (status: number) => void): () => void;
  /** Whether anybody can still read what is written to stdout, as far as the system tells. */
  isRead(): Promise<boolean>;
  /** Settles when stdout has taken what was written: for big outputs and streams. False when nobody reads any more. */
  drained(): Promise<boolean>;
  /** Milliseconds that never go back, and milliseconds since 1970. */
  monotonic(): number;
  now(): number;
  later(ms: number, work: () => void): () => void;
}
