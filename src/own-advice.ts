/** The model of a bot that plays without a manager: asked from this process, or played again from a record. Loaded by nobody else. */
import process from "node:process";
import { openAdvisor } from "./advisor-keep.ts";
import type { Answered, OwnAdvisor } from "./advised.ts";
import { readAdvice } from "./io/advice-record.ts";
import type { TakenIn } from "./proto/advice.ts";
import type { BotConfig } from "./proto/config.ts";
import { Llm } from "./proto/llm-config.ts";
import { Refusal } from "./proto/refusal.ts";

export interface OwnAdviceParts {
  readonly config: BotConfig;
  readonly botId: string;
  /** Where the bot keeps what it has. */
  readonly folder: string;
  /** Where a key stands in the configuration. */
  place(path: readonly string[]): string;
  readonly tell: (severity: "info" | "warning", text: string) => void;
}

/** Answers of a record, or whom to ask. */
export type OwnAdvice =
  | { readonly recorded: readonly TakenIn[] }
  | { readonly advisor: (answered: (event: Answered) => void) => OwnAdvisor };

/** Opens what the configuration names; the usual model where it names none. Throws Refusal "bad_input" for a record that cannot be read or written. */
export async function ownAdvice(parts: OwnAdviceParts): Promise<OwnAdvice> {
  const { config, botId, folder, place, tell } = parts;
  const llm = config.llm ?? Llm.parse({});
  if (llm.provider === "replay") {
    if (llm.replay_file) return { recorded: readAdvice(llm.replay_file, botId) };
    throw new Refusal("bad_input", `${place(["llm"])}: the provider "replay" needs "replay_file"`);
  }
  const opened = await openAdvisor({
    llm,
    isOwn: true,
    env: process.env,
    folder,
    now: () => performance.timeOrigin + performance.now(),
    warn: (text) => tell("warning", text),
  });
  return {
    advisor: (answered) =>
      opened((told) => {
        switch (told.type) {
          case "advice":
            return answered({ type: "advised", id: told.id, plan: told.plan });
          case "unadvised":
            return answered(told);
          case "note":
            return tell(told.severity, told.text);
        }
      }),
  };
}
