/**
 * Keeps web pages of others away from a manager. Host must name us, or a page could reach us under its own name (DNS rebinding);
 * Origin, which browsers send with every write and every WebSocket from a page, must be our own page.
 */
import { HttpRefusal } from "./problem.ts";

/** What may stand in `Host` and in `Origin`. */
export interface Ours {
  readonly hosts: ReadonlySet<string>;
  readonly origins: ReadonlySet<string>;
}

/**
 * Who this manager is: `hosts`, names and addresses without a port, on each port it listens on. A name that comes with a port is
 * one under which somebody passes requests on to us, and stands for that port alone; there the page may come over https.
 */
export function whoWeAre(hosts: readonly string[], ports: readonly number[]): Ours {
  const own = new Set<string>();
  const passedOn = new Set<string>();
  for (const host of hosts.map((name) => name.toLowerCase())) {
    if (isNamedWithPort(host)) passedOn.add(host);
    else for (const port of ports) own.add(`${bracketed(host)}:${port}`);
  }
  const http = [...own, ...passedOn].flatMap((host) => [host, ...withoutPort(host, ":80")]);
  const https = [...passedOn].flatMap((host) => [host, ...withoutPort(host, ":443")]);
  return {
    hosts: new Set([...http, ...https]),
    origins: new Set([...http.map((host) => `http://${host}`), ...https.map((host) => `https://${host}`)]),
  };
}

/** An IPv6 address has more colons than one, or brackets. */
const isNamedWithPort = (host: string) => /^([^:]+|\[.*\]):\d+$/.test(host);
const bracketed = (host: string) => (/^[^[].*:/.test(host) ? `[${host}]` : host);
/** Clients leave out the port that everybody expects. */
const withoutPort = (host: string, expected: string) =>
  host.endsWith(expected) ? [host.slice(0, -expected.length)] : [];

/** Throws when the request was not meant for us (421) or comes from a page that is not ours (403). */
export function guard(headers: Headers, ours: Ours): void {
  // Two Host headers arrive joined by a comma, none as null: neither is in the set.
  const host = headers.get("host")?.toLowerCase();
  if (host === undefined || !ours.hosts.has(host))
    throw new HttpRefusal(
      421,
      "forbidden",
      "This manager does not answer under that host name; auth.names in its configuration gives it further ones",
    );
  const origin = headers.get("origin");
  if (origin !== null && !ours.origins.has(origin.toLowerCase()))
    throw new HttpRefusal(403, "forbidden", "Requests from pages of other sites are not taken");
}

/** True for a name that only this machine's own programs can call: localhost, 127.x.x.x, ::1. */
export const isLoopback = (host: string): boolean =>
  /^(localhost|\[?::1\]?|127(\.\d{1,3}){3})$/.test(host.toLowerCase());

/** Whether two secrets are the same, in a time that does not tell where they differ. */
export function sameSecret(given: string, kept: string): boolean {
  let difference = given.length ^ kept.length;
  for (let index = 0; index < kept.length; index++)
    difference |= kept.charCodeAt(index) ^ (given.charCodeAt(index) || 0);
  return difference === 0;
}
