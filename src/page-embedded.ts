/** The dashboard's files inside the binary: build.ts puts them in place of this. From the source there are none. */
import type { PageFile } from "./control/page.ts";

export const embedded: readonly PageFile[] | undefined = undefined;
