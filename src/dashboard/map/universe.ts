/** The universe on the map: asked of the manager while it is looked at, and laid out by a worker beside the page. */
import { signal, type ReadonlySignal } from "@preact/signals";
import type { OperationOutput } from "../../proto/operations.ts";
import { Refusal } from "../../proto/refusal.ts";
import { manager } from "../asked.ts";
import type { LayoutAsked, LayoutTold } from "../layout-worker.ts";
import { chartOf, type Chart } from "./chart.ts";
import type { Net } from "./ground.ts";
import { keepSpots, keptSpots, type SpotMap } from "./spots.ts";

/** What bots find out is asked for so often, in milliseconds; routes less often, for they cost the manager more. */
const renewMs = 5000;
const routesEvery = 3;
const routesMax = 40;

export type Route = OperationOutput<"routes">["routes"][number];

export interface Universe {
  readonly chart: ReadonlySignal<Chart | undefined>;
  /** Where the sectors lie; none before the worker has told. */
  readonly spots: ReadonlySignal<SpotMap>;
  readonly isSettling: ReadonlySignal<boolean>;
  readonly routes: ReadonlySignal<readonly Route[]>;
  /** Goes up when what is known was asked for again. */
  readonly looks: ReadonlySignal<number>;
  /** Why nothing, or nothing new, is shown. */
  readonly trouble: ReadonlySignal<string | undefined>;
  /** Lays all out as if it were seen for the first time. */
  layAnew(): void;
  end(): void;
}

/** The universe of a place, or of that of which most is known. */
export function openUniverse(place: string | undefined): Universe {
  const chart = signal<Chart | undefined>(undefined);
  const spots = signal<SpotMap>(new Map());
  const isSettling = signal(false);
  const routes = signal<readonly Route[]>([]);
  const looks = signal(0);
  const trouble = signal<string | undefined>(undefined);
  const worker = startWorker();
  let asked = 0;
  let net: Net | undefined;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function layOut(known: SpotMap): void {
    if (!net) return;
    isSettling.value = true;
    worker.postMessage({ id: ++asked, net, known } satisfies LayoutAsked);
  }

  worker.onmessage = ({ data }: MessageEvent<LayoutTold>) => {
    if (data.id !== asked || !net || !chart.value) return;
    spots.value = new Map(
      Array.from(net.sectors, (sector, i) => [sector, [data.spots[2 * i]!, data.spots[2 * i + 1]!]] as const),
    );
    isSettling.value = !data.isSettled;
    if (data.isSettled) keepSpots(localStorage, chart.value.place, spots.value);
  };

  async function look(): Promise<void> {
    const before = chart.value;
    const about = place === undefined ? {} : { place };
    const told = await manager.map({ ...about, ...(before && { known: before.rev }) });
    if (isOver) return;
    if (told.unchanged === undefined || told.place !== before?.place) {
      const next = chartOf(told);
      chart.value = next;
      const grown = netOf(next);
      if (!net || !isSame(net, grown)) {
        net = grown;
        layOut(spots.value.size > 0 ? spots.value : keptSpots(localStorage, next.place));
      }
    }
    if (looks.value % routesEvery === 0)
      routes.value = (await manager.routes({ ...about, ...carrier, limit: routesMax })).routes;
    looks.value++;
  }

  async function keepLooking(): Promise<void> {
    if (!document.hidden)
      try {
        await look();
        trouble.value = undefined;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        trouble.value = error.message;
      }
    if (!isOver) timer = setTimeout(() => void keepLooking(), renewMs);
  }

  void keepLooking();
  return {
    chart,
    spots,
    isSettling,
    routes,
    looks,
    trouble,
    layAnew: () => layOut(new Map()),
    end() {
      isOver = true;
      clearTimeout(timer);
      worker.terminate();
    },
  };
}

/** The ship that routes are reckoned for. */
const carrier = { holds: 65, turns_per_warp: 2, max_hops: 6 };

function netOf({ sectors, ways }: Chart): Net {
  const numbers = Int32Array.from(sectors.keys()).sort();
  const places = new Map(Array.from(numbers, (sector, place) => [sector, place]));
  return {
    sectors: numbers,
    ways: Int32Array.from(ways.flatMap(({ from, to }) => [places.get(from)!, places.get(to)!])),
  };
}

const isSame = (one: Net, other: Net): boolean =>
  isEqual(one.sectors, other.sectors) && isEqual(one.ways, other.ways);
const isEqual = (one: Int32Array, other: Int32Array): boolean =>
  one.length === other.length && one.every((value, i) => value === other[i]);

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): {
    createScriptURL(url: string): string;
  };
}
const workerPath = "/page/layout-worker.js";

/** The page's policy takes only addresses of scripts that somebody vouches for: this one is our own. */
function startWorker(): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const vouch = trustedTypes?.createPolicy("layout", { createScriptURL: () => workerPath });
  return new Worker(vouch?.createScriptURL(workerPath) ?? workerPath, { type: "module" });
}
