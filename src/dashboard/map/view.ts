/** What the map is asked to show, as it stands in the address: a link brings all of it back. */

export const layers = ["warps", "ports", "bots", "routes", "dangers", "space"] as const;
export type Layer = (typeof layers)[number];

export interface View {
  /** The game; the one of which most is known where it is not said. */
  readonly place: string | undefined;
  readonly sector: number | undefined;
  /** The ends of a way that is asked for. */
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly off: ReadonlySet<Layer>;
}

/** A sector's number; undefined where the text is none. */
export function sectorIn(text: string | null | undefined): number | undefined {
  const number = /^\s*\d{1,5}\s*$/.test(text ?? "") ? Number(text) : 0;
  return number >= 1 && number <= 30_000 ? number : undefined;
}

/** The view that an address asks for. */
export function viewIn(query: Pick<URLSearchParams, "get">): View {
  const off = (query.get("off") ?? "").split(",");
  return {
    place: query.get("place") ?? undefined,
    sector: sectorIn(query.get("sector")),
    from: sectorIn(query.get("from")),
    to: sectorIn(query.get("to")),
    off: new Set(layers.filter((layer) => off.includes(layer))),
  };
}

/** The layers that are off, once one of them is turned, as the address has them. */
export const turned = (off: ReadonlySet<Layer>, layer: Layer): string =>
  layers.filter((one) => off.has(one) !== (one === layer)).join(",");

export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly ratio: number;
}

/** Where the eye is, as the address has it: "x,y,ratio". */
export function cameraIn(text: string | null): Camera | undefined {
  const [x, y, ratio, ...more] = (text ?? "")
    .split(",")
    .map((word) => (word === "" ? Number.NaN : Number(word)));
  if (more.length > 0 || x === undefined || y === undefined || ratio === undefined) return undefined;
  const isSound = Math.abs(x) < 10 && Math.abs(y) < 10 && ratio > 0.001 && ratio < 20;
  return isSound ? { x, y, ratio } : undefined;
}

export const cameraOut = ({ x, y, ratio }: Camera): string =>
  [x, y, ratio].map((one) => String(Math.round(one * 1000) / 1000)).join(",");
