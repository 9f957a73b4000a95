/** The swarm in figures: how many bots are in each state, and how the whole goes. */
import "./figures.css";
import { computed, effect, signal } from "@preact/signals";
import { botStates, type BotState } from "../../proto/status.ts";
import type { SeriesRow } from "../../proto/operations/looking.ts";
import { manager, wordsOfRefusal } from "../asked.ts";
import { line, swarm } from "../live.ts";
import { sumsOf } from "./figures-past.ts";
import { past, swarmNow } from "./figures-seen.ts";
import { figuresOf, sparkPath, type Figure } from "./figures-told.ts";
import { joined } from "./graph-points.ts";

/** Points of the last hour: one for each pixel or two of a short line. */
const trendPoints = 60;
const hourMs = 3_600_000;
const spark = { width: 84, height: 24 } as const;

/** The last hour as the manager kept it, asked once a line opens: from then on the page sees for itself. */
const hour = signal<readonly SeriesRow[]>([]);
effect(() => {
  const { state, since } = line.value;
  if (state !== "open") return;
  manager
    .timeSeries({ since: since - hourMs, points: trendPoints })
    .then(({ rows }) => (hour.value = rows))
    // Figures without their past are better than none; the table tells what is wrong with the manager.
    .catch(wordsOfRefusal);
});

const figures = computed((): readonly Figure[] => {
  const now = swarmNow.value;
  if (!now) return [];
  const at = Date.now();
  const seen = past.value.looks.map(({ all }) => all);
  const rows = joined(hour.value, [...seen, sumsOf(now.bots.values(), at).all]);
  return figuresOf(
    rows.filter((row) => at - row.at <= hourMs),
    now.totals.credits_per_turn,
  );
});

/** Figures with their trends. */
export function Figures() {
  return (
    <ul class="figures" aria-label="The swarm in figures">
      {figures.value.map(({ name, value, beside, trend }) => (
        <li key={name}>
          <span class="figure-name">{name}</span>
          <b>{value}</b>
          <Spark values={trend} />
          <span class="figure-beside" title={beside}>
            {beside}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Spark({ values }: { readonly values: Figure["trend"] }) {
  const { width, height } = spark;
  return (
    <svg class="spark" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={sparkPath(values, width, height)} />
    </svg>
  );
}

/** How many bots are in each state; each is a switch for what the table shows. */
export function StateCounts({
  chosen,
  choose,
}: {
  readonly chosen: readonly BotState[];
  readonly choose: (states: readonly BotState[]) => void;
}) {
  const totals = swarm.value?.totals;
  const shown = botStates.filter((state) => (totals?.by_state[state] ?? 0) > 0 || chosen.includes(state));
  return (
    <div class="state-counts" role="group" aria-label="Bots by state">
      <button type="button" aria-pressed={chosen.length === 0} onClick={() => choose([])}>
        all <b>{totals?.total_bots ?? 0}</b>
      </button>
      {shown.map((state) => (
        <button
          key={state}
          type="button"
          class={`state-${state}`}
          aria-pressed={chosen.includes(state)}
          onClick={() =>
            choose(chosen.includes(state) ? chosen.filter((one) => one !== state) : [...chosen, state])
          }
        >
          {state} <b>{totals?.by_state[state] ?? 0}</b>
        </button>
      ))}
    </div>
  );
}
