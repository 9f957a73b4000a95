/** Text that came from a game or a file, made harmless for whoever shows it. */

/**
 * Control characters of both sets, and the marks that turn or hide what follows, become "·". Tabs and line ends too, since a
 * table cell and an event have one line.
 */
export const printable = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replaceAll(
    /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    "·",
  );

/** The same for every text in a plain value, such as an order with its goal. Its keys are ours. */
export function printableIn(value: unknown): unknown {
  if (typeof value === "string") return printable(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(printableIn);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, printableIn(inner)]));
}
