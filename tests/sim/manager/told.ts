/** A story as lines for people: what was kept, what people wanted, and what befell them, by time. */
import type { Story } from "./world.ts";

/** Characters of a line that are shown. */
const lineMaxChars = 200;

export function told({ wrongs, events, wishes, misfortunes }: Story): string {
  const lines = [
    ...events.map(({ at, ...event }) => ({ at, text: JSON.stringify({ ...event, config: undefined }) })),
    ...wishes.map(({ at, bot, kind, value, answer }) => ({
      at,
      text: `    ${bot}: ${kind} ${value} wanted, ${answer}`,
    })),
    ...misfortunes.map(({ at, text }) => ({ at, text: `    (${text})` })),
  ];
  const sorted = lines.toSorted((a, b) => a.at - b.at);
  return [...sorted.map(({ at, text }) => `${secondsOf(at)} ${text.slice(0, lineMaxChars)}`), ...wrongs].join(
    "\n",
  );
}

/** Of the story's clock, which begins at a round number. */
export const secondsOf = (at: number) => ((at % 1e9) / 1000).toFixed(3);
