/** The dashboard of the built binary in a browser, before a few bots that play: links, keys, and what fits where. page-swarm has a full swarm. */
import { afterAll, beforeAll, expect } from "bun:test";
import type { Page } from "playwright-core";
import { hasBrowser, inBrowser, view } from "./browser.ts";
import { getJson } from "./harness.ts";
import { openPageField, type PageField } from "./page-field.ts";

const bots = 6;
let field: PageField;
beforeAll(async () => {
  if (hasBrowser) field = await openPageField(bots);
}, 90_000);
afterAll(() => field?.end(), 30_000);

const row = (page: Page, id: string) => page.getByRole("row").filter({ hasText: id });

inBrowser(
  "the feed tells what happens, live, and only what its address asks for",
  async () => {
    const { page, complaints, close } = await view(field.browser, `${field.url}/feed?bot=bot_003`);
    const events = page.getByRole("table").getByRole("row");
    await events.nth(1).waitFor();
    await field.command("pause bot_003");
    await events.filter({ hasText: "confirmed: pause" }).first().waitFor();
    expect(await events.filter({ hasText: "bot_004" }).count()).toBe(0);
    await field.command("resume bot_003");
    await page.getByLabel("Show").selectOption("errors");
    await page.waitForURL(/severity=error/);
    expect(complaints).toEqual([]);
    await close();
  },
  60_000,
);

inBrowser(
  "a link to the map brings back its sector, its way and its layers",
  async () => {
    const { page, complaints, close } = await view(
      field.browser,
      `${field.url}/map?sector=1&from=1&to=5&off=routes,dangers`,
    );
    await page.getByRole("heading", { name: "Sector 1" }).waitFor();
    await page.getByText(/warps? from 1 to 5/).waitFor();
    expect(await page.getByLabel("Routes").isChecked()).toBe(false);
    expect(await page.getByLabel("Ports").isChecked()).toBe(true);
    // The text alternative: each neighbour of sector 1 has its row.
    const { warps } = (await getJson(`${field.url}/game/sector/1`)) as { warps: number[] };
    for (const warp of warps)
      await page.getByRole("rowheader", { name: String(warp), exact: true }).waitFor();
    const typed = page.getByLabel("Sector", { exact: true });
    await typed.fill("5");
    // Drawn anew meanwhile, as it is whenever more becomes known: what was typed stays.
    await page.getByLabel("Warps").uncheck();
    expect(await typed.inputValue()).toBe("5");
    await typed.press("Enter");
    await page.getByRole("heading", { name: "Sector 5" }).waitFor();
    expect(new URL(page.url()).searchParams.get("sector")).toBe("5");
    expect(complaints).toEqual([]);
    await close();
  },
  60_000,
);

inBrowser(
  "a kiosk has no menus, and `k` brings them back",
  async () => {
    const { page, close } = await view(field.browser, `${field.url}/?kiosk=1`);
    await row(page, "bot_000").waitFor();
    expect(await page.getByRole("navigation").count()).toBe(0);
    await page.keyboard.press("k");
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor({ state: "hidden" });
    await page.keyboard.press("2");
    await page.getByRole("heading", { name: "Map" }).waitFor();
    await close();
  },
  60_000,
);

inBrowser(
  "a key pressed the moment that a window closes is the page's, before its next picture too",
  async () => {
    const { page, close } = await view(field.browser, `${field.url}/`);
    await row(page, "bot_000").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.evaluate(
      () =>
        new Promise<void>((told) => {
          const { body } = document;
          // Called when the window has left the document, and before anything is painted.
          new MutationObserver((_, observer) => {
            if (body.querySelector("dialog") !== null) return;
            observer.disconnect();
            body.dispatchEvent(new KeyboardEvent("keydown", { key: "2", bubbles: true }));
            told();
          }).observe(body, { childList: true, subtree: true });
          body.querySelector<HTMLElement>("dialog [aria-label='Close']")!.click();
        }),
    );
    await page.getByRole("heading", { name: "Map" }).waitFor();
    await close();
  },
  60_000,
);

inBrowser(
  "nothing is wider than a telephone",
  async () => {
    for (const path of ["/", "/bots/bot_000", "/map", "/feed"]) {
      const { page, close } = await view(field.browser, `${field.url}${path}`, {
        viewport: { width: 360, height: 740 },
      });
      await page.getByRole("heading", { level: 1 }).waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([path, wide <= 360]).toEqual([path, true]);
      await close();
    }
  },
  60_000,
);
