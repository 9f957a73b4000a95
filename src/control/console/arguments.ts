/** Words of the command line as values; what is wrong is told by commander with the option's name. */
import { InvalidArgumentError } from "commander";

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

/** The address of a manager: http://host:port and nothing behind it. An empty one, as scripts leave them, is none. */
export function managerAddress(text: string): string {
  if (text === "") return defaultManagerUrl;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || (url.pathname !== "/" && url.pathname !== "")) {
    throw new InvalidArgumentError(`Expected an address such as ${defaultManagerUrl}, found "${text}".`);
  }
  return text;
}

export const defaultManagerUrl = "http://localhost:8000";

export function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError(`Expected a port from 0 to 65535, found "${text}".`);
  return port;
}
