/** Beside the map: finding a sector, asking for a way, choosing what is shown, and what the signs mean. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { ask } from "../address.ts";
import { swarm } from "../live.ts";
import { portLegend } from "../map/palette.ts";
import { placesOf } from "../map/places.ts";
import type { Universe } from "../map/universe.ts";
import { layers, sectorIn, turned, type Layer, type View } from "../map/view.ts";
import { clean } from "../words.ts";

const layerNames: Readonly<Record<Layer, string>> = {
  warps: "Warps",
  ports: "Ports",
  bots: "Bots",
  routes: "Routes",
  dangers: "Dangers",
  space: "FedSpace",
};

interface ControlParts {
  readonly view: View;
  readonly find: (sector: number) => void;
  /** What came of the way that was asked for. */
  readonly way: string;
  readonly universe: Universe;
}

export function MapControls({ view, find, way, universe }: ControlParts) {
  return (
    <div class="map-controls">
      <PlaceChoice view={view} universe={universe} />
      <FindForm view={view} find={find} universe={universe} />
      <WayForm view={view} way={way} />
      <fieldset class="map-layers">
        <legend>Shown</legend>
        {layers.map((layer) => (
          <label key={layer}>
            <input
              type="checkbox"
              checked={!view.off.has(layer)}
              onChange={() => ask({ off: turned(view.off, layer) })}
            />{" "}
            {layerNames[layer]}
          </label>
        ))}
      </fieldset>
    </div>
  );
}

/** Which game, where there is more than one. What was looked at in the former says nothing of the next. */
function PlaceChoice({ view, universe }: Pick<ControlParts, "view" | "universe">) {
  const chart = universe.chart.value;
  const places = placesOf(chart, swarm.value?.bots.values() ?? [], view.place);
  if (places.length < 2) return null;
  return (
    <label class="map-game">
      Game{" "}
      <select
        value={view.place ?? chart?.place}
        onChange={({ currentTarget: { value: place } }) =>
          ask({ place, sector: undefined, from: undefined, to: undefined, at: undefined })
        }
      >
        {places.map((place) => (
          <option key={place} value={place}>
            {clean(place)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A field that says what the address says, until somebody types: then what was typed stays, whatever else is drawn anew meanwhile. */
function useField(value: number | undefined) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    field.current!.value = String(value ?? "");
  }, [value]);
  return field;
}

function FindForm({ view, find, universe }: Pick<ControlParts, "view" | "find" | "universe">) {
  const field = useField(view.sector);
  const submit = (event: Event) => {
    event.preventDefault();
    const sector = sectorIn(field.current!.value);
    const isKnown = sector !== undefined && universe.chart.value?.sectors.has(sector) === true;
    field.current!.setCustomValidity(isKnown ? "" : "No bot knows such a sector");
    field.current!.reportValidity();
    if (isKnown) find(sector);
  };
  return (
    <form role="search" aria-label="Sectors" onSubmit={submit}>
      <label>
        Sector{" "}
        <input
          id="map-find"
          ref={field}
          inputMode="numeric"
          size={6}
          onInput={() => field.current!.setCustomValidity("")}
        />
      </label>{" "}
      <button type="submit">Find</button>
    </form>
  );
}

function WayForm({ view, way }: Pick<ControlParts, "view" | "way">) {
  const from = useField(view.from);
  const to = useField(view.to);
  const submit = (event: Event) => {
    event.preventDefault();
    ask({ from: from.current!.value.trim(), to: to.current!.value.trim() });
  };
  return (
    <form aria-label="Shortest way" onSubmit={submit}>
      <label>
        Way from <input ref={from} inputMode="numeric" size={6} />
      </label>{" "}
      <label>
        to <input ref={to} inputMode="numeric" size={6} />
      </label>{" "}
      <button type="submit">Show</button>{" "}
      {(view.from ?? view.to) !== undefined && (
        <button type="button" onClick={() => ask({ from: undefined, to: undefined })}>
          Clear
        </button>
      )}{" "}
      <output>{way}</output>
    </form>
  );
}

export function MapLegend() {
  return (
    <details class="map-legend" open>
      <summary>Legend</summary>
      <ul>
        {portLegend.map(({ class: portClass, name, told }) => (
          <li key={portClass}>
            <span class={`map-dot map-port-${portClass}`} aria-hidden="true" /> {name}{" "}
            <span class="quiet">{told}</span>
          </li>
        ))}
        <li class="quiet">Ports are the bigger the more they have in stock</li>
        <li>
          <span class="map-sign good" aria-hidden="true">
            ━
          </span>{" "}
          route in work{" "}
          <span class="map-sign warning" aria-hidden="true">
            ┅
          </span>{" "}
          route, credits per turn
        </li>
        <li>
          <span class="map-sign bad" aria-hidden="true">
            ✕
          </span>{" "}
          danger <span class="map-fed-dot" aria-hidden="true" /> FedSpace
        </li>
        <li class="quiet">Click a sector; Shift and click another for the way there</li>
      </ul>
    </details>
  );
}
