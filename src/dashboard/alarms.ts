/** What needs a person, wherever on the page he is: a toast for each, but no storm of them. */
import { effect } from "@preact/signals";
import type { ToldEvent } from "../proto/feed.ts";
import { pathOfBot } from "./address.ts";
import { manager, wordsOfRefusal } from "./asked.ts";
import { listenToEvents } from "./events.ts";
import { swarm } from "./live.ts";
import { quieted } from "./quieted.ts";
import { toast } from "./toasts.tsx";

/** Errors that happened while nobody looked, of which toasts are made afterwards, at most. */
const missedMax = 20;

/** Watches from now on. */
export function startAlarms(): void {
  const isNews = quieted();
  let away: number | undefined;
  const alarm = ({ bot, text, at }: ToldEvent) => {
    if (isNews(bot, at)) toast("bad", `${bot} ${text}`, pathOfBot(bot));
  };

  async function catchUp(since: number): Promise<void> {
    const { events } = await manager.swarmEvents({ severity: "error", since, limit: missedMax });
    events.reverse().forEach(alarm);
  }

  listenToEvents({
    severity: "error",
    opened() {
      // Without an answer nobody is told here; the feed counts them all the same.
      if (away !== undefined) void catchUp(away).catch(wordsOfRefusal);
      away = undefined;
    },
    told: ({ events }) => events.filter(({ severity }) => severity === "error").forEach(alarm),
    closed: () => (away ??= Date.now()),
  });

  let told: string | undefined;
  effect(() => {
    const degraded = swarm.value?.totals.degraded;
    if (degraded !== undefined && degraded !== told) toast("bad", `The manager takes no orders: ${degraded}`);
    told = degraded;
  });
}
