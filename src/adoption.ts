/** A manager's first look around: which workers of its bots are still there, which ended while nobody watched, and which nobody knows. */
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Hands } from "./hands.ts";
import { configIn } from "./io/process.ts";
import type { FoundWorker } from "./io/procfs.ts";
import { maskSecrets } from "./proto/config.ts";
import { newcomers } from "./swarm/newcomers.ts";
import { goodbyeGraceMs, stopGraceMs } from "./swarm/react.ts";
import type { Recorder } from "./swarm/record.ts";
import { hasEnded, hasProcess, type Bot, type SwarmState } from "./swarm/swarm.ts";
import type { Workers } from "./workers.ts";

export interface AdoptionParts {
  readonly hands: Pick<Hands, "workersOf" | "signalWorker" | "draftIn" | "useDraft">;
  readonly state: Readonly<SwarmState>;
  readonly recorder: Recorder;
  readonly workers: Workers;
  readonly botsFolder: string;
  /** The log is older than what happened: workers that it does not know are ours all the same. */
  readonly restored: boolean;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

/** Takes over what a former manager left. To be called before anything is started. */
export function takeOver(parts: AdoptionParts): void {
  const found = parts.hands.workersOf(parts.botsFolder);
  for (const worker of found) if (!isKnown(parts.state, worker)) meetStranger(parts, worker);
  let adopted = 0;
  for (const bot of parts.state.bots.values()) {
    if (bot.origin !== "spawned") continue;
    finishDraft(parts, bot);
    if (hasProcess(bot) && lookAfter(parts, bot)) adopted++;
  }
  if (adopted > 0) parts.log(`${adopted} workers of the former manager play on; waiting for them to call`);
}

const isKnown = (state: Readonly<SwarmState>, { bot, pid }: FoundWorker) => {
  const known = state.bots.get(bot);
  return known !== undefined && hasProcess(known) && known.pid === pid;
};

/**
 * A worker that the log does not know was never welcomed, so it plays nothing and would end by itself; unless the log itself was
 * lost and an older one restored: then it is adopted.
 */
function meetStranger(
  { hands, state, recorder, restored, botsFolder, now, log }: AdoptionParts,
  found: FoundWorker,
): void {
  const { bot, pid, ticks, packed } = found;
  /** Where others live as well it is left to end by itself. */
  const turnAway = () => {
    if (!packed) hands.signalWorker(pid, ticks, "SIGKILL");
  };
  if (!restored) return turnAway();
  const at = now();
  const known = state.bots.get(bot);
  if (!known) {
    const config = configIn(join(botsFolder, bot, "bot.yaml"));
    // No folder of ours: the worker cannot be told from anybody's.
    if (!config) return turnAway();
    const [newcomer] = newcomers(state, [{ config, name: "found at work" }], 1, { botId: bot }, at);
    // It has a process already, which is told next: nobody may start another in between.
    if (newcomer?.event.type === "spawned") recorder.happened({ ...newcomer.event, start_at: at + 1000 });
  } else if (hasEnded(known))
    recorder.happened({
      type: "restartAsked",
      bot,
      reason: "its worker was found at work",
      fresh: false,
      at,
    });
  recorder.happened({ type: "started", bot, pid, ticks, ...(packed && { packed }), at });
  log(`${bot} was found at work (pid ${pid})`);
}

/** A former manager that died between the log and the folder left a draft which the log knows. */
function finishDraft({ hands, botsFolder }: AdoptionParts, { id, settings }: Readonly<Bot>): void {
  const folder = join(botsFolder, id);
  const draft = hands.draftIn(folder);
  if (draft && isDeepStrictEqual(maskSecrets(draft), settings)) hands.useDraft(folder);
}

/** True for a worker that is there and plays on. */
function lookAfter({ state, recorder, workers, now }: AdoptionParts, bot: Readonly<Bot>): boolean {
  const { id } = bot;
  const at = now();
  if (!workers.isHere(bot)) {
    workers.goneUnseen(bot, "the worker ended while no manager was there");
    return false;
  }
  // The log may be older than its last hello only where it was restored: otherwise one without a hello was never welcomed.
  recorder.happened({ type: "unlinked", bot: id, at });
  const leaving = bot.killed !== undefined || bot.again !== undefined;
  if (hasEnded(bot) || leaving)
    workers.perform({ type: "end", bot: id, graceMs: leaving ? stopGraceMs : goodbyeGraceMs });
  return state.bots.get(id)?.process === "up";
}
