import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Operation } from "../../src/proto/operation.ts";
import { operations } from "../../src/proto/operations.ts";

const page = readFileSync(join(import.meta.dir, "../../docs/mcp.md"), "utf8");

test("docs/mcp.md has the tools as the operation table has them", () => {
  const told = Array.from(page.matchAll(/^\| `(tw2002_\w+)` \| (.+) \| (.+) \|$/gm), ([row]) => row);
  const table = Object.values(operations).flatMap(({ mcp, writes }: Operation) => {
    if (!mcp) return [];
    const changes = writes ? (mcp.destructive ? "yes, not to be undone" : "yes") : "no";
    return [`| \`${mcp.name}\` | ${mcp.title} | ${changes} |`];
  });
  expect(told).toEqual(table);
});

test("its snippets for assistants are JSON", () => {
  const snippets = Array.from(page.matchAll(/```json\n([\s\S]*?)```/g), ([, text]) => text!);
  expect(snippets.length).toBe(3);
  for (const snippet of snippets) expect(JSON.stringify(JSON.parse(snippet))).toContain('"bbsbot"');
});
