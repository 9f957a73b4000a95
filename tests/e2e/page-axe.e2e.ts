/** What axe finds on the dashboard's pages, dark and light: nothing serious. */
import { afterAll, beforeAll, expect } from "bun:test";
import { graveFindings } from "./axe.ts";
import { hasBrowser, inBrowser, view } from "./browser.ts";
import { openPageField, type PageField } from "./page-field.ts";

let field: PageField;
beforeAll(async () => {
  if (hasBrowser) field = await openPageField(2);
}, 90_000);
afterAll(() => field?.end(), 30_000);

for (const path of ["/", "/bots/bot_000", "/map?sector=1", "/feed"])
  inBrowser(
    `axe finds nothing serious on ${path}, dark and light, wide and narrow`,
    async () => {
      const { page, close } = await view(field.browser, `${field.url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByText("bot_000").or(page.getByText("Sector 1")).first().waitFor();
      const looks = [
        ["dark", 1280],
        ["light", 390],
      ] as const;
      for (const [theme, width] of looks) {
        await page.setViewportSize({ width, height: 900 });
        await page.evaluate((chosen) => (document.documentElement.dataset["theme"] = chosen), theme);
        expect([theme, await graveFindings(page)]).toEqual([theme, []]);
      }
      await close();
    },
    60_000,
  );
