/** What is looked for on the dashboard's pages: figures, rows, the moment at which something changes, and what a page takes. */
import { expect } from "bun:test";
import type { Locator, Page } from "playwright-core";

/** How many bots the page says are in each state, and "all". States that nobody is in are not there. */
export async function countsOn(page: Page): Promise<Record<string, number>> {
  const texts = await page.getByRole("group", { name: "Bots by state" }).getByRole("button").allInnerTexts();
  return Object.fromEntries(
    texts.map((text) => {
      const [state = "", count] = text.trim().split(/\s+/);
      return [state, Number(count)];
    }),
  );
}

export const row = (page: Page, bot: string): Locator => page.locator(`#row-${bot}`);
/** What stands in a column of a bot's row; the names are those of the style sheet. */
export const cell = (page: Page, bot: string, column: string): Locator =>
  row(page, bot).locator(`.cell-${column}`);

/** Notes in the page when a bot's row says another state than this one. `turned` gives the moment, in milliseconds since 1970. */
export async function watchRow(
  page: Page,
  bot: string,
  state: string,
): Promise<{ turned(): Promise<number> }> {
  await page.evaluate(
    ([id, before]) => {
      const notes = globalThis as { turned?: Record<string, Promise<number>> };
      notes.turned ??= {};
      notes.turned[id!] = new Promise((resolve) => {
        const watch = new MutationObserver(() => {
          const text = document.querySelector(`#row-${id} .cell-state`)?.textContent;
          if (text === undefined || text === before) return;
          watch.disconnect();
          resolve(Date.now());
        });
        const changes = { subtree: true, childList: true, characterData: true };
        watch.observe(document.querySelector("[role=grid]")!, changes);
      });
    },
    [bot, state],
  );
  return {
    turned: () =>
      page.evaluate((id) => (globalThis as { turned?: Record<string, Promise<number>> }).turned![id]!, bot),
  };
}

/** Milliseconds that the page waits for a plain answer of its manager: what browser and manager need at this moment for anything at all. */
export const answerMs = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const began = performance.now();
    await (await fetch("/page/settings.json", { cache: "no-store" })).text();
    return performance.now() - began;
  });

/** Milliseconds until the browser had drawn something of a page. */
export async function paintedMs(page: Page): Promise<number> {
  const entry = await page.waitForFunction(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  );
  return Number(await entry.jsonValue());
}

/** Milliseconds until a page had something to show, or a little later. */
export async function shownMs(page: Page, what: string): Promise<number> {
  const at = await page.waitForFunction(
    (selector) => document.querySelector(selector) && performance.now(),
    what,
  );
  return Number(await at.jsonValue());
}

/** Counts what comes to a page, unpacked: frames of its sockets, and answers. The last call gives the bytes since this one. */
export async function countPayload(page: Page): Promise<() => number> {
  const devtools = await page.context().newCDPSession(page);
  let bytes = 0;
  devtools.on("Network.webSocketFrameReceived", ({ response }) => {
    bytes += Buffer.byteLength(response.payloadData);
  });
  devtools.on("Network.dataReceived", ({ dataLength }) => (bytes += dataLength));
  await devtools.send("Network.enable");
  return () => bytes;
}

/** Nothing of the page reaches beyond its sides, so that it never scrolls sideways. */
export async function expectNoWider(page: Page, width: number): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect([page.url(), wide]).toEqual([page.url(), Math.min(wide, width)]);
}
