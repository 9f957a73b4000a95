/**
 * What a recording reveals of its game: settings, universe, and the player as he was when he came. The first sight of a
 * thing counts; what came later the host has to bring about itself. Things that the player made (he typed their names) are not seeded.
 */
import { connectedAt, someDay } from "./clock.ts";
import { dealsIn, type Hidden } from "./deals.ts";
import { type Connection, keysOf, type Recording } from "./recording.ts";
import { type Chart, createChartReader } from "./revealed/chart.ts";
import { createGameReader, type GameFacts } from "./revealed/game.ts";
import { createPlanetReader, type Planets } from "./revealed/planets.ts";
import {
  gameChosen,
  hasAnsi,
  logIn,
  passwordTyped,
  type PlayerFacts,
  createPlayerReader,
} from "./revealed/player.ts";
import { createPortReader, type Ports, stockUp } from "./revealed/ports.ts";
import { createSectorReader } from "./revealed/sector.ts";
import type { View } from "./revealed/view.ts";
import { type Line, linesOf } from "./screen.ts";
import { type Fact, factsIn } from "./standing.ts";

export interface Revealed extends Chart, GameFacts, PlayerFacts, Planets, Pick<Ports, "ports" | "reports"> {
  readonly letter: string;
  readonly gameName: string;
  /** Game time of each connection's beginning. */
  readonly zeros: readonly number[];
  /** Sectors that the player had explored before. */
  readonly explored: ReadonlySet<number>;
  /** In the order told; the first of each field is how he began, unless something happened before. */
  readonly facts: readonly Fact[];
  readonly ansi: boolean;
  readonly password: string | undefined;
  /** The ports' hidden numbers, and what was drawn in each deal. */
  readonly hidden: readonly Hidden[];
  /** Lines of the game's log, with their colours. */
  readonly log: readonly string[];
}

/** A bar that has begun to grow, and how long it takes: four frames of 250 ms for a warp of three turns. */
const firstFrame = "\r\xb3\xdb\xdb\xdb\xdb\xdb ";
const barMs = 1000;
const barTurns = 3;
/** Sizes that a universe is likely to have. */
const sizes = [1000, 5000, 10_000, 20_000];
const second = 1000;

/** Reads a whole recording; `clock` is what time it was at a moment, where no screen shows that. */
export function reveal(recording: Recording, clock?: { readonly t: number; readonly is: number }): Revealed {
  const zeros = clock ? [clock.is - clock.t * second] : zerosOf(recording.connections);
  const steps = recording.connections.flatMap((connection) => connection.steps);
  const lines = linesOf(steps);
  const game = createGameReader(zeros[0] ?? 0);
  const [chart, ports, planets, player] = [
    createChartReader(),
    createPortReader(),
    createPlanetReader(),
    createPlayerReader(),
  ] as const;
  for (const view of viewsOf(recording, lines, zeros)) {
    for (const reader of [game, chart, ports, planets, player]) reader.read(view);
  }
  const deals = dealsIn(lines);
  const hidden = stockUp(ports.known(), lines, deals);
  const { settings, size, times } = game.known();
  if (steps.some(({ expected }) => expected.includes(firstFrame))) settings.shipDelayMs ??= barMs / barTurns;
  const { mentioned, highest } = chart.known();
  const { returning } = player.known();
  const biggest = Math.max(highest, ...ports.known().ports.keys());
  return {
    ...gameChosen(steps),
    ...chart.known(),
    ...ports.known(),
    ...planets.known(),
    ...player.known(),
    settings,
    times,
    size: size || (sizes.find((likely) => biggest <= likely) ?? biggest),
    zeros,
    explored: new Set(
      [...mentioned].flatMap(([sector, explored]) => (explored && returning ? [sector] : [])),
    ),
    facts: factsOf(lines),
    ansi: hasAnsi(steps),
    password: passwordTyped(steps),
    hidden,
    log: logIn(steps),
  };
}

/** Every line with what is known of where and when it was written. */
function* viewsOf(recording: Recording, lines: readonly Line[], zeros: readonly number[]): Generator<View> {
  const steps = recording.connections.flatMap((connection) => connection.steps);
  const times = recording.connections.flatMap((connection, index) =>
    connection.steps.map(({ keys, t }) => (zeros[index] ?? 0) + Math.round((keys.at(-1)?.t ?? t) * second)),
  );
  let typed = "";
  const typedBy = steps.map((step) => (typed += keysOf(step)));
  const readSector = createSectorReader();
  let current = 0;
  let inCim = false;
  let listing = false;
  for (const { text, step } of lines) {
    const prompt = /^(?:Computer c|Corporate c|C)ommand \S? ?\[TL=[\d:]+\]:\[(\d+)\]/.exec(text);
    if (prompt) current = Number(prompt[1]);
    if (prompt || text === "ENDINTERROG") inCim = false;
    else if (/^: [A-Z?]?$/.test(text)) inCim = true;
    // A list of navigation points shows sectors in short, indented.
    const point = /^\([TS1-6]\) (Sector {2}: .+)$/.exec(text)?.[1];
    const detail: string | undefined = listing ? /^ {4}((?:Ports|Planets) .+)$/.exec(text)?.[1] : undefined;
    listing = point !== undefined || detail !== undefined;
    yield {
      text,
      step,
      at: times[step] ?? 0,
      keys: keysOf(steps[step] ?? { keys: [] }),
      current,
      block: readSector(point ?? detail ?? text),
      inCim,
      madeHere: (name) => (typedBy[step] ?? "").includes(`${name}\r`),
    };
  }
}

/** What the screens say of the player. A ship that no list names is the one that has just left the port. */
function factsOf(lines: readonly Line[]): Fact[] {
  const facts = factsIn(lines.map(({ text }) => text));
  const left = lines.flatMap(({ text }) => /^(.+) just left\.$/.exec(text)?.[1] ?? [])[0];
  const named = facts.some(({ field }) => field === "ship's name");
  return left === undefined || named ? facts : [...facts, { field: "ship's name", value: left }];
}

/** Game time at which each connection was made; one without a date comes a minute before the next. */
function zerosOf(connections: readonly Connection[]): number[] {
  const known = connections.map(connectedAt);
  return known.map((zero, index) => {
    if (zero !== undefined) return zero;
    const later = known.findIndex((other, at) => at > index && other !== undefined);
    if (later < 0) return someDay;
    let start = known[later] ?? someDay;
    for (let at = later - 1; at >= index; at--) start -= ((connections[at]?.ended ?? 0) + 60) * second;
    return start;
  });
}
