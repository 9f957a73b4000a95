/** The bots' books beside the host's: what every scenario of the simulation holds at its end. */
import type { Arena, Bot } from "./arena.ts";

/** Differences, as sentences; none when the books agree to the credit, the turn and the point. */
export function audit(arena: Arena): string[] {
  const { host, bots } = arena;
  const books = new Map(host.books().map((entry) => [entry.name, entry]));
  const told = bots.reduce((sum, { turnover }) => sum + turnover, 0);
  const takings = arena.takings();
  // Each deal is told once: those that were struck while the line was down, too.
  const deals = told === takings ? [] : [`deals of ${told} credits were told, the ports say ${takings}`];
  const each = bots.flatMap((bot) => {
    const theirs = books.get(bot.name);
    const ours = bot.life.report();
    if (!theirs) return [`${bot.name} is not in the host's books`];
    const rows: [string, number, number][] = [
      ["credits", ours.credits, theirs.credits],
      ["turns", ours.turns_executed, theirs.turnsUsed],
      ["experience", ours.experience, theirs.experience],
      ["sector", ours.sector, theirs.sector],
    ];
    return rows.flatMap(([what, mine, host]) =>
      mine === host ? [] : [`${bot.name}: ${what} ${mine}, the host says ${host}`],
    );
  });
  return [...deals, ...each];
}

/** What a bot has to say for itself when it did not end well. */
export const troubles = (bots: readonly Bot[]): string[] =>
  bots.flatMap((bot) =>
    bot.ended?.how === "completed" && bot.stuck.length === 0
      ? []
      : [
          `${bot.name}: ${bot.ended?.reason ?? `still at "${bot.open}"`}; ${bot.stuck.join("; ")}; ${bot.notes.slice(-2).join("; ")}`,
        ],
  );

export const creditsPerTurn = ({ life }: Bot): number => {
  const { credits, credits_start, turns_executed } = life.report();
  return turns_executed === 0 ? 0 : (credits - credits_start) / turns_executed;
};

export const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
