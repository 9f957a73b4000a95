/** What models write now and then in place of what is asked for, taken as it is meant. */
import { Refusal } from "../../../proto/refusal.ts";

type Args = Readonly<Record<string, unknown>>;

/** An object or a list, which may come as its JSON. */
export function unquoted(given: unknown): unknown {
  if (typeof given !== "string" || !/^\s*[{[]/.test(given)) return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    throw new Refusal("bad_input", "A text begins as JSON, and is none: give the object or the list itself");
  }
}

/** A choice of bots: labels may come as they are given to bots, states in any case. */
export function choiceOf({ bots, states, labels, ...rest }: Args): Record<string, unknown> {
  const said = { bots: unquoted(bots), states: upper(unquoted(states)), labels: worded(unquoted(labels)) };
  return { ...rest, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) };
}

const upper = (value: unknown): unknown => {
  if (typeof value === "string") return value.toUpperCase();
  return Array.isArray(value) ? value.map(upper) : value;
};

const worded = (labels: unknown): unknown =>
  typeof labels === "object" && labels !== null && !Array.isArray(labels)
    ? Object.entries(labels).map(([key, value]) => `${key}=${value}`)
    : labels;
