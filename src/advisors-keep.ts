/**
 * The advisors of a manager: one for each model that its bots ask. Under an operator's own `llm` section all bots ask that one; otherwise each asks the
 * model of its own configuration. A manager without the one and without bots of the other loads nothing for it.
 */
import type { AdvisorKeep, OpeningParts, Told } from "./advisor-keep.ts";
import type { Hands } from "./hands.ts";
import type { SwarmEvent } from "./proto/events.ts";
import { advisorName } from "./proto/ids.ts";
import { Llm } from "./proto/llm-config.ts";
import type { ManagerMessage } from "./proto/orders.ts";
import type { AdvisorStatus } from "./swarm/advising.ts";
import type { AdviceMessage } from "./swarm/messages.ts";
import type { SwarmState } from "./swarm/swarm.ts";

/** Models that are asked side by side; beyond them a new one takes the place of one that no bot plays by. */
export const advisorsMax = 8;

export interface AdvisorsParts {
  /** The operator's own section. */
  readonly own: Llm | null;
  readonly state: Readonly<SwarmState>;
  /** Where the used budget is kept. */
  readonly folder: string;
  readonly shared: NonNullable<OpeningParts["shared"]>;
  readonly hands: Pick<Hands, "openAdvisor" | "later">;
  readonly now: () => number;
  readonly tell: (bot: string, message: ManagerMessage) => void;
  readonly happened: (event: SwarmEvent) => void;
  readonly log: (line: string) => void;
}

export interface AdvisorsKeep {
  /** Opens the operator's own model, so that what is wrong with its section is seen at once. Nothing is sent. */
  begin(): void;
  heard(bot: string, message: AdviceMessage): void;
  /** Its line is gone: nobody waits for its answer. */
  gone(bot: string): void;
  /** It plays no more. */
  ended(bot: string): void;
  status(): AdvisorStatus[];
  end(): void;
}

interface Entry {
  readonly users: Set<string>;
  readonly opening: Promise<AdvisorKeep>;
  keep?: AdvisorKeep;
}

export function keepAdvisors(parts: AdvisorsParts): AdvisorsKeep {
  const { own, state, tell, log } = parts;
  /** By their sections, as JSON. */
  const entries = new Map<string, Entry>();
  const said = new Set<string>();
  let hasEnded = false;

  /** The model that this bot asks: of a bot that was started by hand nothing is known, and it asks the usual one. */
  function sectionOf(bot: string): Llm {
    if (own) return own;
    const settings = state.bots.get(bot)?.settings as { llm?: unknown } | null | undefined;
    return Llm.safeParse(settings?.llm ?? {}).data ?? Llm.parse({});
  }

  function told(effect: Told): void {
    switch (effect.type) {
      case "advice":
        return tell(effect.bot, { type: "advice", id: effect.id, plan: effect.plan });
      case "unadvised":
        return refuse(effect.bot, effect.id, effect.reason, effect.forMs);
      case "note": {
        const { severity, text } = effect;
        parts.happened({ type: "noted", bot: advisorName, severity, text, at: parts.now() });
        // The log has those that are graver of the event.
        if (severity === "info") log(`${advisorName} ${text}`);
        return;
      }
      default:
        effect satisfies never;
    }
  }

  function refuse(
    bot: string,
    id: number,
    reason: Extract<Told, { type: "unadvised" }>["reason"],
    forMs?: number,
  ): void {
    tell(bot, { type: "unadvised", id, reason, ...(forMs !== undefined && { for_ms: Math.ceil(forMs) }) });
  }

  function sayOnce(line: string): void {
    if (!said.has(line)) log(line);
    said.add(line);
  }

  /** The advisor of this section, opened when it is first asked for; undefined when there are too many. */
  function entryOf(llm: Llm): Entry | undefined {
    const key = JSON.stringify(llm);
    const known = entries.get(key);
    if (known) return known;
    if (entries.size >= advisorsMax && !makeRoom()) {
      sayOnce(`warning: bots ask more than ${advisorsMax} different models: the further ones are not asked`);
      return undefined;
    }
    const { hands, folder, shared, now } = parts;
    const opening = hands
      .openAdvisor({
        llm,
        isOwn: llm === own,
        folder,
        shared,
        now,
        later: hands.later,
        warn: (text) => log(`warning: ${text}`),
      })
      .then((begin) => {
        const keep = begin(told);
        if (hasEnded) keep.end();
        return (entry.keep = keep);
      });
    const entry: Entry = { users: new Set(), opening };
    entries.set(key, entry);
    opening.catch((error: unknown) => {
      // Whoever asks next tries anew.
      entries.delete(key);
      sayOnce(
        `warning: the model cannot be asked: ${error instanceof Error ? error.message : String(error)}`,
      );
    });
    return entry;
  }

  /** Takes an advisor away that no bot plays by. */
  function makeRoom(): boolean {
    for (const [key, { users, keep }] of entries) {
      if (users.size > 0) continue;
      keep?.end();
      return entries.delete(key);
    }
    return false;
  }

  function ask(bot: string, { id, at, picture }: Extract<AdviceMessage, { type: "ask" }>): void {
    const llm = sectionOf(bot);
    if (llm.provider === "replay") {
      sayOnce('warning: the provider "replay" is for a worker that plays alone: no plans are given');
      return refuse(bot, id, "off");
    }
    const entry = entryOf(llm);
    if (!entry) return refuse(bot, id, "off");
    for (const other of entries.values()) if (other !== entry) other.users.delete(bot);
    entry.users.add(bot);
    entry.opening.then(
      (keep) => keep.ask({ bot, id, at, picture }),
      () => refuse(bot, id, "off"),
    );
  }

  const keepsOf = (bot: string) =>
    [...entries.values()].flatMap(({ users, keep }) => (keep && users.has(bot) ? [keep] : []));

  return {
    begin() {
      if (own && own.provider !== "replay") entryOf(own);
    },
    heard(bot, message) {
      if (message.type === "ask") return ask(bot, message);
      for (const keep of keepsOf(bot)) keep.weighed(bot, message.id, message.at, message.outcome);
    },
    gone(bot) {
      for (const keep of keepsOf(bot)) keep.gone(bot);
    },
    ended(bot) {
      for (const keep of keepsOf(bot)) keep.gone(bot);
      for (const { users } of entries.values()) users.delete(bot);
    },
    status: () => [...entries.values()].flatMap(({ keep }) => keep?.status() ?? []),
    end() {
      hasEnded = true;
      for (const { keep } of entries.values()) keep?.end();
    },
  };
}
