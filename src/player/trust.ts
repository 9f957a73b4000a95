/**
 * How far a model's plans are trusted: what they may waste is a share of all the bot's turns, and now and then the rules are let show what they earn. Both
 * together bound what a bad model costs, one that is bad from the start as well as one that earns a little less than the rules at each turn.
 */
import type { AiStrategy } from "../proto/llm-config.ts";
import type { Standing } from "./game.ts";
import type { Ledger } from "./ledger.ts";

/** When this share of what plans may waste is wasted, no more is: the rest is for the way back from wherever they have led. */
const spentShare = 0.8;
/** From this share on there is doubt. */
const doubtShare = 0.3;
/** After so many turns of plans that the rules might not have wanted the rules have so many: time to buy what pays and to earn with it. */
export const trialAfterTurns = 120;
export const trialTurns = 40;
/** They also begin, with that share of all turns at most: what is wasted before there is a purse and a route is missed ever after. */
const beginShare = 0.04;

export interface Trust {
  /** Plans have wasted what they may: only what follows the rules is taken. */
  isSpent(): boolean;
  /** Whether it is worth the while to ask the rules what they would do. */
  isInDoubt(): boolean;
  /** The rules choose now, whatever plan is in hand. A trial begins, and ends, when it is looked at. */
  isTrial(): boolean;
}

export interface TrustParts {
  readonly ledger: Ledger;
  readonly policy: Pick<AiStrategy, "loss_allowance">;
  /** Turns after which the bot is done; 0 for as many as the game grants. */
  readonly turnsMax: number;
  standing(): Pick<Standing, "turnsExecuted" | "turnsLeft">;
}

export function createTrust({ ledger, policy, turnsMax, standing }: TrustParts): Trust {
  let trialUntil = 0;

  function turnsInAll(): number {
    const { turnsExecuted, turnsLeft = 0 } = standing();
    return turnsMax > 0 ? turnsMax : turnsExecuted + turnsLeft;
  }

  /** The share of what plans may waste that they have wasted. */
  function wastedShare(): number {
    const wasted = ledger.wasted();
    return wasted === 0 ? 0 : wasted / (policy.loss_allowance * turnsInAll());
  }

  return {
    isSpent: () => wastedShare() >= spentShare,
    // Before anything is earned, all turns look wasted.
    isInDoubt: () => wastedShare() >= doubtShare || ledger.rate() <= 0,
    isTrial() {
      const { turnsExecuted } = standing();
      if (ledger.sinceRules() >= trialAfterTurns) trialUntil = turnsExecuted + trialTurns;
      return turnsExecuted < Math.max(trialUntil, Math.min(trialTurns, beginShare * turnsInAll()));
    },
  };
}
