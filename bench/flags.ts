/** The flags of `bench play`. */
import { strategies } from "../src/games/tw2002/strategies/mod.ts";
import { type MindName, mindNames } from "../tests/doubles/minds.ts";

export interface Flags {
  /** First and last. */
  readonly seeds: readonly [first: number, last: number];
  readonly turns: number;
  readonly bots: number;
  readonly sectors: number;
  readonly strategy: string | undefined;
  /** Who advises; then the strategy is the one that asks for advice. */
  readonly mind: MindName | undefined;
  readonly json: boolean;
  /** Count round trips instead. */
  readonly rtt: boolean;
  /** Leave out the season in which every offer is accepted. */
  readonly brief: boolean;
  /** Say what a search by one who knows all numbers reaches, too. */
  readonly floor: boolean;
}

export const usage = `bench play [--seeds A-B] [--turns T] [--bots N] [--sectors S] [--strategy NAME] [--mind NAME] [--brief] [--floor] [--json] [--rtt]
  --seeds     galaxies, one for each seed: 1-20
  --turns     turns for each bot: 1000
  --bots      in one galaxy; more than one are held against lone bots there: 1
  --sectors   of each galaxy: 1000
  --strategy  ${Object.keys(strategies).join(", ")}
  --mind      a scripted mind that advises: ${mindNames.join(", ")}
  --brief     without the season that accepts every offer
  --floor     also what is certainly to be had: the best play that a search finds who knows all numbers (half a minute a galaxy)
  --json      one object
  --rtt       round trips of port calls and hops on a line of 50 ms, instead of credits`;

/** What each number may be. */
const limits = {
  turns: [1, 65_000],
  bots: [1, 1000],
  sectors: [100, 20_000],
} as const;
const seedsMax = 1000;

/** The flags, or what is wrong with them. */
export function readFlags(words: readonly string[]): Flags | { readonly wrong: string } {
  const flags = {
    seeds: [1, 20] as readonly [number, number],
    turns: 1000,
    bots: 1,
    sectors: 1000,
    strategy: undefined as string | undefined,
    mind: undefined as MindName | undefined,
    json: false,
    rtt: false,
    brief: false,
    floor: false,
  };
  for (let at = 0; at < words.length; at++) {
    const [word = "", glued] = words[at]!.split("=", 2);
    const value = () => glued ?? words[++at] ?? "";
    switch (word) {
      case "--json":
      case "--rtt":
      case "--brief":
      case "--floor":
        if (glued !== undefined) return { wrong: `${word} takes no value, not "${glued}"` };
        flags[word.slice(2) as "json" | "rtt" | "brief" | "floor"] = true;
        break;
      case "--turns":
      case "--bots":
      case "--sectors": {
        const name = word.slice(2) as keyof typeof limits;
        const [least, most] = limits[name];
        const text = value();
        const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
        if (!(number >= least && number <= most))
          return { wrong: `${word} wants a whole number from ${least} to ${most}, not "${text}"` };
        flags[name] = number;
        break;
      }
      case "--seeds": {
        const text = value();
        const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
        const seeds = [Number(first), Number(last)] as const;
        if (first === undefined || seeds[1] < seeds[0] || seeds[1] - seeds[0] >= seedsMax)
          return { wrong: `--seeds wants "A-B" with A no more than B, at most ${seedsMax}, not "${text}"` };
        flags.seeds = seeds;
        break;
      }
      case "--strategy": {
        const text = value();
        if (!Object.hasOwn(strategies, text))
          return { wrong: `There is no strategy "${text}"; there are ${Object.keys(strategies).join(", ")}` };
        flags.strategy = text;
        break;
      }
      case "--mind": {
        const text = value();
        const mind = mindNames.find((name) => name === text);
        if (!mind) return { wrong: `There is no mind "${text}"; there are ${mindNames.join(", ")}` };
        flags.mind = mind;
        break;
      }
      default:
        return { wrong: `There is no flag "${words[at]}"` };
    }
  }
  return flags;
}
