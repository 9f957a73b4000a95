import { expect, test } from "bun:test";
import type { McpFlags } from "../../../src/control/console/doors.ts";
import { runCommandLine } from "../../../src/control/console/program.ts";
import { stage } from "../../doubles/console.ts";

/** What the door is asked for. */
async function opened(...argv: string[]): Promise<McpFlags & { status: number }> {
  let flags: McpFlags | undefined;
  const at = stage({
    doors: {
      settings: async () => ({ url: "http://settled:1", tokenFile: "/settled" }),
      mcp: async (given) => {
        flags = given;
        return 0;
      },
    },
  });
  const status = await runCommandLine(["mcp", ...argv], at.doors);
  expect(at.told.out).toBe("");
  return { ...flags!, status };
}

test("the manager is the one of the settings, or of the flags; nothing is written to stdout", async () => {
  expect(await opened()).toEqual({
    status: 0,
    url: "http://settled:1",
    tokenFile: "/settled",
    readOnly: false,
    conformance: false,
    port: 0,
  });
  expect(await opened("--url", "http://other:2", "--token-file", "/mine", "--read-only")).toMatchObject({
    url: "http://other:2",
    tokenFile: "/mine",
    readOnly: true,
  });
});

test("the fixtures of the conformance suite are there, and not in the help", async () => {
  expect(await opened("--conformance", "--port", "3901")).toMatchObject({ conformance: true, port: 3901 });
  const at = stage();
  expect(await runCommandLine(["mcp", "--help"], at.doors)).toBe(0);
  expect(at.told.out).toContain("--read-only");
  expect(at.told.out).not.toContain("conformance");
});
