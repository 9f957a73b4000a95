/** What a bot has learned since others were last told: marks on the world that `lore.ts` turns into words. Ways and sights are marked by the chart. */

export interface News {
  /** How often this game's universe has been made anew, as far as known; undefined until somebody listens. */
  age: number | undefined;
  /** Sectors in a row whose ways were not those that the chart has. */
  contradictions: number;
  /** Sectors where a port was found, or is no more. */
  readonly ports: Set<number>;
  /** Sectors of ports whose stock was read, or changed by trading. */
  readonly stocks: Set<number>;
  /** Sectors of ports of whose hidden numbers something was found out. */
  readonly hidden: Set<number>;
  /** Sectors that were found dangerous, or harmless. */
  readonly dangers: Set<number>;
  /** Hidden numbers that others have told, of ports whose stock we have not heard of yet, by sector. */
  readonly unread: Map<number, string>;
  /** What was last told or heard of the universe as a whole. */
  universe: string;
}

export const newNews = (): News => ({
  age: undefined,
  contradictions: 0,
  ports: new Set(),
  stocks: new Set(),
  hidden: new Set(),
  dangers: new Set(),
  unread: new Map(),
  universe: "",
});
