/** Thieves and what ports and their guards make of them: no words, only the state of things. */
import { type Product, products, sideOf } from "../rules/ports.ts";
import { type Galaxy, note } from "./galaxy.ts";
import type { Port, Trader } from "./things.ts";
import { dayMs } from "../rules/time.ts";
import { stockAt, stockMax, takeStock } from "./stock.ts";

/** Units that lie on the dock: what a selling port has for sale, what a buying one has bought and not yet passed on. */
export function onDock(galaxy: Galaxy, port: Port, product: Product, at: number): number {
  const stock = port.stocks[products.indexOf(product)];
  if (!stock) return 0;
  const amount = stockAt(galaxy, stock, at);
  return sideOf(port.portClass, product) === "selling" ? amount : stockMax(stock) - amount;
}

/** Takes units off the dock into the trader's holds, for nothing. */
export function carryOff(
  galaxy: Galaxy,
  known: { port: Port; trader: Trader; product: Product; units: number; at: number },
): void {
  const { port, trader, product, units, at } = known;
  const stock = port.stocks[products.indexOf(product)];
  if (!stock) return;
  const selling = sideOf(port.portClass, product) === "selling";
  // What a buying port has lost it wants again.
  takeStock(galaxy, port, stock, selling ? units : -units, at);
  trader.ship.cargo[product] += units;
  note(galaxy, "trader", trader);
}

/** Whether and why the guards know him at once: he was here last, or they have caught him within the sysop's days. */
export function recognized(
  galaxy: Galaxy,
  trader: Trader,
  sector: number,
  at: number,
): "last time" | "caught before" | undefined {
  if (trader.lastCrime === sector) return "last time";
  const since = at - galaxy.settings.bustClearDays * dayMs;
  const caught = trader.busts.some((bust) => bust.sector === sector && bust.at > since);
  return caught ? "caught before" : undefined;
}

/** Remembers a crime that was not found out. */
export function rememberCrime(galaxy: Galaxy, trader: Trader, sector: number): void {
  trader.lastCrime = sector;
  note(galaxy, "trader", trader);
}

/** The guards remember his face, and only his: a port knows but the last one it caught. */
export function rememberBust(galaxy: Galaxy, trader: Trader, sector: number, at: number): void {
  for (const other of galaxy.traders.values()) {
    if (!other.busts.some((bust) => bust.sector === sector)) continue;
    other.busts = other.busts.filter((bust) => bust.sector !== sector);
    note(galaxy, "trader", other);
  }
  trader.busts.push({ sector, at });
  trader.lastCrime = sector;
  note(galaxy, "trader", trader);
}
