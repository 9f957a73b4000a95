/** Builds the one executable: `bun run build` leaves it at dist/bbsbot, with a link ./bbsbot at the root. */
import { readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "./src/page-build.ts";

const root = import.meta.dir;
process.chdir(root);
rmSync("dist", { recursive: true, force: true });

const page = await buildPage();
const built = await Bun.build({
  entrypoints: ["./src/cli.ts"],
  plugins: [
    {
      name: "page",
      setup: (build) =>
        void build.onLoad({ filter: /src\/page-embedded\.ts$/ }, () => ({
          contents: `export const embedded = ${JSON.stringify(page)};`,
          loader: "js",
        })),
    },
  ],
  // Bytecode and lazy chunks make a worker start in 20 ms and share its text with its siblings.
  splitting: true,
  format: "esm",
  bytecode: true,
  sourcemap: "linked",
  // Renamed identifiers would rename error classes, and save nothing that matters.
  minify: { whitespace: true, syntax: true, identifiers: false },
  define: { "process.env.NODE_ENV": '"production"' },
  compile: {
    outfile: join(root, "dist/bbsbot"),
    // Nothing from the folder it is started in may run inside it.
    autoloadDotenv: false,
    autoloadBunfig: false,
    execArgv: ["--disallow-code-generation-from-strings=strict"],
  },
});
if (!built.success) {
  for (const log of built.logs) console.error(log);
  process.exit(1);
}
// The maps are embedded; the copies beside the binary are of no use.
for (const file of readdirSync("dist")) if (file.endsWith(".map")) rmSync(join("dist", file));
rmSync("bbsbot", { force: true });
symlinkSync("dist/bbsbot", "bbsbot");
console.error("Built dist/bbsbot");
