/** What a life does in one step: collected here in its order, handed out at the end. */
import type { LifeEffect } from "./happenings.ts";

export interface Deeds {
  add(...effects: readonly LifeEffect[]): void;
  note(severity: "info" | "warning" | "error", text: string): void;
  /** Warnings and errors noted up to now. */
  troubles(): number;
  /** The report has changed: told once a step, as urgently as anybody wants. */
  changed(urgent: boolean): void;
  /** All since the last call. */
  take(): LifeEffect[];
}

export function createDeeds(): Deeds {
  let all: LifeEffect[] = [];
  let troubles = 0;
  return {
    add: (...effects) => void all.push(...effects),
    note(severity, text) {
      if (severity !== "info") troubles++;
      all.push({ type: "note", severity, text });
    },
    troubles: () => troubles,
    changed(urgent) {
      const last = all.findLast((effect) => effect.type === "changed");
      if (!last || (urgent && !last.urgent)) all.push({ type: "changed", urgent });
    },
    take() {
      const taken = all;
      all = [];
      return taken;
    },
  };
}
