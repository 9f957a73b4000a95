/** The classes of planets. The tables of what they yield stand beside them. */

/** In the order of the computer's list. */
export const planetClasses = ["M", "K", "O", "L", "C", "H", "U"] as const;
export type PlanetClass = (typeof planetClasses)[number];
