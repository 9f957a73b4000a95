/**
 * Who may ask what: the manager's token, where it is needed. Our own page has no token to send; it is known by its Origin, which
 * no page can forge, and where everything needs the token by a cookie that it was given for it, once. A page that only looks on is
 * held to that here.
 */
import type { ManagerConfig } from "../proto/manager-config.ts";
import { Refusal } from "../proto/refusal.ts";
import { sameSecret } from "./guard.ts";
import { answerHeaders, HttpRefusal } from "./problem.ts";

/** Wrong tokens a second, of all callers together, before further wrong ones are told to wait. */
export const wrongTokensPerSecond = 10;
/** Other header for the token, for clients whose `Authorization` belongs to somebody else. */
export const tokenHeader = "x-bbsbot-token";
/** A page of another origin cannot set headers on a WebSocket; whoever has the token may offer it as a subprotocol. */
export const tokenProtocol = "bbsbot.token.";

/** These need no token, whatever else does: is it there, and the workers' socket, which asks for a secret of its own. */
const open: ReadonlySet<string> = new Set(["/health", "/ws/worker"]);
const looks: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

export interface AuthParts {
  readonly neededFor: ManagerConfig["manager"]["auth"]["needed_for"];
  /** Without one nobody has it, and what needs it is not to be had. */
  readonly token?: { readonly file: string; readonly secret: string } | undefined;
  /** Whether our own page may look and no more. */
  readonly pageReadOnly: boolean;
  /** What the page's cookie is called (cookies are shared by all ports of a host) and holds: never the token itself. */
  readonly cookie: { readonly name: string; readonly secret: string };
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

export interface Auth {
  /** Throws a Refusal when this request needs a token and has none (401), a wrong one (401), or one of too many (429). */
  check(method: string, path: string, headers: Headers): void;
  /** The answer to `GET /?token=…`, with which a browser comes in: a cookie, and the way to the page. Throws like `check`. */
  enter(method: string, url: URL): Response | undefined;
}

export function createAuth({ neededFor, token, pageReadOnly, cookie, now }: AuthParts): Auth {
  const tooMany = limitOf(wrongTokensPerSecond, now);
  const isOurs = (given: string) => token !== undefined && sameSecret(given, token.secret);
  const wrong = (): Refusal =>
    tooMany()
      ? new HttpRefusal(429, "unauthorized", "Too many wrong tokens; wait a second", { "retry-after": "1" })
      : refusal("That is not this manager's token");
  const refusal = (what: string) =>
    new HttpRefusal(
      401,
      "unauthorized",
      `${what}, the line in "${token?.file}": send it as "Authorization: Bearer …", ` +
        "give that file to the command line (--token-file), or open /?token=… once in a browser",
      { "www-authenticate": 'Bearer realm="bbsbot"' },
    );
  const needed = (method: string, path: string) =>
    !open.has(path) && (neededFor === "everything" || (neededFor === "writes" && !looks.has(method)));
  return {
    check(method, path, headers) {
      // Browsers name the origin of every write and every socket, and nobody else has to.
      const isHeld = pageReadOnly && !looks.has(method) && headers.has("origin");
      if (!isHeld && !needed(method, path)) return;
      const given = givenToken(headers);
      if (given !== undefined && isOurs(given)) return;
      if (isHeld && given === undefined)
        throw refusal(
          "This page only looks on (page_read_only); what changes something needs the manager's token",
        );
      if (isHeld) throw wrong();
      const hasCookie = token !== undefined && sameSecret(cookieOf(headers, cookie.name), cookie.secret);
      if (neededFor === "everything" ? hasCookie && mayUseCookie(method, headers) : isFromPage(headers))
        return;
      throw given === undefined ? refusal("This needs the manager's token") : wrong();
    },
    enter(method, url) {
      const given = url.searchParams.get("token");
      if (token === undefined || method !== "GET" || url.pathname !== "/" || given === null) return undefined;
      if (!isOurs(given)) throw wrong();
      return new Response(null, {
        status: 303,
        headers: {
          ...answerHeaders,
          location: "/",
          "referrer-policy": "no-referrer",
          "set-cookie": `${cookie.name}=${cookie.secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000`,
        },
      });
    },
  };
}

/** The token of a request, from whichever place it may stand in. */
function givenToken(headers: Headers): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (bearer !== undefined) return bearer;
  const plain = headers.get(tokenHeader);
  if (plain !== null) return plain;
  return (headers.get("sec-websocket-protocol") ?? "")
    .split(",")
    .map((offered) => offered.trim())
    .find((offered) => offered.startsWith(tokenProtocol))
    ?.slice(tokenProtocol.length);
}

function cookieOf(headers: Headers, name: string): string {
  const pairs = (headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

/** Pages on other ports of the same host count as the same site for cookies; a write must name our own page as its origin. */
const mayUseCookie = (method: string, headers: Headers) => looks.has(method) || isFromPage(headers);

/** By now the origin, where there is one, is known to be ours (`guard`). Browsers send it with every write. */
function isFromPage(headers: Headers): boolean {
  const site = headers.get("sec-fetch-site");
  return headers.has("origin") && (site === null || site === "same-origin");
}

/** True from the call on that is one too many within its second. */
function limitOf(perSecond: number, now: () => number): () => boolean {
  let since = -Infinity;
  let count = 0;
  return () => {
    if (now() - since >= 1000) {
      since = now();
      count = 0;
    }
    return ++count > perSecond;
  };
}
