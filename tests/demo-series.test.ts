import { expect, test } from "bun:test";
import {
  atWork,
  createSeries,
  type DemoPoint,
  growth,
  growthSecondsMin,
  pointsMax,
  slopePerHour,
  withPace,
} from "../src/demo-series.ts";

const point = (seconds: number, more: Partial<DemoPoint> = {}): DemoPoint => ({
  seconds,
  playing: 4,
  turns: 100 * seconds,
  credits: 0,
  cpu_seconds: null,
  memory_mb: null,
  worker_processes: 2,
  files: null,
  disk_mb: { host_db: 0, manager_db: 0, all: 0 },
  ...more,
});

test("a series keeps the first point and the newest, and never more than it may", () => {
  const series = createSeries(10);
  for (let seconds = 0; seconds < 1000; seconds++) {
    series.add(point(seconds));
    const points = series.points();
    expect(points.length).toBeLessThanOrEqual(10);
    expect(points[0]?.seconds).toBe(0);
    expect(points.at(-1)?.seconds).toBe(seconds);
  }
  // Evenly spread but for the newest.
  const steps = series.points().map(({ seconds }, index, all) => seconds - (all[index - 1]?.seconds ?? 0));
  expect(new Set(steps.slice(1, -1)).size).toBe(1);
  expect(createSeries().points()).toEqual([]);
  expect(pointsMax).toBe(240);
});

test("turns a second are those since the point before", () => {
  const told = withPace([point(10), point(20), point(30, { turns: 2500 })]);
  expect(told.map((each) => each.turns_per_second)).toEqual([100, 100, 50]);
});

test("a straight line's slope is found, whatever the points scatter about it", () => {
  const line = [0, 900, 1800, 3600].map((seconds) => ({ seconds, value: 5 + seconds / 360 }));
  expect(slopePerHour(line)).toBe(10);
  expect(slopePerHour([1, -1, -1, 1].map((value, seconds) => ({ seconds, value })))).toBe(0);
  expect(slopePerHour(line.slice(0, 2))).toBeUndefined();
  expect(slopePerHour(Array.from({ length: 5 }, () => ({ seconds: 7, value: 1 })))).toBeUndefined();
});

test("growth is that of the last two thirds at work: not of coming up, nor of going home", () => {
  const points = Array.from({ length: 10 }, (_, index) => {
    const memory_mb =
      index < 4
        ? { host: 500 * index, manager: 1, workers: 3 }
        : { host: 50 + index, manager: 40, workers: 20 - index };
    return point(3600 * index, { memory_mb, playing: index === 0 || index === 9 ? 1 : 4 });
  });
  expect(atWork(points, 4)).toHaveLength(8);
  expect(growth(atWork(points, 4))).toEqual({ host: 1, manager: 0, worker: -0.5 });
  expect(growth([])).toBeNull();
  expect(growth([point(0), point(1), point(2)])).toBeNull();
});

test("of a short demo no growth is told: what coming up takes would look like thousands of MB an hour", () => {
  const memory_mb = { host: 80, manager: 60, workers: 40 };
  const lasting = (seconds: number) => [0, 0.5, 0.7, 1].map((share) => point(share * seconds, { memory_mb }));
  expect(growth(lasting(growthSecondsMin - 1))).toBeNull();
  expect(growth(lasting(growthSecondsMin))).toEqual({ host: 0, manager: 0, worker: 0 });
});
