/** A bot's keys in an operator's hands, through the dashboard: taken, typed with, and handed back. */
import { afterAll, beforeAll, expect } from "bun:test";
import { hasBrowser, inBrowser, view } from "./browser.ts";
import { until } from "./harness.ts";
import { openPageField, type PageField } from "./page-field.ts";

let field: PageField;
beforeAll(async () => {
  if (hasBrowser) field = await openPageField(1);
}, 90_000);
afterAll(() => field?.end(), 30_000);

inBrowser(
  "take over, type into the game, hand back, and the bot plays on",
  async () => {
    const { page, complaints, close } = await view(field.browser, `${field.url}/bots/bot_000`);
    await page.getByRole("button", { name: "Take over" }).click();
    await until("its keys are taken", async () => (await field.bot("bot_000")).taken === true);
    await page.getByRole("button", { name: "Hand back" }).waitFor();
    const { turns_executed: turns } = await field.bot("bot_000");
    await page.keyboard.type("/");
    // The game's short status line, which no bot asks for.
    const screen = async () => {
      await page.getByRole("button", { name: "Read screen" }).click();
      return (await page.locator(".terminal").innerText()).includes("Sect");
    };
    await until("the game has answered", screen, 10_000);
    expect((await field.bot("bot_000")).turns_executed).toBe(turns);
    await page.getByRole("button", { name: "Hand back" }).click();
    await until("it plays on", async () => (await field.bot("bot_000")).turns_executed > turns, 20_000);
    expect((await field.bot("bot_000")).taken).not.toBe(true);
    expect(complaints).toEqual([]);
    await close();
  },
  60_000,
);
