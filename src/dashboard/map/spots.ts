/** Where sectors lie, as the browser keeps it for the next visit: six bytes a sector, in base64. */

/** Where each sector lies. */
export type SpotMap = ReadonlyMap<number, readonly [x: number, y: number]>;

const bytesEach = 6;
/** Positions go in so many steps from the middle to either side. */
const steps = 32_767;

/** As text, the furthest position first, which is the scale of the others. */
export function encodeSpots(spots: SpotMap): string {
  let furthest = 1;
  for (const [x, y] of spots.values()) furthest = Math.max(furthest, Math.abs(x), Math.abs(y));
  const view = new DataView(new ArrayBuffer(bytesEach * spots.size));
  let at = 0;
  for (const [sector, [x, y]] of spots) {
    view.setUint16(at, sector);
    view.setInt16(at + 2, Math.round((x / furthest) * steps));
    view.setInt16(at + 4, Math.round((y / furthest) * steps));
    at += bytesEach;
  }
  const bytes = Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte));
  return `${furthest} ${btoa(bytes.join(""))}`;
}

/** What was encoded; nothing where the text is something else. */
export function decodeSpots(text: string): SpotMap {
  const [scale, bytes] = parted(text);
  const spots = new Map<number, readonly [number, number]>();
  if (!(scale > 0) || bytes.length % bytesEach !== 0) return spots;
  const view = new DataView(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)).buffer);
  for (let at = 0; at < bytes.length; at += bytesEach)
    spots.set(view.getUint16(at), [
      (view.getInt16(at + 2) / steps) * scale,
      (view.getInt16(at + 4) / steps) * scale,
    ]);
  return spots;
}

function parted(text: string): readonly [scale: number, bytes: string] {
  const [scale = "", base64 = ""] = text.split(" ", 2);
  try {
    return [Number(scale), atob(base64)];
  } catch {
    return [0, ""]; // It is no base64: somebody else wrote there.
  }
}

/** Universes that are kept; the one kept longest ago goes. */
const placesMax = 5;
const prefix = "bbsbot map ";
const order = "bbsbot maps";

/** Where the sectors of a place lay at the last visit. */
export const keptSpots = (storage: Storage, place: string): SpotMap =>
  decodeSpots(storage.getItem(prefix + place) ?? "");

/** Keeps them for the next one. A browser that has no room for them lays the universe out anew. */
export function keepSpots(storage: Storage, place: string, spots: SpotMap): void {
  const places = (storage.getItem(order) ?? "").split("\n").filter((one) => one !== "" && one !== place);
  for (const old of places.splice(placesMax - 1)) storage.removeItem(prefix + old);
  try {
    storage.setItem(prefix + place, encodeSpots(spots));
    storage.setItem(order, [place, ...places].join("\n"));
  } catch {
    storage.removeItem(prefix + place);
  }
}
