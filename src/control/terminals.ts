/** Bots' terminals: who watches them, and who has their keys. */
import type { Swarm } from "../proto/operations.ts";
import { Refusal } from "../proto/refusal.ts";

export type TerminalAnswers = Pick<Swarm, "botScreen" | "sendKeys">;

export function terminalAnswers(): TerminalAnswers {
  const later = async (): Promise<never> => {
    throw new Refusal("unavailable", "Not yet");
  };
  return { botScreen: later, sendKeys: later };
}
