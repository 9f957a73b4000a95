/** Plays a recorded session's keys to our host, step by step, and sets what we write beside what the real server wrote. */
import type { Host } from "../../../../src/games/tw2002/host/mod.ts";
import { readSession } from "../../../captures.ts";

/** One thing the client did, and all that the server wrote until it did the next. */
export interface Step {
  readonly label: string;
  /** Seconds since the connection was made. */
  readonly t: number;
  readonly keys: string;
  readonly expected: string;
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

export function stepsOf(name: string): Step[] {
  const steps: Step[] = [];
  let label = "";
  for (const event of readSession(name)) {
    if (event.from === "label") label = event.label;
    if (event.from === "client") steps.push({ label, t: event.t, keys: text(event.bytes), expected: "" });
    const last = steps.at(-1);
    if (event.from === "server" && last) {
      steps[steps.length - 1] = { ...last, expected: last.expected + text(event.bytes) };
    }
  }
  return steps.map((step) => ({ ...step, expected: withoutDelayBar(step.expected) }));
}

/**
 * The ship's delay is a setting that our host leaves off: a bar that grows, is wiped, and three lines up again. Without
 * it the line end before the sector display is all that there is.
 */
export const withoutDelayBar = (written: string) =>
  written.replace(
    // oxlint-disable-next-line no-control-regex
    /\r\x1b\[1;33m\xb3 {20}\xb3(?:\r\xb3[\xdb ]{20}\xb3)*\x08{22} {22}\r\x1b\[0m\n\x1b\[3A\r\n\r\n/g,
    "",
  );

/** Sends keys to a caller and gives back what is written to him. */
export function press(host: Host, caller: number, keys: string, at: number): string {
  return host
    .receive(caller, Buffer.from(keys, "latin1"), at)
    .map((effect) => (effect.type === "write" && effect.caller === caller ? text(effect.bytes) : ""))
    .join("");
}
