/** What needs a person, wherever on the page he is: a toast for each, but no storm of them. */
import { effect } from "@preact/signals";
import type { SwarmEvent } from "../proto/events.ts";
import type { ToldEvent } from "../proto/feed.ts";
import { pathOfBot } from "./address.ts";
import { manager, wordsOfRefusal } from "./asked.ts";
import { listenToEvents } from "./events.ts";
import { swarm } from "./live.ts";
import { quieted } from "./quieted.ts";
import { isTold, toast } from "./toasts.tsx";

/** Of what happened while nobody looked toasts are made afterwards, so many at most. */
const missedMax = 20;
/** How bots become STUCK: warnings, for the manager may still help them up. */
const stuckTypes = ["timedOut", "stalled"] satisfies SwarmEvent["type"][];

const needsPerson = ({ severity, type }: ToldEvent): boolean =>
  severity === "error" || stuckTypes.some((one) => one === type);

/** Watches from now on. */
export function startAlarms(): void {
  const isNews = quieted();
  let away: number | undefined;
  const alarm = ({ bot, text, at, severity }: ToldEvent) => {
    const isError = severity === "error";
    const link = pathOfBot(bot);
    const isNew = isNews(`${severity} ${bot}`, at);
    // Where it is told of already the worst of it is told, and of errors the last: that it was given up, not how its process ended.
    if (isTold(link) ? isError : isNew) toast(isError ? "bad" : "warning", `${bot} ${text}`, link);
  };

  async function catchUp(since: number): Promise<void> {
    const missed = { since, limit: missedMax };
    const answers = await Promise.all([
      manager.swarmEvents({ severity: "error", ...missed }),
      manager.swarmEvents({ severity: "warning", types: stuckTypes, ...missed }),
    ]);
    const events = answers.flatMap((answer) => answer.events).sort((a, b) => a.at - b.at);
    events.slice(-missedMax).forEach(alarm);
  }

  listenToEvents({
    severity: "warning",
    opened() {
      // Without an answer nobody is told here; the feed counts them all the same.
      if (away !== undefined) void catchUp(away).catch(wordsOfRefusal);
      away = undefined;
    },
    told: ({ events }) => events.filter(needsPerson).forEach(alarm),
    closed: () => (away ??= Date.now()),
  });

  let told: string | undefined;
  effect(() => {
    const degraded = swarm.value?.totals.degraded;
    if (degraded !== undefined && degraded !== told) toast("bad", `The manager takes no orders: ${degraded}`);
    told = degraded;
  });
}
