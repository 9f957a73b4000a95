/** The chosen sector in words, with its neighbours: what the picture shows, for whoever does not see it, and more. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { SectorKnown } from "../../proto/operations/atlas.ts";
import { Refusal } from "../../proto/refusal.ts";
import { ask, pathOfBot } from "../address.ts";
import { manager } from "../asked.ts";
import { swarm } from "../live.ts";
import { fullness, isFed, portNames, type Chart } from "../map/chart.ts";
import type { Universe } from "../map/universe.ts";
import type { View } from "../map/view.ts";
import { ago, clean, compact, grouped, rate } from "../words.ts";
import { Routes } from "./map-routes.tsx";

interface PanelParts {
  readonly view: View;
  readonly universe: Universe;
  readonly find: (sector: number) => void;
}

export function SectorPanel({ view: { sector }, universe, find }: PanelParts) {
  const known = useSignal<SectorKnown | undefined>(undefined);
  const trouble = useSignal("");
  const look = universe.looks.value;
  const chart = universe.chart.value;
  useEffect(() => {
    let isOld = false;
    if (sector === undefined || chart === undefined) return;
    const about = { sector, place: chart.place };
    const asking = manager.sector(about).then(
      (answer) => ({ answer, words: "" }),
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return { answer: undefined, words: error.message };
      },
    );
    void asking.then(({ answer, words }) => {
      if (isOld) return;
      known.value = answer ?? known.value;
      trouble.value = words;
    });
    return () => void (isOld = true);
  }, [sector, chart?.place, look]);
  if (sector === undefined)
    return (
      <>
        <h2>Best routes</h2>
        <Routes universe={universe} find={find} />
      </>
    );
  return (
    <div class="map-sector">
      <h2>Sector {sector}</h2>
      {trouble.value !== "" && <p class="bad">{trouble.value}</p>}
      {known.value?.sector === sector && <SectorFacts known={known.value} find={find} />}
      {chart !== undefined && <Neighbours chart={chart} sector={sector} find={find} />}
      <p class="map-deeds">
        <button type="button" onClick={() => ask({ from: String(sector) })}>
          Way from here
        </button>{" "}
        <button type="button" onClick={() => ask({ to: String(sector) })}>
          Way to here
        </button>{" "}
        <button type="button" onClick={() => ask({ sector: undefined })}>
          Close
        </button>
      </p>
    </div>
  );
}

function SectorFacts({
  known,
  find,
}: {
  readonly known: SectorKnown;
  readonly find: (sector: number) => void;
}) {
  const { seen, charted, fed_space, stardock, port, danger, warps } = known;
  const marks = [
    seen ? "seen by a bot" : "only heard of",
    charted ? "all ways out known" : "ways out not all known",
    ...(fed_space ? ["FedSpace"] : []),
    ...(stardock ? ["StarDock"] : []),
  ];
  return (
    <>
      <p>{marks.join(", ")}</p>
      {danger && (
        <p class="bad">
          Danger: {clean(danger.kind)}
          {danger.count > 0 && `, ${grouped(danger.count)}`}
          {danger.mode !== undefined && `, ${clean(danger.mode)}`}, {ago(danger.at, Date.now())}
        </p>
      )}
      <p>
        Warps to{" "}
        {warps.length === 0
          ? "nowhere that is known"
          : warps.map((warp) => (
              <button type="button" class="map-warp" key={warp} onClick={() => find(warp)}>
                {warp}
              </button>
            ))}
      </p>
      {port && <Port port={port} />}
      <BotsHere ids={known.bots} />
    </>
  );
}

function Port({ port }: { readonly port: NonNullable<SectorKnown["port"]> }) {
  return (
    <table class="map-table">
      <caption>
        Port {port.code} (class {port.class})
        {port.seen_at !== undefined && `, seen ${ago(port.seen_at, Date.now())}`}
      </caption>
      <thead>
        <tr>
          <th scope="col">Goods</th>
          <th scope="col">Does</th>
          <th scope="col">Units</th>
          <th scope="col">Full</th>
          <th scope="col">Price</th>
        </tr>
      </thead>
      <tbody>
        {port.goods.map(({ product, side, trading, percent, price }) => (
          <tr key={product}>
            <th scope="row">{product}</th>
            <td>{side}</td>
            <td class="number">{trading === undefined ? "?" : grouped(trading)}</td>
            <td class="number">{percent === undefined ? "?" : `${percent}%`}</td>
            <td class="number">{rate(price)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BotsHere({ ids }: { readonly ids: readonly string[] }) {
  if (ids.length === 0) return <p class="quiet">No bot is here</p>;
  return (
    <ul class="map-bots" aria-label="Bots here">
      {ids.map((id) => {
        const bot = swarm.value?.bots.get(id);
        return (
          <li key={id}>
            <a href={pathOfBot(id)}>{id}</a>{" "}
            {bot && (
              <span class="quiet">
                {bot.state}, {compact(bot.credits)} credits, {clean(bot.activity)}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface NeighbourParts {
  readonly chart: Chart;
  readonly sector: number;
  readonly find: (sector: number) => void;
}

function Neighbours({ chart, sector, find }: NeighbourParts) {
  const warps = chart.sectors.get(sector)?.warps ?? [];
  if (warps.length === 0) return null;
  return (
    <table class="map-table">
      <caption>Neighbours</caption>
      <thead>
        <tr>
          <th scope="col">Sector</th>
          <th scope="col">Port</th>
          <th scope="col">Stock</th>
          <th scope="col">Notes</th>
        </tr>
      </thead>
      <tbody>
        {warps.map((warp) => {
          const port = chart.ports.get(warp);
          const full = port && fullness(port);
          return (
            <tr key={warp}>
              <th scope="row">
                <button type="button" class="map-warp" onClick={() => find(warp)}>
                  {warp}
                </button>
              </th>
              <td>{port ? portNames[port.class] : ""}</td>
              <td class="number">{full === undefined ? "" : `${Math.round(100 * full)}%`}</td>
              <td>{notesOf(chart, sector, warp).join(", ")}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function notesOf(chart: Chart, sector: number, warp: number): string[] {
  const danger = chart.dangers.get(warp);
  const there = chart.sectors.get(warp);
  return [
    ...(danger ? [`danger: ${clean(danger.kind)}`] : []),
    ...(isFed(chart, warp) ? ["FedSpace"] : []),
    ...(there?.seen === false ? ["not seen yet"] : []),
    ...(there?.charted === true && !there.warps.includes(sector) ? ["one way"] : []),
  ];
}
