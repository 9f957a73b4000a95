/**
 * The warps of a universe as they come into being, in the order in which the game's own creator lays them: the
 * Federation's, scattered ones, those of the special ports, one for every sector, and those that fetch lost clusters in.
 */
import { fedSectors } from "../../rules/space.ts";
import type { Dice } from "../dice.ts";

const warpsMax = 6;
/** Lanes as shares of the number of sectors. */
const twoWayShare = 0.3;
const oneWayShare = 0.03;

/** FedSpace's own lanes, all two-way: 1 with 2..7, the ring 2..7, and 8, 9 and 10 hanging on. */
const federalLanes: readonly (readonly [number, number])[] = [
  [1, 2],
  [1, 3],
  [1, 4],
  [1, 5],
  [1, 6],
  [1, 7],
  [2, 3],
  [3, 4],
  [4, 5],
  [5, 6],
  [6, 7],
  [7, 2],
  [8, 2],
  [8, 7],
  [9, 2],
  [9, 10],
  [10, 2],
];
export type Lanes = ReturnType<typeof createLanes>;

/** No warps yet; sectors are numbered from 1. */
export function createLanes(sectors: number) {
  const out: number[][] = Array.from({ length: sectors + 1 }, () => []);
  const goes = (from: number, to: number) => out[from]?.includes(to) ?? false;
  const full = (from: number) => (out[from]?.length ?? warpsMax) >= warpsMax;
  const add = (from: number, to: number) => void (goes(from, to) || out[from]?.push(to));
  return {
    sectors,
    full,
    goes,
    add,
    /** Two-way. */
    join(from: number, to: number) {
      add(from, to);
      add(to, from);
    },
    from: (sector: number) => [...(out[sector] ?? [])].sort((a, b) => a - b),
    count: (sector: number) => out[sector]?.length ?? 0,
  };
}

/** Lays all lanes; `special` sectors get as many warps as there can be. */
export function laySpaceLanes(lanes: Lanes, special: readonly number[], dice: Dice): void {
  for (const [from, to] of federalLanes) lanes.join(from, to);
  scatterLanes(lanes, dice);
  for (const sector of special) beefUp(lanes, sector, dice);
  linkEach(lanes, dice);
  linkLost(lanes, dice);
}

/** Two random sectors with room for another warp, not the same and not yet joined. */
function openPair(lanes: Lanes, dice: Dice): [number, number] | undefined {
  const from = dice.between(3, lanes.sectors, "a lane's end");
  const to = dice.between(3, lanes.sectors, "a lane's end");
  if (from === to || lanes.goes(from, to) || lanes.full(from) || lanes.full(to)) return undefined;
  return [from, to];
}

function scatterLanes(lanes: Lanes, dice: Dice): void {
  for (let lane = 0; lane < lanes.sectors * twoWayShare; lane++) {
    const pair = openPair(lanes, dice);
    if (pair) lanes.join(...pair);
  }
  for (let lane = 0; lane < lanes.sectors * oneWayShare; lane++) {
    const pair = openPair(lanes, dice);
    if (pair && !lanes.goes(pair[1], pair[0])) lanes.add(...pair);
  }
}

/** A sector with room, other than `but`; any at all when the universe is crowded. */
function roomySector(lanes: Lanes, but: number, dice: Dice): number {
  for (let attempt = 0; attempt < 200; attempt++) {
    const sector = dice.between(3, lanes.sectors, "a lane's end");
    if (sector !== but && !lanes.full(sector) && !lanes.goes(but, sector)) return sector;
  }
  return but === fedSectors ? fedSectors - 1 : fedSectors;
}

function beefUp(lanes: Lanes, special: number, dice: Dice): void {
  while (!lanes.full(special)) lanes.join(special, roomySector(lanes, special, dice));
}

/**
 * One two-way lane from every sector to a random other. With the scattered ones this gives each sector 1 + Poisson(1.6)
 * warps, which is what a real universe of 5,000 sectors had: 955, 1606, 1304, 716, 274 and 145 sectors of 1 to 6 warps.
 */
function linkEach(lanes: Lanes, dice: Dice): void {
  for (let sector = fedSectors + 1; sector <= lanes.sectors; sector++) {
    if (!lanes.full(sector)) lanes.join(sector, roomySector(lanes, sector, dice));
  }
}

/** Joins every cluster that cannot be reached from sector 1, or cannot get back to it, to one that can. */
function linkLost(lanes: Lanes, dice: Dice): void {
  for (let round = 0; round < lanes.sectors; round++) {
    const out = reached(lanes, 1, (sector) => lanes.from(sector));
    const back = reached(lanes, 1, backwards(lanes));
    let lost = 0;
    for (let sector = 1; sector <= lanes.sectors && lost === 0; sector++) {
      if (out[sector] === 0 || back[sector] === 0) lost = sector;
    }
    if (lost === 0) return;
    lanes.join(lost, homeFor(lanes, lost, out, back, dice));
  }
}

function homeFor(lanes: Lanes, lost: number, out: Uint16Array, back: Uint16Array, dice: Dice): number {
  for (let attempt = 0; attempt < 10 * lanes.sectors; attempt++) {
    const sector = dice.between(3, lanes.sectors, "a lane's end");
    if (sector !== lost && out[sector] !== 0 && back[sector] !== 0 && !lanes.full(sector)) return sector;
  }
  return fedSectors;
}

function backwards(lanes: Lanes): (sector: number) => readonly number[] {
  const into: number[][] = Array.from({ length: lanes.sectors + 1 }, () => []);
  for (let sector = 1; sector <= lanes.sectors; sector++) {
    for (const warp of lanes.from(sector)) into[warp]?.push(sector);
  }
  return (sector) => into[sector] ?? [];
}

/** For each sector one more than the warps to it from `start`, or 0 where none leads to it. */
export function reached(
  lanes: Lanes,
  start: number,
  step: (sector: number) => readonly number[],
): Uint16Array {
  const hops = new Uint16Array(lanes.sectors + 1);
  hops[start] = 1;
  const todo = [start];
  for (const sector of todo) {
    for (const warp of step(sector)) {
      if (hops[warp] !== 0) continue;
      hops[warp] = (hops[sector] ?? 0) + 1;
      todo.push(warp);
    }
  }
  return hops;
}
