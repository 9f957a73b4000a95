/**
 * The ships that can be flown, as the game's own catalogue (version 3.34) lists them: costs in credits, ranges in hops,
 * the rest in pieces. The limits are what shops, class 0 ports and planets hold a ship to.
 */

/** Parts of a ship's price; the base cost is their sum. */
interface ShipCosts {
  readonly holds: number;
  readonly drive: number;
  readonly computer: number;
  readonly hull: number;
}

export interface ShipType {
  /** Place in the catalogue, from 0. */
  readonly number: number;
  /** Key in the lists of the catalogue and the shipyards: A to P and R, since Q leaves. */
  readonly letter: string;
  readonly name: string;
  /** Six letters, as in the quick statistics. */
  readonly short: string;
  /** Base cost, with the holds it comes with. */
  readonly cost: number;
  readonly costs: ShipCosts;
  readonly holdsFirst: number;
  readonly holdsMax: number;
  readonly turnsPerWarp: number;
  readonly fightersMax: number;
  readonly shieldsMax: number;
  /** What one fighter counts for in a fight, attacking and defending; the catalogue has the same for both. */
  readonly odds: number;
  /** Most fighters in one wave of an attack. */
  readonly attackMax: number;
  /** Most mines, of armids and of limpets each. */
  readonly minesMax: number;
  readonly torpedoesMax: number;
  readonly beaconsMax: number;
  /** Hops that its transporter reaches; 0 for none. */
  readonly transportRange: number;
  /** Whether it can be fitted with these. */
  readonly longRangeScanner: boolean;
  readonly planetScanner: boolean;
  readonly transwarp: boolean;
  readonly photons: boolean;
  /** Only the head of a corporation may buy one. */
  readonly ceoOnly: boolean;
  /** Only a holder of the Federation's commission may buy one. */
  readonly commissionOnly: boolean;
}

type Fittings = Partial<
  Pick<
    ShipType,
    "longRangeScanner" | "planetScanner" | "transwarp" | "photons" | "ceoOnly" | "commissionOnly"
  >
>;

/** The order of the numbers is that of the catalogue's page, column by column. */
const ship = (
  [number, letter, name, short]: readonly [number: number, letter: string, name: string, short: string],
  [holds, drive, computer, hull]: readonly [holds: number, drive: number, computer: number, hull: number],
  attackMax: number,
  [holdsFirst, holdsMax]: readonly [first: number, max: number],
  fightersMax: number,
  turnsPerWarp: number,
  [minesMax, torpedoesMax, transportRange]: readonly [mines: number, torpedoes: number, range: number],
  shieldsMax: number,
  odds: number,
  beaconsMax: number,
  fittings: Fittings = {},
): ShipType => ({
  number,
  letter,
  name,
  short,
  cost: holds + drive + computer + hull,
  costs: { holds, drive, computer, hull },
  attackMax,
  holdsFirst,
  holdsMax,
  fightersMax,
  turnsPerWarp,
  minesMax,
  torpedoesMax,
  transportRange,
  shieldsMax,
  odds,
  beaconsMax,
  longRangeScanner: true,
  planetScanner: true,
  transwarp: false,
  photons: false,
  ceoOnly: false,
  commissionOnly: false,
  ...fittings,
});

/** Short names: three letters of each of two words, as MerCru, EscPod and HavGun were seen; six of a single one is our guess. */
// prettier-ignore
export const shipTypes = {
  merchantCruiser: ship([1, "B", "Merchant Cruiser", "MerCru"], [10_000, 1000, 20_300, 10_000], 750, [20, 75], 2500, 3, [50, 5, 5], 400, 1.0, 50),
  scoutMarauder: ship([2, "C", "Scout Marauder", "ScoMar"], [5000, 3000, 5200, 2750], 250, [10, 25], 250, 2, [0, 0, 0], 100, 2.0, 10),
  missileFrigate: ship([3, "D", "Missile Frigate", "MisFri"], [6000, 1000, 82_800, 11_000], 2000, [12, 60], 5000, 3, [5, 0, 2], 400, 1.3, 5, { longRangeScanner: false, planetScanner: false, photons: true }),
  battleShip: ship([4, "E", "BattleShip", "Battle"], [8000, 1000, 61_500, 18_000], 3000, [16, 80], 10_000, 4, [25, 1, 8], 750, 1.6, 50),
  corporateFlagShip: ship([5, "F", "Corporate FlagShip", "CorFla"], [10_000, 5000, 120_000, 28_500], 6000, [20, 85], 20_000, 3, [100, 10, 10], 1500, 1.2, 100, { transwarp: true, ceoOnly: true }),
  colonialTransport: ship([6, "G", "Colonial Transport", "ColTra"], [27_000, 1000, 10_400, 25_200], 100, [50, 250], 200, 6, [0, 5, 7], 500, 0.6, 10, { longRangeScanner: false }),
  cargoTran: ship([7, "H", "CargoTran", "CargoT"], [27_000, 1000, 11_050, 12_900], 125, [50, 125], 400, 4, [1, 2, 5], 1000, 0.8, 20),
  merchantFreighter: ship([8, "I", "Merchant Freighter", "MerFre"], [15_000, 2000, 9600, 6800], 100, [30, 65], 300, 2, [2, 2, 5], 500, 0.8, 20),
  imperialStarShip: ship([9, "J", "Imperial StarShip", "ImpSta"], [23_000, 10_000, 231_000, 65_000], 10_000, [40, 150], 50_000, 4, [125, 10, 15], 2000, 1.5, 150, { transwarp: true, photons: true, commissionOnly: true }),
  havocGunStar: ship([10, "K", "Havoc GunStar", "HavGun"], [6000, 10_000, 48_000, 15_000], 1000, [12, 50], 10_000, 3, [5, 1, 6], 3000, 1.2, 5, { planetScanner: false, transwarp: true }),
  starMaster: ship([11, "L", "StarMaster", "StarMa"], [10_000, 10_000, 29_000, 12_300], 1000, [20, 73], 5000, 3, [50, 5, 3], 2000, 1.4, 50),
  constellation: ship([12, "M", "Constellation", "Conste"], [10_000, 10_000, 39_500, 13_000], 2000, [20, 80], 5000, 3, [25, 2, 6], 750, 1.4, 50),
  tKhasiOrion: ship([13, "N", "T'Khasi Orion", "T'KOri"], [15_000, 10_000, 10_500, 6750], 250, [30, 60], 750, 2, [5, 1, 3], 750, 1.1, 20),
  tholianSentinel: ship([14, "O", "Tholian Sentinel", "ThoSen"], [5000, 10_000, 25_000, 7500], 800, [10, 50], 2500, 4, [50, 1, 3], 4000, 1.0, 10, { planetScanner: false }),
  taureanMule: ship([15, "P", "Taurean Mule", "TauMul"], [28_000, 10_000, 10_300, 15_300], 150, [50, 150], 300, 4, [0, 1, 5], 600, 0.5, 20),
  interdictorCruiser: ship([16, "R", "Interdictor Cruiser", "IntCru"], [5000, 50_000, 380_000, 104_000], 15_000, [10, 40], 100_000, 15, [200, 20, 20], 4000, 1.2, 100),
  escapePod: ship([0, "A", "*** Escape Pod ***", "EscPod"], [500, 4246, 4700, 5000], 10, [1, 5], 50, 6, [0, 0, 0], 50, 0.8, 0, { planetScanner: false }),
} as const satisfies Record<string, ShipType>;
export type ShipKind = keyof typeof shipTypes;

/** All kinds in the order of the catalogue, the pod first. */
export const shipKinds: readonly ShipKind[] = (Object.keys(shipTypes) as ShipKind[]).sort(
  (a, b) => shipTypes[a].number - shipTypes[b].number,
);

/**
 * What any ship may carry of the things that the catalogue does not list. Seen when a Merchant Cruiser bought: 25 probes,
 * 5 cloaks, 5 detonators, 10 disruptors, 1,500 corbomite devices. One photon missile at a time, as long as the game does not
 * allow multiple fire.
 */
export const carryMax = {
  probes: 25,
  cloaks: 5,
  detonators: 5,
  disruptors: 10,
  corbomite: 1500,
  photons: 1,
} as const;
