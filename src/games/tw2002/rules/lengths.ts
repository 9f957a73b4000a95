/** Longest names and passwords, in characters; further ones are dropped as they are typed. */

export const traderNameMax = 40;
export const shipNameMax = 30;
export const portNameMax = 30;
/** As wide as the rule above the question. */
export const planetNameMax = 41;
/** As wide as the rule above the question. */
export const corpNameMax = 41;
/** What a marker beacon says. */
export const beaconMax = 41;
/** A trader's, a private game's and a corporation's. */
export const passwordMax = 20;
/** A ship's: the yard's question says so. */
export const shipPasswordMax = 10;
