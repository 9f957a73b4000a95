/**
 * What fights come to: how much is dealt, what it costs and what it earns. Points of damage are battle points: one takes
 * a shield point, or a fighter when the shields are gone. The game does not tell its arithmetic; each rule names the
 * outcomes that were seen, and where there was but one the range around it is our guess.
 */
import type { Chance } from "./chance.ts";

/** Credits that a trader pays for each fighter of a garrison that takes toll. Seen: 500 for 100 fighters. */
export const tollPerFighter = 5;
/** What the sysop's editor lets a sector hold of fighters, and of each kind of mine. */
export const sectorFightersMax = 50_000;
export const sectorMinesMax = 250;

/** Shields and fighters of a ship or of whatever stands for one. */
interface Defence {
  fighters: number;
  shields: number;
}
export const defenceOf = ({ fighters, shields }: Defence) => fighters + shields;

/**
 * Takes battle points out of a ship, shields first, then a fighter for each; says what went. Seen: 125 points against 118
 * shield points and 2,299 fighters left no shields and 2,292 fighters.
 */
export function takeDamage(ship: Defence, points: number): Defence {
  const shields = Math.min(ship.shields, points);
  const fighters = Math.min(ship.fighters, points - shields);
  ship.shields -= shields;
  ship.fighters -= fighters;
  return { shields, fighters };
}

/**
 * Of what is sent out, this share finds its mark when both sides' odds are even. Seen: 70 of 100 against defensive fighters,
 * and 30 destroyed with a ship by another one of its type that had 30.
 */
const sentShare = { low: 0.6, high: 1.1 };

interface Clash {
  /** Battle points that the defenders lost, and fighters that the attacker did. */
  readonly destroyed: number;
  readonly lost: number;
}

/**
 * A trader sends `sent` fighters at something that can take `defence` battle points. Whoever does not break through loses
 * all that he sent (seen: 100 of 100); else they are worn down in proportion.
 */
export function clash(sent: number, odds: number, defence: number, dice: Chance, what: string): Clash {
  if (sent === 0) return { destroyed: 0, lost: 0 };
  const low = Math.max(1, Math.ceil(sent * odds * sentShare.low));
  const power = dice.between(low, Math.max(low, Math.floor(sent * odds * sentShare.high)), what);
  if (power < defence) return { destroyed: power, lost: sent };
  return { destroyed: defence, lost: Math.min(sent, Math.ceil((sent * defence) / power)) };
}

/**
 * Battle points that offensive fighters or a stranger's ship deal when they attack. Seen: 282 by 300 fighters. A ship that
 * has no more than that is lost, and the report counts what it had: 0 and 31 by 5,000.
 */
export const attackPower = (fighters: number, odds: number, dice: Chance) =>
  dice.between(
    Math.ceil((fighters * 0.85) / odds),
    Math.max(1, Math.ceil(fighters / odds)),
    "damage of a fighter attack",
  );

/** Attackers that are lost in destroying a ship with that many battle points. Seen: 2 against none at all. */
export const lostInKilling = (battlePoints: number, dice: Chance) =>
  battlePoints + dice.between(1, 3, "fighters lost in killing a ship");

/** How many of a sector's armids go off when a stranger comes in. Seen: 10 of 20. */
export const minesDetonating = (count: number, dice: Chance) =>
  dice.between(Math.ceil(count / 4), Math.ceil((count * 3) / 4), "mines that detonate");

/** Battle points of so many armids. Seen: 125 by 10; the yards promise up to 30 each. */
export const mineDamage = (mines: number, dice: Chance) =>
  dice.between(8 * mines, 22 * mines, "damage of mines");

/** Chance, from the debris in per cent, of being hit; and the battle points of a hit. Seen: narrowly avoided at 1 %. Ours. */
export const debrisHits = (navHaz: number, dice: Chance) => dice.chance(navHaz / 200, "hit by space debris");
export const debrisDamage = (navHaz: number, dice: Chance) =>
  dice.between(navHaz, 10 * navHaz, "damage of space debris");
/** Debris that a lost ship leaves, in per cent. Seen: 1 for a Merchant Cruiser. */
export const wreckDebris = 1;
export const navHazMax = 100;

/** Fighters left after a retreat before so many enemies. Seen: 2,299 of 2,300 before 430. */
export const leftAfterRetreat = (fighters: number, enemies: number, dice: Chance) =>
  dice.between(
    Math.max(0, fighters - Math.max(1, Math.ceil(enemies / 100))),
    fighters - 1,
    "fighters left after a retreat",
  );
/** Battle points that hit whoever runs without a fighter to cover him. Ours. */
export const retreatDamage = (enemies: number, dice: Chance) =>
  dice.between(0, Math.ceil(enemies / 20), "damage of a retreat");

/** For destroying so many of a garrison's fighters. Seen: 6 experience and 10 alignment for 70. */
export const experienceForFighters = (destroyed: number) => Math.round(destroyed / 12);
export const alignmentForFighters = (destroyed: number) => Math.round(destroyed / 7);

/** Share of his experience that a trader loses with his ship. Seen: 18 of 183. */
export const experienceLost = (experience: number) => Math.floor(experience / 10);
/** Experience for a ship destroyed: a tenth of what its pilot had, and something for the ship. Ours. */
export const experienceForShip = (experience: number) => 5 + Math.floor(experience / 10);
/** Alignment that a fight with a ship earns or costs: a tenth of the other's, so that the good lose by attacking the good. Ours. */
export const alignmentForShip = (alignment: number) =>
  alignment >= 0 ? -(10 + Math.floor(alignment / 10)) : 10 + Math.floor(-alignment / 10);

/** Battle points that each corbomite device deals to whoever destroys the ship, as the yards say. */
export const corbomiteDamage = 20;
/** Mines that one disruptor sets off at the most, as the yards say. */
export const disruptorMines = 12;
/** How long a photon wave lasts: the game's default. */
export const photonMs = 20_000;
/** A ship is taken rather than blown up with this likelihood. Ours. */
export const captureShare = 0.25;

/** An escape pod as it is launched: quick statistics after a loss showed 1 fighter, 30 shields, 1 hold, a density scanner. */
export const pod = { holds: 1, fighters: 1, shields: 30 } as const;

/** Guns that answer an attack on a port, in battle points for each point of productivity left. Ours. */
export const portStrength = 4;

/** Productivity of all products together, in units a day, below which a port under attack breaks up. Ours. */
export const portRuin = 20;
/** Alignment lost by an attack on a port, and by its end. Ours. */
export const portSins = { attack: 5, destroyed: 50 } as const;
/** Debris that a destroyed port leaves, in per cent. Ours. */
export const portDebris = 10;

/** Points of alignment that powering up weapons in FedSpace costs. */
export const unlawful = 10;
