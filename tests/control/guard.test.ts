import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect } from "node:net";
import { ourHosts, sameSecret } from "../../src/control/guard.ts";
import { testManager, type TestManager } from "../doubles/manager.ts";

let on: TestManager;
let port = 0;
beforeAll(async () => {
  on = await testManager();
  port = Number(new URL(on.url).port);
});
afterAll(() => on.end());

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
const botCount = async () => (await on.swarm.swarmStatus({})).total_bots;

describe("a host name that is not ours reaches nothing", () => {
  test.each([
    ["of somebody else", "Host: evil.example"],
    ["of somebody else on our port", "Host: evil.example:PORT"],
    ["with a trailing dot", "Host: localhost.:PORT"],
    ["on another port", "Host: localhost:1"],
    ["without a port", "Host: localhost"],
    ["twice", "Host: 127.0.0.1:PORT\r\nHost: evil.example"],
    ["empty", "Host: "],
    ["with a user", "Host: me@127.0.0.1:PORT"],
  ])("%s", async (_, host) => {
    const header = host.replaceAll("PORT", String(port));
    expect(await raw(`GET /swarm/status HTTP/1.1\r\n${header}`)).toMatch(/ (421|400) /);
    expect(await raw(`DELETE /bot/a HTTP/1.1\r\n${header}`)).toMatch(/ (421|400) /);
  });
  test("none at all", async () => {
    expect(await raw("GET /swarm/status HTTP/1.1")).toContain(" 400 ");
    expect(await raw("GET /swarm/status HTTP/1.0")).toContain(" 421 ");
  });
  test("a target that names another host is still held to its Host header", async () => {
    expect(await raw("GET http://127.0.0.1/swarm/status HTTP/1.1\r\nHost: evil.example")).toContain(" 421 ");
  });
  test("our own names are answered", async () => {
    for (const name of ["localhost", "LocalHost", "127.0.0.1", "[::1]"])
      expect(await raw(`GET /health HTTP/1.1\r\nHost: ${name}:${port}`)).toContain(" 200 ");
  });
});

describe("a page that is not ours changes and reads nothing", () => {
  const foreign = [
    "http://evil.example",
    "null",
    "https://127.0.0.1:PORT",
    "http://127.0.0.1:1",
    "http://localhost.evil.example",
  ];
  test.each(foreign)("POST from %s is 403", async (origin) => {
    const headers = { origin: origin.replace("PORT", String(port)), "content-type": "application/json" };
    const reply = await fetch(`${on.url}/swarm/spawn`, { method: "POST", headers, body: "{}" });
    expect(reply.status).toBe(403);
    expect(await botCount()).toBe(0);
  });
  test.each(foreign)("a WebSocket from %s is 403 before it opens", async (origin) => {
    const upgrade = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==`;
    const from = origin.replace("PORT", String(port));
    const line = await raw(
      `GET /ws/swarm HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${upgrade}\r\nOrigin: ${from}`,
    );
    expect(line).toContain(" 403 ");
  });
  test("a form, whoever sends it, is 415", async () => {
    const reply = await fetch(`${on.url}/swarm/spawn`, {
      method: "POST",
      body: new URLSearchParams({ count: "1" }),
    });
    expect(reply.status).toBe(415);
    expect(await botCount()).toBe(0);
  });
  test("our own page may", async () => {
    const reply = await fetch(`${on.url}/swarm/status`, { headers: { origin: on.url } });
    expect(reply.status).toBe(200);
  });
});

test("only this machine's own addresses are listened on", async () => {
  const tables = await Promise.all(["/proc/net/tcp", "/proc/net/tcp6"].map((file) => Bun.file(file).text()));
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const listening = tables
    .flatMap((table) => table.split("\n"))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(`:${hex}`) && state === "0A")
    .map(([, local]) => local!.split(":")[0]!);
  expect(listening).toContain("0100007F");
  for (const address of listening)
    expect(["0100007F", "00000000000000000000000001000000"]).toContain(address);
});

test("port 80 may be left out of a host name, no other", () => {
  expect([...ourHosts(["localhost", "::1"], [80])]).toEqual([
    "localhost",
    "localhost:80",
    "[::1]",
    "[::1]:80",
  ]);
  expect([...ourHosts(["localhost"], [8000, 3000])]).toEqual(["localhost:8000", "localhost:3000"]);
});

test("secrets are the same only when they are", () => {
  expect(sameSecret("abc", "abc")).toBe(true);
  for (const wrong of ["", "ab", "abcd", "abd", "ABC", "abc\u0000"])
    expect(sameSecret(wrong, "abc")).toBe(false);
});
