/** Lines of CSV (RFC 4180) that are safe to open: no text becomes a formula, and none steers a terminal. */
import { printable } from "../../proto/printable.ts";

/** One record with its end. Objects are told as JSON, and what is not there as nothing. */
export const csvLine = (values: readonly unknown[]): string => `${values.map(csvCell).join(",")}\r\n`;

function csvCell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = printable(typeof value === "string" ? value : JSON.stringify(value));
  // Spreadsheets take a text that begins so for a formula, which may call programs: https://owasp.org/www-community/attacks/CSV_Injection
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
