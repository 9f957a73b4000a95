/** Rewards on traders' heads: posted at the Federal Police, earned by whoever brings the wanted one down. */
import { type Galaxy, note } from "./galaxy.ts";
import type { Trader } from "./things.ts";

/**
 * To be called when a trader has destroyed another one's ship: what was posted on the loser, but by the winner himself,
 * is the winner's to collect at the police. Gives the credits. The evil earn nothing, and the reward stays.
 */
export function earnBounty(galaxy: Galaxy, winner: Trader, loser: Trader): number {
  if (winner === loser || winner.alignment < 0) return 0;
  const earned = loser.bounties.filter(({ by }) => by !== winner.id);
  const credits = earned.reduce((sum, bounty) => sum + bounty.credits, 0);
  if (credits === 0) return 0;
  loser.bounties = loser.bounties.filter(({ by }) => by === winner.id);
  winner.rewardDue += credits;
  note(galaxy, "trader", winner);
  note(galaxy, "trader", loser);
  return credits;
}
