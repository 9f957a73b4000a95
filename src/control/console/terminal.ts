/** What may be written to a person's terminal, and how it is laid out. */
/** Where a command writes. `stdout` carries the answer alone; everything else goes to `stderr`. */
export interface Console {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person watches stdout. */
  readonly isTty: boolean;
  /** Whether a person watches stderr, where progress is drawn. */
  readonly errIsTty: boolean;
  /** Whether stdout takes colours, by the environment and by what it is; `--color` goes before it (verb.ts). */
  readonly colour: boolean;
  /** Width of the terminal in cells; 80 where unknown. */
  readonly columns: number;
}

/** 1234567 as "1,234,567". */
export const grouped = (value: number) => Math.round(value).toLocaleString("en-US");

/** Seconds as people say them: "42s", "3m10s", "2h05m". */
export function duration(seconds: number): string {
  const whole = Math.floor(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${String(whole % 60).padStart(2, "0")}s`;
  return `${Math.floor(whole / 3600)}h${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")}m`;
}

/** Milliseconds since 1970 as a date and a time, UTC. */
export const moment = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
