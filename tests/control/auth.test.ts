import { describe, expect, test } from "bun:test";
import { createAuth, wrongTokensPerSecond } from "../../src/control/auth.ts";
import { operations } from "../../src/proto/operations.ts";
import type { HttpRefusal } from "../../src/control/problem.ts";
import { token } from "../doubles/scribe.ts";

const cookie = { name: "bbsbot_8000", secret: "c".repeat(64) };
function stage(
  neededFor: "writes" | "everything" | "nothing" = "writes",
  known: typeof token | undefined = token,
  pageReadOnly = false,
) {
  const clock = { now: 0 };
  const auth = createAuth({ neededFor, token: known, pageReadOnly, cookie, now: () => clock.now });
  /** HTTP status of the refusal, or "in". */
  const ask = (method: string, path: string, headers: Record<string, string> = {}) => {
    try {
      auth.check(method, path, new Headers(headers));
      return "in";
    } catch (error) {
      return (error as HttpRefusal).status;
    }
  };
  return { auth, ask, clock };
}
const right = { authorization: `Bearer ${token.secret}` };
const wrong = { authorization: "Bearer 0000000000000000" };
const page = { origin: "http://localhost:8000" };
const withCookie = { cookie: `other=1; ${cookie.name}=${cookie.secret}` };

test("the table's writes are the methods that this door takes for writes", () => {
  for (const [name, { http, writes }] of Object.entries(operations))
    expect([name, writes]).toEqual([name, http[0] !== "GET"]);
});

describe("a page that only looks on", () => {
  for (const neededFor of ["writes", "everything", "nothing"] as const)
    test(`changes nothing where the token is needed for ${neededFor}, and whoever has that may`, () => {
      const { ask, clock } = stage(neededFor, token, true);
      const own = { ...page, ...withCookie };
      expect(ask("GET", "/swarm/status", own)).toBe("in");
      for (const headers of [page, own, { ...own, "sec-fetch-site": "same-origin" }, { ...own, ...wrong }]) {
        clock.now += 1000;
        expect(ask("POST", "/bot/a/pause", headers)).toBe(401);
      }
      expect(ask("POST", "/bot/a/pause", { ...own, ...right })).toBe("in");
      expect(ask("POST", "/bot/a/pause", right)).toBe("in");
      expect(ask("POST", "/bot/a/pause")).toBe(neededFor === "nothing" ? "in" : 401);
    });

  test("says so to whoever tries", () => {
    const { auth } = stage("writes", token, true);
    const attempt = () => auth.check("DELETE", "/bot/a", new Headers(page));
    expect(attempt).toThrow("This page only looks on (page_read_only)");
    expect(attempt).toThrow(token.file);
  });
});

describe("needed for writes", () => {
  test("what looks is open, what changes is not, whatever its method or path", () => {
    const { ask } = stage();
    for (const method of ["GET", "HEAD", "OPTIONS"]) expect(ask(method, "/swarm/status")).toBe("in");
    for (const method of ["POST", "DELETE", "PUT", "PATCH", "QUERY", "get"])
      expect([method, ask(method, "/nowhere")]).toEqual([method, 401]);
    expect(ask("POST", "/worker/register")).toBe(401);
    expect(ask("GET", "/ws/worker")).toBe("in");
  });
  test("the token lets in, from either header and from a socket's subprotocol", () => {
    const { ask } = stage();
    for (const headers of [
      right,
      { authorization: `bearer   ${token.secret}` },
      { "x-bbsbot-token": token.secret },
      { "sec-websocket-protocol": `bbsbot, bbsbot.token.${token.secret}` },
    ])
      expect(ask("POST", "/swarm/spawn", headers as Record<string, string>)).toBe("in");
  });
  test("nothing else does", () => {
    const { ask, clock } = stage();
    for (const headers of [
      wrong,
      { authorization: token.secret },
      { authorization: `Basic ${token.secret}` },
      { authorization: `Bearer ${token.secret.slice(1)}` },
      { authorization: `Bearer ${token.secret}0` },
      { authorization: "Bearer " },
      { "x-bbsbot-token": "" },
      { "x-bbsbot-token": `${token.secret}, ${token.secret}` },
      { cookie: `${cookie.name}=${token.secret}` },
      withCookie,
    ]) {
      clock.now += 1000;
      expect(ask("POST", "/swarm/spawn", headers as Record<string, string>)).toBe(401);
    }
  });
  test("our own page needs none; a browser that says that the page is another's is believed", () => {
    const { ask } = stage();
    expect(ask("POST", "/swarm/spawn", page)).toBe("in");
    expect(ask("POST", "/swarm/spawn", { ...page, "sec-fetch-site": "same-origin" })).toBe("in");
    for (const site of ["same-site", "cross-site", "none"])
      expect(ask("POST", "/swarm/spawn", { ...page, "sec-fetch-site": site })).toBe(401);
    expect(ask("POST", "/swarm/spawn", { "sec-fetch-site": "same-origin" })).toBe(401);
  });
  test("whoever is turned away reads where the token is, and not what it is", () => {
    const { auth } = stage();
    const told = (headers: Record<string, string>) => {
      try {
        auth.check("POST", "/swarm/spawn", new Headers(headers));
      } catch (error) {
        return error as HttpRefusal;
      }
    };
    expect(told({})?.message).toContain(token.file);
    expect(told({})?.headers["www-authenticate"]).toContain("Bearer");
    expect(JSON.stringify(told(wrong)) + told(wrong)?.message).not.toContain(token.secret);
  });
});

describe("needed for everything", () => {
  test("reads, pages and sockets need it; health and the workers' own socket do not", () => {
    const { ask } = stage("everything");
    for (const path of ["/", "/page.js", "/swarm/status", "/ws/swarm", "/openapi.json"])
      expect([ask("GET", path), ask("GET", path, right), ask("GET", path, page)]).toEqual([401, "in", 401]);
    expect([ask("GET", "/health"), ask("GET", "/ws/worker")]).toEqual(["in", "in"]);
    expect([ask("GET", "/healthy"), ask("GET", "//health"), ask("GET", "/health/")]).toEqual([401, 401, 401]);
  });
  test("a browser comes in once with the token in the address, and has a cookie from then on", async () => {
    const { auth, ask } = stage("everything");
    const reply = auth.enter("GET", new URL(`http://x/?token=${token.secret}`));
    expect([reply?.status, reply?.headers.get("location")]).toEqual([303, "/"]);
    const set = reply?.headers.get("set-cookie") ?? "";
    expect(set).toMatch(/^bbsbot_8000=c+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
    expect(set).not.toContain(token.secret);
    expect(ask("GET", "/swarm/status", withCookie)).toBe("in");
    expect(ask("GET", "/swarm/status", { cookie: `${cookie.name}=${"d".repeat(64)}` })).toBe(401);
  });
  test("with the cookie alone nothing is changed: pages of other ports have it sent, too", () => {
    const { ask } = stage("everything");
    expect(ask("POST", "/swarm/spawn", withCookie)).toBe(401);
    expect(ask("POST", "/swarm/spawn", page)).toBe(401);
    expect(ask("POST", "/swarm/spawn", { ...withCookie, ...page })).toBe("in");
    expect(ask("POST", "/swarm/spawn", { ...withCookie, ...page, "sec-fetch-site": "same-site" })).toBe(401);
  });
  test("a wrong token in the address is refused, and only the page's own address is a way in", () => {
    const { auth } = stage("everything");
    expect(() => auth.enter("GET", new URL("http://x/?token=0000000000000000"))).toThrow(
      "not this manager's",
    );
    expect(auth.enter("GET", new URL(`http://x/swarm/status?token=${token.secret}`))).toBeUndefined();
    expect(auth.enter("POST", new URL(`http://x/?token=${token.secret}`))).toBeUndefined();
    expect(auth.enter("GET", new URL("http://x/"))).toBeUndefined();
  });
});

test("where nothing needs it nobody is asked", () => {
  for (const known of [token, undefined]) {
    const { ask } = stage("nothing", known);
    expect([ask("DELETE", "/bot/a"), ask("GET", "/"), ask("POST", "/swarm/spawn", wrong)]).toEqual([
      "in",
      "in",
      "in",
    ]);
  }
});

test("without a token nobody has it: what needs it stays shut", () => {
  const clock = { now: 0 };
  const ask = (neededFor: "writes" | "everything", headers: Record<string, string>) => () =>
    createAuth({ neededFor, token: undefined, pageReadOnly: false, cookie, now: () => clock.now }).check(
      "DELETE",
      "/bot/a",
      new Headers(headers),
    );
  for (const headers of [{}, right, { "x-bbsbot-token": "undefined" }, { "x-bbsbot-token": "" }])
    expect(ask("writes", headers as Record<string, string>)).toThrow("token");
  expect(ask("everything", { ...withCookie, ...page })).toThrow("token");
});

test("a hundred thousand wrong tokens open nothing; after ten in a second they are told to wait, and the right one is not", () => {
  const { ask, clock } = stage();
  const answers = new Map<unknown, number>();
  const guesses = 100_000;
  for (let guess = 0; guess < guesses; guess++) {
    const answer = ask("POST", "/swarm/spawn", { "x-bbsbot-token": guess.toString(16).padStart(64, "0") });
    answers.set(answer, (answers.get(answer) ?? 0) + 1);
  }
  expect([...answers]).toEqual([
    [401, wrongTokensPerSecond],
    [429, guesses - wrongTokensPerSecond],
  ]);
  expect(ask("POST", "/swarm/spawn", right)).toBe("in");
  expect(ask("POST", "/swarm/spawn")).toBe(401);
  clock.now += 1000;
  expect(ask("POST", "/swarm/spawn", wrong)).toBe(401);
}, 30_000);
