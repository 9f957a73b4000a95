/**
 * Kept events looked up, the newest first: those of few bots bot by bot, those of many along the time. Each question looks at a
 * bounded number of rows, and the place where it stopped leads on from there.
 */
import { severityOf } from "../proto/event-words.ts";
import { momentTypes, type KeptEvent } from "../proto/events.ts";
import { severities, type Severity } from "../proto/feed.ts";
import type { KeptAsked, KeptFound, KeptPlace } from "../proto/kept.ts";
import type { Db, Row } from "./db.ts";
import { isSound, type TableName } from "./store-rows.ts";
import { isGrave } from "./store-schema.ts";

/** Rows that one question looks at, at most. */
export const lookedAtMax = 5000;
/** So many bots at most are looked up one by one. */
export const apartMax = 16;
/** Rows fetched first, of all that are looked up together; then twice as many each time, up to the last. */
const fetchedFirst = 256;
const fetchedMost = 2048;

type Memory = KeptPlace["memory"];
/** Of two events of one moment the one that was lived through comes first, which is as good as any order, and always the same. */
const memories: readonly Memory[] = ["moments", "events"];
const keyOf = { events: "seq", moments: "id" } as const satisfies { [T in Memory]: string } & {
  [T in TableName]?: string;
};

/** The rows of one memory, of one bot or all, from the newest on. */
interface Stream {
  readonly memory: Memory;
  rows: Row[];
  /** Fetches the next ones; none when there are no more. */
  more(): Row[];
}

/** What is asked, up to its limit. What does not match its checksum is left out: the next opening deals with it. */
export function keptEvents(db: Db, asked: KeptAsked): KeptFound {
  const { bots, limit } = asked;
  const apart = typeof bots !== "function" && bots.size <= apartMax;
  const ofBot = typeof bots === "function" ? bots : (bot: string) => bots.has(bot);
  const least = severities.indexOf(asked.severity ?? "info");
  const whose = apart ? [...bots] : [undefined];
  const page = Math.ceil(fetchedFirst / (memories.length * Math.max(1, whose.length)));
  const { types } = asked;
  const wanted = memories.filter((memory) => !types || [...types].some((type) => isIn(memory, type)));
  const streams = wanted.flatMap((memory) => whose.map((bot) => streamOf(db, memory, bot, asked, page)));

  const events: KeptEvent[] = [];
  let place: KeptPlace | undefined;
  for (let looked = 0; ; looked++) {
    const stream = newest(streams);
    if (!stream) return { events, next: undefined };
    if (events.length === limit || looked === lookedAtMax) return { events, next: place };
    const row = stream.rows.shift()!;
    place = placeOf(stream.memory, row);
    // Most rows are passed over, so what the columns tell is looked at before what must be read.
    if (!ofBot(String(row["bot"])) || (row["type"] && types?.has(String(row["type"])) === false)) continue;
    const event = eventIn(stream.memory, row);
    if (event && types?.has(event.type) !== false && gravity(severityOf(event)) >= least) events.push(event);
  }
}

const gravity = (severity: Severity) => severities.indexOf(severity);
const isIn = (memory: Memory, type: string) => momentTypes.has(type) === (memory === "moments");

function eventIn(memory: Memory, row: Row): KeptEvent | undefined {
  return isSound(memory, row) ? (JSON.parse(String(row["body"])) as KeptEvent) : undefined;
}

function placeOf(memory: Memory, row: Row): KeptPlace {
  return { at: Number(row["at"]), memory, key: Number(row[keyOf[memory]]) };
}

/** The stream whose next row is the newest of all; undefined when nothing is left. */
function newest(streams: readonly Stream[]): Stream | undefined {
  let best: Stream | undefined;
  for (const stream of streams) {
    if (stream.rows.length === 0) stream.rows = stream.more();
    if (stream.rows.length === 0) continue;
    // Streams of one moment and one memory never hold the same key, so that no two rows are equal.
    if (!best || isNewer(stream, best)) best = stream;
  }
  return best;
}

function isNewer(one: Stream, other: Stream): boolean {
  const [a, b] = [placeOf(one.memory, one.rows[0]!), placeOf(other.memory, other.rows[0]!)];
  if (a.at !== b.at) return a.at > b.at;
  if (a.memory !== b.memory) return memories.indexOf(a.memory) < memories.indexOf(b.memory);
  return a.key > b.key;
}

function streamOf(
  db: Db,
  memory: Memory,
  bot: string | undefined,
  { since = 0, before = Number.MAX_SAFE_INTEGER, after, severity }: KeptAsked,
  page: number,
): Stream {
  const key = keyOf[memory];
  // Most of what bots live through is trade: what is grave has an index of its own.
  const grave = memory === "moments" && bot === undefined && severity !== undefined && severity !== "info";
  const next = db.prepare(
    `SELECT * FROM ${memory} WHERE ${bot === undefined ? "" : "bot = ? AND "}${grave ? `(${isGrave}) AND ` : ""}` +
      `(at, ${key}) < (?, ?) AND at >= ? ORDER BY at DESC, ${key} DESC LIMIT ?`,
  );
  let [at, number] = beginning(memory, before, after);
  let [size, ended] = [page, false];
  return {
    memory,
    rows: [],
    more() {
      if (ended) return [];
      const rows = next.all(...(bot === undefined ? [] : [bot]), at, number, since, size);
      ended = rows.length < size;
      // Within one moment each fetch begins at its first row again, so that many small ones take long.
      size = Math.min(2 * size, fetchedMost);
      const last = rows.at(-1);
      if (last) [at, number] = [Number(last["at"]), Number(last[key])];
      return rows;
    },
  };
}

/** Moment and key below which a memory is read on. */
function beginning(memory: Memory, before: number, after: KeptPlace | undefined): [at: number, key: number] {
  if (!after || after.at >= before) return [before, -1];
  if (after.memory === memory) return [after.at, after.key];
  // Of that moment the other memory was told in full, or not at all.
  return [after.at, memories.indexOf(memory) < memories.indexOf(after.memory) ? -1 : Number.MAX_SAFE_INTEGER];
}
