/**
 * Keeps web pages of others away from a manager on this machine. Host must name us, or a page could reach us under its own
 * name (DNS rebinding); Origin, which browsers send with every write and every WebSocket from a page, must be our own page.
 */
import { HttpRefusal } from "./problem.ts";

/** The names under which this manager may be called: `hosts` without port, and each port it listens on. */
export function ourHosts(hosts: readonly string[], ports: readonly number[]): ReadonlySet<string> {
  const names = hosts.map((host) => (host.includes(":") ? `[${host}]` : host).toLowerCase());
  return new Set(
    ports.flatMap((port) =>
      names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])),
    ),
  );
}

/** Throws when the request was not meant for us (421) or comes from a page that is not ours (403). */
export function guard(headers: Headers, ours: ReadonlySet<string>): void {
  // Two Host headers arrive joined by a comma, none as null: neither is in the set.
  const host = headers.get("host")?.toLowerCase();
  if (host === undefined || !ours.has(host))
    throw new HttpRefusal(421, "forbidden", "This manager does not answer under that host name");
  const origin = headers.get("origin");
  if (origin !== null && !isOurs(origin.toLowerCase(), ours))
    throw new HttpRefusal(403, "forbidden", "Requests from pages of other sites are not taken");
}

const isOurs = (origin: string, ours: ReadonlySet<string>) =>
  origin.startsWith("http://") && ours.has(origin.slice("http://".length));

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function sameSecret(given: string, kept: string): boolean {
  let difference = given.length ^ kept.length;
  for (let index = 0; index < kept.length; index++)
    difference |= kept.charCodeAt(index) ^ (given.charCodeAt(index) || 0);
  return difference === 0;
}
