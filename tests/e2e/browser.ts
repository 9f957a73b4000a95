/** Chromium before the dashboard, as an operator has it. Where there is none, its tests are skipped and say so. */
import { existsSync } from "node:fs";
import { test } from "bun:test";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** Where systems keep it; BBSBOT_CHROMIUM names another. */
const found = [
  process.env["BBSBOT_CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => path !== "" && existsSync(path));

/** A test that needs a browser. */
export const inBrowser = (name: string, work: () => Promise<void>, maxMs: number) =>
  found === undefined
    ? test.skip(`${name} (no Chromium on this machine; BBSBOT_CHROMIUM names one)`, () => {})
    : test(name, work, maxMs);

export const hasBrowser = found !== undefined;

/** Where there is a screen nowhere, WebGL is drawn by the processor. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: found!,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader"],
  });

/** Longest wait for something to be seen, in milliseconds. */
const waitMaxMs = 15_000;

export interface Viewed {
  readonly page: Page;
  /** Errors on the console, errors of scripts, and what the page's policy stopped. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** A page at an address, in a window of its own with nothing remembered. */
export async function view(
  browser: Browser,
  url: string,
  options: BrowserContextOptions & { readonly theme?: "dark" | "light" } = {},
): Promise<Viewed> {
  const { theme = "dark", ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...rest });
  const page = await context.newPage();
  // Shorter than any test: the runner ends whatever a test that takes too long has started, the browser included.
  page.setDefaultTimeout(waitMaxMs);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => {
    complaints.push(`A dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.addInitScript((chosen) => localStorage.setItem("bbsbot theme", chosen), theme);
  await page.goto(url);
  return { page, complaints, close: () => context.close() };
}

/** What a browser says where its server is not there for a while: known, and no fault of the page. */
export const withoutOutage = (complaints: readonly string[]) =>
  complaints.filter(
    (one) =>
      !/ERR_CONNECTION_REFUSED|WebSocket connection to|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/.test(one),
  );
