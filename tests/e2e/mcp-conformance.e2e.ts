/** The protocol's own conformance suite against the built binary: our fixtures, the manager's guard and transport. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { root, run, scratch, start, words, type Running } from "./harness.ts";

const suite = [
  process.execPath,
  "--bun",
  join(root, "node_modules/@modelcontextprotocol/conformance/dist/index.js"),
];
/** What may fail: nothing. An entry that passes fails the run, too. */
const expected = join(import.meta.dir, "mcp-conformance.yml");
const { folder, remove } = scratch();
let server: Running;

beforeAll(async () => {
  server = await start(["mcp", "--conformance"]);
});
afterAll(async () => {
  expect(await server.stop()).toBe(0);
  expect(server.log()).toBe("");
  remove();
});

/** Runs every scenario of an era; what it sums up in its last line. */
async function conformance(version: string): Promise<string> {
  const { code, stdout, stderr } = await run(
    words(
      `server --suite all --spec-version ${version} --url ${String(server.first["url"])} --expected-failures ${expected}`,
    ),
    { command: suite, cwd: folder },
  );
  if (code !== 0) throw new Error(stdout.slice(stdout.indexOf("=== SUMMARY")) + stderr);
  return /Total: .*/.exec(stdout)![0];
}

test("all of the sessions of 2025 is as the protocol says", async () => {
  expect(await conformance("2025-11-25")).toBe("Total: 84 passed, 0 failed");
}, 60_000);

test("all of the single exchanges of 2026 is as the protocol says", async () => {
  expect(await conformance("2026-07-28")).toBe("Total: 152 passed, 0 failed");
}, 60_000);
