import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { guard, isLoopback, sameSecret, whoWeAre } from "../../src/control/guard.ts";
import { listening, token, type Listening } from "../doubles/scribe.ts";

let on: Listening;
let port = 0;
beforeAll(() => {
  // Without the token's help: what is asked here must be refused for where it comes from.
  on = listening({ auth: { needed_for: "nothing", names: ["bots.lan", "bots.example:443"] } });
  port = on.port;
});
afterAll(() => on.stop());

/** The first line of what the manager answers to these bytes. */
const raw = (head: string, body = "") =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${head}\r\n\r\n${body}`));
    socket.setTimeout(3000, () => reject(new Error("no answer")));
    socket.once("error", reject);
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString("latin1").split("\r\n")[0]!);
    });
  });

describe("a host name that is not ours reaches nothing", () => {
  test.each([
    ["of somebody else", "Host: evil.example"],
    ["of somebody else on our port", "Host: evil.example:PORT"],
    ["that only begins like ours", "Host: localhost.evil.example:PORT"],
    ["with a trailing dot", "Host: localhost.:PORT"],
    ["on another port", "Host: localhost:1"],
    ["without a port", "Host: localhost"],
    ["an address in another spelling", "Host: 127.1:PORT"],
    ["an IPv6 address in another spelling", "Host: [0:0:0:0:0:0:0:1]:PORT"],
    ["an IPv6 address without brackets", "Host: ::1:PORT"],
    ["twice", "Host: 127.0.0.1:PORT\r\nHost: evil.example"],
    ["twice, ours last", "Host: evil.example\r\nHost: 127.0.0.1:PORT"],
    ["twice, both ours", "Host: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT"],
    ["empty", "Host: "],
    ["with a user", "Host: me@127.0.0.1:PORT"],
    ["with a path", "Host: 127.0.0.1:PORT/swarm"],
    ["in a header that proxies add", "Host: evil.example\r\nX-Forwarded-Host: 127.0.0.1:PORT"],
    ["of a known proxy, on another port", "Host: bots.example:8443"],
  ])("%s", async (_, host) => {
    const header = host.replaceAll("PORT", String(port));
    for (const request of [
      "GET /swarm/status",
      "GET /",
      "GET /openapi.json",
      "DELETE /bot/a",
      "GET /ws/swarm",
    ])
      expect(await raw(`${request} HTTP/1.1\r\n${header}`)).toMatch(/ (421|400) /);
    expect(on.asked).toEqual([]);
  });
  test("none at all", async () => {
    expect(await raw("GET /swarm/status HTTP/1.1")).toContain(" 400 ");
    expect(await raw("GET /swarm/status HTTP/1.0")).toContain(" 421 ");
  });
  test("a target that names another host is still held to its Host header", async () => {
    expect(await raw("GET http://127.0.0.1/swarm/status HTTP/1.1\r\nHost: evil.example")).toContain(" 421 ");
    expect(await raw(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: evil.example:${port}`)).toContain(
      " 421 ",
    );
  });
  test("our own names are answered, and those that the operator gave", async () => {
    for (const name of ["localhost", "LocalHost", "127.0.0.1", "[::1]", "bots.lan"])
      expect(await raw(`GET /health HTTP/1.1\r\nHost: ${name}:${port}`)).toContain(" 200 ");
    for (const name of ["bots.example", "Bots.Example:443"])
      expect(await raw(`GET /health HTTP/1.1\r\nHost: ${name}`)).toContain(" 200 ");
  });
});

describe("a page that is not ours changes and reads nothing", () => {
  const foreign = [
    "http://evil.example",
    "null",
    "",
    "https://127.0.0.1:PORT",
    "http://127.0.0.1:1",
    "http://127.0.0.1",
    "http://localhost.evil.example",
    "http://localhost.evil.example:PORT",
    "http://localhost:PORT.evil.example",
    "http://localhost.:PORT",
    "http://localhost:PORT/",
    "http://me@localhost:PORT",
    "file://",
    "chrome-extension://localhost:PORT",
    "https://bots.lan:PORT",
    "http://bots.example",
  ];
  test.each(foreign)("POST from %p is 403", async (origin) => {
    const from = origin.replaceAll("PORT", String(port));
    const head = `POST /swarm/spawn HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 2`;
    expect(await raw(`${head}\r\nOrigin: ${from}`, "{}")).toContain(" 403 ");
    expect(await raw(`${head}\r\nOrigin: ${from}\r\nAuthorization: Bearer ${token.secret}`, "{}")).toContain(
      " 403 ",
    );
    expect(on.asked).toEqual([]);
  });
  test.each(foreign)("a WebSocket from %p is 403 before it opens", async (origin) => {
    const upgrade = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==`;
    const from = origin.replaceAll("PORT", String(port));
    for (const path of ["/ws/swarm", "/ws/worker?bot_id=a&token=b"])
      expect(
        await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${upgrade}\r\nOrigin: ${from}`),
      ).toContain(" 403 ");
  });
  test("two origins are none of ours", async () => {
    const ours = `Origin: http://127.0.0.1:${port}`;
    expect(
      await raw(`GET /swarm/status HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${ours}\r\n${ours}`),
    ).toContain(" 403 ");
  });
  test("a form, whoever sends it, is 415", async () => {
    const reply = await fetch(`${on.url}/swarm/spawn`, {
      method: "POST",
      body: new URLSearchParams({ count: "1" }),
    });
    expect(reply.status).toBe(415);
    expect(on.asked).toEqual([]);
  });
  test("our own page may, under each of its addresses", async () => {
    for (const [host, origin] of [
      [`127.0.0.1:${port}`, on.url],
      [`127.0.0.1:${port}`, `http://localhost:${port}`],
      [`[::1]:${port}`, `http://[::1]:${port}`],
      ["bots.example", "https://bots.example"],
      ["bots.example:443", "https://bots.example"],
    ])
      expect(await raw(`GET /swarm/status HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}`)).toContain(
        " 200 ",
      );
  });
  test("a socket of our own page opens", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws/swarm`, { headers: { origin: on.url } } as never);
    const first = await new Promise((resolve, reject) => {
      socket.onmessage = ({ data }) => resolve(data);
      socket.onerror = reject;
    });
    socket.close();
    expect(first).toBe('{"type":"snapshot"}');
  });
});

test("only this machine's own addresses are listened on", async () => {
  const tables = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map((file) => Bun.file(file).text()));
  const everywhere = listening({ host: "localhost" });
  const hex = everywhere.port.toString(16).toUpperCase().padStart(4, "0");
  const now = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map((file) => Bun.file(file).text()));
  await everywhere.stop();
  const listeners = (all: readonly string[]) =>
    all
      .flatMap((table) => table.split("\n"))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === "0A")
      .map(([, local]) => local!.split(":")[0]!);
  expect(listeners(tables)).toEqual([]);
  expect(listeners(now)).toContain("0100007F");
  for (const address of listeners(now))
    expect(["0100007F", "00000000000000000000000001000000"]).toContain(address);
});

describe("who we are", () => {
  test("port 80 may be left out of a host name, no other", () => {
    expect([...whoWeAre(["localhost", "::1"], [80]).hosts]).toEqual([
      "localhost:80",
      "localhost",
      "[::1]:80",
      "[::1]",
    ]);
    expect([...whoWeAre(["localhost"], [8000, 3000]).hosts]).toEqual(["localhost:8000", "localhost:3000"]);
    expect([...whoWeAre(["localhost"], [443]).hosts]).toEqual(["localhost:443"]);
  });
  test("a page comes over https only where somebody passes it on", () => {
    const { origins } = whoWeAre(["localhost", "bots.example:443", "bots.lan:8443"], [8000]);
    expect([...origins].filter((origin) => origin.startsWith("https:"))).toEqual([
      "https://bots.example:443",
      "https://bots.example",
      "https://bots.lan:8443",
    ]);
  });
  test("an IPv6 address with a port is a name with a port", () => {
    expect([...whoWeAre(["[fd00::1]:443", "fd00::2"], [8000]).hosts]).toContain("[fd00::1]");
    expect([...whoWeAre(["fd00::2"], [8000]).hosts]).toEqual(["[fd00::2]:8000"]);
  });
  test("what only this machine can call", () => {
    for (const host of ["localhost", "LOCALHOST", "127.0.0.1", "127.8.9.1", "::1", "[::1]"])
      expect([host, isLoopback(host)]).toEqual([host, true]);
    for (const host of [
      "0.0.0.0",
      "::",
      "192.168.1.5",
      "127.1",
      "localhost.lan",
      "127.0.0.1.lan",
      "fd00::1",
      "",
    ])
      expect([host, isLoopback(host)]).toEqual([host, false]);
  });
  test("no header at all is nobody", () => {
    expect(() => guard(new Headers(), whoWeAre(["localhost"], [8000]))).toThrow("host name");
  });
});

test("secrets are the same only when they are", () => {
  expect(sameSecret("abc", "abc")).toBe(true);
  for (const wrong of ["", "ab", "abcd", "abd", "ABC", "abc\u0000"])
    expect(sameSecret(wrong, "abc")).toBe(false);
  let hits = 0;
  for (let guess = 0; guess < 1_000_000; guess++)
    if (sameSecret(guess.toString(16).padStart(64, "0"), token.secret)) hits++;
  expect(hits).toBe(0);
});
