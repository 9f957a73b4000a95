import { expect, test } from "bun:test";
import { Hono } from "hono";
import { mountPage, pagePaths } from "../../src/control/page.ts";
import { buildPage } from "../../src/page-build.ts";
import { pageDouble } from "../doubles/scribe.ts";

const mounted = (files: Parameters<typeof mountPage>[1]["files"], readOnly = false) => {
  const app = new Hono();
  mountPage(app, { files, gunzip: (bytes) => Bun.gunzipSync(bytes), readOnly });
  return app;
};
const app = mounted(async () => pageDouble);

test("the page is at each of its paths, under a policy that lets it load nothing from elsewhere", async () => {
  for (const path of pagePaths) {
    const reply = await app.request(path.replace(":bot_id", "bot_007"));
    expect(reply.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(reply.headers.get("content-security-policy")).toStartWith("default-src 'none'; script-src 'self'");
    expect(reply.headers.get("content-security-policy")).not.toMatch(/unsafe|https?:|\*/);
    expect(reply.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await reply.text()).toContain("<title>a page</title>");
  }
});

test("what is asked for is sent gzipped where that is understood, and only once", async () => {
  const path = "/page/main-0a1b2c3d.js";
  const plain = await app.request(path);
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(await plain.text()).toBe("let a = 1;");
  expect(plain.headers.get("cache-control")).toContain("immutable");
  const packed = await app.request(path, { headers: { "accept-encoding": "br, gzip" } });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(new TextDecoder().decode(Bun.gunzipSync(new Uint8Array(await packed.arrayBuffer())))).toBe(
    "let a = 1;",
  );
  const again = await app.request(path, { headers: { "if-none-match": packed.headers.get("etag")! } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  const page = await app.request("/", { headers: { "if-none-match": packed.headers.get("etag")! } });
  expect([page.status, page.headers.get("cache-control")]).toEqual([200, "no-cache"]);
});

test("there is nothing else under /page", async () => {
  for (const path of ["/page/", "/page/no.js", "/page/..%2Findex.html", "/page/x/y"])
    expect([path, (await app.request(path)).status]).toEqual([path, 404]);
});

test("the page is told whether it may change anything", async () => {
  const told = async (readOnly: boolean) =>
    (await mounted(async () => pageDouble, readOnly).request("/page/settings.json")).json();
  expect([await told(true), await told(false)]).toEqual([{ read_only: true }, { read_only: false }]);
});

test("the real page is built from its source, loads only what is there, and never makes HTML of what it is told", async () => {
  const files = await buildPage();
  const real = mounted(async () => files);
  const html = await (await real.request("/")).text();
  const loaded = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path!);
  expect(loaded.toSorted()).toEqual(["/page/main.css", "/page/main.js"]);
  for (const path of loaded) expect((await real.request(path)).status).toBe(200);
  expect(html).not.toMatch(/https?:|<style|\son\w+=|<script(?![^>]*src=)/);
  for (const file of new Bun.Glob("**/*.{ts,tsx}").scanSync("src/dashboard")) {
    const code = await Bun.file(`src/dashboard/${file}`).text();
    expect([file, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/.test(code)]).toEqual([
      file,
      false,
    ]);
  }
});
