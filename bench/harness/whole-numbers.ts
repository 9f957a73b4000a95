/** Flags that are whole numbers, and names between them. */

export interface NumberFlag {
  readonly usual: number;
  readonly least: number;
  readonly most: number;
}

/** The values of a benchmark that takes flags alone; undefined where they mean nothing, which is told with its usage. */
export function flagsAlone<K extends string>(
  flags: Readonly<Record<K, NumberFlag>>,
  words: readonly string[],
  usage: string,
): Record<K, number> | undefined {
  const read = wholeNumbers(flags, words);
  const stray = "wrong" in read ? undefined : read.names[0];
  if (!("wrong" in read) && stray === undefined) return read.values;
  console.error(`${"wrong" in read ? read.wrong : `There is no "${stray}" here`}\n${usage}`);
  return undefined;
}

/** The flags' values and the words that belong to none of them, or what is wrong. */
export function wholeNumbers<K extends string>(
  flags: Readonly<Record<K, NumberFlag>>,
  words: readonly string[],
): { values: Record<K, number>; names: string[] } | { wrong: string } {
  const values = Object.fromEntries(
    Object.entries<NumberFlag>(flags).map(([name, { usual }]) => [name, usual]),
  ) as Record<K, number>;
  const names: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const [word = "", glued] = words[at]!.split("=", 2);
    if (!word.startsWith("--")) {
      names.push(words[at]!);
      continue;
    }
    const name = word.slice(2) as K;
    if (!Object.hasOwn(flags, name)) return { wrong: `There is no flag "${word}"` };
    const { least, most } = flags[name];
    const text = glued ?? words[++at] ?? "";
    const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most))
      return { wrong: `${word} wants a whole number from ${least} to ${most}, not "${text}"` };
    values[name] = number;
  }
  return { values, names };
}
