/** What is the same in every universe. */

/** Sectors 1 to 10 are the Federation's. */
export const fedSectors = 10;

/** Terra's sector, where traders begin who have no planet of their own. */
export const terraSector = 1;

/** Digits that a sector's number may have, in a universe of 20,000. */
export const sectorDigits = 5;
