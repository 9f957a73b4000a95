/** What a call at a shop costs the holds that make it: the prices of worth.ts, carried on to sectors where nothing is traded. */
import { products } from "../../src/games/tw2002/rules/ports.ts";
import { hopsFrom } from "./truth.ts";
import { type Market, type Prices, timeOf } from "./worth.ts";
import type { Sector } from "../../src/games/tw2002/host/things.ts";

/** A sector seen from the market: hops from each site to it, and from it to each site. */
export interface Place {
  readonly sector: number;
  readonly to: Float64Array;
  readonly from: Float64Array;
}

export function placeOf(
  sectors: readonly Sector[],
  back: readonly Sector[],
  { sites }: Market,
  sector: number,
): Place {
  const away = hopsFrom(sectors, sector);
  const here = hopsFrom(back, sector);
  const bySite = (hops: Float64Array) => Float64Array.from(sites, (site) => hops[site.sector - 1]!);
  return { sector, from: bySite(away), to: bySite(here) };
}

/** The same sectors with every warp turned round. */
export function turnedRound(sectors: readonly Sector[]): Sector[] {
  const warps: number[][] = sectors.map(() => []);
  for (const { number, warps: out } of sectors) for (const to of out) warps[to - 1]?.push(number);
  return sectors.map((sector, index) => ({ ...sector, warps: warps[index]! }));
}

/** Credits a hold is worth at a place, by what may be done from there on. */
export interface Stay {
  /** Empty, when it sets out: the best port it can go to, less the way. */
  readonly leaving: number;
  /** Empty, when it comes in: what the ports it may have come from gave up, with the way. */
  readonly coming: number;
  /** Least that a hold loses by the call, empty or laden. */
  readonly loss: number;
}

export function stayAt(market: Market, { rate, empty, laden }: Prices, { to, from }: Place): Stay {
  let leaving = Number.NEGATIVE_INFINITY;
  let coming = Number.POSITIVE_INFINITY;
  const through = products.map(() => ({ in: Number.POSITIVE_INFINITY, out: Number.NEGATIVE_INFINITY }));
  let index = 0;
  for (const [site, { lines }] of market.sites.entries()) {
    const [way, back] = [rate * timeOf(from[site]!), rate * timeOf(to[site]!)];
    leaving = Math.max(leaving, empty[site]! - way);
    coming = Math.min(coming, empty[site]! + back);
    for (const [product, line] of lines.entries()) {
      if (!line) continue;
      const pass = through[product]!;
      const worth = laden[index++]!;
      if (line.side === "buying") pass.out = Math.max(pass.out, worth - way);
      else pass.in = Math.min(pass.in, worth + back);
    }
  }
  const losses = [coming - leaving, ...through.map((pass) => pass.in - pass.out)];
  return { leaving, coming, loss: Math.max(0, Math.min(...losses)) };
}
