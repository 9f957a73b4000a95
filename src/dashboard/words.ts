/** Figures and moments in words. What comes from the game goes through `clean` before it is shown. */
import { printable } from "../proto/printable.ts";

const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });

/** 1234567 as "1,234,567". */
export const grouped = (value: number): string => whole.format(Math.round(value));
/** 1234567 as "1.2M". */
export const compact = (value: number): string => short.format(value);
/** With two places. */
export const rate = (value: number): string => value.toFixed(2);

/** Text of the game, on one line, its controls and direction marks made visible. */
export const clean = printable;

/** Seconds as "42s", "3m10s", "2h05m", "4d03h". */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m${two(s % 60)}s`;
  if (s < 86_400) return `${Math.floor(s / 3600)}h${two(Math.floor((s % 3600) / 60))}m`;
  return `${Math.floor(s / 86_400)}d${two(Math.floor((s % 86_400) / 3600))}h`;
}

/** How long ago a moment is, at another. */
export const ago = (at: number | undefined, now: number): string =>
  at === undefined ? "never" : `${duration((now - at) / 1000)} ago`;

/** The time of day, as the browser's owner writes it. */
export const clock = (at: number): string => new Date(at).toLocaleTimeString();
export const dateAndTime = (at: number): string => new Date(at).toLocaleString();
