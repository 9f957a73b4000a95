/** A bot's credits and net worth over time, as the manager keeps them. */
import { useComputed, useSignal } from "@preact/signals";
import type { SeriesRow } from "../../proto/operations/looking.ts";
import { manager, wordsOfRefusal } from "../asked.ts";
import { Graph } from "../parts/graph.tsx";
import { momentsOf, perMinute, standing } from "../parts/graph-points.ts";
import { clean } from "../words.ts";
import { useFollowing } from "./bot-follow.ts";

/** The manager takes a sample every few seconds: asking more often than this tells nothing new, in milliseconds. */
const graphPaceMs = 10_000;
const points = 500;

export function Graphs({ bot }: { readonly bot: string }) {
  const rows = useSignal<readonly SeriesRow[]>([]);
  const refusal = useSignal<string | undefined>(undefined);
  const span = useSignal<readonly [number, number] | undefined>(undefined);
  useFollowing(bot, graphPaceMs, async () => {
    try {
      rows.value = (await manager.timeSeries({ bot_id: bot, points })).rows;
      refusal.value = undefined;
    } catch (error) {
      refusal.value = wordsOfRefusal(error);
    }
  });
  const at = useComputed(() => momentsOf(rows.value));
  const worth = useComputed(
    () =>
      [
        { name: "Net worth", colour: "accent", measure: "whole", values: standing(rows.value, "net_worth") },
        { name: "Credits", colour: "good", measure: "whole", values: standing(rows.value, "credits") },
      ] as const,
  );
  const pace = useComputed(
    () =>
      [
        { name: "Turns", colour: "accent", measure: "rate", values: perMinute(rows.value, "turns") },
        { name: "Trades", colour: "good", measure: "rate", values: perMinute(rows.value, "trades") },
      ] as const,
  );
  const zoomed = (next?: readonly [number, number]) => (span.value = next);
  return (
    <div class="graphs">
      {refusal.value !== undefined && <p class="warning">{clean(refusal.value)}</p>}
      <Graph title="Credits" at={at.value} lines={worth.value} span={span.value} zoomed={zoomed} />
      <Graph title="A minute" at={at.value} lines={pace.value} span={span.value} zoomed={zoomed} />
    </div>
  );
}
