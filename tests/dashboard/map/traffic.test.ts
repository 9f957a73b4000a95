import { expect, test } from "bun:test";
import { createTraffic, flightMs, flightsMax } from "../../../src/dashboard/map/traffic.ts";
import type { BotState } from "../../../src/proto/status.ts";

const bot = (bot_id: string, sector: number, state: BotState = "RUNNING") => ({ bot_id, sector, state });

test("bots of a sector are counted, and the worst of them gives the colour", () => {
  const traffic = createTraffic();
  traffic.told([bot("a", 5), bot("b", 5, "STUCK"), bot("c", 6, "PAUSED")], 0);
  expect([...traffic.at(0).standing]).toEqual([
    [5, { count: 2, tone: "bad" }],
    [6, { count: 1, tone: "held" }],
  ]);
});

test("who moves is on its way for a while, and then there", () => {
  const traffic = createTraffic();
  traffic.told([bot("a", 5)], 0);
  traffic.told([bot("a", 7)], 1000);
  expect(traffic.at(1000 + flightMs / 2)).toMatchObject({ flights: [{ from: 5, to: 7, part: 0.5 }] });
  expect(traffic.at(1000 + flightMs / 2).standing.size).toBe(0);
  const after = traffic.at(1000 + flightMs);
  expect(after.flights).toEqual([]);
  expect([...after.standing.keys()]).toEqual([7]);
});

test("who is gone is nowhere", () => {
  const traffic = createTraffic();
  traffic.told([bot("a", 5)], 0);
  expect(traffic.at(0).standing.get(5)?.count).toBe(1);
  traffic.told([], 1);
  expect(traffic.at(1).standing.size).toBe(0);
});

test("of a whole swarm that moves at once only so many are seen flying", () => {
  const traffic = createTraffic();
  const all = (sector: number) => Array.from({ length: 2 * flightsMax }, (_, i) => bot(`bot_${i}`, sector));
  traffic.told(all(1), 0);
  traffic.told(all(2), 10);
  const { flights, standing } = traffic.at(20);
  expect(flights.length).toBe(flightsMax);
  expect(standing.get(2)?.count).toBe(flightsMax);
});
