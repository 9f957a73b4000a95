/** Words of the command line as values; what is wrong is told by commander with the option's name. */
import { InvalidArgumentError } from "commander";
import { defaultManagerUrl, isManagerUrl } from "../../proto/manager-url.ts";
import { botStates, type BotState } from "../../proto/status.ts";

export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError(`Expected a whole number, found "${text}".`);
  return Number(text);
}

/** A whole number within bounds. */
export const numberFrom = (min: number, max: number) => (text: string) => {
  const value = wholeNumber(text);
  if (value < min || value > max) {
    throw new InvalidArgumentError(`Expected a number from ${min} to ${max}, found "${text}".`);
  }
  return value;
};

/** The address of a manager: http://host:port and nothing behind it, or host:port alone. An empty one, as scripts leave them, is none. */
export function managerAddress(text: string): string {
  const url = /^([\w.-]+|\[[\da-f:]+\]):\d+$/i.test(text) ? `http://${text}` : text;
  if (text === "" || isManagerUrl(url)) return url;
  throw new InvalidArgumentError(`Expected an address such as ${defaultManagerUrl}, found "${text}".`);
}

export function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError(`Expected a port from 0 to 65535, found "${text}".`);
  return port;
}

/** States with commas between them, in either case; those of several flags together. */
export function stateList(text: string, before: readonly BotState[] = []): BotState[] {
  const words = text.toUpperCase().split(",").filter(Boolean);
  const strange = words.find((word) => !isState(word));
  if (strange !== undefined || words.length === 0) {
    throw new InvalidArgumentError(`Expected states of ${botStates.join(", ")}, found "${text}".`);
  }
  return [...before, ...words.filter(isState)];
}

const isState = (word: string): word is BotState => (botStates as readonly string[]).includes(word);

/** A label `key=value`, or `key` alone, added to those of the flags before. */
export function labelPair(text: string, before: readonly string[] = []): string[] {
  if (!/^[a-z0-9][a-z0-9._-]*(=[A-Za-z0-9._-]*)?$/.test(text)) {
    throw new InvalidArgumentError(`Expected a label such as "team=red", found "${text}".`);
  }
  return [...before, text];
}

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
const longestSeconds = 366 * 86_400;

/** A time such as "90", "90s", "10m" or "2h", in seconds. */
export function seconds(text: string): number {
  const [, digits, unit = "s"] = /^(\d{1,9}(?:\.\d{1,3})?)(ms|[smhd])?$/.exec(text) ?? [];
  const value = Number(digits) * (unitSeconds[unit] ?? Number.NaN);
  if (Number.isNaN(value) || value > longestSeconds) {
    throw new InvalidArgumentError(`Expected a time such as 90s, 10m or 2h, found "${text}".`);
  }
  return value;
}

/** For options that may be given again. */
export const collect = (word: string, before: readonly string[] = []) => [...before, word];

/** A label `key=value` for a bot that is to be, beside those of the flags before. */
export function labelAssignment(text: string, before: Readonly<Record<string, string>> = {}) {
  const [, key, value] = /^([a-z0-9][a-z0-9._-]{0,31})=([A-Za-z0-9._-]{0,63})$/.exec(text) ?? [];
  if (key === undefined || value === undefined) {
    throw new InvalidArgumentError(`Expected a label such as "team=red", found "${text}".`);
  }
  return { ...before, [key]: value };
}

const fastest = 1000;

/** So many a second, as groups and the seconds between two of them. */
export function perSecond(text: string): { size: number; delay: number } {
  const value = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (value < 0.001 || value > fastest) {
    throw new InvalidArgumentError(`Expected bots a second, up to ${fastest}, found "${text}".`);
  }
  const size = Math.max(1, Math.round(value));
  return { size, delay: Number((size / value).toFixed(3)) };
}
