/** The ships that can be flown, as the game's own catalogue lists them. */

export interface ShipType {
  readonly name: string;
  /** Six letters, as in the quick statistics. */
  readonly short: string;
  readonly cost: number;
  readonly holdsFirst: number;
  readonly holdsMax: number;
  readonly turnsPerWarp: number;
  readonly fightersMax: number;
  readonly shieldsMax: number;
}

const ship = (
  name: string,
  short: string,
  cost: number,
  [holdsFirst, holdsMax]: readonly [number, number],
  turnsPerWarp: number,
  fightersMax: number,
  shieldsMax: number,
): ShipType => ({ name, short, cost, holdsFirst, holdsMax, turnsPerWarp, fightersMax, shieldsMax });

/** Cost, holds, turns per warp, fighters and shields from the catalogue of version 3.34. Short names but MerCru are ours. */
export const shipTypes = {
  merchantCruiser: ship("Merchant Cruiser", "MerCru", 41_300, [20, 75], 3, 2500, 400),
  scoutMarauder: ship("Scout Marauder", "ScoMar", 15_950, [10, 25], 2, 250, 100),
  missileFrigate: ship("Missile Frigate", "MisFri", 100_800, [12, 60], 3, 5000, 400),
  battleShip: ship("BattleShip", "Battle", 88_500, [16, 80], 4, 10_000, 750),
  corporateFlagShip: ship("Corporate FlagShip", "CorFla", 163_500, [20, 85], 3, 20_000, 1500),
  colonialTransport: ship("Colonial Transport", "ColTra", 63_600, [50, 250], 6, 200, 500),
  cargoTran: ship("CargoTran", "CarTra", 51_950, [50, 125], 4, 400, 1000),
  merchantFreighter: ship("Merchant Freighter", "MerFre", 33_400, [30, 65], 2, 300, 500),
  imperialStarShip: ship("Imperial StarShip", "ImpSta", 329_000, [40, 150], 4, 50_000, 2000),
  havocGunStar: ship("Havoc GunStar", "HavGun", 79_000, [12, 50], 3, 10_000, 3000),
  starMaster: ship("StarMaster", "StrMas", 61_300, [20, 73], 3, 5000, 2000),
  constellation: ship("Constellation", "Conste", 72_500, [20, 80], 3, 5000, 750),
  tKhasiOrion: ship("T'Khasi Orion", "TKhOri", 42_250, [30, 60], 2, 750, 750),
  tholianSentinel: ship("Tholian Sentinel", "ThoSen", 47_500, [10, 50], 4, 2500, 4000),
  taureanMule: ship("Taurean Mule", "TauMul", 63_600, [50, 150], 4, 300, 600),
  interdictorCruiser: ship("Interdictor Cruiser", "IntCru", 539_000, [10, 40], 15, 100_000, 4000),
  escapePod: ship("Escape Pod", "EscPod", 14_446, [1, 5], 6, 50, 50),
} as const satisfies Record<string, ShipType>;
export type ShipKind = keyof typeof shipTypes;
