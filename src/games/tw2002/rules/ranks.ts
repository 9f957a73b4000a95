/** Ranks and the words for a trader's alignment. Both ladders climb at the powers of two. */

/** Titles of traders with an alignment of zero or more; the first at 2 points of experience, each next at twice as many. */
export const goodTitles = [
  "Private",
  "Private 1st Class",
  "Lance Corporal",
  "Corporal",
  "Sergeant",
  "Staff Sergeant",
  "Gunnery Sergeant",
  "1st Sergeant",
  "Sergeant Major",
  "Warrant Officer",
  "Chief Warrant Officer",
  "Ensign",
  "Lieutenant J.G.",
  "Lieutenant",
  "Lieutenant Commander",
  "Commander",
  "Captain",
  "Commodore",
  "Rear Admiral",
  "Vice Admiral",
  "Admiral",
  "Fleet Admiral",
] as const;

/** Titles of traders with a negative alignment, at the same points. */
export const evilTitles = [
  "Nuisance 3rd Class",
  "Nuisance 2nd Class",
  "Nuisance 1st Class",
  "Menace 3rd Class",
  "Menace 2nd Class",
  "Menace 1st Class",
  "Smuggler 3rd Class",
  "Smuggler 2nd Class",
  "Smuggler 1st Class",
  "Smuggler Savant",
  "Robber",
  "Terrorist",
  "Pirate",
  "Infamous Pirate",
  "Notorious Pirate",
  "Dread Pirate",
  "Galactic Scourge",
  "Enemy of the State",
  "Enemy of the People",
  "Enemy of Humankind",
  "Heinous Overlord",
  "Prime Evil",
] as const;

/** Whoever has less than two points. */
const noTitle = "Civilian";

/** The title that a trader's name carries, from his points of experience and his alignment. */
export function titleOf(experience: number, alignment: number): string {
  if (experience < 2) return noTitle;
  const step = Math.min(Math.floor(Math.log2(experience)), goodTitles.length);
  return (alignment < 0 ? evilTitles : goodTitles)[step - 1] ?? noTitle;
}

/**
 * The word beside the alignment. Seen: Neutral at 0, Tolerant at 2, Polite at 176, Mean at -1,000 and -1,008; the bounds
 * between them are our guess, as are the words further out.
 */
export function alignmentWord(alignment: number): string {
  if (alignment === 0) return "Neutral";
  if (alignment > 0) return alignment < 100 ? "Tolerant" : alignment < 1000 ? "Polite" : "Kind";
  return alignment > -100 ? "Rude" : "Mean";
}
