/** What axe finds on a page that would keep somebody from using it. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";

/** Serious and critical findings, each with its rule and the place. */
export async function graveFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
