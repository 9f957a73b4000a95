/** Command prompts away from the helm: on a planet, in a citadel, at the StarDock's counters. */
import type { Session, Then } from "../session.ts";
import type { Paper } from "../text/paper.ts";
import { globals } from "./globals.ts";

interface Stand {
  /** As it is shown after a command. */
  readonly prompt: (paper: Paper) => void;
  /** As it is shown after somebody's message; the prompt below an empty line when left out. */
  readonly reprint?: (paper: Paper) => void;
  /** Capitals. */
  readonly keys: string;
  /** What Enter stands for; it is not echoed. */
  readonly enter?: string;
  /** The key is not echoed. */
  readonly silent?: boolean;
  readonly chosen: (session: Session, key: string) => void;
  /** Where the keys that work everywhere come back to; the same prompt below an empty line when left out. */
  readonly again?: Then;
}

/** Shows the prompt, after what others have said meanwhile, and waits for a key of its own or one that works everywhere. */
export function stand(session: Session, known: Stand): void {
  const { prompt, keys, enter, silent = false, chosen } = known;
  const { reprint = (paper: Paper) => paper.put`\n${prompt}`, again = below(known) } = known;
  const waiting = session.waiting.splice(0);
  for (const message of waiting) session.paper.put`\n${message}`;
  if (waiting.length > 0) session.paper.line();
  prompt(session.paper);
  session.prompt = {
    reprint: ({ paper }) => reprint(paper),
    onKey(asked, key) {
      const { paper } = asked;
      const capital = key.toUpperCase();
      const everywhere = globals[key];
      if (key === "\r" && enter !== undefined) {
        paper.line();
        chosen(asked, enter);
      } else if (keys.includes(capital)) {
        if (!silent) paper.raw(capital);
        paper.line();
        chosen(asked, capital);
      } else if (everywhere) {
        paper.line();
        everywhere(asked, again);
      }
    },
  };
}

const below =
  (known: Stand): Then =>
  (session) => {
    session.paper.line();
    stand(session, known);
  };
