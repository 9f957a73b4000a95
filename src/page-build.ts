/** The dashboard's files, made from src/dashboard: for the binary when it is built, and for a manager that runs from its source. */
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { PageFile } from "./control/page.ts";

const folder = join(import.meta.dir, "dashboard");

/** Bundles the page for browsers. Throws with the complaints of the bundler. */
export async function buildPage(): Promise<PageFile[]> {
  const built = await Bun.build({
    entrypoints: [join(folder, "main.tsx"), join(folder, "layout-worker.ts")],
    target: "browser",
    format: "esm",
    splitting: true,
    minify: true,
    // zod looks whether it may make code from text; under the page's policy the mere attempt is an error on the console.
    banner: "globalThis.__zod_globalConfig={jitless:true};",
    define: { "process.env.NODE_ENV": '"production"' },
    naming: { entry: "[name].[ext]", chunk: "[name]-[hash].[ext]", asset: "[name].[ext]" },
  });
  if (!built.success) throw new AggregateError(built.logs, "The dashboard cannot be built");
  const scripts = await Promise.all(
    built.outputs.map(async (output) =>
      file(`/page/${output.path.replace(/^.*\//, "")}`, new Uint8Array(await output.arrayBuffer())),
    ),
  );
  const html = await Bun.file(join(folder, "index.html")).bytes();
  return [file("/page/index.html", html), ...scripts];
}

const types: Readonly<Record<string, string>> = {
  html: "text/html",
  css: "text/css",
  js: "text/javascript",
};

function file(path: string, bytes: Uint8Array): PageFile {
  const type = types[path.slice(path.lastIndexOf(".") + 1)];
  if (type === undefined) throw new Error(`The dashboard has a file of no known type: ${path}`);
  return {
    path,
    type: `${type}; charset=utf-8`,
    gzip: gzipSync(bytes, { level: 9 }).toString("base64"),
    // What has its content's hash in its name never changes.
    lasting: /-[0-9a-z]{8}\.\w+$/.test(path),
  };
}
