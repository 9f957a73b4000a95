/** Text that came from a game or a file, made harmless for whoever shows it. */

// oxlint-disable-next-line no-control-regex
const steering =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * Control characters of both sets, and the marks that turn or hide what follows, become "·". Tabs and line ends too, since a
 * table cell and an event have one line.
 */
export const printable = (text: string): string => text.replaceAll(steering, "·");

/** A value as one line of JSON that no terminal minds: what JSON leaves as it is, though it steers a terminal, is escaped, too. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    steering,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The same for every text in a plain value, such as an order with its goal. Its keys are ours. */
export function printableIn(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(printableIn);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printableIn(inner)]));
}
