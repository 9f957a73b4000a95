import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { bodyMaxBytes, batchBodyMaxBytes } from "../../src/control/http.ts";
import { operations } from "../../src/proto/operations.ts";
import { Problem } from "../../src/proto/refusal.ts";
import { facesOf, listening, scribe, token, type Listening } from "../doubles/scribe.ts";

/** All that the manager answers to these bytes until it closes, or is silent for `quietMs`. */
const raw = (port: number, bytes: string | Uint8Array, quietMs = 300) =>
  new Promise<string>((resolve) => {
    let got = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("data", (data) => (got += data.toString("latin1")));
    socket.on("close", () => resolve(got));
  });
const problemOf = async (reply: Response) => Problem.parse(await reply.json());
const bearer = { authorization: `Bearer ${token.secret}` };

describe("a manager as it is by default", () => {
  let on: Listening;
  beforeAll(() => {
    on = listening();
  });
  afterAll(() => on.stop());

  const write = (headers: Record<string, string>, body: BodyInit = "{}") =>
    fetch(`${on.url}/swarm/spawn`, { method: "POST", body, headers });
  const json = { "content-type": "application/json" };

  test("nothing is changed by who has no token: neither a form, nor plain text, nor JSON, nor an order", async () => {
    const tries: [Record<string, string>, BodyInit?][] = [
      [json],
      [{ "content-type": "text/plain" }],
      [{}, new URLSearchParams({ bot_id: "a" })],
      [{}, new FormData()],
      [{ ...json, "sec-fetch-site": "cross-site" }],
      [{ ...json, "x-bbsbot-token": "0".repeat(64) }],
      [{ ...json, cookie: `bbsbot_${on.port}=${token.secret}` }],
    ];
    for (const [headers, body] of tries) expect((await write(headers, body)).status).toBe(401);
    for (const op of Object.values(operations).filter(({ writes }) => writes)) {
      const reply = await fetch(on.url + op.http[1].replace(/:\w+/, "a"), { method: op.http[0] });
      expect([op.http[1], reply.status]).toEqual([op.http[1], 401]);
    }
    expect(
      (await fetch(`${on.url}/worker/register`, { method: "POST", body: "{}", headers: json })).status,
    ).toBe(401);
    expect(on.asked).toEqual([]);
  });
  test("a page of another site with our token in hand is another site's all the same", async () => {
    expect((await write({ ...json, ...bearer, origin: "http://evil.example" })).status).toBe(403);
    expect((await write({ ...json, ...bearer, origin: "null" })).status).toBe(403);
    expect(on.asked).toEqual([]);
  });
  test("the answer says where the token is, as a problem", async () => {
    const reply = await write(json);
    expect(reply.headers.get("www-authenticate")).toContain("Bearer");
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(await problemOf(reply)).toMatchObject({
      code: "unauthorized",
      status: 401,
      detail: expect.stringContaining(token.file),
    });
  });
  test("who has the token may, and so may our page", async () => {
    on.asked.length = 0;
    expect((await write({ ...json, ...bearer })).status).toBe(201);
    expect((await write({ ...json, origin: on.url, "sec-fetch-site": "same-origin" })).status).toBe(201);
    expect(on.asked).toHaveLength(2);
  });
  test("looking needs none", async () => {
    for (const path of [
      "/",
      "/health",
      "/swarm/status",
      "/bot/a/status",
      "/openapi.json",
      "/page/main-0a1b2c3d.js",
    ])
      expect([path, (await fetch(on.url + path)).status]).toEqual([path, 200]);
  });
  test("further wrong tokens are told to wait, the right one is not", async () => {
    const replies = await Promise.all(
      Array.from({ length: 40 }, (_, n) => write({ ...json, "x-bbsbot-token": `${n}`.repeat(30) })),
    );
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401, 429]));
    const late = replies.find(({ status }) => status === 429)!;
    expect(late.headers.get("retry-after")).toBe("1");
    expect(await problemOf(late)).toMatchObject({ code: "unauthorized", title: "Too many requests" });
    expect((await write({ ...json, ...bearer })).status).toBe(201);
  });
});

describe("a manager that asks for the token at every turn", () => {
  let on: Listening;
  beforeAll(() => {
    on = listening({ auth: { needed_for: "everything" } });
  });
  afterAll(() => on.stop());
  const opens = (protocols: string[], headers: Record<string, string> = {}) =>
    new Promise<string | false>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${on.port}/ws/swarm`, { protocols, headers } as never);
      socket.onopen = () => {
        resolve(socket.protocol);
        socket.close();
      };
      socket.onerror = () => resolve(false);
    });

  test("nothing is shown without it but that it is there", async () => {
    for (const path of ["/", "/page/main-0a1b2c3d.js", "/swarm/status", "/openapi.json", "/nowhere"])
      expect([path, (await fetch(on.url + path)).status]).toEqual([path, 401]);
    expect((await fetch(`${on.url}/health`)).status).toBe(200);
    expect((await fetch(`${on.url}/swarm/status`, { headers: bearer })).status).toBe(200);
  });
  test("a socket opens with the token as a subprotocol, in a header, or with the page's cookie", async () => {
    expect(await opens([])).toBe(false);
    expect(await opens(["bbsbot", `bbsbot.token.${"0".repeat(64)}`])).toBe(false);
    expect(await opens(["bbsbot", `bbsbot.token.${token.secret}`])).toBe("bbsbot");
    expect(await opens([], bearer)).toBe("");
  });
  test("a browser that was let in once goes on with its cookie", async () => {
    const entered = await fetch(`${on.url}/?token=${token.secret}`, { redirect: "manual" });
    expect([entered.status, entered.headers.get("location")]).toEqual([303, "/"]);
    expect(entered.headers.get("referrer-policy")).toBe("no-referrer");
    const cookie = entered.headers.get("set-cookie")!.split(";")[0]!;
    expect(cookie).not.toContain(token.secret);
    for (const path of ["/", "/page/main-0a1b2c3d.js", "/swarm/status"])
      expect((await fetch(on.url + path, { headers: { cookie } })).status).toBe(200);
    expect(await opens([], { cookie, origin: on.url })).toBe("");
    expect(await opens([], { cookie, origin: `http://127.0.0.1:1` })).toBe(false);
  });
});

describe("beyond this machine", () => {
  // Another spelling of 127.0.0.1: no known name of this machine, and yet nobody else's.
  const host = "127.1";
  test("a manager does not start without a token file of its own", () => {
    expect(() => listening({ host })).toThrow(`Cannot listen on "127.1"`);
    expect(() => listening({ host, token: undefined })).toThrow("auth.token_file");
    expect(() => listening({ host, auth: { needed_for: "nothing" } })).toThrow("--token-file");
    for (const other of ["0.0.0.0", "::", "192.168.1.5", "example.org"])
      expect(() => listening({ host: other })).toThrow(`Cannot listen on "${other}"`);
  });
  test("an address that this machine does not have is told so", () => {
    for (const other of ["198.51.100.7", "nowhere.invalid"])
      expect(() => listening({ host: other, auth: { token_file: token.file } })).toThrow(
        "that is no address of this machine",
      );
  });
  test("with one, everything needs it, whatever else was said, and the log tells", async () => {
    const on = listening({ host, auth: { needed_for: "nothing", token_file: token.file } });
    try {
      const there = `http://127.0.0.1:${on.port}`;
      expect((await fetch(`${there}/swarm/status`)).status).toBe(401);
      expect((await fetch(`${there}/swarm/status`, { headers: bearer })).status).toBe(200);
      expect(on.log.join("\n")).toContain("everything needs the token");
      expect(on.log.join("\n")).not.toContain(token.secret);
    } finally {
      await on.stop();
    }
  });
});

describe("what is too much", () => {
  let on: Listening;
  beforeAll(() => {
    on = listening({ auth: { needed_for: "nothing" } });
  });
  afterAll(() => on.stop());
  const head = (lines: string) =>
    `POST /swarm/spawn HTTP/1.1\r\nHost: 127.0.0.1:${on.port}\r\nContent-Type: application/json\r\n${lines}\r\n\r\n`;

  test.each([bodyMaxBytes + 1, batchBodyMaxBytes + 5000, 10_000_000_000])(
    "a body that is announced with %d bytes is a 413 in words, before it is read",
    async (length) => {
      const reply = await raw(on.port, `${head(`Content-Length: ${length}`)}{`);
      expect(reply).toContain("413 Payload Too Large");
      expect(reply).toContain("application/problem+json");
      expect(reply).toContain("larger than");
      expect(on.asked).toEqual([]);
    },
  );
  test("so is one that only turns out to be", async () => {
    const chunk = `10000\r\n${" ".repeat(65_536)}\r\n`;
    const reply = await raw(on.port, head("Transfer-Encoding: chunked") + chunk.repeat(40), 1000);
    expect(reply).toContain("413 Payload Too Large");
    expect(reply).toContain("application/problem+json");
    expect(on.asked).toEqual([]);
  });
  test("a flood that nobody reads is not kept", async () => {
    const before = process.memoryUsage.rss();
    const flood = Buffer.alloc(64 * 1024 * 1024, 32);
    const start = `POST /nowhere HTTP/1.1\r\nHost: 127.0.0.1:${on.port}\r\nContent-Length: ${flood.length}\r\n\r\n`;
    const reply = await raw(on.port, Buffer.concat([Buffer.from(start), flood]), 1000);
    expect(reply).toContain(" 404 ");
    // The flood itself is twice in this very process.
    expect(process.memoryUsage.rss() - before).toBeLessThan(3 * flood.length);
  });
  test.each([
    ["a header of 20 KB", `X-Long: ${"a".repeat(20_000)}`],
    ["many headers", Array.from({ length: 300 }, (_, n) => `X-${n}: a`).join("\r\n")],
    ["a long address", ""],
  ])("%s is refused", async (name, header) => {
    const path = name === "a long address" ? `/${"a".repeat(20_000)}` : "/health";
    const reply = await raw(
      on.port,
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${on.port}\r\n${header}\r\n\r\n`,
    );
    expect(reply).toMatch(/^HTTP\/1.1 (431|400|414) /);
  });
  test.each([
    ["two lengths", "Content-Length: 2\r\nContent-Length: 40"],
    ["a length and chunks", "Content-Length: 40\r\nTransfer-Encoding: chunked"],
    ["a length below nothing", "Content-Length: -2"],
    ["a length that is no number", "Content-Length: 2, 40"],
    ["an encoding nobody knows", "Transfer-Encoding: xchunked"],
  ])("%s leave no room for a second request in the first", async (_, lines) => {
    const smuggled = `DELETE /bot/a HTTP/1.1\r\nHost: 127.0.0.1:${on.port}\r\n\r\n`;
    const reply = await raw(on.port, `${head(lines)}{}${smuggled}`);
    expect(reply).toMatch(/^HTTP\/1.1 400 /);
    expect(on.asked.filter(([name]) => name === "killBot")).toEqual([]);
  });
});

const targets = ["etc/passwd", "proc/self/environ", "root/.ssh/id_rsa", "swarm_state.db", "var/log/syslog"];
const steps = [
  "../",
  "..\\",
  "....//",
  "..;/",
  "./../",
  "%2e%2e/",
  "%2e%2e%2f",
  "..%2f",
  "..%5c",
  "%252e%252e%252f",
  "..%252f",
  "..%c0%af",
  "..%ef%bc%8f",
  "\uff0e\uff0e\uff0f",
  "..\u2215",
  "..%00/",
];
const payloads = [
  ...steps.flatMap((step) =>
    targets.flatMap((target) => [1, 3, 8].map((times) => step.repeat(times) + target)),
  ),
  ...targets.flatMap((target) => [
    `/${target}`,
    `//${target}`,
    `\\${target}`,
    `C:\\${target}`,
    `C:/${target}`,
    `\\\\host\\${target}`,
    `file:///${target}`,
    `a/../../${target}`,
    `a\0/../${target}`,
    `${target}\0.yaml`,
    `${target}%00.yaml`,
    `~/${target}`,
    `a\r\nHost: b\r\n/${target}`,
  ]),
  ".",
  "..",
  "...",
  "/",
  "\\",
  "-",
  "_a",
  "A",
  "con.",
  "a".repeat(65),
  "a b",
  "a\u202eb",
  "",
];

describe("no name from outside is a path", () => {
  const named = Object.values(operations).filter(({ http }) => http[1].includes(":bot_id"));
  test(`${payloads.length} payloads in place of a bot's id reach nothing, on each of ${named.length} routes`, async () => {
    expect(payloads.length).toBeGreaterThan(200);
    const on = scribe();
    const app = facesOf(on);
    for (const payload of payloads)
      for (const { http } of named)
        for (const written of [encodeURIComponent(payload), encodeURI(payload), payload]) {
          const [method, path] = http;
          const reply = await app.request(
            path.replace(":bot_id", () => written),
            { method },
          );
          const told = await reply.text();
          if (reply.status < 400) {
            // A path that leads back to a page of ours is that page.
            expect(
              new URL(
                path.replace(":bot_id", () => written),
                "http://localhost",
              ).pathname,
            ).toMatch(/^(\/|\/bot\/[a-z0-9_-]+(\/\w+)*)$/);
          }
          expect(told).not.toMatch(/root:.*:0:0|BEGIN .*PRIVATE|PATH=/);
        }
    const ids = on.asked.map(([, input]) => (input as { bot_id?: string }).bot_id);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9_-]{0,63}$/);
  });
  test("nor in an address's query or in a body", async () => {
    const on = scribe();
    const app = facesOf(on);
    const headers = { "content-type": "application/json" };
    for (const bot_id of payloads) {
      const query = new URLSearchParams({ bot_id });
      const body = JSON.stringify({ bot_id });
      expect((await app.request(`/swarm/timeseries?${query}`)).status).toBe(400);
      expect((await app.request(`/swarm/spawn?${query}`, { method: "POST" })).status).toBe(400);
      expect((await app.request("/swarm/spawn", { method: "POST", headers, body })).status).toBe(400);
    }
    expect(on.asked).toEqual([]);
  });
  test("the name of a configuration goes on as it came, or is refused: nothing here reads it or makes another of it", async () => {
    const on = scribe();
    const app = facesOf(on);
    const headers = { "content-type": "application/json" };
    for (const config_path of payloads) {
      on.asked.length = 0;
      const body = JSON.stringify({ config_path });
      const reply = await app.request("/swarm/spawn", { method: "POST", headers, body });
      if (reply.status === 201) expect(on.asked).toEqual([["spawnBot", { config_path }]]);
      else expect([reply.status, on.asked]).toEqual([400, []]);
    }
  });
  test("and none is a file beside our pages, as it comes over the wire", async () => {
    const on = listening({ auth: { needed_for: "nothing" } });
    try {
      const plain = payloads.filter((payload) => /^[!-~]+$/.test(payload));
      expect(plain.length).toBeGreaterThan(150);
      for (let from = 0; from < plain.length; from += 20) {
        const some = plain.slice(from, from + 20).map((payload) => {
          const host = `Host: 127.0.0.1:${on.port}\r\nConnection: close`;
          return raw(on.port, `GET /static/${payload} HTTP/1.1\r\n${host}\r\n\r\n`, 2000);
        });
        for (const reply of await Promise.all(some)) {
          expect(reply).toMatch(/^HTTP\/1\.1 (200|400|404) /);
          expect(reply).not.toMatch(/root:.*:0:0|BEGIN .*PRIVATE|PATH=/);
          if (reply.startsWith("HTTP/1.1 200")) expect(reply).toContain("<title>");
        }
      }
      expect(on.asked).toEqual([]);
    } finally {
      await on.stop();
    }
  });
});
