/** Whose things are: ownership by traders, corporations and strangers, and what it is called on screens. */
import type { Galaxy } from "./galaxy.ts";
import type { Owner, Trader } from "./things.ts";

/** Whether it is the trader's, or his corporation's. */
export function isOwn(trader: Trader, owner: Owner): boolean {
  if (owner.type === "trader") return owner.id === trader.id;
  return owner.type === "corp" && trader.corp !== 0 && owner.id === trader.corp;
}

/** As `isOwn`, or a member of his corporation's. */
export function isFriendly(galaxy: Galaxy, trader: Trader, owner: Owner): boolean {
  if (isOwn(trader, owner)) return true;
  if (owner.type !== "trader" || trader.corp === 0) return false;
  return galaxy.traders.get(owner.id)?.corp === trader.corp;
}

/** A name for an owner where screens give one: the trader's, the corporation's, or what the strangers are called. */
export function ownerName(galaxy: Galaxy, owner: Owner): string {
  switch (owner.type) {
    case "trader":
      return galaxy.traders.get(owner.id)?.name ?? "Unknown";
    case "corp":
      return galaxy.corps.get(owner.id)?.name ?? "Unknown";
    case "ferrengi":
      return "Ferrengi";
    case "mercenaries":
      return "Rogue Mercenaries";
    case "nobody":
      return "Nobody";
    default:
      return owner satisfies never;
  }
}

/** The traders whom an owner stands for. */
export function ownersOf(galaxy: Galaxy, owner: Owner): Trader[] {
  const ids =
    owner.type === "trader"
      ? [owner.id]
      : owner.type === "corp"
        ? (galaxy.corps.get(owner.id)?.members ?? [])
        : [];
  return ids.flatMap((id) => galaxy.traders.get(id) ?? []);
}

/** Whether it is the same trader or corporation, or the same kind of stranger. */
export const sameOwner = (a: Owner, b: Owner) =>
  a.type === b.type && ("id" in a ? "id" in b && a.id === b.id : true);

/** Whether it is somebody's who is no friend of the trader's; what is nobody's is not. */
export const isStrangers = (galaxy: Galaxy, trader: Trader, owner: Owner) =>
  owner.type !== "nobody" && !isFriendly(galaxy, trader, owner);
