/** The page of the swarm: how it stands, how it went, and every bot with the means to command it. */
import "./swarm.css";
import { effect, useComputed, useSignal, type Signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { ask, query } from "../address.ts";
import { manager, settings, wordsOfRefusal } from "../asked.ts";
import { useShortcuts } from "../keys.tsx";
import { isStale, swarm } from "../live.ts";
import { AdvisorStrip } from "../parts/advisor.tsx";
import { BulkBar } from "../parts/bulk.tsx";
import { Figures, StateCounts } from "../parts/figures.tsx";
import { SpawnDialog } from "../parts/spawn.tsx";
import { keepOrder, type Order } from "../parts/table-order.ts";
import { nobody, type Selected } from "../parts/table-selection.ts";
import { BotTable } from "../parts/table.tsx";
import { viewOf, wordsOf, type View } from "../parts/table-view.ts";
import { grouped } from "../words.ts";
import { History } from "./swarm-history.tsx";

export function SwarmPage() {
  const spawns = useSignal(false);
  const selected = useSignal<Selected>(nobody);
  const search = useRef<HTMLInputElement>(null);
  const mayWrite = !settings.value.read_only;
  useShortcuts("Swarm", [
    { key: "/", told: "find bots", work: () => search.current?.focus() },
    { key: "s", told: "spawn bots", work: () => (spawns.value = !settings.value.read_only) },
  ]);
  const isKnown = useComputed(() => swarm.value !== undefined).value;
  const isEmpty = useComputed(() => swarm.value?.totals.total_bots === 0).value;
  return (
    <div class={`swarm${isStale.value && isKnown ? " is-stale" : ""}`}>
      <h1 class="unseen">Swarm</h1>
      {!isKnown && <p class="swarm-waiting">Asking the manager …</p>}
      {isKnown && !isEmpty && (
        <>
          <Figures />
          <AdvisorStrip />
          <History />
        </>
      )}
      {isEmpty ? (
        <Nobody spawn={mayWrite ? () => (spawns.value = true) : undefined} />
      ) : (
        isKnown && (
          <Bots
            search={search}
            selected={mayWrite ? selected : undefined}
            spawn={mayWrite ? () => (spawns.value = true) : undefined}
          />
        )
      )}
      {spawns.value && <SpawnDialog close={() => (spawns.value = false)} />}
    </div>
  );
}

interface BotsParts {
  readonly search: { current: HTMLInputElement | null };
  readonly selected: Signal<Selected> | undefined;
  readonly spawn: (() => void) | undefined;
}

function Bots({ search, selected, spawn }: BotsParts) {
  const view = useComputed(() => viewOf(query.value)).value;
  const { order, refused } = useOrder();
  const isThere = (id: string) => swarm.peek()?.bots.has(id) ?? false;
  // Before the manager has told an order the bots stand as they came.
  const ids = useMemo(
    () => (order ? order.ids.filter(isThere) : [...(swarm.peek()?.bots.keys() ?? [])]),
    [order],
  );
  const change = (to: Partial<View>) => ask(wordsOf(to));
  return (
    <section aria-label="Bots" class="swarm-bots">
      <div class="swarm-ways">
        <StateCounts chosen={view.states} choose={(states) => change({ states })} />
        <input
          type="search"
          ref={search}
          aria-label="Find bots"
          placeholder="Find bots: id, trader, goal, … ( / )"
          value={view.query}
          onInput={({ currentTarget }) => change({ query: currentTarget.value })}
          onKeyDown={({ key, currentTarget }) => key === "Escape" && currentTarget.blur()}
        />
        {view.labels.map((label) => (
          <button
            key={label}
            type="button"
            aria-label={`No longer only ${label}`}
            onClick={() => change({ labels: view.labels.filter((one) => one !== label) })}
          >
            {label} ×
          </button>
        ))}
        <span class="swarm-matched" role="status">
          {order && `${grouped(order.matched)} shown`}
        </span>
        {refused !== undefined && (
          <span class="bad" role="alert">
            {refused}
          </span>
        )}
        {spawn && (
          <button type="button" class="main" onClick={spawn}>
            Spawn bots…
          </button>
        )}
      </div>
      {order && ids.length === 0 ? (
        <p class="bots-none">No bot is like that</p>
      ) : (
        <BotTable view={view} resort={(sort) => change({ sort })} ids={ids} selected={selected} />
      )}
      {selected && <BulkBar selected={selected} />}
    </section>
  );
}

/** The order that the manager gives the bots, for the view of the address. */
function useOrder(): { readonly order: Order | undefined; readonly refused: string | undefined } {
  const order = useSignal<Order | undefined>(undefined);
  const refused = useSignal<string | undefined>(undefined);
  const view = useComputed(() => JSON.stringify(viewOf(query.value)));
  useEffect(() => {
    const keeper = keepOrder({
      ask: manager.listBots,
      took(next) {
        refused.value = undefined;
        order.value = next;
      },
      refused: (error) => (refused.value = wordsOfRefusal(error)),
      later(work, ms) {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    });
    const ends = [
      effect(() => keeper.want(JSON.parse(view.value) as View)),
      effect(() => {
        if (swarm.value) keeper.changed(swarm.value.totals.seq);
      }),
      keeper.end,
    ];
    return () => ends.forEach((end) => end());
  }, []);
  return { order: order.value, refused: refused.value };
}

function Nobody({ spawn }: { readonly spawn: (() => void) | undefined }) {
  return (
    <section class="swarm-nobody">
      <h2>No bots yet</h2>
      <p>{spawn ? "Start some here, or from a shell:" : "This page only looks. Start some from a shell:"}</p>
      <pre>
        <code>bbsbot spawn-swarm --count 10 --config bot.yaml</code>
      </pre>
      {spawn && (
        <button type="button" class="main" onClick={spawn}>
          Spawn bots…
        </button>
      )}
    </section>
  );
}
