/** The page of the map: what the swarm knows of its universe, and its bots in it. */
import "./map.css";
import { useComputed, useSignal, useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { BotStatus } from "../../proto/status.ts";
import { ask, query } from "../address.ts";
import { manager, newDoing, attempt } from "../asked.ts";
import { useShortcuts } from "../keys.tsx";
import { swarm } from "../live.ts";
import { botsAt } from "../map/places.ts";
import type { Scene } from "../map/scene.ts";
import { createTraffic } from "../map/traffic.ts";
import { openUniverse, type Universe } from "../map/universe.ts";
import { cameraIn, cameraOut, viewIn, type View } from "../map/view.ts";
import { botsCounted } from "../parts/bulk-told.ts";
import { MapControls, MapLegend } from "./map-controls.tsx";
import { SectorPanel } from "./map-panel.tsx";

/** The address follows the eye when it has stood still for so long, in milliseconds. */
const restMs = 400;

export function MapPage() {
  const place = viewIn(query.value).place;
  return <PlaceMap key={place} place={place} />;
}

function PlaceMap({ place }: { readonly place: string | undefined }) {
  const universe = useMemo(() => openUniverse(place), []);
  useEffect(() => universe.end, [universe]);
  const view = viewIn(query.value);
  const scene = useRef<Scene | undefined>(undefined);
  const way = useWay(view, universe);
  const chart = universe.chart.value;
  const bots = useComputed(() => botsAt(swarm.value?.bots.values() ?? [], universe.chart.value?.place));
  useShortcuts("Map", [
    { key: "/", told: "find a sector", work: () => document.getElementById("map-find")?.focus() },
    { key: "+", told: "nearer", work: () => scene.current?.zoom(0.6) },
    { key: "-", told: "further away", work: () => scene.current?.zoom(1.6) },
    { key: "0", told: "the whole universe", work: () => scene.current?.whole() },
  ]);
  const find = (sector: number) => {
    ask({ sector: String(sector) });
    scene.current?.focus(sector);
  };
  return (
    <section class="map" aria-labelledby="map-title">
      <div class="map-top">
        <h1 id="map-title">Map</h1>
        <p class="quiet">
          {chart === undefined
            ? (universe.trouble.value ?? "Asking what the swarm knows…")
            : `${chart.sectors.size} of ${Math.max(chart.size, chart.sectors.size)} sectors, ${chart.ports.size} ports, at ${chart.place}`}
          {chart !== undefined && <BotCount bots={bots} />}
          {universe.isSettling.value && " (settling)"}
        </p>
        {chart !== undefined && universe.trouble.value !== undefined && (
          <p class="bad" role="alert">
            {universe.trouble.value}
          </p>
        )}
      </div>
      <MapControls view={view} find={find} way={way.told.value} universe={universe} />
      <Picture universe={universe} scene={scene} bots={bots} way={way.sectors.value} />
      <aside class="map-side" aria-label="Sector and legend">
        <SectorPanel view={view} universe={universe} find={find} />
        <MapLegend />
      </aside>
    </section>
  );
}

/** By itself: it changes more often than all else beside the picture. */
function BotCount({ bots }: Pick<PictureParts, "bots">) {
  return <>: {botsCounted(bots.value.length)}</>;
}

/** The way that the address asks for, as the manager finds it. */
function useWay({ from, to }: View, universe: Universe) {
  const sectors = useSignal<readonly number[]>([]);
  const told = useSignal("");
  const rev = universe.chart.value?.rev;
  const place = universe.chart.value?.place;
  useEffect(() => {
    let isOld = false;
    if (from === undefined || to === undefined || place === undefined) {
      sectors.value = [];
      told.value = "";
      return;
    }
    const doing = newDoing();
    const asking = attempt(
      doing,
      () => manager.path({ from, to, place }),
      ({ hops, dangerous }) =>
        hops === null
          ? `No way from ${from} to ${to} is known`
          : `${hops} ${hops === 1 ? "warp" : "warps"} from ${from} to ${to}` +
            (dangerous.length > 0 ? `; dangerous: ${dangerous.join(", ")}` : ""),
    );
    void asking.then((answer) => {
      if (isOld) return;
      sectors.value = answer?.sectors ?? [];
      told.value = doing.value.how === "done" || doing.value.how === "refused" ? doing.value.told : "";
    });
    return () => void (isOld = true);
  }, [from, to, place, rev]);
  return { sectors, told };
}

interface PictureParts {
  readonly universe: Universe;
  readonly scene: { current: Scene | undefined };
  /** Those on the map. */
  readonly bots: ReadonlySignal<readonly BotStatus[]>;
  readonly way: readonly number[];
}

function Picture({ universe, scene, bots, way }: PictureParts) {
  const element = useRef<HTMLDivElement>(null);
  const trouble = useSignal("");
  const isReady = useSignal(false);
  const traffic = useMemo(createTraffic, []);
  const wayShown = useSignal(way);
  wayShown.value = way;
  // What is left of other effects ends after the next picture: until then a scene could still come, and find no place.
  useLayoutEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const begin = async () => {
      const { canDraw, createScene } = await import("../map/scene.ts");
      if (isOver) return;
      if (!canDraw()) {
        trouble.value =
          "This browser has no WebGL, so there is no picture; sectors can be found and read beside it";
        return;
      }
      const camera = cameraIn(query.value.get("at"));
      scene.current = createScene(element.current!, {
        picked: (sector, adds) => pick(sector, adds),
        moved(to) {
          clearTimeout(timer);
          timer = setTimeout(() => ask({ at: cameraOut(to) }), restMs);
        },
      });
      if (camera) scene.current.look(camera);
      isReady.value = true;
    };
    void begin();
    return () => {
      isOver = true;
      clearTimeout(timer);
      scene.current?.end();
      scene.current = undefined;
    };
  }, []);
  useSignalEffect(() => {
    const [chart, spots, { off }] = [universe.chart.value, universe.spots.value, viewIn(query.value)];
    if (isReady.value && chart && spots.size > 0) scene.current?.show(chart, spots, off);
  });
  useSignalEffect(() => {
    if (!isReady.value) return;
    traffic.told(bots.value, performance.now());
    const { off, sector } = viewIn(query.value);
    scene.current?.over({
      off,
      traffic,
      routes: universe.routes.value,
      selected: sector,
      way: wayShown.value,
    });
  });
  return (
    <div class="map-picture">
      {trouble.value !== "" && <p class="warning">{trouble.value}</p>}
      <div class="map-canvas" ref={element} aria-hidden="true" />
      <div class="map-eye" role="group" aria-label="View">
        <button type="button" aria-label="Nearer" onClick={() => scene.current?.zoom(0.6)}>
          +
        </button>
        <button type="button" aria-label="Further away" onClick={() => scene.current?.zoom(1.6)}>
          −
        </button>
        <button type="button" onClick={() => scene.current?.whole()}>
          Whole
        </button>
        <button type="button" title="Lay the universe out anew" onClick={universe.layAnew}>
          Anew
        </button>
      </div>
    </div>
  );
}

/** A click chooses a sector; with Shift it asks for the way there from the chosen one. */
function pick(sector: number | undefined, adds: boolean): void {
  const { sector: chosen } = viewIn(query.value);
  if (adds && sector !== undefined && chosen !== undefined) ask({ from: String(chosen), to: String(sector) });
  else ask({ sector: sector === undefined ? undefined : String(sector) });
}
