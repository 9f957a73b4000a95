/** The words behind `bun run bench`. */

export interface Options {
  /** Benchmarks whose name contains one of these; all of them for none. */
  readonly names: readonly string[];
  readonly json: boolean;
  readonly list: boolean;
  readonly check: boolean;
  readonly writeBaseline: boolean;
  /** Rounds of each benchmark; as many as its cost class has, for none. */
  readonly runs: number | undefined;
}

export const runsMax = 1000;

export const usage = `bun run bench [NAME...] [--runs N] [--json] [--list] [--check] [--write-baseline]
  NAME              benchmarks whose name or group contains it; all of them unless said otherwise
  --runs            rounds of each: 9 of quick ones, 3 of slow ones, 1 of whole swarms
  --json            one object, with the machine
  --list            names and what they cost, and nothing is run
  --check           exit status 1 when a figure is worse than the baseline's by more than 15% and outside the spread of the runs
  --write-baseline  put what was found into bench/baseline.json; it keeps what was not run

With flags of their own: bench play, storm, load, advice, page, map (--help, or see each file)`;

const switches: Readonly<Record<string, "json" | "list" | "check" | "writeBaseline">> = {
  "--json": "json",
  "--list": "list",
  "--check": "check",
  "--write-baseline": "writeBaseline",
};

/** What is asked for, or what is wrong with it. */
export function readWords(words: readonly string[]): Options | { readonly wrong: string } {
  const names: string[] = [];
  const set = { json: false, list: false, check: false, writeBaseline: false };
  let runs: number | undefined;
  for (let at = 0; at < words.length; at++) {
    const [word = "", glued] = words[at]!.split("=", 2);
    if (!word.startsWith("--")) names.push(words[at]!);
    else if (word === "--runs") {
      const text = glued ?? words[++at] ?? "";
      runs = /^\d{1,4}$/.test(text) ? Number(text) : 0;
      if (runs < 1 || runs > runsMax)
        return { wrong: `--runs wants a whole number from 1 to ${runsMax}, not "${text}"` };
    } else {
      const name = Object.hasOwn(switches, word) ? switches[word] : undefined;
      if (!name) return { wrong: `There is no flag "${word}"` };
      if (glued !== undefined) return { wrong: `${word} takes no value, not "${glued}"` };
      set[name] = true;
    }
  }
  return { names, runs, ...set };
}
