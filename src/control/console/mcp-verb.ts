/** `bbsbot mcp`: the swarm as tools for an AI assistant, over stdio. */
import { Option, type Command } from "commander";
import { portNumber } from "./arguments.ts";
import type { Doors } from "./doors.ts";
import { exampleText, managerAt, withManager, type Common } from "./verb.ts";

interface Flags extends Pick<Common, "url" | "tokenFile"> {
  readonly readOnly?: boolean;
  readonly conformance?: boolean;
  readonly port: number;
}

export function addMcp(program: Command, doors: Doors, done: (status: number) => void): void {
  withManager(
    program
      .command("mcp")
      .description("the swarm as tools for an AI assistant: speaks MCP on stdin and stdout"),
  )
    .option("--read-only", "leave out the tools that change something")
    .addOption(new Option("--conformance", "the protocol's test fixtures, over HTTP").hideHelp())
    .addOption(new Option("--port <n>").argParser(portNumber).default(0).hideHelp())
    .addHelpText(
      "after",
      `\nThe manager may be started later. It speaks MCP itself, too: at /mcp, over HTTP.\n${exampleText([
        "claude mcp add bbsbot -- bbsbot mcp",
        "bbsbot mcp --url http://localhost:8000 --read-only",
      ])}`,
    )
    .action(async ({ readOnly = false, conformance = false, port, ...flags }: Flags) => {
      const at = managerAt(flags, await doors.settings());
      done(await doors.mcp({ ...at, readOnly, conformance, port }));
    });
}
