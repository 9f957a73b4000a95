/** What a trader can attack in his sector. */
import { titleOf } from "../../../rules/ranks.ts";
import { shipTypes } from "../../../rules/ships.ts";
import { occupants, tradersInSpace } from "../../occupants.ts";
import { player, type Session } from "../../session.ts";
import type { Paper } from "../../text/paper.ts";
import { shipName } from "../../text/ships.ts";
import type { Ship, Trader, Wanderer } from "../../things.ts";
import { isFriendly } from "../../owners.ts";

export type Target =
  | { readonly type: "trader"; readonly trader: Trader }
  | { readonly type: "wanderer"; readonly wanderer: Wanderer }
  | { readonly type: "ship"; readonly ship: Ship };

/** Traders first, then those who wander, then empty ships; never one's own corporation, nor a ship that is cloaked. */
export function targetsFor(session: Session): Target[] {
  const { galaxy, trader } = player(session);
  const { wanderers, ships } = occupants(galaxy, trader.sector);
  return [
    ...tradersInSpace(galaxy, trader.sector)
      .filter((other) => other !== trader && !other.ship.cloaked)
      .filter(({ id }) => !isFriendly(galaxy, trader, { type: "trader", id }))
      .map((other): Target => ({ type: "trader", trader: other })),
    ...[...wanderers].map((wanderer): Target => ({ type: "wanderer", wanderer })),
    ...[...ships]
      .filter(({ owner }) => !isFriendly(galaxy, trader, owner))
      .map((ship): Target => ({ type: "ship", ship })),
  ];
}

/** Whether a target can still be shot at: others play between the keys. */
export const isThere = (session: Session, target: Target) =>
  targetsFor(session).some(
    (other) =>
      (other.type === "trader" && target.type === "trader" && other.trader === target.trader) ||
      (other.type === "wanderer" && target.type === "wanderer" && other.wanderer === target.wanderer) ||
      (other.type === "ship" && target.type === "ship" && other.ship === target.ship),
  );

export function nameOf(target: Target): string {
  if (target.type === "ship") return target.ship.name;
  const { name, experience, alignment } = target.type === "trader" ? target.trader : target.wanderer;
  return `${titleOf(experience, alignment)} ${name}`;
}

export function shipOf(target: Target): (paper: Paper) => void {
  switch (target.type) {
    case "trader":
      return shipName(target.trader.ship.kind);
    case "ship":
      return shipName(target.ship.kind);
    case "wanderer":
      return (paper) => paper.put`~g${target.wanderer.shipType}`;
    default:
      return target satisfies never;
  }
}

/** What one fighter of theirs counts for. */
export const oddsOf = (target: Target) =>
  target.type === "trader"
    ? shipTypes[target.trader.ship.kind].odds
    : target.type === "ship"
      ? shipTypes[target.ship.kind].odds
      : 1;
