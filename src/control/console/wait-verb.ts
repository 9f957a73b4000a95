/** `bbsbot wait`: until bots have come to a state. */
import { Option, type Command } from "commander";
import { Refusal } from "../../proto/refusal.ts";
import { seconds } from "./arguments.ts";
import type { Doors } from "./doors.ts";
import { managerVerb, reach, selectionFrom, withSelectors, type Common, type SelectorFlags } from "./verb.ts";
import { wishes, type Wish } from "./wishes.ts";

/** Seconds, where nothing else is said. */
export const waitDefault = 600;

/** What to wait for, as it is written, else in either case: "running" is more than the state "RUNNING". */
const wishFrom = (word: string): Wish | undefined =>
  wishes.find((wish) => wish === word) ?? wishes.find((wish) => wish.toLowerCase() === word.toLowerCase());

export const timeoutOption = () =>
  new Option("--timeout <time>", "give up after so long, such as 90s or 10m; 0 never does")
    .argParser(seconds)
    .default(waitDefault, "10m");

export function checkedWish(word: string): Wish {
  const wish = wishFrom(word);
  if (wish) return wish;
  throw new Refusal("bad_input", `Cannot wait for "${word}": expected one of ${wishes.join(", ")}`);
}

type Flags = Common & SelectorFlags & { readonly for?: string; readonly timeout: number };

export function addWait(program: Command, doors: Doors, done: (status: number) => void): void {
  withSelectors(
    managerVerb(program, "wait [bots...]", "wait until bots are in a state, running, healthy or ended", [
      "bbsbot wait all --for running --timeout 2m",
      "bbsbot wait bot_042 --for PAUSED",
      "bbsbot wait --label team=red --for ended --timeout 0",
    ]),
  )
    .option("--for <state>", `${wishes.slice(0, 3).join(", ")} or a state`)
    .addOption(timeoutOption())
    .addHelpText(
      "after",
      "\nRunning is whoever has logged in, healthy whose line is up and who knows where it is. Exit status 3 when\nthe time is up, 1 when some have ended otherwise.",
    )
    .action(async (words: string[], flags: Flags) => {
      if (flags.for === undefined)
        throw new Refusal("bad_input", "Wait for what? Say it, such as --for running or --for ended");
      const wish = checkedWish(flags.for);
      const selection = await selectionFrom(doors, words, flags);
      if (!selection) throw new Refusal("bad_input", 'Which bots? Name them, or all of them by "all"');
      const reached = await reach(doors, flags);
      const [{ follow, followedValue, tellFollowed }, { meantOf, refuseStrangers }] = await Promise.all([
        import("./following.ts"),
        import("./meant.ts"),
      ]);
      const following = {
        wish,
        timeout: flags.timeout,
        pick(status: Parameters<typeof meantOf>[0]) {
          const meant = meantOf(status, selection);
          refuseStrangers(meant);
          if (meant.bots.length === 0) throw new Refusal("not_found", "There is no bot to wait for");
          return meant.bots.map(({ bot_id }) => bot_id);
        },
      };
      const followed = await follow(doors, reached, following);
      const { tally } = followed;
      reached.print(followedValue(following, followed), () => `${tally.reached} of ${tally.total} ${wish}\n`);
      done(tellFollowed(doors, following, followed));
    });
}
