/**
 * Dice that fall as a recording says. Every throw of the host names what it decides: the answer is looked up in what the
 * recording shows from here on. A throw of which the recording says nothing falls in the middle and is counted.
 */
import type { Dice } from "../../src/games/tw2002/host/dice.ts";
import type { Hidden, RecordedDeal } from "./deals.ts";
import { plain } from "./plain.ts";

export interface Oracle {
  readonly dice: Dice;
  /** A step begins: its number, what the server wrote in it, and what it wrote after. */
  begin(step: number, expected: string, later: string): void;
  /** Throws without a tell, by what they decided. */
  readonly unknown: ReadonlyMap<string, number>;
}

/** The recorded text from here on, read from front to back within a step. */
interface Ahead {
  /** The next match in this step; what stands before it is past. */
  next(pattern: RegExp): RegExpExecArray | undefined;
  /** The first match in this step, wherever. */
  find(pattern: RegExp): RegExpExecArray | undefined;
  /** The first match in the steps after this one. */
  later(pattern: RegExp): RegExpExecArray | undefined;
}

export type Tell = (ahead: Ahead, range: { min: number; max: number }) => number | boolean | undefined;

const num = (digits: string | undefined) =>
  digits === undefined ? undefined : Number(digits.replaceAll(",", ""));
/** The next such figure; what stands before it is past. */
const figure =
  (pattern: RegExp): Tell =>
  (ahead) =>
    num(ahead.next(pattern)?.[1]);
/** A figure wherever it is shown in the step. */
const shown =
  (pattern: RegExp): Tell =>
  (ahead) =>
    num(ahead.find(pattern)?.[1]);
const whether =
  (pattern: RegExp): Tell =>
  (ahead) =>
    ahead.find(pattern) !== undefined;

/** What the outcome of a throw looks like on the screen, by what it decides. */
export const tells: Readonly<Record<string, Tell>> = {
  "a final offer": (ahead) =>
    ahead.next(/(Our final offer is|We'll (?:buy|sell) them for) [\d,]+ credits/)?.[1] ===
    "Our final offer is",
  "a home planet's sector": shown(/^Planet #\d+ in sector (\d+)/m),
  "colonists of a home planet: Fuel Ore": shown(/^Fuel Ore +([\d,]+) /m),
  "colonists of a home planet: Organics": shown(/^Organics +([\d,]+) /m),
  "colonists of a home planet: Equipment": shown(/^Equipment +([\d,]+) /m),
  "the sector a pod flees to": shown(/Escape Pod to sector (\d+)/),
  "a thief is caught": whether(/Busted!/),
  "a robber is caught": whether(/Busted!/),
  "a blind jump going wrong": (ahead) => ahead.find(/TransWarp Drive Engaged!/) === undefined,
  // As the one who attacks reads it, or his victim.
  "battle points destroyed in an attack on a ship": figure(/destroyed ([\d,]+) (?:enemy )?fighters\./),
  "a ship captured": whether(/captured (?:your|.+'s) /),
  "fighters destroyed in an attack": figure(/You destroyed ([\d,]+) enemy/),
  "fighters left after a retreat": figure(/You have ([\d,]+) fighter\(s\) left/),
  "mines that detonate": figure(/([\d,]+) space mine\(s\) detonate/),
  "damage of mines": figure(/damages of ([\d,]+) battle/),
  "hit by space debris": (ahead) => ahead.find(/Asteroids narrowly avoided/) === undefined,
  // A ship that is lost had less than what hit it: the report counts what it had.
  "damage of a fighter attack": (ahead, { max }) => {
    const damage = num(ahead.next(/damages of ([\d,]+) battle/)?.[1]);
    return ahead.find(/Life Support knocked out/) ? max : damage;
  },
  "fighters lost in killing a ship": (ahead) => {
    const before = num(ahead.find(/^Fighters: ([\d,]+) \(/m)?.[1]);
    const after = num(ahead.later(/^Fighters: ([\d,]+) \(Rogue/m)?.[1]);
    return before === undefined || after === undefined || after > before ? undefined : before - after;
  },
};

/** Picks whose outcome is shown in other words than the candidates'. */
const pickTells: Readonly<Record<string, RegExp>> = {
  "class of a planet": /\(Class (\w)/,
};

export function createOracle(hidden: readonly Hidden[], more: Readonly<Record<string, Tell>> = {}): Oracle {
  const unknown = new Map<string, number>();
  const draws = hidden
    .flatMap((one) => [...one.draws])
    .sort(([one], [other]) => one.step - other.step || one.offers.length - other.offers.length);
  const spent = new Set<RecordedDeal>();
  let step = 0;
  let text = "";
  let after = "";
  let past = 0;
  let variance = 0;

  const ahead: Ahead = {
    next(pattern) {
      const found = pattern.exec(text.slice(past));
      if (!found) return undefined;
      past += found.index + found[0].length;
      return found;
    },
    find: (pattern) => pattern.exec(text) ?? undefined,
    later: (pattern) => pattern.exec(after) ?? undefined,
  };
  const all = { ...tells, ...more };
  const tell = (what: string, range: { min: number; max: number }): number | boolean | undefined => {
    const told = all[what]?.(ahead, range);
    if (told === undefined) unknown.set(what, (unknown.get(what) ?? 0) + 1);
    return told;
  };

  const dice: Dice = {
    roll: (what) => {
      const told = tell(what, { min: 0, max: 1 });
      return typeof told === "number" ? told : told === undefined ? 0.5 : told ? 0 : 0.999;
    },
    chance: (likelihood, what) => {
      const told = tell(what, { min: 0, max: 1 });
      return told === undefined ? likelihood >= 0.5 : Boolean(told);
    },
    between: (min, max, what) => {
      if (what === "a salt") return min;
      if (what === "the port's mood") {
        const draw = draws.find(([deal]) => deal.step >= step && !spent.has(deal));
        if (draw && draw[0].step === step) {
          spent.add(draw[0]);
          ({ variance } = draw[1]);
          return draw[1].mood;
        }
        variance = 0;
      } else if (what === "the deal's jitter") return variance;
      const told = tell(what, { min, max });
      return typeof told === "number" ? told : Math.floor((min + max) / 2);
    },
    pick: (from, what) => {
      const [first] = from;
      if (first === undefined) throw new Error(`Nothing to pick from for ${what}`);
      if (what === "a name") return made(first) ?? first;
      const word = pickTells[what]?.exec(text)?.[1];
      const named = from.find((candidate) => wordsOf(candidate) === word);
      if (named !== undefined) return named;
      const found = from
        .map((candidate) => ({ candidate, at: placeOf(wordsOf(candidate)) }))
        .filter(({ at }) => at >= 0)
        .sort((a, b) => a.at - b.at)[0];
      if (!found) {
        unknown.set(what, (unknown.get(what) ?? 0) + 1);
        return first;
      }
      past = found.at + wordsOf(found.candidate).length;
      return found.candidate;
    },
    state: () => 0,
  };
  /** Where the words stand from here on; a single letter stands everywhere and tells nothing. */
  const placeOf = (words: string) => (words.length < 3 ? -1 : text.indexOf(words, past));
  /** The recorded name of a ship's maker whole for its first part, nothing for the rest: the lists of names are our own. */
  const made = <T>(like: T): T | undefined => {
    const maker = /christen your new (.+?) [A-Z]\w+ (?:Cruiser|\w+)$/m.exec(text)?.[1];
    if (typeof like !== "string" || maker === undefined) return undefined;
    const name = past === 0 ? maker : "";
    past = Math.max(past, 1);
    return name as T;
  };

  return {
    dice,
    unknown,
    begin(number, expected, later) {
      step = number;
      text = plain(expected);
      after = plain(later);
      past = 0;
    },
  };
}

/** The plain words of something that can be picked: its longest text. */
function wordsOf(candidate: unknown): string {
  if (typeof candidate === "string") return candidate.replace(/~./g, "");
  if (typeof candidate === "number") return String(candidate);
  if (typeof candidate !== "object" || candidate === null) return "\0";
  const texts = Object.values(candidate).map(wordsOf);
  return texts.sort((a, b) => b.length - a.length)[0] ?? "\0";
}
