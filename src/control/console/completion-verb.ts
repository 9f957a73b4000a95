/** `bbsbot completion` in the words of its help; what it does is in completion.ts, which only it loads. */
import type { Command } from "commander";
import { exampleText } from "./verb.ts";

export const describeCompletion = (command: Command): Command =>
  command
    .summary("print what makes the Tab key know verbs, flags and bots")
    .description("print what makes the Tab key know verbs, flags and bots: for bash, zsh, fish or powershell")
    .addHelpText(
      "after",
      `\nbash needs the package bash-completion. Lines like these belong in ~/.bashrc, ~/.zshrc and the like.\n${exampleText(
        [
          ". <(bbsbot completion bash)",
          "autoload -U compinit; compinit; . <(bbsbot completion zsh)",
          "bbsbot completion fish | source",
        ],
      )}`,
    );
