/** What ports hold of each product: it grows back with time, so it is read and taken through these. */
import { dayMs } from "../rules/time.ts";
import { type Galaxy, note } from "./galaxy.ts";
import type { Port, Stock } from "./things.ts";

/** Most units that a port holds, or wants, of a product. */
export const stockMax = (stock: Stock) => 10 * stock.productivity;

const grown = (galaxy: Galaxy, stock: Stock, at: number) =>
  (Math.max(0, at - stock.at) / dayMs) * galaxy.settings.regrowth * stockMax(stock);

/** Whole units at a moment, regrowth included. */
export function stockAt(galaxy: Galaxy, stock: Stock, at: number): number {
  return Math.floor(Math.min(stockMax(stock), stock.amount + grown(galaxy, stock, at)) + 1e-9);
}

/** Takes units out of a stock, keeping the fraction that regrowth has brought. */
export function takeStock(galaxy: Galaxy, port: Port, stock: Stock, units: number, at: number): void {
  stock.amount = Math.min(stockMax(stock), stock.amount + grown(galaxy, stock, at)) - units;
  stock.at = at;
  note(galaxy, "port", port);
}
