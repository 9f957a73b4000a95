/** Where the dashboard's files come from: out of the binary, or built from the source when they are first asked for. */
import type { PageFile } from "./control/page.ts";

/** All files of the page. */
export async function pageFiles(): Promise<readonly PageFile[]> {
  const { embedded } = await import("./page-embedded.ts");
  return embedded ?? (await import("./page-build.ts")).buildPage();
}
