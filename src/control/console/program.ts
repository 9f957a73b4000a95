/** The command line: argv to doors and operations. Commander is known here and nowhere else. */
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { Refusal, refusalCodes } from "../../proto/refusal.ts";
import { printable } from "../../proto/printable.ts";
import { addAdvisor } from "./advisor-verb.ts";
import { addAtlasVerbs } from "./atlas-verbs.ts";
import { describeCompletion } from "./completion-verb.ts";
import { addConfigVerbs } from "./config-verbs.ts";
import type { Doors } from "./doors.ts";
import { exitHelp, exits } from "./exits.ts";
import { addHandVerbs } from "./hand-verbs.ts";
import { addLookVerbs } from "./look-verbs.ts";
import { addMcp } from "./mcp-verb.ts";
import { addProcessVerbs } from "./process-verbs.ts";
import { addSpawnVerbs } from "./spawn-verbs.ts";
import { addSteerVerbs } from "./steer-verbs.ts";
import { addStreamVerbs } from "./stream-verbs.ts";
import { addTop } from "./top/verb.ts";
import { addWait } from "./wait-verb.ts";

/** Runs one command; answers with the exit status. Errors become one line on stderr. */
export async function runCommandLine(argv: readonly string[], doors: Doors): Promise<number> {
  let status: number = exits.ok;
  const program = createProgram(doors, (code) => (status = code));
  try {
    if (argv[0] === "completion" || argv[0] === "complete") {
      await (await import("./completion.ts")).addCompletion(program, doors, argv);
    } else describeCompletion(program.command("completion <shell>"));
    await program.parseAsync([...argv], { from: "user" });
    return status;
  } catch (error) {
    // Commander itself tells of words that it has parsed; these were looked at later.
    if (error instanceof InvalidArgumentError) doors.console.err(`error: ${printable(error.message)}\n`);
    if (error instanceof CommanderError) return error.exitCode === 0 ? exits.ok : exits.usage;
    if (error instanceof Refusal) {
      const isNobody = error.message.startsWith("Cannot reach the manager");
      const advice = isNobody ? '; start one with "bbsbot manager", or name another with --url' : "";
      for (const line of `${error.message}${advice}`.split("\n")) doors.console.err(`${printable(line)}\n`);
      for (const { path, message } of error.errors ?? []) {
        doors.console.err(`  ${printable(path)}: ${printable(message)}\n`);
      }
      return refusalCodes[error.code].exit;
    }
    throw error;
  }
}

/** The whole tree of commands; `done` receives the exit status of the one that ran. */
export function createProgram(doors: Doors, done: (status: number) => void): Command {
  const program = new Command("bbsbot")
    .description("A swarm of bots that play TradeWars 2002, and the means to command it.")
    .version(doors.version)
    // Or the --db of "host inspect" would be taken for the host's own.
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError("(bbsbot --help tells more)")
    .configureOutput({
      writeOut: (text) => doors.console.out(text),
      // A complaint quotes what was typed, which may have come from elsewhere.
      writeErr: (text) => doors.console.err(text.split("\n").map(printable).join("\n")),
    })
    .addHelpText(
      "after",
      `
Examples:
  bbsbot demo                           a game, a manager and 111 bots, all on this machine
  bbsbot manager &                      the manager alone
  bbsbot spawn-swarm --count 111        111 bots in the game at localhost:2002
  bbsbot status                         what they are doing; top shows it live
  bbsbot pause bot_042                  hold one
  bbsbot ls --sort -credits --limit 10  the richest
  bbsbot completion bash                completion for your shell (zsh, fish and powershell too)
${exitHelp}`,
    );
  addProcessVerbs(program, doors, done);
  addSpawnVerbs(program, doors, done);
  addLookVerbs(program, doors, done);
  addSteerVerbs(program, doors, done);
  addWait(program, doors, done);
  addStreamVerbs(program, doors, done);
  addTop(program, doors, done);
  addHandVerbs(program, doors, done);
  addAtlasVerbs(program, doors);
  addAdvisor(program, doors);
  addMcp(program, doors, done);
  addConfigVerbs(program, doors, done);
  // Sub-commands made by command() inherit these settings, except the ones that commander keeps to itself.
  settle(program);
  return program;
}

function settle(parent: Command): void {
  for (const command of parent.commands) {
    command.exitOverride();
    settle(command);
  }
}
