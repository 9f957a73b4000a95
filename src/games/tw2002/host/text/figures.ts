/** Numbers and dates as the game prints them. */

/** 1079 -> "1,079". */
export function commas(value: number): string {
  const digits = String(Math.abs(value));
  if (digits.length <= 3) return String(value);
  return (value < 0 ? "-" : "") + digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * A figure in few columns: 5,000 is "5T" and 4,998,750 "5M", as scans and lists of assets show them; anything below a
 * thousand is written out.
 */
export function shortFigure(value: number): string {
  if (value < 1000) return String(value);
  if (value < 999_500) return `${Math.round(value / 1000)}T`;
  if (value < 999_500_000) return `${Math.round(value / 1_000_000)}M`;
  return `${Math.round(value / 1_000_000_000)}B`;
}

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (value: number) => String(value).padStart(2, "0");

/** A new game is set 28 years ahead, which keeps weekdays and leap years in step with the real ones. */
export const newGameYearsAhead = 28;

/** The moment `at` (ms since 1970, UTC) moved into the game's years. */
function inGame(at: number, yearsAhead: number): Date {
  const date = new Date(at);
  date.setUTCFullYear(date.getUTCFullYear() + yearsAhead);
  return date;
}

/** The moment by the game's calendar, ms since 1970. */
export const gameMoment = (at: number, yearsAhead: number) => inGame(at, yearsAhead).getTime();

/** The game's clock at a moment: `03:04:35 PM Sun Nov 22, 2054`. */
export function gameDate(at: number, yearsAhead: number): string {
  const date = inGame(at, yearsAhead);
  const hour = date.getUTCHours();
  const clock = `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  const day = `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  return `${clock} ${hour < 12 ? "AM" : "PM"} ${day}, ${date.getUTCFullYear()}`;
}

/** The time of day alone: `02:09:59 PM`. */
export const gameTime = (at: number, yearsAhead: number) => gameDate(at, yearsAhead).slice(0, 11);

/** The game's day in short: `11/22/54`. */
export function shortDate(at: number, yearsAhead: number): string {
  const date = inGame(at, yearsAhead);
  return `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${two(date.getUTCFullYear() % 100)}`;
}

/** 0 Sunday to 6 Saturday, of the game's date: it decides the ports' mood. */
export const weekday = (at: number, yearsAhead: number) => inGame(at, yearsAhead).getUTCDay();
