/** Where the page is: path and query of the browser's address, as a value that changes. All that a link should bring back is in it. */
import { computed, signal } from "@preact/signals";
import { advisorName } from "../proto/ids.ts";

export type Page =
  | { readonly name: "swarm" }
  | { readonly name: "bot"; readonly bot: string }
  | { readonly name: "map" }
  | { readonly name: "feed" };

const here = signal(location.pathname + location.search);
addEventListener("popstate", () => (here.value = location.pathname + location.search));

/** What is shown; the swarm for every address that is none of ours. */
export const page = computed<Page>(() => pageOf(new URL(here.value, location.origin).pathname));
/** What stands behind the "?". */
export const query = computed(() => new URL(here.value, location.origin).searchParams);

export function pageOf(path: string): Page {
  const bot = /^\/bots\/([^/]+)$/.exec(path)?.[1];
  if (bot !== undefined) return { name: "bot", bot: decodeURIComponent(bot) };
  return path === "/map" || path === "/feed" ? { name: path.slice(1) as "map" | "feed" } : { name: "swarm" };
}

/** Goes elsewhere within the page, to its top: what is there is another page, however far down the last one was read. */
export function go(to: string): void {
  if (to === here.value) return;
  history.pushState(null, "", to);
  here.value = to;
  scrollTo(0, 0);
}

/** Changes words of the query; an empty one goes. What a person would not want to step back through replaces the address. */
export function ask(words: Readonly<Record<string, string | undefined>>): void {
  const url = new URL(here.value, location.origin);
  for (const [key, value] of Object.entries(words)) {
    if (value === undefined || value === "") url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  history.replaceState(null, "", url.pathname + url.search);
  here.value = url.pathname + url.search;
}

export const pathOfBot = (bot: string): string =>
  // What is told of models is told under a name that no bot has: the swarm's page shows how they do.
  bot === advisorName ? "/" : `/bots/${encodeURIComponent(bot)}`;

/** Links within the page change what is shown, and load nothing; those that a person wants elsewhere are left to the browser. */
export function follow(event: MouseEvent): void {
  const link = (event.target as Element).closest?.("a[href^='/']");
  if (!link || event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.hasAttribute("download"))
    return;
  event.preventDefault();
  go(link.getAttribute("href")!);
}
