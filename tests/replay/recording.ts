/** A recording as steps: what the client sent, and all that the server wrote until the client sent more. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";

/** Keys sent at one moment of a step; `t` in seconds since the connection was made. */
export interface Keys {
  readonly t: number;
  readonly text: string;
}

export interface Step {
  readonly label: string;
  /** Seconds since the connection was made. */
  readonly t: number;
  /** What was typed: mostly one entry, more when the client did not wait for an answer; none where a label falls. */
  readonly keys: readonly Keys[];
  /** Bytes of the server as latin1 characters. */
  readonly expected: string;
}

/** One connection: a recording may hold several, one after the other. */
export interface Connection {
  readonly steps: readonly Step[];
  /** Seconds from the connection to the last event. */
  readonly ended: number;
  /** Whether the server's closing of the line was recorded. */
  readonly closed: boolean;
}

export interface Recording {
  readonly name: string;
  readonly connections: readonly Connection[];
}

const latin1 = (hex: string) => Buffer.from(hex, "hex").toString("latin1");
export const keysOf = (step: Pick<Step, "keys">): string => step.keys.map(({ text }) => text).join("");

/** Keys that come sooner than this (seconds) after others, before any answer, belong to the same step: the server's own latency is 0.15. */
const together = 0.25;
const telnetCommand = "\xff";

export function readRecording(path: string): Recording {
  return recordingOf(basename(path).replace(/\.jsonl$/, ""), readFileSync(path, "utf8"));
}

/** Reads a recording's text; throws where a line is not JSON. */
export function recordingOf(name: string, text: string): Recording {
  const connections: Connection[] = [];
  let steps: Step[] = [];
  let label = "";
  let labelAt = 0;
  let last = 0;
  const end = (closed: boolean) => {
    if (steps.length > 0) connections.push({ steps, ended: last, closed });
    steps = [];
    label = "";
    last = 0;
  };
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const event = JSON.parse(line) as { t: number; d: string; hex?: string; label?: string };
    if (event.t < last) end(false);
    last = event.t;
    const now = steps.at(-1);
    switch (event.d) {
      case "L":
        label = event.label ?? "";
        labelAt = event.t;
        break;
      case "C": {
        const keys = { t: event.t, text: latin1(event.hex ?? "") };
        if (now && joins(now, keys)) steps[steps.length - 1] = { ...now, keys: [...now.keys, keys] };
        else steps.push({ label, t: event.t, keys: [keys], expected: "" });
        break;
      }
      case "S": {
        const written = latin1(event.hex ?? "");
        // A label without keys begins what somebody else, or time, brings about.
        if (!now || now.label !== label)
          steps.push({ label, t: now ? labelAt : event.t, keys: [], expected: written });
        else steps[steps.length - 1] = { ...now, expected: now.expected + written };
        break;
      }
      case "X":
        end(true);
        break;
      default: // where the recording comes from
    }
  }
  end(false);
  return { name, connections };
}

function joins(step: Step, keys: Keys): boolean {
  const before = step.keys.at(-1);
  if (keys.text.startsWith(telnetCommand)) return before !== undefined;
  return before !== undefined && step.expected === "" && keys.t - before.t < together;
}
