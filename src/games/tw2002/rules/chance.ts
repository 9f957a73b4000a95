/** What a rule may ask of chance. Whoever plays hands it in. */
export interface Chance {
  /** From 0 up to, not including, 1. */
  roll(what: string): number;
  /** Whether something of this likelihood, 0 to 1, comes to pass. */
  chance(likelihood: number, what: string): boolean;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number, what: string): number;
  pick<T>(from: readonly T[], what: string): T;
}
