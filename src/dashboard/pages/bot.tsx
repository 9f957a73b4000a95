/** The page of one bot: what it is and why it is so, what it can be told, its terminal, and behind tabs what it has done. */
import "./bot.css";
import { useComputed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { eventTypes } from "../../proto/event-words.ts";
import type { BotStatus } from "../../proto/status.ts";
import { ask, query } from "../address.ts";
import { manager, wordsOfRefusal } from "../asked.ts";
import { listenToEvents } from "../events.ts";
import { botOf, isStale, swarm } from "../live.ts";
import { mapOf } from "../map/places.ts";
import { Terminal } from "../terminal/terminal.tsx";
import { ago, clean } from "../words.ts";
import { Configuration, Log } from "./bot-files.tsx";
import { Graphs } from "./bot-graphs.tsx";
import { createHistory, type History } from "./bot-history.ts";
import { Decisions, Events, Trades } from "./bot-lists.tsx";
import { Orders } from "./bot-orders.tsx";
import { planFacts } from "./bot-plan.ts";
import { hasEnded, processFacts, toneOf, traderFacts, whyOf, type Fact } from "./bot-words.ts";

const tabs = [
  ["graphs", "Credits"],
  ["decisions", "Decisions"],
  ["trades", "Trades"],
  ["events", "Events"],
  ["log", "Log"],
  ["config", "Configuration"],
] as const;
type Tab = (typeof tabs)[number][0];

/** Trades have a tab of their own: among them nobody would find the rest. */
const otherTypes = eventTypes.filter((type) => type !== "traded");

/** What counts seconds is written anew this often, in milliseconds. */
const secondMs = 1000;

export function BotPage({ bot: id }: { readonly bot: string }) {
  const bot = useComputed(() => botOf(id));
  const isKnown = useComputed(() => swarm.value !== undefined);
  useEffect(() => void (document.title = `bbsbot: ${id}`), [id]);
  if (!isKnown.value) return <p class="quiet">Waiting for the manager's first word</p>;
  if (!bot.value) return <NoSuchBot id={id} />;
  return <KnownBot id={id} bot={bot.value} />;
}

function NoSuchBot({ id }: { readonly id: string }) {
  return (
    <>
      <h1>No such bot</h1>
      <p>
        There is no bot "{clean(id)}" in this swarm; it may have been taken off the list.{" "}
        <a href="/">Back to the swarm</a>
      </p>
    </>
  );
}

function KnownBot({ id, bot }: { readonly id: string; readonly bot: BotStatus }) {
  const now = useNow();
  const events = useMemo(() => createHistory(manager.swarmEvents, id, otherTypes), [id]);
  const trades = useMemo(() => createHistory(manager.swarmEvents, id, ["traded"]), [id]);
  const refusal = useSignal<string | undefined>(undefined);
  useEffect(
    () =>
      listenToEvents({
        opened: () =>
          void Promise.all([events.begin(), trades.begin()]).then(
            () => (refusal.value = undefined),
            (error: unknown) => (refusal.value = wordsOfRefusal(error)),
          ),
        told({ events: told }) {
          events.told(told);
          trades.told(told);
        },
      }),
    [events, trades],
  );
  return (
    <article class={`bot${isStale.value ? " stale" : ""}`}>
      <Head bot={bot} events={events} now={now} />
      <Orders bot={bot} />
      <div class="sides">
        <Terminal bot={id} ended={hasEnded(bot)} key={id} />
        <div class="facts">
          <h2>Trader</h2>
          <Facts facts={traderFacts(bot)} />
          {bot.advice && (
            <>
              <h2>Model</h2>
              <Facts facts={planFacts(bot.advice)} />
            </>
          )}
          <h2>Worker</h2>
          <Facts facts={processFacts(bot, now)} />
        </div>
      </div>
      {refusal.value !== undefined && <p class="bad">{clean(refusal.value)}</p>}
      <Tabs id={id} events={events} trades={trades} />
    </article>
  );
}

interface HeadProps {
  readonly bot: BotStatus;
  readonly events: History;
  readonly now: number;
}

function Head({ bot, events, now }: HeadProps) {
  const last = events.events.value[0];
  const labels = Object.entries(bot.labels ?? {});
  const map = mapOf(bot);
  return (
    <header class="head">
      <h1>
        {bot.bot_id} <span class={`state-mark ${toneOf(bot.state)}`}>{bot.state}</span>
      </h1>
      <p class="why">{whyOf(bot, now)}</p>
      <p class="quiet">
        {bot.trader === undefined ? "no trader yet" : clean(bot.trader)}
        {bot.game !== undefined && ` in game ${clean(bot.game)}`}
        {map !== undefined && (
          <>
            {" "}
            · <a href={map}>on the map</a>
          </>
        )}{" "}
        · strategy {clean(bot.strategy) || "–"} · goal {clean(bot.goal) || "–"} · from {clean(bot.config)}
        {labels.map(([name, value]) => (
          <span class="badge" key={name}>
            {clean(name)}={clean(value)}
          </span>
        ))}
      </p>
      {last && (
        <p class="quiet">
          {ago(last.at, now)}: <span class={last.severity === "error" ? "bad" : ""}>{clean(last.text)}</span>
        </p>
      )}
      {bot.error !== undefined && !hasEnded(bot) && bot.error_at !== undefined && (
        <p class="warning">
          Last error {ago(bot.error_at, now)}: {clean(bot.error)}
        </p>
      )}
    </header>
  );
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl>
      {facts.map(({ name, value, more }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {more !== undefined && <small> {more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface TabsProps {
  readonly id: string;
  readonly events: History;
  readonly trades: History;
}

function Tabs({ id, events, trades }: TabsProps) {
  const asked = query.value.get("tab");
  const [open] = tabs.find(([name]) => name === asked) ?? tabs[0];
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On a narrow page the open one may be out of sight.
    const tab = document.getElementById(`tab-${open}`)!;
    list.current!.scrollLeft = tab.offsetLeft - list.current!.offsetLeft - 16;
  }, [open]);
  const turnTo = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex(([name]) => name === open);
    const [next] = tabs[(at + step + tabs.length) % tabs.length]!;
    ask({ tab: next });
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <section class="tabs">
      <div role="tablist" ref={list} aria-label="What it has done" onKeyDown={turnTo}>
        {tabs.map(([name, words]) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-controls="tab-shown"
            aria-selected={name === open}
            tabIndex={name === open ? 0 : -1}
            onClick={() => ask({ tab: name })}
          >
            {words}
          </button>
        ))}
      </div>
      <div id="tab-shown" role="tabpanel" aria-labelledby={`tab-${open}`}>
        <Shown tab={open} id={id} events={events} trades={trades} />
      </div>
    </section>
  );
}

function Shown({ tab, id, events, trades }: TabsProps & { readonly tab: Tab }) {
  switch (tab) {
    case "graphs":
      return <Graphs bot={id} />;
    case "decisions":
      return <Decisions bot={id} />;
    case "trades":
      return <Trades history={trades} />;
    case "events":
      return <Events history={events} />;
    case "log":
      return <Log bot={id} />;
    case "config":
      return <Configuration bot={id} />;
  }
}

/** The time, as those who read it need it: to the second, and only while somebody looks. */
function useNow(): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) now.value = Date.now();
    }, secondMs);
    return () => clearInterval(timer);
  }, []);
  return now.value;
}
