/** A picture of ours as a PNG, drawn by Chromium. */
import { openBrowser } from "../../tests/e2e/browser.ts";
import type { Frame } from "./svg.ts";

/** Pixels of the file to a pixel of the picture: sharp on screens that have more. */
const sharpness = 2;

export async function drawPng(file: string, { width, height }: Frame, picture: string): Promise<void> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: sharpness });
    await page.setContent(`<!doctype html><body style="margin:0">${picture}`);
    await page.screenshot({ path: file });
  } finally {
    await browser.close();
  }
}
