/** The Tab key in real shells: verbs, flags, and bots that only the manager knows. */
import { afterAll, test } from "bun:test";
import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { listening } from "../doubles/scribe.ts";
import { binary, scratch, until } from "./harness.ts";
import { terminal, tmuxMissing, whyNoTmux } from "./tmux.ts";

const { folder, remove } = scratch();
symlinkSync(binary, join(folder, "bbsbot"));
const manager = listening();
afterAll(() => {
  void manager.stop();
  remove();
});

const bashCompletion = "/usr/share/bash-completion/bash_completion";
const shells = [
  {
    name: "bash",
    missing: existsSync(bashCompletion) ? undefined : "bash-completion",
    begin: ["exec bash --norc --noprofile", `. ${bashCompletion}`, ". <(bbsbot completion bash)"],
  },
  {
    name: "zsh",
    missing: Bun.which("zsh") ? undefined : "zsh",
    begin: ["exec zsh -f", "autoload -U compinit; compinit -D", ". <(bbsbot completion zsh)"],
  },
  {
    name: "fish",
    missing: Bun.which("fish") ? undefined : "fish",
    begin: ["exec fish --no-config", "bbsbot completion fish | source"],
  },
];

for (const { name, missing, begin } of shells)
  test.skipIf(missing !== undefined || tmuxMissing)(
    `in ${name} verbs, flags and bots are completed${missing ? ` (left out: no ${missing} here)` : ""}${whyNoTmux}`,
    async () => {
      const on = await terminal(100, 24, {
        HOME: folder,
        PATH: `${folder}:${process.env["PATH"]}`,
        PS1: "$ ",
        BBSBOT_URL: manager.url,
      });
      const enter = async (line: string) => {
        await on.type(line);
        await on.press("Enter");
      };
      /** Types what is begun, and Tab until it has become what is wished: the manager has a moment only, and is asked again. */
      const becomes = async (begun: string, whole: string) => {
        await on.type(begun);
        const reaches = async () => {
          await on.press("Tab");
          return on.shows(whole, 1000).then(
            () => true,
            () => false,
          );
        };
        await until(`"${whole}" in ${name}`, reaches, 15_000);
        await on.press("C-u");
      };
      try {
        for (const line of begin) await enter(line);
        await enter("echo rea''dy");
        await on.shows(/^ready/m, 10_000);
        await becomes("bbsbot descr", "bbsbot describe");
        await becomes("bbsbot ls --sta", "bbsbot ls --state");
        await becomes("bbsbot describe ", "bbsbot describe a");
        await becomes("bbsbot pause al", "bbsbot pause all");
        await becomes("bbsbot config sch", "bbsbot config schema");
      } finally {
        await on.end();
      }
    },
    40_000,
  );
