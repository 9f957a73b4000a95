/** What a demo looked like over time: a bounded series of points, and what can be read off it. */

/** One look at the whole demo. Sizes are in MB of 1,000,000 bytes; null where the system does not tell. */
export interface DemoPoint {
  /** Since the start of the program. */
  readonly seconds: number;
  /** Bots that are in the game: RUNNING, PAUSED or STUCK. */
  readonly playing: number;
  /** Of all bots, since they began. */
  readonly turns: number;
  readonly credits: number;
  /** Processor time so far, user and system, of all processes that a role has had. */
  readonly cpu_seconds: { host: number; manager: number; workers: number; demo: number } | null;
  /** Proportional set sizes; `workers` is the sum over `worker_processes`. */
  readonly memory_mb: { host: number; manager: number; workers: number } | null;
  /** Processes that bots play in, several bots to one where they are packed. */
  readonly worker_processes: number;
  /** Open file descriptors. */
  readonly files: { host: number; manager: number; workers: number } | null;
  /** The databases with their write-ahead logs, and everything in the demo's folder. */
  readonly disk_mb: { host_db: number; manager_db: number; all: number };
}

/** A point of the summary: with turns per second since the point before it, or since the start. */
export type ToldPoint = DemoPoint & { readonly turns_per_second: number };

/** Points that a summary holds. */
export const pointsMax = 240;

export interface Series {
  add(point: DemoPoint): void;
  /** What is kept, the newest always with it. */
  points(): DemoPoint[];
}

/** Keeps every point until there are too many, then every second of them, then every fourth, and so on. */
export function createSeries(max = pointsMax): Series {
  let kept: DemoPoint[] = [];
  let stride = 1;
  let added = 0;
  let newest: DemoPoint | undefined;
  return {
    add(point) {
      newest = point;
      if (added++ % stride !== 0) return;
      kept.push(point);
      // Room is left for the newest.
      if (kept.length < max) return;
      kept = kept.filter((_, index) => index % 2 === 0);
      stride *= 2;
    },
    points: () => (newest && kept.at(-1) !== newest ? [...kept, newest] : [...kept]),
  };
}

export const withPace = (points: readonly DemoPoint[]): ToldPoint[] =>
  points.map((point, index) => {
    const { seconds = 0, turns = 0 } = points[index - 1] ?? {};
    const pace = (point.turns - turns) / Math.max(0.001, point.seconds - seconds);
    return { ...point, turns_per_second: Math.round(pace * 10) / 10 };
  });

/** The points at which all bots played: before and after, the roles hold less than they do at work. */
export const atWork = (points: readonly DemoPoint[], bots: number): DemoPoint[] =>
  points.filter(({ playing }) => playing === bots);

/** By how many MB an hour each role grew over the last two thirds of the time at work, `worker` being the mean process. */
export interface Growth {
  readonly host: number;
  readonly manager: number;
  readonly worker: number;
}

/** Of less time at work than this, in seconds, nothing is told: it would be the slope of coming up. */
export const growthSecondsMin = 600;

/** Null where the time at work was too short, or there are too few points with figures. */
export function growth(working: readonly DemoPoint[]): Growth | null {
  const [first, last] = [working[0], working.at(-1)];
  if (!first || !last || last.seconds - first.seconds < growthSecondsMin) return null;
  const from = first.seconds + (last.seconds - first.seconds) / 3;
  const late = working.filter(({ seconds }) => seconds >= from);
  const slope = (value: (memory: NonNullable<DemoPoint["memory_mb"]>, processes: number) => number) =>
    slopePerHour(
      late.flatMap(({ seconds, memory_mb: memory, worker_processes: processes }) =>
        memory && processes > 0 ? [{ seconds, value: value(memory, processes) }] : [],
      ),
    );
  const host = slope((memory) => memory.host);
  const manager = slope((memory) => memory.manager);
  const worker = slope(({ workers }, processes) => workers / processes);
  return host === undefined || manager === undefined || worker === undefined
    ? null
    : { host, manager, worker };
}

/** Fewer make a line of any slope. */
const slopePointsMin = 3;

/** The slope of the straight line that lies nearest by least squares; undefined for too few points, or all of one moment. */
export function slopePerHour(
  points: readonly { readonly seconds: number; readonly value: number }[],
): number | undefined {
  if (points.length < slopePointsMin) return undefined;
  const mean = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const when = mean(({ seconds }) => seconds);
  const what = mean(({ value }) => value);
  const spread = mean(({ seconds }) => (seconds - when) ** 2);
  if (spread === 0) return undefined;
  const slope = mean(({ seconds, value }) => (seconds - when) * (value - what)) / spread;
  return Math.round(slope * 3600 * 100) / 100;
}
