/** What the density scanner weighs. Checked on recorded scans but for those marked with a question mark. */
export const densityOf = {
  beacon: 1,
  /** ? */
  limpet: 2,
  fighter: 5,
  armid: 10,
  /** A per cent of debris. ? */
  navHaz: 21,
  unmannedShip: 38,
  /** A trader's ship or a wanderer's, whatever it carries. */
  mannedShip: 40,
  /** What is left of a destroyed port. ? */
  wreck: 50,
  port: 100,
  /** ? */
  planet: 500,
} as const;
