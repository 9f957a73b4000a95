/** What a ship would bring at the yards now. */
import { outfitPrices, upgradePrice, type Valuation, valueShip } from "../../../rules/equipment.ts";
import { shipTypes } from "../../../rules/ships.ts";
import type { GameSettings } from "../../settings.ts";
import { gameMoment } from "../../text/figures.ts";
import type { Ship } from "../../things.ts";

export function worthOf(ship: Ship, settings: GameSettings, at: number): Valuation {
  const { prices } = settings;
  const { gear } = ship;
  const drives = [0, prices.transwarp1, prices.transwarp1 + upgradePrice(prices)] as const;
  const scanners = { none: 0, density: prices.densityScanner, holo: prices.holoScanner };
  // The dearer way to a second drive is not paid back.
  const fittings =
    Math.min(drives[gear.transwarp], Math.max(prices.transwarp1, prices.transwarp2)) +
    scanners[gear.scanner] +
    (gear.planetScanner ? prices.planetScanner : 0) +
    (gear.psychicProbe ? prices.psychicProbe : 0);
  return valueShip(
    shipTypes[ship.kind],
    { holds: ship.holds, fittings },
    outfitPrices(gameMoment(at, settings.yearsAhead)),
  );
}
