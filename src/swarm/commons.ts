/**
 * What the bots of one game tell each other, and which ports they have set out for. For each place it keeps the join of all lore
 * told, in the order of its last changes, and how far each bot has heard; names are held first come, first served. Knows neither
 * the game nor a clock: pieces are lines (proto/lore.ts), time is handed in.
 */
import {
  ageOf,
  type Lore,
  lineOf,
  loreText,
  loreTextMaxChars,
  merged,
  readLine,
  readLore,
} from "../proto/lore.ts";
import type { ManagerMessage } from "../proto/orders.ts";
import { type Claims, createClaims } from "./claims.ts";
import { Pieces } from "./pieces.ts";

/** Least time between two batches of news to one bot, in ms; a newcomer gets its next as soon as it has taken in the last. */
export const tellGapMs = 1000;
/** A batch that was not confirmed for so long was lost, or its bot is: it is told again, in ms. */
export const confirmMaxMs = 20_000;
/** Pieces kept of one place; what is new beyond them is dropped. The greatest universe has 30,000 sectors, with a handful each. */
export const piecesMax = 200_000;
/** Places kept; beyond them nobody new can join. */
export const placesMax = 64;
/** What was seen later than this after now was seen by a wrong clock, in ms. */
export const skewMaxMs = 300_000;

/** What goes out to a bot: in the link's own words. `up_to` is confirmed by the bot when it has taken the lore in. */
export type Word = Extract<ManagerMessage, { type: "lore" | "claims" }>;

/** How a telling was received: lines that were no pieces, or could not be kept. */
export interface Received {
  readonly changed: number;
  readonly dropped: number;
}

/** Lore of one place that is to be kept: what changed since it was last saved. A greater age replaces all of a lesser. */
export interface Unsaved {
  readonly place: string;
  readonly age: number;
  readonly pieces: readonly Lore[];
}

export interface Commons {
  /** The bot plays there from now on. What it was told before, it still knows. False when it cannot be let in. */
  join(bot: string, place: string, at: number): boolean;
  /** The bot is gone: what it held is free. */
  leave(bot: string): void;
  /** Merges what a bot has seen. */
  told(bot: string, lore: string, at: number): Received;
  /** The bot has taken in a batch. */
  confirmed(bot: string, upTo: number): void;
  /** From now on the bot holds these of the names that nobody else does, and no others. */
  claim(bot: string, names: readonly string[], at: number): void;
  /** What is to be said now, to whom. */
  words(at: number): { readonly bot: string; readonly word: Word }[];
  /** Lore of a former run. */
  restore(place: string, age: number, pieces: Iterable<Lore>): void;
  /** What is not saved yet; it stays so until `saved` is called. */
  unsaved(): Unsaved[];
  saved(): void;
  /** Pieces known of a place. */
  size(place: string): number;
  /** The places of which something is known or where somebody plays. */
  places(): string[];
  /** Where a bot plays; undefined when it has not said. */
  placeOf(bot: string): string | undefined;
  /** What is known of a place, for one who has heard all up to a number of an age: as much as one text takes. Undefined when that is all. */
  since(place: string, age: number, heard: number): Extract<Word, { type: "lore" }> | undefined;
  /** Whether somebody has claimed a name there. */
  isClaimed(place: string, name: string): boolean;
}

interface Place {
  age: number;
  /** Each by the number of the member whose word it is, letter for letter, or by `several`. */
  readonly pieces: Pieces;
  readonly claims: Claims;
  readonly unsaved: Map<string, Lore>;
}

interface Member {
  /** Never given twice: a bot that comes back anew has to be told its own words, too. */
  readonly number: number;
  readonly name: string;
  readonly place: Place;
  /** Age and last number the bot has taken in; -1 for nothing at all. */
  age: number;
  heard: number;
  batch:
    { readonly upTo: number; readonly age: number; readonly at: number; readonly full: boolean } | undefined;
  /** When it was last told lore, and whether more was waiting then. */
  lastAt: number;
  hungry: boolean;
}

/** Commons that know nothing yet. */
export function createCommons(): Commons {
  const places = new Map<string, Place>();
  const members = new Map<string, Member>();
  let membersEver = 0;

  const placeNamed = (name: string): Place | undefined => {
    const known = places.get(name);
    if (known || places.size >= placesMax) return known;
    const place = emptyPlace();
    places.set(name, place);
    return place;
  };

  return {
    join(bot, name, at) {
      const place = placeNamed(name);
      const known = members.get(bot);
      if (!place) return false;
      if (known?.place === place) {
        // It dialled again: what was under way may be lost.
        known.batch = undefined;
        place.claims.enter(bot, at);
        return true;
      }
      known?.place.claims.leave(bot);
      place.claims.enter(bot, at);
      members.set(bot, {
        number: ++membersEver,
        name,
        place,
        age: -1,
        heard: -1,
        batch: undefined,
        lastAt: Number.NEGATIVE_INFINITY,
        hungry: true,
      });
      return true;
    },
    leave(bot) {
      members.get(bot)?.place.claims.leave(bot);
      members.delete(bot);
    },
    told(bot, lore, at) {
      const member = members.get(bot);
      if (!member) return { changed: 0, dropped: 0 };
      member.place.claims.spoke(bot, at);
      return hear(member, lore, at);
    },
    confirmed(bot, upTo) {
      const member = members.get(bot);
      if (member?.batch?.upTo !== upTo) return;
      member.age = member.batch.age;
      member.heard = upTo;
      member.hungry = member.batch.full;
      member.batch = undefined;
    },
    claim: (bot, names, at) => members.get(bot)?.place.claims.claim(bot, names, at),
    words(at) {
      const said: { bot: string; word: Word }[] = [];
      for (const { claims } of places.values()) claims.lapse(at);
      for (const [bot, member] of members) {
        const claims = member.place.claims.newsFor(bot);
        if (claims) said.push({ bot, word: claims });
        const lore = loreFor(member, at);
        if (lore) said.push({ bot, word: lore });
      }
      return said;
    },
    restore(name, age, pieces) {
      const place = placeNamed(name);
      if (!place || age < place.age) return;
      if (age > place.age) beginAge(place, age);
      for (const piece of pieces) merge(place, several, piece, false);
    },
    unsaved: () =>
      [...places].flatMap(([place, { age, unsaved }]) =>
        unsaved.size === 0 ? [] : [{ place, age, pieces: [...unsaved.values()] }],
      ),
    saved() {
      for (const place of places.values()) place.unsaved.clear();
    },
    size: (name) => places.get(name)?.pieces.size ?? 0,
    places: () => [...places.keys()],
    placeOf: (bot) => members.get(bot)?.name,
    since(name, age, heard) {
      const place = places.get(name);
      if (!place || (age === place.age && heard === place.pieces.seq)) return undefined;
      const { lines, upTo } = gathered(place, age === place.age ? heard : 0, nobody);
      return { type: "lore", lore: loreText(place.age, lines), up_to: upTo };
    },
    isClaimed: (name, claimed) => places.get(name)?.claims.isHeld(claimed) ?? false,
  };
}

/** Whose word no piece is. */
const nobody = 0;
/** Whose word a piece is that came of more than one, or of a former run. */
const several = -1;

const emptyPlace = (): Place => ({
  age: 0,
  pieces: new Pieces(),
  claims: createClaims(),
  unsaved: new Map(),
});

/** The universe was made anew: what was known of the old one is no use to anybody. */
function beginAge(place: Place, age: number): void {
  place.age = age;
  place.pieces.clear();
  place.unsaved.clear();
}

function hear({ place, number }: Member, text: string, at: number): Received {
  let changed = 0;
  let refused = 0;
  const age = ageOf(text);
  if (age === undefined || age < place.age) return { changed, dropped: text.split("\n").length };
  if (age > place.age) beginAge(place, age);
  const read = readLore(text, (piece) => {
    if (piece.at > at + skewMaxMs) refused++;
    else if (merge(place, number, piece, true)) changed++;
    else if (!place.pieces.has(piece.key)) refused++;
  });
  return { changed, dropped: refused + (read?.dropped ?? 0) };
}

/** True when the place knows more than before. */
function merge({ pieces, unsaved }: Place, by: number, told: Lore, save: boolean): boolean {
  const line = pieces.line(told.key);
  if (line === undefined) {
    if (pieces.size >= piecesMax) return false;
    pieces.put(told.key, lineOf(told), by);
    if (save) unsaved.set(told.key, told);
    return true;
  }
  const held = readLine(line)!;
  const joined = merged(held, told);
  const news = joined !== held;
  const isTold = joined.at === told.at && joined.value === told.value;
  if (!news && isTold) return false;
  // What came of it is not what this bot said: it has to hear of that, like everybody else.
  pieces.put(told.key, lineOf(joined), isTold ? by : several);
  if (save && news) unsaved.set(told.key, joined);
  return news;
}

function loreFor(member: Member, at: number): Word | undefined {
  const { place, batch } = member;
  if (batch) {
    if (at - batch.at < confirmMaxMs) return undefined;
    member.batch = undefined;
  }
  const isFirst = member.age < 0;
  const isBehind = member.age !== place.age;
  if (!isBehind && member.heard === place.pieces.seq) return undefined;
  if (!member.hungry && at - member.lastAt < tellGapMs) return undefined;
  const { lines, upTo } = gathered(place, isBehind ? 0 : member.heard, member.number);
  if (lines.length === 0 && !isFirst) {
    // All that is new is its own word.
    member.heard = upTo;
    member.age = place.age;
    return undefined;
  }
  member.batch = { upTo, age: place.age, at, full: upTo < place.pieces.seq };
  member.lastAt = at;
  return { type: "lore", lore: loreText(place.age, lines), up_to: upTo };
}

/** What has changed after a number and is not this member's own word, oldest change first, as much as one message takes. */
function gathered({ pieces }: Place, after: number, number: number) {
  const lines: string[] = [];
  let chars = String(pieces.seq).length + 1;
  let upTo = after;
  for (const { line, seq, by } of pieces.since(after)) {
    if (by !== number) {
      chars += line.length + 1;
      if (chars > loreTextMaxChars) return { lines, upTo };
      lines.push(line);
    }
    upTo = seq;
  }
  return { lines, upTo: pieces.seq };
}
