/** The frame of the page: where one can go, whether what is shown is true, and the page itself. */
import { useEffect } from "preact/hooks";
import { ask, follow, go, page, query } from "./address.ts";
import { settings } from "./asked.ts";
import { Help, helpShown, useShortcuts } from "./keys.tsx";
import { line, swarm } from "./live.ts";
import { BotPage } from "./pages/bot.tsx";
import { FeedPage } from "./pages/feed.tsx";
import { MapPage } from "./pages/map.tsx";
import { SwarmPage } from "./pages/swarm.tsx";
import { nextTheme } from "./theme.ts";
import { Toasts } from "./toasts.tsx";
import { clock } from "./words.ts";

const places = [
  ["/", "Swarm", "swarm"],
  ["/map", "Map", "map"],
  ["/feed", "Feed", "feed"],
] as const;

export function App() {
  const here = page.value;
  const kiosk = query.value.has("kiosk");
  const title = here.name === "bot" ? here.bot : here.name;
  useEffect(() => {
    document.title = `${title} · bbsbot`;
  }, [title]);
  useShortcuts("Everywhere", [
    { key: "?", told: "these keys", work: () => (helpShown.value = !helpShown.value) },
    { key: "1", told: "swarm", work: () => go("/") },
    { key: "2", told: "map", work: () => go("/map") },
    { key: "3", told: "feed", work: () => go("/feed") },
    { key: "t", told: "theme: the system's, dark, light", work: nextTheme },
    {
      key: "k",
      told: "kiosk: no menus",
      work: () => ask({ kiosk: query.value.has("kiosk") ? undefined : "1" }),
    },
  ]);
  return (
    <div onClick={follow} class={`frame${kiosk ? " kiosk" : ""}`}>
      {!kiosk && (
        <header>
          <a class="skip" href="#content" onClick={toContent}>
            To the content
          </a>
          <a class="name" href="/">
            bbsbot
          </a>
          <nav aria-label="Pages">
            {places.map(([path, title, own]) => (
              <a key={path} href={path} aria-current={own === here.name ? "page" : undefined}>
                {title}
              </a>
            ))}
          </nav>
          <LineState />
          {settings.value.read_only && <span class="badge">read only</span>}
          <button type="button" onClick={nextTheme} aria-label="Change theme">
            ◐
          </button>
          <button type="button" onClick={() => (helpShown.value = true)} aria-label="Keyboard shortcuts">
            ?
          </button>
        </header>
      )}
      <main id="content" tabIndex={-1} class={line.value.state === "lost" ? "stale" : ""}>
        <Shown />
      </main>
      <Toasts />
      <Help />
    </div>
  );
}

/** Past the menus; the address stays as it is. */
function toContent(event: Event): void {
  event.preventDefault();
  document.getElementById("content")!.focus();
}

function Shown() {
  const here = page.value;
  switch (here.name) {
    case "swarm":
      return <SwarmPage />;
    case "bot":
      return <BotPage bot={here.bot} key={here.bot} />;
    case "map":
      return <MapPage />;
    case "feed":
      return <FeedPage />;
  }
}

/** Whether what is shown is how things are. */
function LineState() {
  const { state, since } = line.value;
  const degraded = swarm.value?.totals.degraded;
  if (state === "lost")
    return (
      <p class="line bad" role="alert">
        Not connected since {clock(since)}: what is shown is old; trying again
      </p>
    );
  if (degraded !== undefined)
    return (
      <p class="line warning" role="alert">
        The manager takes no orders: {degraded}
      </p>
    );
  return <p class="line">{state === "open" ? "live" : "connecting"}</p>;
}
