/** The manager's commons: what workers say of their games goes in, what others know comes out, and a file remembers it. */
import type { LoreStore } from "./io/lore-store.ts";
import { type Lore, readLore } from "./proto/lore.ts";
import type { ManagerMessage } from "./proto/orders.ts";
import { createCommons, type Commons } from "./swarm/commons.ts";
import type { GameMessage } from "./swarm/messages.ts";

/** Pace at which it is looked whether there is something to tell, in ms. */
export const sayEveryMs = 500;
/** Pace at which lore is saved, in ms: what a crash may cost of it. */
export const saveEveryMs = 1000;

export interface CommonsKeep {
  heard(bot: string, message: GameMessage): void;
  /** The bot is done: what it held is free. */
  ended(bot: string): void;
  /** Says what is to be said. */
  say(): void;
  save(): void;
  /** What is known, of games that were played under a former manager, too; for those who ask. */
  known(): Commons;
}

export interface CommonsParts {
  /** Without it nothing outlives this process. */
  readonly store: LoreStore | undefined;
  readonly tell: (bot: string, message: ManagerMessage) => void;
  readonly log: (line: string) => void;
  readonly complain: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Commons whose places are read from the store when the first bot comes in. */
export function keepCommons({ store, tell, log, complain, now }: CommonsParts): CommonsKeep {
  const commons = createCommons();
  const recalled = new Set<string>();
  let failing = false;

  function recall(place: string): void {
    if (recalled.has(place)) return;
    recalled.add(place);
    const kept = store?.load(place);
    if (!kept) return;
    const pieces: Lore[] = [];
    readLore(kept.lore, (piece) => pieces.push(piece));
    commons.restore(place, kept.age, pieces);
    if (pieces.length > 0) log(`knows ${commons.size(place)} things of ${place}`);
    if (kept.dropped > 0) log(`${kept.dropped} rows kept of ${place} are no lore`);
  }

  return {
    heard(bot, message) {
      switch (message.type) {
        case "shares":
          recall(message.place);
          if (!commons.join(bot, message.place, now()))
            log(`${bot} plays alone: too many games are shared already`);
          return;
        case "lore": {
          const { dropped } = commons.told(bot, message.lore, now());
          if (dropped > 0) log(`${bot} told ${dropped} things that cannot be kept`);
          return;
        }
        case "recalled":
          return commons.confirmed(bot, message.up_to);
        case "claim":
          return commons.claim(bot, message.names, now());
        default:
          message satisfies never;
      }
    },
    known() {
      for (const place of store?.places() ?? []) recall(place);
      return commons;
    },
    ended: (bot) => commons.leave(bot),
    say() {
      for (const { bot, word } of commons.words(now())) tell(bot, word);
    },
    save() {
      try {
        store?.save(commons.unsaved());
        commons.saved();
        failing = false;
      } catch (error) {
        // It stays unsaved, for the next time; said once, not every second.
        if (!failing) complain(error);
        failing = true;
      }
    },
  };
}
