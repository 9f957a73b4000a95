import { expect, test } from "bun:test";
import { Hono } from "hono";
import { mountPage } from "../../src/control/page.ts";

const app = new Hono();
mountPage(app);

test("the page and all that it loads are served from here, under a policy that allows nothing else", async () => {
  const page = await app.request("/");
  const html = await page.text();
  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
  const loaded = [...html.matchAll(/(?:src|href)="(\/[^"]*)"/g)].map(([, path]) => path!);
  expect(loaded.sort()).toEqual(["/page.css", "/page.js"]);
  for (const path of loaded) expect((await app.request(path)).status).toBe(200);
  expect(html).not.toMatch(/https?:|<style|\son\w+=|<script(?![^>]*src=)/);
});

test("the script is what browsers take for one, and never makes HTML of what it is told", async () => {
  const script = await (await app.request("/page.js")).text();
  expect((await app.request("/page.js")).headers.get("content-type")).toStartWith("text/javascript");
  expect(() => new Bun.Transpiler({ loader: "js" }).scan(script)).not.toThrow();
  expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
});

test("whoever follows a link from the page does not tell where it was", async () => {
  for (const path of ["/", "/page.js"])
    expect((await app.request(path)).headers.get("referrer-policy")).toBe("no-referrer");
});
