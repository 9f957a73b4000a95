/** The latest report of each bot, saved at a pace: what a crash of the manager may cost of them. */
import type { SwarmEvent } from "./proto/events.ts";
import type { LastReport } from "./proto/batch.ts";
import type { SwarmState } from "./swarm/swarm.ts";

export interface ReportsKeep {
  told(event: SwarmEvent): void;
  /** Saves the reports of those who reported since the last time. */
  save(): void;
}

/** `save` keeps reports or throws; that it fails is told once for each time it begins to. */
export function keepReports(
  state: Readonly<SwarmState>,
  save: (reports: readonly LastReport[]) => void,
  complain: (error: unknown) => void,
): ReportsKeep {
  const unsaved = new Set<string>();
  let failing = false;
  return {
    told(event) {
      if (event.type === "reported") unsaved.add(event.bot);
    },
    save() {
      const latest = [...unsaved].flatMap((id) => {
        const bot = state.bots.get(id);
        return bot?.report ? [{ bot: id, at: bot.reportAt, report: bot.report }] : [];
      });
      if (latest.length === 0) return;
      try {
        save(latest);
        unsaved.clear();
        failing = false;
      } catch (error) {
        if (!failing) complain(error);
        failing = true;
      }
    },
  };
}
