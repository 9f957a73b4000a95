/** The TransWarp drive: what a jump takes and what it risks. */

/** Fuel ore that each hop of the distance takes: jumps of 7 and 8 hops took 45 holds in a recording. */
export const orePerHop = 3;

/** From this alignment on the Federation lends its own beams to jumps into its sectors. */
export const beamAlignment = 1000;

/**
 * Likelihood that a jump without a locating beam ends inside something solid. The documents only say that it is risky
 * and riskier the farther: the figures are ours.
 */
export const blindLoss = (hops: number) => Math.min(0.75, 0.1 + 0.02 * hops);
